import type { PolicySummary } from '../../live/table-data.ts';
import type { PolicySource } from '../../release/policy/policy-item.ts';

/** Where the policy in force comes from. */
const POLICY_SOURCES = {
  file: 'of the file',
  table: 'of the table',
  defaults: 'defaults',
} satisfies Record<PolicySource, string>;

/** "of the table: 5 roster rows, 2 waivers", "defaults". A broken one says that the defaults stand in for it. */
export function policyWords({ source, faults, rosterRows, waivers }: PolicySummary): string {
  const from = POLICY_SOURCES[source];
  if (faults.length > 0) return `${from}, broken: the defaults apply, and nothing passes`;
  if (source === 'defaults') return `${from}: neither a file nor an item of the table says otherwise`;
  return `${from}: ${count(rosterRows, 'roster row')}, ${count(waivers, 'waiver')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}
