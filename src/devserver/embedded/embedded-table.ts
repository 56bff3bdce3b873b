/// <reference path="./dynalite.d.ts" />
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateTableCommand, DescribeTableCommand, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import dynalite from 'dynalite';
import { DOCUMENTED_KEYS } from '../../release/item.ts';
import { connectTable, EMULATOR_CREDENTIALS } from '../../store/client.ts';
import type { OwnTablePort } from '../table-port.ts';
import { handOver } from './handed-call.ts';

export interface EmbeddedTableOptions {
  /** Name of the table that is made. */
  readonly table: string;
  /** Region the clients of this table name; it has no effect. */
  readonly region: string;
  /** What the table is filled with, as the screen says it: “demo estate”. */
  readonly data: string;
}

/** A DynamoDB table inside this process: no port, no file, gone when the process ends. */
export interface EmbeddedTable extends OwnTablePort {
  readonly table: string;
  /** The real SDK, without a socket. */
  readonly client: DynamoDBDocumentClient;
  /**
   * Counts the items anew for the `ItemCount` of DescribeTable, which dynalite leaves at 0. AWS too updates that number
   * only now and then (about every six hours); here it is done after filling the table.
   *
   * @returns how many items there are
   */
  recount(): Promise<number>;
}

/**
 * Opens an empty table with the documented key names.
 *
 * @throws Error when dynalite's database cannot be loaded: it loads `classic-level` even where it keeps everything in
 *   memory, whose binaries for the usual platforms are part of its package (no install script is needed)
 */
export async function openEmbeddedTable({ table, region, data }: EmbeddedTableOptions): Promise<EmbeddedTable> {
  const server = dynalite({ createTableMs: 0 });
  let itemCount = 0;
  let closed = false;

  const handle: EmbeddedTable['handle'] = async (body, headers) => {
    if (closed) throw new Error('The embedded table is closed.');
    const target = headers['x-amz-target'] ?? '';
    const answer = await handOver(server, target, body);
    if (answer.status !== 200 || !target.endsWith('.DescribeTable')) return answer;
    return withItemCount(answer, itemCount);
  };

  const client = connectTable({
    region,
    credentials: EMULATOR_CREDENTIALS,
    endpoint: 'http://embedded.invalid', // never resolved: the handler below is all there is
    requestHandler: inProcessHandler(handle),
  });
  await createTable(client, table);

  return {
    table,
    data,
    client,
    handle,
    async recount() {
      itemCount = await countItems(client, table);
      return itemCount;
    },
    async close() {
      // dynalite's own close() wants a listening server. In memory there is nothing to give back.
      closed = true;
      client.destroy();
    },
  };
}

/** The SDK's door to HTTP, leading to the table in this process instead. */
function inProcessHandler(handle: EmbeddedTable['handle']): NonNullable<DynamoDBClientConfig['requestHandler']> {
  return {
    metadata: { handlerProtocol: 'in-process' },
    async handle(request: { readonly headers: Record<string, string>; readonly body?: unknown }) {
      const body: unknown = request.body;
      if (typeof body !== 'string' && !(body instanceof Uint8Array)) {
        throw new Error('The embedded table takes whole bodies only, as text or bytes.');
      }
      const answer = await handle(Buffer.from(body), request.headers);
      return { response: { statusCode: answer.status, headers: { ...answer.headers }, body: answer.body } };
    },
    destroy() {},
  };
}

async function createTable(client: DynamoDBDocumentClient, table: string): Promise<void> {
  const { release, component } = DOCUMENTED_KEYS;
  await client.send(
    new CreateTableCommand({
      TableName: table,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: release, AttributeType: 'S' },
        { AttributeName: component, AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: release, KeyType: 'HASH' },
        { AttributeName: component, KeyType: 'RANGE' },
      ],
    }),
  );
  // The SDK's own waiter looks every two seconds at best; this table is there within a few milliseconds.
  for (let look = 0; look < 200; look++) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    if (Table?.TableStatus === 'ACTIVE') return;
    await sleep(5);
  }
  throw new Error(`The embedded table “${table}” is still not active after a second.`);
}

async function countItems(client: DynamoDBDocumentClient, table: string): Promise<number> {
  let count = 0;
  for await (const page of paginateScan({ client }, { TableName: table, Select: 'COUNT' })) count += page.Count ?? 0;
  return count;
}

/** Puts our count into DescribeTable's answer. Names of tables and attributes cannot hold a quotation mark as such. */
function withItemCount(answer: Awaited<ReturnType<EmbeddedTable['handle']>>, itemCount: number) {
  const body = Buffer.from(answer.body.toString('utf8').replace(/"ItemCount":\d+/, `"ItemCount":${itemCount}`));
  // The checksum was that of the former body.
  const { 'x-amz-crc32': _, ...headers } = answer.headers;
  return { ...answer, headers: { ...headers, 'content-length': String(body.length) }, body };
}
