import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Item } from '../release/item/item.ts';
import { plainItem } from './plain-item.ts';
import { type GetOptions, getItem } from './single-item.ts';
import type { DescribedTable } from './table-keys.ts';

/** The two keys of an item, as stored. */
export interface ItemKey {
  readonly release: string;
  readonly component: string;
}

/** One item of the table. */
export interface ItemAnswer {
  /** Null: there is none. */
  readonly item: Item | null;
  /** Read capacity units; null where the endpoint does not count them. */
  readonly readUnits: number | null;
}

/**
 * Reads one item by its keys.
 *
 * @throws ReadFault `access-denied` where GetItem is not allowed on the table; whatever else a call can fail with
 */
export async function readItemAt(
  client: DynamoDBClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  { release, component }: ItemKey,
  options: GetOptions = {},
): Promise<ItemAnswer> {
  const key = { [keys.release]: release, [keys.component]: component };
  const { raw, readUnits } = await getItem(client, table, key, options);
  return { item: raw === undefined ? null : plainItem(raw), readUnits };
}
