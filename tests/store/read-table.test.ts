import { CreateTableCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { type ReadProgress, readTable } from '../../src/store/read-table.ts';
import { describeTable } from '../../src/store/table-keys.ts';
import { createReleaseTable, putItems } from '../../src/store/write-items.ts';
import { eachDynamo } from './each-dynamo.ts';
import { dropTable } from './tables.ts';

const TABLE = 'StoreReadsATable';

eachDynamo('the store reads a table of $name', (dynamo) => {
  afterAll(() => dropTable(dynamo.client, TABLE));
  beforeEach(() => dropTable(dynamo.client, TABLE));

  const read = async (options: Partial<Parameters<typeof readTable>[1]> = {}) => {
    const described = await describeTable(dynamo.client, { table: TABLE, configuredKeys: null });
    return readTable(dynamo.client, { described, ...options });
  };

  test.each([
    ['documented', DOCUMENTED_KEYS],
    ['short', { release: 'pk', component: 'sk' }],
  ])('with its %s key names', async (_, keyNames) => {
    await createReleaseTable(dynamo.client, TABLE, keyNames, { lookEveryMs: 20 });
    const items = fragments(3, keyNames.release, keyNames.component);
    expect(await putItems(dynamo.client, TABLE, items, { keyNames })).toBe(3);
    const described = await describeTable(dynamo.client, { table: TABLE, configuredKeys: null });
    expect(described).toMatchObject({
      table: TABLE,
      keys: keyNames,
      keysFrom: 'table',
      denied: null,
      status: 'ACTIVE',
    });
    const reading = await readTable(dynamo.client, { described });
    expect(byComponent(reading.items, keyNames.component)).toEqual(items);
    expect(reading).toMatchObject({ unreadable: 0, pages: 1, segments: 1, incomplete: null });
  });

  test('an empty table is a whole reading without items', async () => {
    await createReleaseTable(dynamo.client, TABLE, DOCUMENTED_KEYS, { lookEveryMs: 20 });
    expect(await read()).toMatchObject({ items: [], pages: 1, incomplete: null });
  });

  test('a table that is already there is left as it is', async () => {
    await createReleaseTable(dynamo.client, TABLE, DOCUMENTED_KEYS, { lookEveryMs: 20 });
    await putItems(dynamo.client, TABLE, fragments(2));
    await createReleaseTable(dynamo.client, TABLE, DOCUMENTED_KEYS, { lookEveryMs: 20 });
    expect((await read()).items).toHaveLength(2);
  });

  test.each([1, 4])('of many pages, in %i segments: every item once, progress that only grows', async (segments) => {
    await createReleaseTable(dynamo.client, TABLE, DOCUMENTED_KEYS, { lookEveryMs: 20 });
    // 120 items of 40 KB: about 5 MB, which makes five pages in one segment.
    const items = fragments(120).map((item) => ({ ...item, changelog: 'x'.repeat(40_000) }));
    const writing: number[] = [];
    await putItems(dynamo.client, TABLE, items, { onProgress: ({ written }) => writing.push(written) });
    expect(writing.at(-1)).toBe(120);

    const steps: ReadProgress[] = [];
    const paged: Item[] = [];
    const reading = await read({
      segments,
      onProgress: (step) => steps.push(step),
      onPage: (page) => paged.push(...page),
    });
    expect(byComponent(reading.items)).toEqual(items);
    expect(byComponent(paged)).toEqual(items);
    expect(reading.pages).toBeGreaterThan(4);
    // 120 × 40 KB at half a unit per 4 KB, eventually consistent.
    expect(reading.readUnits).toBeGreaterThan(550);
    expect(reading.readUnits).toBeLessThan(700);
    expect(steps.map((step) => step.pages)).toEqual(steps.map((_, index) => index + 1));
    // dynalite says 0 items of every table, which is no expectation.
    const { itemCount } = await describeTable(dynamo.client, { table: TABLE, configuredKeys: null });
    const { pages, readUnits } = reading;
    expect(steps.at(-1)).toEqual({ read: 120, expected: itemCount || null, pages, readUnits });
    expect(await read({ segments })).toEqual(reading);
  });

  test('every type of value, as the service sends it back', async () => {
    await createReleaseTable(dynamo.client, TABLE, DOCUMENTED_KEYS, { lookEveryMs: 20 });
    await dynamo.client.send(
      new PutItemCommand({
        TableName: TABLE,
        Item: {
          version: { S: 'v1.0.0' },
          'component#name': { S: 'backend#a' },
          big: { N: '9007199254740993' },
          fraction: { N: '0.1234567890123456789012345678901234567' },
          half: { N: '1.50' },
          bytes: { B: Uint8Array.of(0, 1, 2) },
          environments: { SS: ['prod', 'dev'] },
          counts: { NS: ['10', '9'] },
          chunks: { BS: [Uint8Array.of(3), Uint8Array.of(2)] },
          none: { NULL: true },
          flag: { BOOL: false },
          list: { L: [{ M: { constructor: { S: 'c' }, toString: { S: 't' } } }] },
        },
      }),
    );
    expect((await read()).items).toEqual([
      {
        version: 'v1.0.0',
        'component#name': 'backend#a',
        big: '9007199254740993',
        fraction: '0.1234567890123456789012345678901234567',
        half: 1.5,
        bytes: { $binary: 'AAEC' },
        environments: ['dev', 'prod'],
        counts: [9, 10],
        chunks: [{ $binary: 'Ag==' }, { $binary: 'Aw==' }],
        none: null,
        flag: false,
        list: [{ constructor: 'c', toString: 't' }],
      },
    ]);
  });

  test('of several items with the same keys, the last is written', async () => {
    await createReleaseTable(dynamo.client, TABLE, DOCUMENTED_KEYS, { lookEveryMs: 20 });
    const [item] = fragments(1);
    expect(
      await putItems(dynamo.client, TABLE, [
        { ...item, commit: 'a' },
        { ...item, commit: 'b' },
      ]),
    ).toBe(1);
    expect((await read()).items).toEqual([{ ...item, commit: 'b' }]);
  });

  test('a missing table is named as such', async () => {
    await expect(describeTable(dynamo.client, { table: TABLE, configuredKeys: null })).rejects.toMatchObject({
      name: 'ReadFault',
      code: 'table-missing',
    });
  });

  test.each([
    [
      'without a RANGE key',
      [{ AttributeName: 'version', KeyType: 'HASH' as const }],
      [{ AttributeName: 'version', AttributeType: 'S' as const }],
      /no RANGE key/,
    ],
    [
      'with a number as a key',
      [
        { AttributeName: 'version', KeyType: 'HASH' as const },
        { AttributeName: 'at', KeyType: 'RANGE' as const },
      ],
      [
        { AttributeName: 'version', AttributeType: 'S' as const },
        { AttributeName: 'at', AttributeType: 'N' as const },
      ],
      /"at" .* is of type N; expected S/,
    ],
  ])('a table %s is refused with the reason', async (_, KeySchema, AttributeDefinitions, message) => {
    await dynamo.client.send(
      new CreateTableCommand({ TableName: TABLE, BillingMode: 'PAY_PER_REQUEST', KeySchema, AttributeDefinitions }),
    );
    const code = () =>
      describeTable(dynamo.client, { table: TABLE, configuredKeys: null }).then(
        () => 'no fault',
        (fault) => fault.code,
      );
    await expect.poll(code).toBe('keys-unsuitable');
    await expect(describeTable(dynamo.client, { table: TABLE, configuredKeys: null })).rejects.toThrow(message);
  });
});

/** Fragments of one release, `backend#c000` and on. */
function fragments(count: number, release = 'version', component = 'component#name'): Item[] {
  return Array.from({ length: count }, (_, index) => ({
    [release]: 'v1.4.0',
    [component]: `backend#c${String(index).padStart(3, '0')}`,
    commit: String(index),
  }));
}

function byComponent(items: readonly Item[], component = 'component#name'): Item[] {
  return items.toSorted((a, b) => String(a[component]).localeCompare(String(b[component])));
}
