import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { CHANGES_KEY, changedSince, countChanges, TOTAL_KEY } from '../../src/store/change-counter.ts';
import { differingCounters, readChangeCounters, readChangeTotal } from '../../src/store/read-change-counter.ts';
import { readReleases } from '../../src/store/read-release.ts';
import { createReleaseTable, putItems } from '../../src/store/write-items.ts';
import { eachDynamo } from './each-dynamo.ts';
import { dropTable } from './tables.ts';

const TABLE = 'StoreReadsChanges';
const DESCRIBED = { table: TABLE, keys: DOCUMENTED_KEYS };
const { signal } = new AbortController();

eachDynamo('changes in a table of $name', (dynamo) => {
  afterAll(() => dropTable(dynamo.client, TABLE));
  beforeEach(async () => {
    await dropTable(dynamo.client, TABLE);
    await createReleaseTable(dynamo.client, TABLE, DOCUMENTED_KEYS, { lookEveryMs: 20 });
  });
  const count = (...releases: string[]) =>
    countChanges(dynamo.client, DESCRIBED, new Map(releases.map((release) => [release, 1])));

  test('nobody has counted', async () => {
    expect(await readChangeTotal(dynamo.client, DESCRIBED, 0)).toMatchObject({ total: { count: 0, last: [] } });
    const { total, counters } = await readChangeCounters(dynamo.client, DESCRIBED, signal);
    expect([total, counters]).toEqual([{ count: 0, last: [] }, new Map()]);
  });

  test('what was counted: the total for half a unit, and every release', async () => {
    await count('v1.0.0', 'v1.1.0');
    await count('v1.0.0');
    const { total, readUnits } = await readChangeTotal(dynamo.client, DESCRIBED, 2);
    expect({ total, readUnits }).toEqual({ total: { count: 3, last: ['v1.0.0', 'v1.1.0', 'v1.0.0'] }, readUnits: 0.5 });
    expect(changedSince(total, 2)).toEqual(['v1.0.0']);
    const all = await readChangeCounters(dynamo.client, DESCRIBED, signal);
    expect(all.total).toEqual(total);
    expect(all.counters).toEqual(
      new Map([
        ['v1.0.0', 2],
        ['v1.1.0', 1],
      ]),
    );
  });

  test('a counter that seems to have gone back is asked for as it is now', async () => {
    await count('v1.0.0', 'v1.1.0');
    await dynamo.client.send(
      new DeleteCommand({ TableName: TABLE, Key: { version: CHANGES_KEY, 'component#name': TOTAL_KEY } }),
    );
    const { total } = await readChangeTotal(dynamo.client, DESCRIBED, 2);
    expect(total.count).toBe(0);
  });

  test('single releases, each to its last page and as it is now', async () => {
    const changelog = 'x'.repeat(90_000);
    const items = Array.from({ length: 15 }, (_, each) => ({
      version: 'v1.0.0',
      'component#name': `backend#service-${String(each).padStart(2, '0')}`,
      changelog,
    }));
    const other = { version: 'v1.1.0', 'component#name': 'backend#api' };
    await putItems(dynamo.client, TABLE, [...items, other]);
    const read = await readReleases(dynamo.client, DESCRIBED, ['v1.1.0', 'v9.9.9', 'v1.0.0'], { consistent: true });
    expect(read.map(({ release, items: found }) => [release, found])).toEqual([
      ['v1.1.0', [other]],
      ['v9.9.9', []],
      ['v1.0.0', items],
    ]);
    // A unit for each 4 KB, where a replica would do for half of that.
    expect(read[2]?.readUnits).toBeGreaterThan(320);
  });
});

test.each<[string, [string, number][], [string, number][], string[]]>([
  ['none', [['v1', 1]], [['v1', 1]], []],
  ['one more', [['v1', 1]], [['v1', 2]], ['v1']],
  ['one less: it began anew', [['v1', 5]], [['v1', 1]], ['v1']],
  [
    'a new one',
    [['v1', 1]],
    [
      ['v1', 1],
      ['v2', 1],
    ],
    ['v2'],
  ],
  [
    'one that is gone',
    [
      ['v1', 1],
      ['v2', 1],
    ],
    [['v1', 1]],
    ['v2'],
  ],
  ['one that is not a number, ever', [['v1', Number.NaN]], [['v1', Number.NaN]], ['v1']],
])('counters that differ: %s', (_, known, now, differing) => {
  expect(differingCounters(new Map(known), new Map(now))).toEqual(differing);
});
