import type { Check } from '../matrix/checked-release.ts';

/** A component of the release that no row of the policy's roster matches. Silent where the roster is not the policy's. */
export const unexpectedComponent: Check<'unexpected-component'> = {
  scope: { asks: 'component' },
  look: ({ roster }, cells) =>
    cells
      .filter(({ component }) => !roster.knows(component))
      .map(({ component }) => ({ component, environment: null, details: {} })),
};
