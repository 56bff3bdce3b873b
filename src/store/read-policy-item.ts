import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { POLICY_ITEM } from '../release/fragment.ts';
import type { Item } from '../release/item.ts';
import { routeOf } from './client.ts';
import { plainItem } from './plain-item.ts';
import { faultFrom, ReadFault } from './read-fault.ts';
import type { DescribedTable } from './table-keys.ts';
import { CALL_LIMIT_MS, withinTime } from './time-limit.ts';
import { answerTaker, isRecord, readUnitsOf } from './wire-answer.ts';

/** The table's item that holds the policy, as it is now. */
export interface PolicyItemReading {
  /** Null: the table holds none. */
  readonly item: Item | null;
  /** Read capacity units: half of one for each begun 4 KB of it, and where there is none; null where not counted. */
  readonly readUnits: number | null;
}

/**
 * Reads the item that holds the table's policy. It is asked for before the fragments, whose environments are folded by
 * the names it gives.
 *
 * @param signal the caller's own wish to stop
 * @throws ReadFault `access-denied` where GetItem is not allowed on the table; whatever else a call can fail with
 */
export async function readPolicyItem(
  client: DynamoDBDocumentClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  signal?: AbortSignal,
): Promise<PolicyItemReading> {
  try {
    return await withinTime(
      async (abortSignal) => {
        const command = new GetCommand({
          TableName: table,
          Key: { [keys.release]: POLICY_ITEM.release, [keys.component]: POLICY_ITEM.component },
          ReturnConsumedCapacity: 'TOTAL',
        });
        const taker = answerTaker(client);
        command.middlewareStack.add(taker.middleware, taker.place);
        await client.send(command, { abortSignal });
        const answer = taker.answer();
        // Only an object without `Item` may read as "no policy".
        if (!isRecord(answer)) throw new ReadFault('unexpected-answer', 'Received JSON that is no object.');
        return {
          item: answer.Item === undefined ? null : plainItem(answer.Item),
          readUnits: readUnitsOf(answer),
        };
      },
      CALL_LIMIT_MS,
      signal,
    );
  } catch (error) {
    throw faultFrom(error, await routeOf(client));
  }
}
