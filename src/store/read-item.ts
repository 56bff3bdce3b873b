import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { faultFrom, ReadFault } from '../contract/read-fault.ts';
import { MAX_CALL_MS } from '../limits/limits.ts';
import type { Item } from '../release/item/item.ts';
import { routeOf } from './client.ts';
import { freshCaller } from './fresh-credentials.ts';
import { plainItem } from './plain-item.ts';
import type { DescribedTable } from './table-keys.ts';
import { answerTaker, isRecord, readUnitsOf } from './wire-answer.ts';

/** The two keys of an item, as stored. */
export interface ItemKey {
  readonly release: string;
  readonly component: string;
}

export interface ReadItemOptions {
  /** As it is now, for twice the units, and not as a replica remembers it. */
  readonly consistent?: boolean;
  /** The caller's own wish to stop. */
  readonly signal?: AbortSignal | undefined;
}

/** One item of the table. */
export interface ItemAnswer {
  /** Null: there is none. */
  readonly item: Item | null;
  /** Read capacity units: half of one for each begun 4 KB of it, and where there is none; null where not counted. */
  readonly readUnits: number | null;
}

/**
 * Reads one item by its keys.
 *
 * @throws ReadFault `access-denied` where GetItem is not allowed on the table; whatever else a call can fail with
 */
export async function readItemAt(
  client: DynamoDBDocumentClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  { release, component }: ItemKey,
  { consistent = false, signal }: ReadItemOptions = {},
): Promise<ItemAnswer> {
  const call = freshCaller(client, MAX_CALL_MS);
  try {
    return await call(async (abortSignal) => {
      const command = new GetCommand({
        TableName: table,
        Key: { [keys.release]: release, [keys.component]: component },
        ReturnConsumedCapacity: 'TOTAL',
        ...(consistent ? { ConsistentRead: true } : {}),
      });
      const taker = answerTaker(client);
      command.middlewareStack.add(taker.middleware, taker.place);
      await client.send(command, { abortSignal });
      const answer = taker.answer();
      // Only an object without `Item` may read as "there is none".
      if (!isRecord(answer)) throw new ReadFault('unexpected-answer', 'Received JSON that is no object.');
      return {
        item: answer.Item === undefined ? null : plainItem(answer.Item),
        readUnits: readUnitsOf(answer),
      };
    }, signal);
  } catch (error) {
    throw faultFrom(error, await routeOf(client));
  }
}
