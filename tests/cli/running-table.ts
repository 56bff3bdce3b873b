import { randomUUID } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from '../../src/release/item/item.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { createReleaseTable } from '../../src/store/write-items.ts';
import { dropTable, startDynalite, type TestDynamo } from '../store/tables.ts';

/** A table of its own in a running DynamoDB, and the words by which a command finds it. */
export async function runningTable({ client }: TestDynamo, keys = DOCUMENTED_KEYS) {
  const table = `cli-${randomUUID()}`;
  await createReleaseTable(client, table, keys, { lookEveryMs: 5 });
  const endpoint = await client.config.endpoint?.();
  const origin = `http://${endpoint?.hostname}:${endpoint?.port}`;
  return {
    table,
    origin,
    words: ['--table', table, '--endpoint', origin],
    /** All items but the change counters, as they are now. */
    items: async (): Promise<Item[]> => {
      const { Items } = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
      return (Items ?? []).filter((item) => item[keys.release] !== 'release-matrix:changes') as Item[];
    },
    /** The change counters by their RANGE key. */
    counters: async (): Promise<Record<string, unknown>> => {
      const { Items } = await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }));
      const own = (Items ?? []).filter((item) => item[keys.release] === 'release-matrix:changes');
      return Object.fromEntries(own.map((item) => [item[keys.component], item.count]));
    },
    drop: () => dropTable(client, table),
  };
}

export type RunningTable = Awaited<ReturnType<typeof runningTable>>;

export type OwnTable = RunningTable & Pick<TestDynamo, 'close'>;

/** A table in a DynamoDB of its own, in this process, which ends with `close`. */
export async function ownTable(): Promise<OwnTable> {
  const dynamo = await startDynalite();
  return { ...(await runningTable(dynamo)), close: dynamo.close };
}
