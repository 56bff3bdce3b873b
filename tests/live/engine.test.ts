import { expect, test, vi } from 'vitest';
import { ReadFault } from '../../src/contract/read-fault.ts';
import { type Engine, PART_AFTER_MS, PART_STANDS_MS, type Told } from '../../src/live/engine.ts';
import { channelPair, connect, serve } from '../../src/live/port.ts';
import type { TableReader } from '../../src/live/table-reader.ts';
import type { Item } from '../../src/release/item/item.ts';
import type { ReadProgress } from '../../src/store/read-table.ts';
import { type ShownMatrix, takeUpdate } from '../../src/views/matrix/matrix-update.ts';
import type { Filters } from '../../src/views/params.ts';
import { item } from '../release/report-of.ts';
import { engineOn } from './engine-on.ts';
import { readerOf, START } from './read-tables.ts';

const ALL: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };
const WISHES = { whole: false, shown: { chosen: [], inView: [] } };
const TABLE = [
  item('v1.1.0', 'backend#api', { commit: 'b' }),
  item('v1.1.0', 'frontend#shell'),
  item('v1.0.0', 'backend#api', { commit: 'a' }),
  item('v1.0.0', 'frontend#shell'),
];

/** An engine at the other end of a channel, with all that it has told. */
function connected(...states: readonly (readonly Item[] | Error)[]) {
  const [page, other] = channelPair();
  const engine = connect(page);
  serve(other, engineOn(readerOf(...states), START));
  const told: Told[] = [];
  engine.listen((each) => told.push(each));
  const matrix = (): ShownMatrix | null => {
    const updates = told.flatMap((each) => (each.kind === 'matrix' ? [each.update] : []));
    return updates.reduce<ShownMatrix | null>(takeUpdate, null);
  };
  return { engine, told, matrix, read: () => engine.read(WISHES, new AbortController().signal) };
}

/** A reader that hands over half of the table, and the whole when told to. @param progress what it says of it before; default: nothing */
function heldReader(progress?: ReadProgress): { readonly reader: TableReader; readonly goOn: () => void } {
  const whole = readerOf(TABLE);
  let goOn = () => {};
  const rest = new Promise<void>((resume) => {
    goOn = resume;
  });
  const reader: TableReader = {
    ...whole,
    async read(previous, onProgress, signal, wishes, onPart) {
      const reading = await whole.read(previous, progress === undefined ? onProgress : () => {}, signal, wishes);
      if (progress !== undefined) onProgress(progress);
      onPart?.({ fragments: reading.table.fragments.slice(0, 2), policy: reading.table.policy });
      await rest;
      return reading;
    },
  };
  return { reader, goOn: () => goOn() };
}

/** What the page has of a matrix: each release with what its cells show. */
function linesOf(shown: ShownMatrix | null): string[] {
  if (shown === null) return [];
  const { outline, faces } = shown;
  return outline.rows.map(({ release, cells }) => {
    const texts = [...(cells ?? [])].map((number) => faces[number]?.text);
    return `${release.tag} ${texts.join(' ')}`.trim();
  });
}

test('a reading is told by its summary, and the matrix that is made of it follows', async () => {
  const { engine, told, matrix, read } = connected(TABLE);
  engine.look({ filters: ALL, cells: true });
  expect(await read()).toMatchObject({ table: { fragments: 4, rejected: 0 }, wholeFault: null, restMs: 7 });
  await vi.waitFor(() => expect(told).toContainEqual(expect.objectContaining({ kind: 'matrix', of: 'table' })));
  expect(linesOf(matrix())).toEqual(['v1.1.0 1.1.0 1.1.0', 'v1.0.0 1.0.0 1.0.0']);
  expect(matrix()?.outline.rows[0]).not.toHaveProperty('findings');
});

test('the first page is shown though it comes before it is known that no earlier visit has left anything', async () => {
  const source = { kind: 'loopback', endpoint: 'http://127.0.0.1:9', keyId: 'k' } as const;
  let nothingKept = () => {};
  const looks = new Promise<never>((_, fail) => {
    nothingKept = () => fail(new Error('Nothing is kept.'));
  });
  const { reader, goOn } = heldReader();
  const engine = engineOn(reader, { ...START, source }, { openLastState: () => looks });
  const told: Told[] = [];
  engine.listen((each) => told.push(each));
  const parts = () => told.flatMap((each) => (each.kind === 'matrix' ? [each.of] : []));
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  const reading = engine.read(WISHES, new AbortController().signal);
  // Its time has come: only the look for an earlier visit is still under way.
  await vi.advanceTimersByTimeAsync(PART_AFTER_MS);
  vi.useRealTimers();
  expect(parts()).toEqual([]);
  nothingKept();
  await vi.waitFor(() => expect(parts()).toEqual(['part']));
  goOn();
  await reading;
  await vi.waitFor(() => expect(parts()).toEqual(['part', 'table']));
});

test.each([
  ['is not shown', 90, 'in time', ['table']],
  ['is shown where the rest does not come as soon as that', 90, 'late', ['part', 'table']],
  ['is shown at once where there is much left', 10, 'in time', ['part', 'table']],
] as const)('a part that would stand for a moment only %s', async (_, read, rest, shown) => {
  const { reader, goOn } = heldReader({ read, expected: 100, pages: 1, readUnits: null });
  const engine = engineOn(reader, START);
  const told: Told[] = [];
  engine.listen((each) => told.push(each));
  const parts = () => told.flatMap((each) => (each.kind === 'matrix' ? [each.of] : []));
  vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] });
  const reading = engine.read(WISHES, new AbortController().signal);
  await vi.advanceTimersByTimeAsync(PART_AFTER_MS);
  if (rest === 'late') await vi.advanceTimersByTimeAsync(PART_STANDS_MS);
  vi.useRealTimers();
  if (shown.length > 1) await vi.waitFor(() => expect(parts()).toEqual(['part']));
  goOn();
  await reading;
  await vi.waitFor(() => expect(parts()).toEqual(shown));
});

test('cells are handed over to the page, those of a folded line too: nothing of them stays with the engine', async () => {
  const [page, other] = channelPair();
  const engine = connect(page);
  const own = engineOn(
    readerOf(['v1.1.0-rc.2', 'v1.1.0-rc.1', 'v1.0.0'].map((tag) => item(tag, 'backend#api'))),
    START,
  );
  serve(other, own);
  const bytes = (told: Told): (number | null)[][] =>
    told.kind === 'matrix'
      ? told.update.cells.map(({ cells, folded }) => [cells.byteLength, folded?.byteLength ?? null])
      : [];
  const [here, there]: [(number | null)[][], (number | null)[][]] = [[], []];
  own.listen((told) => here.push(...bytes(told)));
  engine.listen((told) => there.push(...bytes(told)));
  engine.look({ filters: ALL, cells: true });
  await engine.read(WISHES, new AbortController().signal);
  await vi.waitFor(() =>
    expect(there).toEqual([
      [4, 4],
      [4, null],
      [4, null],
    ]),
  );
  expect(here).toEqual([
    [0, 0],
    [0, null],
    [0, null],
  ]);
});

test('without a look at the grid its cells are not told; with one they are', async () => {
  const { engine, told, matrix, read } = connected(TABLE);
  await read();
  await vi.waitFor(() => expect(told).toContainEqual(expect.objectContaining({ of: 'table' })));
  expect(linesOf(matrix())).toEqual(['v1.1.0', 'v1.0.0']);
  engine.look({ filters: ALL, cells: true });
  await vi.waitFor(() => expect(linesOf(matrix())).toEqual(['v1.1.0 1.1.0 1.1.0', 'v1.0.0 1.0.0 1.0.0']));
});

test('filters are applied by the engine, ranges too', async () => {
  const { engine, matrix, read } = connected(TABLE);
  await read();
  engine.look({ filters: { ...ALL, q: '<1.1 shell' }, cells: true });
  await vi.waitFor(() => expect(matrix()?.visible).toMatchObject({ rows: [1], columns: [0], hiddenRows: 1 }));
  engine.look({ filters: { ...ALL, q: '~~~' }, cells: true });
  await vi.waitFor(() => expect(matrix()?.visible.rangeFault).toContain('is not a version range'));
  // Nothing is lost by it: all is shown.
  expect(matrix()?.visible.rows).toEqual([0, 1]);
});

test('of a poll that changed one fragment one row is told, and where it is; looked at, it is no news', async () => {
  const changed = TABLE.map((each, at) => (at === 2 ? { ...each, componentVersion: '1.0.1' } : each));
  const { engine, told, matrix, read } = connected(TABLE, changed);
  engine.look({ filters: ALL, cells: true });
  await read();
  await vi.waitFor(() => expect(linesOf(matrix())).toHaveLength(2));
  const before = matrix();
  told.length = 0;
  await read();
  await vi.waitFor(() => expect(told.some(({ kind }) => kind === 'matrix')).toBe(true));
  const updates = told.flatMap((each) => (each.kind === 'matrix' ? [each.update] : []));
  expect(updates.flatMap(({ cells }) => cells.map(({ tag }) => tag))).toContain('v1.0.0');
  const after = updates.reduce<ShownMatrix | null>(takeUpdate, before);
  expect(linesOf(after)).toEqual(['v1.1.0 1.1.0 1.1.0', 'v1.0.0 1.0.0 1.0.1']);
  const place = { release: 'v1.0.0', component: 'backend#api' };
  expect(told).toContainEqual({ kind: 'news', places: [{ ...place, news: 'changed' }] });
  engine.seen(place);
  const lastNews = () => told.findLast(({ kind }) => kind === 'news');
  await vi.waitFor(() => expect(lastNews()).toEqual({ kind: 'news', places: [] }));
});

test('a poll that found nothing changed tells nothing but its end', async () => {
  const { told, matrix, read } = connected(TABLE);
  await read();
  await vi.waitFor(() => expect(matrix()?.outline.rows).toHaveLength(2));
  await vi.waitFor(() => expect(told.some(({ kind }) => kind === 'activity')).toBe(true));
  told.length = 0;
  await read();
  expect(new Set(told.map(({ kind }) => kind))).toEqual(new Set(['progress']));
});

test('a failed reading is a fault with all that is known of it; what was read stays', async () => {
  const denied = new ReadFault('access-denied', 'Not allowed.', { action: 'dynamodb:Scan', name: 'AccessDenied' });
  const { read, matrix } = connected(TABLE, denied);
  await read();
  await vi.waitFor(() => expect(matrix()?.outline.rows).toHaveLength(2));
  expect(await read()).toEqual({
    restMs: 7,
    fault: {
      code: 'access-denied',
      message: 'Not allowed.',
      action: 'dynamodb:Scan',
      resource: null,
      fix: null,
      errorName: 'AccessDenied',
    },
  });
  expect(matrix()?.outline.rows).toHaveLength(2);
});

test('a reading that is stopped throws what it was stopped with', async () => {
  const { engine } = connected(TABLE);
  const stop = new AbortController();
  const reading = engine.read(WISHES, stop.signal);
  stop.abort(new Error('Stopped.'));
  await expect(reading).rejects.toThrow('Stopped.');
  // The engine goes on.
  expect(await engine.read(WISHES, new AbortController().signal)).toMatchObject({ table: { fragments: 4 } });
});

test('a question before anything was read is refused; afterwards it is answered by a copy', async () => {
  const bad = { version: 'v1.0.0', 'component#name': '' };
  const { engine, told, read } = connected([...TABLE, bad]);
  await expect(engine.ask('rejected', { first: 5 })).rejects.toThrow('The table has not been read yet.');
  await read();
  await vi.waitFor(() => expect(told).toContainEqual(expect.objectContaining({ of: 'table' })));
  expect(await engine.ask('rejected', { first: 5 })).toMatchObject({ all: 1, items: [{ release: 'v1.0.0' }] });
});

test('what has no answer to be copied fails that question alone', async () => {
  const [page, other] = channelPair();
  const engine = connect(page);
  const faulty = { ask: async () => () => 'a function', listen: () => () => {} } as unknown as Engine;
  serve(other, faulty);
  await expect(engine.ask('rejected', { first: 1 })).rejects.toThrow(/could not be cloned/);
});
