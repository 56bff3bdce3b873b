import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedTable, openEmbeddedTable } from '../../src/devserver/table/embedded-table.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { readTable } from '../../src/store/read-table.ts';
import { describeTable } from '../../src/store/table-keys.ts';
import { putItems } from '../../src/store/write-items.ts';

const TABLE = 'ReleaseFragments';
const opened: EmbeddedTable[] = [];

async function open(): Promise<EmbeddedTable> {
  const table = await openEmbeddedTable({ table: TABLE, region: 'eu-central-1', data: 'test' });
  opened.push(table);
  return table;
}

afterEach(async () => {
  for (const table of opened.splice(0)) await table.close();
});

function items(count: number): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    version: `v1.${index % 50}.0`,
    'component#name': `backend#service-${Math.floor(index / 50)}`,
    changelog: 'x'.repeat(1500),
  }));
}

/** A call as the page's SDK makes it, once the local server has passed it on. */
function call(table: EmbeddedTable, operation: string, input: unknown) {
  const body = Buffer.from(typeof input === 'string' ? input : JSON.stringify(input));
  return table.handle(body, { 'x-amz-target': `DynamoDB_20120810.${operation}` });
}

describe('the embedded table', () => {
  it('has the documented keys and takes items from the real SDK', async () => {
    const table = await open();
    const item = { version: 'v1.4.0', 'component#name': 'kafka#user.created', nested: { list: [1, 'zwei', null] } };
    await table.client.send(new PutCommand({ TableName: TABLE, Item: item }));
    const { Item: found } = await table.client.send(
      new GetCommand({ TableName: TABLE, Key: { version: 'v1.4.0', 'component#name': 'kafka#user.created' } }),
    );
    expect(found).toEqual(item);
    const { Table } = await table.client.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table?.KeySchema).toEqual([
      { AttributeName: 'version', KeyType: 'HASH' },
      { AttributeName: 'component#name', KeyType: 'RANGE' },
    ]);
  });

  it('opens no port', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'));
    const table = await open();
    await putItems(table.client, TABLE, items(100));
    expect(process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP'))).toEqual(before);
  });

  it('F11: is read to its end by the parallel scan, each item once, with the size it was measured at', async () => {
    const table = await open();
    const all = items(6000);
    expect(await putItems(table.client, TABLE, all)).toBe(6000);
    expect(await table.measure()).toBe(6000);
    const { Table } = await table.client.send(new DescribeTableCommand({ TableName: TABLE }));
    expect(Table?.ItemCount).toBe(6000);
    // 6,000 items of about 1,560 bytes, rounded up by the page.
    expect(Table?.TableSizeBytes).toBeGreaterThan(9_000_000);
    expect(Table?.TableSizeBytes).toBeLessThan(10_500_000);
    const described = await describeTable(table.client, { table: TABLE, configuredKeys: null });
    expect(described).toMatchObject({ keys: DOCUMENTED_KEYS, keysFrom: 'table', itemCount: 6000 });
    const reading = await readTable(table.client, { described, segments: 4 });
    const keys = (list: readonly Item[]) => list.map((item) => `${item.version} ${item['component#name']}`).sort();
    expect(keys(reading.items)).toEqual(keys(all));
    // More than one page in a segment.
    expect(reading.pages).toBeGreaterThan(8);
  });

  it.each([
    ['a scan without any signature', 'Scan', { TableName: TABLE }, 200, '"Count":0'],
    ['another table', 'Scan', { TableName: 'Other' }, 400, 'ResourceNotFoundException'],
    ['an operation that is none', 'DropEverything', {}, 400, 'UnknownOperationException'],
    ['no JSON', 'Scan', '{', 400, 'SerializationException'],
    ['an empty body', 'Scan', '', 400, 'SerializationException'],
    ['a field of the wrong type', 'Scan', { TableName: { a: 1 } }, 400, 'SerializationException'],
    ['more than 16 MB', 'Scan', ' '.repeat(16 * 1024 * 1024 + 1), 413, ''],
  ])('answers %s', async (_, operation, input, status, part) => {
    const table = await open();
    const answer = await call(table, operation, input);
    expect([answer.status, answer.body.toString()]).toEqual([status, expect.stringContaining(part)]);
    // It is alive afterwards.
    expect((await call(table, 'Scan', { TableName: TABLE })).status).toBe(200);
  });

  it('sends whole bodies: a length, no chunked encoding', async () => {
    const table = await open();
    const answer = await call(table, 'DescribeTable', { TableName: TABLE });
    expect(answer.headers['content-length']).toBe(String(answer.body.length));
    expect(answer.headers).not.toHaveProperty('transfer-encoding');
  });

  it('keeps tables apart', async () => {
    const [one, other] = [await open(), await open()];
    await putItems(one.client, TABLE, items(10));
    expect([await one.measure(), await other.measure()]).toEqual([10, 0]);
  });

  it('answers nothing once closed', async () => {
    const table = await open();
    await table.close();
    await expect(call(table, 'Scan', { TableName: TABLE })).rejects.toThrow('The embedded table is closed.');
  });
});
