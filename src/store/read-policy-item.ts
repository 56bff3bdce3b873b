import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { POLICY_ITEM } from '../release/item/fragment.ts';
import { type ItemAnswer, readItemAt } from './read-item.ts';
import type { DescribedTable } from './table-keys.ts';

/**
 * Reads the item that holds the table's policy. It is asked for before the fragments, whose environments are folded by
 * the names it gives.
 *
 * @param signal the caller's own wish to stop
 * @throws ReadFault `access-denied` where GetItem is not allowed on the table; whatever else a call can fail with
 */
export async function readPolicyItem(
  client: DynamoDBDocumentClient,
  described: Pick<DescribedTable, 'table' | 'keys'>,
  signal?: AbortSignal,
): Promise<ItemAnswer> {
  return await readItemAt(client, described, POLICY_ITEM, { signal });
}
