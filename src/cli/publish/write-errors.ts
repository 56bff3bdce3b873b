import type { ReadFault } from '../../contract/read-fault.ts';
import { accountOfTable } from '../../contract/table-arn.ts';
import { publisherPolicy } from '../../store/publisher-policy.ts';
import type { TableConnected } from '../table/table-options.ts';
import type { EntryOutcome } from './write-entries.ts';

/** Makes the policy that lets somebody write. */
export type PolicyFor = (table: Parameters<typeof publisherPolicy>[0]) => object;

/**
 * Why items could not be written, once for all of them, for stderr; what was denied to some alone as well.
 *
 * @param gaveUp why the table was given up; null: it was not
 * @param policyFor as of `writeFaultWords`
 */
export function unwrittenWords(
  outcomes: readonly EntryOutcome[],
  gaveUp: ReadFault | null,
  table: TableConnected,
  policyFor?: PolicyFor,
): readonly string[] {
  const faults = outcomes.flatMap((said) => (said.outcome === 'failed' ? [said.fault] : []));
  const fault = gaveUp ?? faults.find(({ code }) => code === 'access-denied');
  if (fault === undefined) return [];
  const lines = writeFaultWords(fault, table, policyFor).split('\n');
  const someTaken = outcomes.some(({ outcome }) => outcome !== 'failed' && outcome !== 'not-tried');
  if (fault.code !== 'access-denied' || !someTaken) return lines;
  return [...lines, 'Others were taken: a policy may name the releases that it is for (dynamodb:LeadingKeys).'];
}

/**
 * Why a table cannot be written, and how that is fixed. Who may not write needs another policy than who may not read.
 *
 * @param policyFor makes the policy that is missing
 */
export function writeFaultWords(
  fault: ReadFault,
  { settings, fix }: TableConnected,
  policyFor: PolicyFor = publisherPolicy,
): string {
  if (fault.code !== 'access-denied') return fix(fault);
  const account = accountOfTable(fault.resource);
  const policy = policyFor({ table: settings.tableName, region: settings.region, account });
  const who = /User: (\S+)/.exec(fault.message)?.[1];
  return [
    'Access denied',
    `${fault.action ?? 'Publishing'} on ${fault.resource ?? `table ${settings.table}`} is not allowed${who === undefined ? '' : ` for ${who}`}. Attach this policy to the role or user:`,
    JSON.stringify(policy, null, 2),
  ].join('\n');
}
