import { publisherPolicy } from '../store/publisher-policy.ts';
import type { ReadFault } from '../store/read-fault.ts';
import type { TableConnected } from './table-options.ts';

/**
 * Why a table cannot be written, and how that is mended. Who may not write needs another policy than who may not read.
 *
 * @param policyFor makes the policy that is missing
 */
export function writeFaultWords(
  fault: ReadFault,
  { settings, mend }: TableConnected,
  policyFor: (table: Parameters<typeof publisherPolicy>[0]) => object = publisherPolicy,
): string {
  if (fault.code !== 'access-denied') return mend(fault);
  const account = /^arn:[a-z-]+:dynamodb:[a-z0-9-]+:(\d{12}):/.exec(fault.resource ?? '')?.[1] ?? null;
  const policy = policyFor({ table: settings.tableName, region: settings.region, account });
  const who = /User: (\S+)/.exec(fault.message)?.[1];
  return [
    'Access denied',
    `${fault.action ?? 'Publishing'} on ${fault.resource ?? `table ${settings.table}`} is not allowed${who === undefined ? '' : ` for ${who}`}. Attach this policy to the role or user:`,
    JSON.stringify(policy, null, 2),
  ].join('\n');
}
