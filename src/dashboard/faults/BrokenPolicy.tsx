import type { PolicySummary } from '../../live/table-data.ts';
import type { PolicySource } from '../../release/policy/policy-item.ts';
import { VisibleText } from '../elements/VisibleText.tsx';
import { Strip } from './Strip.tsx';

const WHOSE = {
  file: 'The policy of the file',
  table: 'The policy of the table',
  defaults: 'The policy',
} satisfies Record<PolicySource, string>;

/** The policy that should be in force cannot be used: every path and reason. Nothing where there is no fault. */
export function BrokenPolicy({ policy: { source, faults } }: { readonly policy: PolicySummary }) {
  if (faults.length === 0) return null;
  return (
    <Strip
      severity="error"
      opened
      opener={faults.length === 1 ? '1 fault' : `${faults.length} faults`}
      title={
        <>
          <strong className="font-semibold">{WHOSE[source]} is broken.</strong> The defaults apply until it is fixed,
          and no release passes.
        </>
      }
    >
      <ul aria-label="Faults of the policy" className="space-y-1">
        {faults.map(({ path, reason }) => (
          <li key={`${path}\n${reason}`}>
            <code className="font-semibold">{path === '' ? 'the document' : <VisibleText text={path} />}</code>
            {': '}
            <VisibleText text={reason} limit={400} />
          </li>
        ))}
      </ul>
    </Strip>
  );
}
