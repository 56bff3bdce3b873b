import type { PolicyInForce, PolicySource } from '../../release/policy/policy-item.ts';

/** Where the policy in force comes from. */
const POLICY_SOURCES = {
  file: 'of the file',
  table: 'of the table',
  defaults: 'defaults',
} satisfies Record<PolicySource, string>;

/** "of the table: 5 roster rows, 2 waivers", "defaults". A broken one says that the defaults stand in for it. */
export function policyWords({ policy, source }: PolicyInForce): string {
  const from = POLICY_SOURCES[source];
  if (policy.faults.length > 0) return `${from}, broken: the defaults apply, and nothing passes`;
  if (source === 'defaults') return `${from}: neither a file nor an item of the table says otherwise`;
  return `${from}: ${count(policy.roster.length, 'roster row')}, ${count(policy.waivers.length, 'waiver')}`;
}

function count(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun}s`}`;
}
