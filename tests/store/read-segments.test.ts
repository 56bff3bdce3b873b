import { getEventListeners } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { attributeValues } from '../../src/store/attribute-value.ts';
import { type ReadOptions, type ReadProgress, readTable, segmentsFor } from '../../src/store/read-table.ts';
import type { DescribedTable } from '../../src/store/table-keys.ts';
import { type Answer, awsError, type Call, cannedClient, cannedServer } from './canned-server.ts';

// How a table is read: in how many segments, what of it is asked for, and when it stops.

const DESCRIBED: DescribedTable = {
  table: 'Releases',
  keys: DOCUMENTED_KEYS,
  keysFrom: 'table',
  denied: null,
  itemCount: null,
  sizeBytes: 0,
  status: 'ACTIVE',
};
const MB = 1024 * 1024;

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

async function read(answer: (call: Call, index: number) => Answer, more: Partial<ReadOptions> = {}) {
  server = await cannedServer(answer);
  return readTable(cannedClient(server.origin), { described: DESCRIBED, ...more });
}

const item = (release: string, component: string, more: Item = {}): Item => ({
  version: release,
  'component#name': component,
  ...more,
});
const page = (items: readonly Item[], more: object = {}): Answer => ({
  body: JSON.stringify({ Items: items.map(attributeValues), ...more }),
});
const next = (component: string) => ({ LastEvaluatedKey: attributeValues(item('v', component)) });

describe('how many segments', () => {
  test.each([
    [0, null, 1],
    [4 * MB, null, 1],
    [4 * MB + 1, null, 4],
    [null, null, 4],
    [-1, null, 1],
    // What the reading before has cost knows better.
    [0, 512, 1],
    [0, 512.5, 4],
    [100 * MB, 1, 1],
    [null, 0, 1],
  ])('for %s bytes, after %s read units: %i', (sizeBytes, previousUnits, segments) => {
    expect(segmentsFor({ ...DESCRIBED, sizeBytes }, previousUnits)).toBe(segments);
  });

  test('by its size where nothing is said', async () => {
    const large = { ...DESCRIBED, sizeBytes: 5 * MB };
    expect((await read(() => page([]), { described: large })).segments).toBe(4);
    await server?.close();
    expect((await read(() => page([]), { described: large, segments: 2 })).segments).toBe(2);
  });
});

describe('what is asked for', () => {
  test('of one segment, as a replica remembers it', async () => {
    await read((_, index) => (index === 0 ? page([], next('a')) : page([])));
    expect(server?.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ['Scan', { TableName: 'Releases', ReturnConsumedCapacity: 'TOTAL' }],
      [
        'Scan',
        { TableName: 'Releases', ReturnConsumedCapacity: 'TOTAL', ExclusiveStartKey: attributeValues(item('v', 'a')) },
      ],
    ]);
  });

  test('of two, as it is now', async () => {
    await read(() => page([]), { segments: 2, consistent: true });
    const asked = { TableName: 'Releases', ReturnConsumedCapacity: 'TOTAL', ConsistentRead: true, TotalSegments: 2 };
    expect(server?.calls.map(({ input }) => input).toSorted((a, b) => Number(a.Segment) - Number(b.Segment))).toEqual([
      { ...asked, Segment: 0 },
      { ...asked, Segment: 1 },
    ]);
  });
});

describe('of items with the same keys the later one stays, in the place of the first', () => {
  test('and keys that only read alike in a row are two', async () => {
    const items = [item('a', 'bc'), item('ab', 'c'), item('1:a', 'b'), item('a', 'bc', { n: 'later' })];
    expect((await read(() => page(items))).items).toEqual([
      item('a', 'bc', { n: 'later' }),
      item('ab', 'c'),
      item('1:a', 'b'),
    ]);
  });

  test('items without keys all stay', async () => {
    const odd = [
      { version: 'a' },
      { version: 'a' },
      { 'component#name': 'c' },
      { 'component#name': 'c' },
      item('a', 'c'),
    ];
    expect((await read(() => page(odd))).items).toEqual(odd);
  });
});

describe('keys that the table was described with', () => {
  const unreadable = 'no map of attributes';
  const asPage = (items: readonly unknown[]): Answer => ({ body: JSON.stringify({ Items: items }) });

  test.each<[string, Item]>([
    ['neither', { pk: 'v1', sk: 'a' }],
    ['the first alone', { version: 'v1', sk: 'a' }],
    ['the second alone', { pk: 'v1', 'component#name': 'a' }],
    ['the first as a number', { version: 1, 'component#name': 'a' }],
    ['the second as a number', { version: 'v1', 'component#name': 1 }],
  ])('no item has, but %s: they are other ones', async (_, other) => {
    await expect(read(() => asPage([unreadable, attributeValues(other)]))).rejects.toMatchObject({
      code: 'keys-unsuitable',
      message: 'No item of table Releases has texts as "version" and "component#name".',
    });
  });

  test('one item of one segment has', async () => {
    const reading = await read(({ input }) => page([input.Segment === 0 ? { pk: 'v1' } : item('v1', 'a')]), {
      segments: 2,
    });
    expect(reading.items).toEqual([{ pk: 'v1' }, item('v1', 'a')]);
  });

  test('nobody can tell of items that cannot be read', async () => {
    expect(await read(() => asPage([unreadable]))).toMatchObject({ unreadable: 1, incomplete: null });
  });
});

describe('how far it has come', () => {
  const units = (CapacityUnits: number) => ({ ConsumedCapacity: { TableName: 'Releases', CapacityUnits } });

  test('is told after each page, with its items', async () => {
    const steps: ReadProgress[] = [];
    const pages: (readonly Item[])[] = [];
    const reading = await read(
      (_, index) =>
        index === 0
          ? page([item('a', 'b')], { ...next('a'), ...units(1.5) })
          : page([item('a', 'c'), item('a', 'b')], units(2)),
      {
        described: { ...DESCRIBED, itemCount: 7 },
        onProgress: (step) => steps.push(step),
        onPage: (items) => pages.push(items),
      },
    );
    expect(steps).toEqual([
      { read: 1, expected: 7, pages: 1, readUnits: 1.5 },
      { read: 3, expected: 7, pages: 2, readUnits: 3.5 },
    ]);
    expect(pages.map(({ length }) => length)).toEqual([1, 2]);
    expect(reading).toMatchObject({ pages: 2, segments: 1, readUnits: 3.5, unreadable: 0, incomplete: null });
    expect(reading.items).toHaveLength(2);
  });

  test.each([[0], [null]])('with %s items said of the table, none are expected', async (itemCount) => {
    const steps: ReadProgress[] = [];
    await read(() => page([]), { described: { ...DESCRIBED, itemCount }, onProgress: (step) => steps.push(step) });
    expect(steps).toEqual([{ read: 0, expected: null, pages: 1, readUnits: null }]);
  });

  test('costs nothing known as soon as one page counts nothing', async () => {
    const steps: ReadProgress[] = [];
    const reading = await read(
      (_, index) =>
        index === 1 ? page([], next('b')) : page([], index === 0 ? { ...next('a'), ...units(1) } : units(1)),
      { onProgress: (step) => steps.push(step) },
    );
    expect([reading.readUnits, steps.map(({ readUnits }) => readUnits)]).toEqual([null, [1, null, null]]);
  });
});

describe('it ends before the table does', () => {
  test('after so many pages of all segments', async () => {
    const reading = await read((_, index) => page([item('a', String(index))], next(String(index))), { maxPages: 3 });
    expect(reading.incomplete).toEqual({
      reason: 'page-limit',
      message: 'The table has more than 3 pages; the rest was not read.',
    });
    expect([reading.pages, reading.items.length]).toEqual([3, 3]);
  });

  test('after two hundred where nothing is said', async () => {
    expect(await read((_, index) => page([], next(String(index))))).toMatchObject({
      pages: 200,
      incomplete: { message: 'The table has more than 200 pages; the rest was not read.' },
    });
  });

  test('at its last page it has not', async () => {
    const reading = await read((_, index) => (index < 2 ? page([], next(String(index))) : page([])), { maxPages: 3 });
    expect([reading.pages, reading.incomplete]).toEqual([3, null]);
  });

  test('at a key that comes again, in whatever order its parts stand', async () => {
    const [a, b] = [attributeValues(item('v', 'a')), attributeValues(item('v', 'b'))];
    const turned = Object.fromEntries(Object.entries(a).reverse());
    const keys = [a, b, turned];
    const reading = await read((_, index) => page([], { LastEvaluatedKey: keys[index % 3] }));
    expect(reading.incomplete).toEqual({
      reason: 'repeated-key',
      message: 'The table gave the same page key twice; the rest was not read.',
    });
    expect(reading.pages).toBe(3);
  });

  test('a key that comes in two segments has not come again', async () => {
    const asked = new Map<unknown, number>();
    const reading = await read(
      ({ input }) => {
        const count = (asked.get(input.Segment) ?? 0) + 1;
        asked.set(input.Segment, count);
        return count === 1 ? page([], next('same')) : page([]);
      },
      { segments: 2 },
    );
    expect([reading.pages, reading.incomplete]).toEqual([4, null]);
  });
});

describe('it is stopped', () => {
  test('by the fault of one segment, and so are the others, whose connections end', async () => {
    const reading = read(
      ({ input }) => (input.Segment === 2 ? awsError('ValidationException', 'bad') : { does: 'hang' }),
      { segments: 4, timeLimitMs: 60_000 },
    );
    // Else it would wait for the others as long as they may take.
    await expect(reading).rejects.toMatchObject({ code: 'request-refused' });
  });

  test('by the caller, before it begins: nothing is asked', async () => {
    const reading = read(() => page([]), { signal: AbortSignal.abort() });
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(server?.calls).toEqual([]);
  });

  test('by nobody any more once it has ended', async () => {
    const { signal } = new AbortController();
    await read(() => page([]), { signal });
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});
