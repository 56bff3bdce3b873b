import { vault } from '../../src/live/server-secret.ts';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, expect, test } from 'vitest';
import type { PageStart } from '../../src/contract/local-server.ts';
import { startIntake } from '../../src/live/fragment-intake.ts';
import { lastState } from '../../src/live/last-state.ts';
import { type LastStateStore, openLastState } from '../../src/live/last-state-store.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULTS_IN_FORCE, type PolicyInForce } from '../../src/release/policy/policy-item.ts';
import { ofTable } from '../../src/release/policy/read-policy.ts';
import { item } from '../release/report-of.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const never = new AbortController().signal;
const pageOf = (name: string, policy: PageStart['policy'] = null) =>
  lastState(
    { policy },
    () => openLastState(name, vault),
    async () => {},
  );

async function reading(minute: number, items: Item[], policy: PolicyInForce = DEFAULTS_IN_FORCE): Promise<TableData> {
  const { environments } = policy.policy;
  const { fragments, evidence, rejected } = await startIntake(null, DOCUMENTED_KEYS, environments, never).finish(items);
  return {
    fragments,
    evidence,
    rejected,
    policy,
    readAt: new Date(Date.UTC(2026, 10, 22, 12, minute)).toISOString(),
    keyNames: DOCUMENTED_KEYS,
    keysFrom: 'table',
    readUnits: 7,
    tookMs: 1,
    incomplete: null,
    access: { profile: 'release-reader', scope: 'session', clockOffsetMs: 0 },
    detection: null,
  };
}

/** Everything a table may hold: odd names, odd values, evidence, what is not a fragment, what cannot be read. */
const ODD: Item[] = [
  item('v1.0.0', 'backend#a', { tags: ['x', 'y'], replicas: 3, note: null, big: '9007199254740993' }),
  item('v1.0.0', 'backend#b', JSON.parse('{"__proto__": {"x": 1}, "constructor": "\\ud800"}')),
  item('v1.1.0', 'no hash'),
  item('v1.1.0', 'evidence#e2e', { result: 'pass', covers: {}, publishedAt: '2026-11-20T12:00:00Z' }),
  item('release-matrix:sign-offs', 'v1.1.0#qa#Release/jane', { result: 'no word' }),
  item('', 'backend#c'),
  { $unreadable: 'item is not a map of attributes: 7' },
];

const byId = (list: readonly { id: string }[]) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
const said = (table: TableData | null) =>
  table && { ...table, fragments: byId(table.fragments), rejected: byId(table.rejected) };

test('the next visit has what the last one kept, marked as of an earlier visit, and nothing of credentials', async () => {
  const table = await reading(0, ODD);
  await pageOf('a').keep(table);
  const unread = { readUnits: null, tookMs: 0, access: null };
  expect(said(await pageOf('a').load(never))).toEqual({ ...said(table), ...unread, earlier: true });
  expect(JSON.stringify([await dump()])).not.toContain('release-reader');
});

async function dump(): Promise<unknown> {
  const database = await openDB('release-matrix-last-state');
  const kept = await Promise.all([database.getAll('tables'), database.getAll('releases')]);
  database.close();
  return kept;
}

test('a table is shown that was kept, and no other', async () => {
  expect(await pageOf('a').load(never)).toBeNull();
  await pageOf('a').keep(await reading(0, ODD));
  expect(await pageOf('b').load(never)).toBeNull();
});

test('a page keeps seldom, and what is then kept is the latest', async () => {
  const page = pageOf('a');
  await page.keep(await reading(0, [item('v1.0.0', 'backend#a'), item('v1.1.0', 'backend#a')]));
  const other = await reading(1, [item('v1.0.0', 'backend#z')]);
  await page.keep(other);
  expect((await pageOf('a').load(never))?.fragments).toHaveLength(2);
  await page.keep({ ...other, readAt: '2026-11-22T12:06:00.000Z' });
  const kept = await pageOf('a').load(never);
  expect(kept?.fragments.map(({ id }) => id)).toEqual(['v1.0.0\nbackend#z']);
  expect(kept?.readAt).toBe('2026-11-22T12:06:00.000Z');
});

test('two tabs that keep the same table leave the state of one of them', async () => {
  const [one, two] = [pageOf('a'), pageOf('a')];
  const [first, second] = [
    await reading(0, [item('v1.0.0', 'backend#a', { commit: 'a1' })]),
    await reading(0, [item('v1.0.0', 'backend#a', { commit: 'b2' }), item('v2.0.0', 'backend#a')]),
  ];
  await one.keep(first);
  await two.keep(second);
  await one.keep({ ...first, readAt: '2026-11-22T13:00:00.000Z' });
  expect((await pageOf('a').load(never))?.fragments).toEqual(first.fragments);
});

test('the policy of the table comes back with it; a file of the settings wins, and its absence makes it void', async () => {
  const ofItem = ofTable({ graceMinutes: 7 });
  const table = await reading(0, ODD, ofItem);
  await pageOf('a').keep(table);
  expect((await pageOf('a').load(never))?.policy.policy.graceMinutes).toBe(7);
  expect((await pageOf('a', { graceMinutes: 9 }).load(never))?.policy).toMatchObject({
    source: 'file',
    policy: { graceMinutes: 9 },
  });
  await pageOf('b').keep({ ...table, policy: { policy: ofItem.policy, source: 'file' } });
  expect(await pageOf('b').load(never)).toBeNull();
});

const GONE_WRONG: [string, (store: LastStateStore) => Promise<unknown>][] = [
  ['another program has kept it', async (store) => change(store, { program: '0.0.0' })],
  ['it was not kept to its end', async (store) => change(store, { whole: false })],
  ['a release is not JSON', (store) => store.putItems(new Map([['v1.0.0', '[{']]))],
  ['a release is no list of items', (store) => store.putItems(new Map([['v1.0.0', '[7]']]))],
  ['a release is gone', (store) => store.keepOnly(['v1.1.0'])],
];

async function change(store: LastStateStore, other: object): Promise<void> {
  const facts = await store.facts();
  if (facts !== null) await store.putFacts({ ...facts, ...other });
}

test.each(GONE_WRONG)('nothing is shown where %s', async (_, goWrong) => {
  await pageOf('a').keep(await reading(0, ODD));
  expect(await pageOf('a').load(never)).not.toBeNull();
  await goWrong(await openLastState('a', vault));
  expect(await pageOf('a').load(never)).toBeNull();
});

test('where the browser keeps nothing, or has no room, the page begins without', async () => {
  const denied = lastState(
    { policy: null },
    () => Promise.reject(new Error('no storage')),
    async () => {},
  );
  await denied.keep(await reading(0, ODD));
  expect(await denied.load(never)).toBeNull();
  const full = await openLastState('a', vault);
  const noRoom = lastState(
    { policy: null },
    async () => ({ ...full, putItems: () => Promise.reject(new DOMException('full', 'QuotaExceededError')) }),
    async () => {},
  );
  await noRoom.keep(await reading(0, ODD));
  expect(await pageOf('a').load(never)).toBeNull();
});

test('a table that was not read to its end is not kept', async () => {
  await pageOf('a').keep({ ...(await reading(0, ODD)), incomplete: 'The rest was not read.' });
  expect(await pageOf('a').load(never)).toBeNull();
});

test('three tables are kept; the one read longest ago goes first', async () => {
  for (const [minute, name] of ['a', 'b', 'c', 'd'].entries()) await pageOf(name).keep(await reading(minute, ODD));
  const isKept = async (name: string) => (await pageOf(name).load(never)) !== null;
  // The one that is gone comes last: to open it makes room for it.
  expect([await isKept('b'), await isKept('c'), await isKept('d'), await isKept('a')]).toEqual([
    ...[true, true, true],
    false,
  ]);
});
