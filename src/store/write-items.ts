import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { MAX_CALL_MS } from '../limits/limits.ts';
import { DOCUMENTED_KEYS, type Item, type KeyNames } from '../release/item/item.ts';
import { attributeValues } from './attribute-value.ts';
import { pauseMs } from './pause.ts';
import { send } from './send.ts';
import { sideBySide } from './side-by-side.ts';
import { withinTime } from './time-limit.ts';

/**
 * Fills a table with demo or test data. Publishers never write this way: BatchWriteItem takes no conditions, so it
 * overwrites whatever is there, and `PutItem` with a condition is what keeps two publishers from undoing each other.
 */

/** DynamoDB's own limit for one BatchWriteItem. */
export const BATCH_ITEMS = 25;

export interface WriteOptions {
  /** Batches under way at once. */
  readonly concurrency?: number;
  readonly keyNames?: KeyNames;
  readonly onProgress?: (progress: { readonly written: number; readonly total: number }) => void;
  readonly signal?: AbortSignal;
  /** First pause after a batch that was not taken whole, milliseconds; doubles up to 32 times that. */
  readonly firstPauseMs?: number;
}

export interface CreateOptions {
  readonly signal?: AbortSignal;
  /** Pause between two looks at the new table, milliseconds. */
  readonly lookEveryMs?: number;
  /** Milliseconds until an inactive table is given up. */
  readonly limitMs?: number;
}

/**
 * Creates a table with the two given keys, billed by request, and waits until it is active. A table of that name that
 * is already there is left as it is.
 *
 * @throws ReadFault; `timed-out` where it does not become active
 */
export async function createReleaseTable(
  client: DynamoDBClient,
  table: string,
  keyNames: KeyNames,
  options: CreateOptions = {},
): Promise<void> {
  const { signal, lookEveryMs = 200, limitMs = 60_000 } = options;
  await createUnlessThere(client, table, keyNames, signal);
  for (let waitedMs = 0; waitedMs <= limitMs; waitedMs += lookEveryMs) {
    const { Table } = await send(client, new DescribeTableCommand({ TableName: table }), { signal });
    if (Table?.TableStatus === 'ACTIVE') return;
    await pause(lookEveryMs, signal);
  }
  throw new ReadFault('timed-out', `Table ${table} was not active after ${limitMs} ms.`);
}

async function createUnlessThere(
  client: DynamoDBClient,
  table: string,
  keyNames: KeyNames,
  signal: AbortSignal | undefined,
): Promise<void> {
  const create = new CreateTableCommand({
    TableName: table,
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: keyNames.release, KeyType: 'HASH' },
      { AttributeName: keyNames.component, KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: keyNames.release, AttributeType: 'S' },
      { AttributeName: keyNames.component, AttributeType: 'S' },
    ],
  });
  try {
    await send(client, create, { signal });
  } catch (error) {
    if (!(error instanceof ReadFault) || error.errorName !== 'ResourceInUseException') throw error;
  }
}

/**
 * Puts items, overwriting those with the same keys. Of several with the same keys the last is written.
 *
 * @param items plain items
 * @returns how many were written
 * @throws ReadFault when a batch cannot be written; those before it are
 */
export async function putItems(
  client: DynamoDBClient,
  table: string,
  items: readonly Item[],
  options: WriteOptions = {},
): Promise<number> {
  const { concurrency = 4, signal, onProgress } = options;
  const distinct = lastPerKey(items, options.keyNames ?? DOCUMENTED_KEYS);
  const batches = Array.from({ length: Math.ceil(distinct.length / BATCH_ITEMS) }, (_, index) =>
    distinct.slice(index * BATCH_ITEMS, (index + 1) * BATCH_ITEMS),
  );
  let written = 0;
  if (signal?.aborted) throw new ReadFault('cancelled', 'The writing was stopped.');
  await sideBySide(batches, concurrency, async (batch) => {
    await putBatch(client, table, batch, options);
    written += batch.length;
    onProgress?.({ written, total: distinct.length });
  });
  return written;
}

/** Writes one batch; what the table did not take for lack of capacity is tried again, seven times at most. */
async function putBatch(
  client: DynamoDBClient,
  table: string,
  batch: readonly Item[],
  { signal, firstPauseMs = 50, keyNames = DOCUMENTED_KEYS }: WriteOptions,
): Promise<void> {
  let left = batch.map(attributeValues);
  for (let attempt = 0; left.length > 0; attempt += 1) {
    if (attempt === 8) throw new ReadFault('throttled', `${left.length} items were refused for lack of capacity.`);
    if (attempt > 0) await pause(pauseMs(attempt - 1, { firstMs: firstPauseMs, longestMs: 32 * firstPauseMs }), signal);
    const requests = left.map((Item) => ({ PutRequest: { Item } }));
    const command = new BatchWriteItemCommand({ RequestItems: { [table]: requests } });
    const { UnprocessedItems = {} } = await send(client, command, { signal });
    const refused = new Set(
      Object.values(UnprocessedItems)
        .flat()
        .map(({ PutRequest }) => keyOf(PutRequest?.Item ?? {}, keyNames)),
    );
    // By key, and not the items that came back: those have been through the SDK's own reading.
    left = left.filter((item) => refused.has(keyOf(item, keyNames)));
  }
}

function lastPerKey(items: readonly Item[], keys: KeyNames): Item[] {
  return [...new Map(items.map((item) => [keyOf(item, keys), item])).values()];
}

function keyOf(item: Readonly<Record<string, unknown>>, keys: KeyNames): string {
  return JSON.stringify([item[keys.release], item[keys.component]]);
}

async function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await withinTime(() => new Promise<void>((resolve) => setTimeout(resolve, ms)), ms + MAX_CALL_MS, signal);
}
