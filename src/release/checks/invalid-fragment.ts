import { type Check, environmentsOf } from '../matrix/release-view.ts';

/** An item of the release that cannot be read as a fragment, or a field of a fragment that is not of its shape. */
export const invalidFragment: Check<'invalid-fragment'> = ({ rejected, fragments }) => [
  ...rejected.map(({ key, reason }) => ({ component: null, environment: null, details: { key, reason } })),
  ...fragments
    .filter(({ faults }) => faults.length > 0)
    .flatMap((fragment) =>
      fragment.faults.map((fault) => ({
        component: fragment.component,
        environment: environmentsOf(fragment)[0] ?? null,
        details: { key: fragment.key, fault },
      })),
    ),
];
