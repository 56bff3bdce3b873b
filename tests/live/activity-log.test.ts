import { MAX_ACTIVITY_EVENTS } from '../../src/limits/limits.ts';
import { vault } from '../../src/live/server-secret.ts';
import type { Activity } from '../../src/views/activity/activity.ts';
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { PageStart, TableSource } from '../../src/contract/local-server.ts';
import { activityLog, tableName } from '../../src/live/activity-log.ts';
import { memoryStore, withEvents } from '../../src/live/activity-store.ts';
import { browserStore } from '../../src/live/browser-store.ts';
import type { TableData } from '../../src/live/table-data.ts';
import type { ChangeEvent } from '../../src/release/history/changes.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULTS_IN_FORCE } from '../../src/release/policy/policy-item.ts';
import { groupBy } from '../../src/release/text/group-by.ts';
import { countUnseen, unseenNews } from '../../src/views/activity/unseen.ts';
import { item } from '../release/report-of.ts';
import { event } from '../views/activity/event.ts';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const LOOPBACK: TableSource = { kind: 'loopback', endpoint: 'http://127.0.0.1:8000', keyId: 'k' };
const startOf = (source: TableSource, table = 'ReleaseFragments'): PageStart => ({
  source,
  table,
  region: 'eu-west-1',
  keyNames: null,
  pollIntervalMs: 5000,
  readUnitsPerHour: null,
  policy: null,
});

/** A reading at a second of the day. */
function reading(second: number, items: readonly Item[]): TableData {
  return {
    ...readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS),
    readAt: new Date(Date.UTC(2026, 10, 22, 12, 0, second)).toISOString(),
    keyNames: DOCUMENTED_KEYS,
    keysFrom: 'table',
    policy: DEFAULTS_IN_FORCE,
    readUnits: null,
    tookMs: 1,
    incomplete: null,
    access: null,
    detection: null,
  };
}

const opened = (table: string) => browserStore(table, vault);
const NAME = tableName(startOf(LOOPBACK));

/** A page that is opened, takes some readings and is closed. */
async function visit(readings: readonly TableData[], source = LOOPBACK, table?: string): Promise<Activity> {
  const log = activityLog(startOf(source, table), opened);
  for (const each of readings) {
    log.take(each);
    await log.settled();
  }
  const activity = log.activity.get();
  if (activity === null) throw new Error('no reading is in it');
  return activity;
}

/** "watching: new v1.0.0 backend#a": what this page watched, then what was before. */
function told({ events, letGo, watchedFrom }: Activity): string[] {
  const of = (position: number) => (position >= watchedFrom ? 'watching' : 'before');
  const lines = events.map((event, at) => {
    const fields = event.fields.map(({ field, from, to }) => `${field} ${from}→${to}`).join(', ');
    const when = of(letGo + at);
    return { when, text: `${when}: ${event.kind} ${event.release} ${event.component} ${fields}`.trimEnd(), event };
  });
  const readings = [...groupBy(lines, ({ when, event }) => `${when} ${event.at}`).values()].reverse();
  return readings.flatMap((reading) => {
    const [moved, others] = [true, false].map((is) => reading.filter(({ event }) => event.readinessOnly === is));
    return [...(others ?? []), ...(moved ?? [])].map(({ text }) => text);
  });
}

const A = item('v1.0.0', 'backend#a', { commit: 'a'.repeat(40) });
const B = item('v1.0.0', 'backend#b');

test('the first visit has nothing to compare with; what is watched then is told', async () => {
  const activity = await visit([reading(1, [A, B]), reading(2, [A]), reading(3, [A, item('v1.1.0', 'backend#a')])]);
  expect(told(activity)).toEqual(['watching: new v1.1.0 backend#a', 'watching: vanished v1.0.0 backend#b']);
  expect(activity).toMatchObject({ lastVisitAt: null, trouble: null, seen: 0, letGo: 0 });
});

test('a later visit tells what happened in between, then what it watches, then the visits before', async () => {
  await visit([reading(1, [A, B]), reading(2, [A])]);
  const changed = { ...A, commit: 'b'.repeat(40) };
  const activity = await visit([reading(9, [changed, B]), reading(10, [changed])]);
  expect(told(activity)).toEqual([
    'watching: vanished v1.0.0 backend#b',
    `before: changed v1.0.0 backend#a commit ${'a'.repeat(40)}→${'b'.repeat(40)}`,
    'before: new v1.0.0 backend#b',
    'before: vanished v1.0.0 backend#b',
  ]);
  expect(activity.lastVisitAt).toBe('2026-11-22T12:00:02.000Z');
  expect(activity.events.find(({ kind }) => kind === 'changed')?.retagged).toBe(true);
});

test('a release that went while nobody watched is told, and one that came back', async () => {
  await visit([reading(1, [A, item('v0.9.0', 'backend#a')])]);
  expect(told(await visit([reading(2, [A])]))).toEqual(['before: vanished v0.9.0 backend#a']);
  expect(told(await visit([reading(3, [A, item('v0.9.0', 'backend#a')])])).at(0)).toBe('before: new v0.9.0 backend#a');
});

test('what is long is kept by its digest only, and still told from another', async () => {
  const long = (end: string) => item('v1.0.0', 'backend#a', { changelog: `${'x'.repeat(9_000)}${end}` });
  const links = (to: string) =>
    item('v1.0.0', 'backend#b', {
      links: Object.fromEntries(Array.from({ length: 9 }, (_, n) => [`l${n}`, `https://${to}.example/${n}`])),
    });
  await visit([reading(1, [long('a'), links('one')])]);
  expect(told(await visit([reading(2, [long('a'), links('one')])]))).toEqual([]);
  const activity = await visit([reading(3, [long('b'), links('two')])]);
  expect(
    activity.events.map(({ component, fields, attributes }) => [component, fields.length, attributes.names]),
  ).toEqual([
    ['backend#a', 1, []],
    ['backend#b', 0, ['links']],
  ]);
  expect(JSON.stringify(activity).length).toBeLessThan(2_000);
});

test('seen is what was marked, also for the next visit; readiness is not counted', async () => {
  const start = startOf(LOOPBACK);
  const log = activityLog(start, opened);
  const pod = (readyReplicas: number) => item('v1.0.0', 'k8s#prod-deployment/p', { replicas: 3, readyReplicas });
  for (const each of [reading(1, [A, pod(1)]), reading(2, [A, B, pod(2)])]) {
    log.take(each);
    await log.settled();
  }
  const before = log.activity.get();
  expect(before === null ? null : [before.events.length, countUnseen(before)]).toEqual([2, 1]);
  log.markSeen();
  await log.settled();
  const next = await visit([reading(3, [A, B, pod(2)]), reading(4, [A, pod(2)])]);
  expect(next).toMatchObject({ seen: 2 });
  expect(countUnseen(next)).toBe(1);
});

test('what was not marked as seen is news at the next visit, if it is still there', async () => {
  const [C, D] = [item('v1.0.0', 'backend#c'), item('v1.0.0', 'backend#d')];
  const pod = (readyReplicas: number) => item('v1.0.0', 'k8s#prod-deployment/p', { replicas: 3, readyReplicas });
  const changed = (one: Item) => ({ ...one, commit: 'c'.repeat(40) });
  await visit([reading(1, [A, D, pod(1)]), reading(2, [A, B, D, pod(1)]), reading(3, [A, changed(B), C, D, pod(2)])]);
  // C arrived and left again, D left before anybody looked.
  const next = await visit([reading(4, [changed(A), changed(B), pod(3)]), reading(5, [changed(A), B, pod(3)])]);
  expect([...unseenNews(next)]).toEqual([
    ['v1.0.0\nbackend#b', 'new'],
    ['v1.0.0\nbackend#a', 'changed'],
  ]);
});

test('readings that come faster than they are worked off are told together, and none twice', async () => {
  const log = activityLog(startOf(LOOPBACK), opened);
  const [first, second, third] = [reading(1, [A]), reading(2, [A, B]), reading(3, [B])];
  log.take(first);
  await log.settled();
  for (const each of [first, second, third, third]) log.take(each);
  await log.settled();
  const activity = log.activity.get();
  expect(activity && told(activity)).toEqual(['watching: vanished v1.0.0 backend#a', 'watching: new v1.0.0 backend#b']);
});

test('two tabs tell the same change once, and an older reading does not undo a newer one', async () => {
  const [one, other] = [activityLog(startOf(LOOPBACK), opened), activityLog(startOf(LOOPBACK), opened)];
  for (const log of [one, other]) log.take(reading(1, [A]));
  await Promise.all([one.settled(), other.settled()]);
  one.take(reading(3, [A, B]));
  await one.settled();
  other.take(reading(2, [A, { ...B, commit: 'other' }]));
  await other.settled();
  other.take(reading(4, [A, B]));
  await other.settled();
  expect(other.activity.get()?.events.map(({ kind, component }) => [kind, component])).toEqual([['new', 'backend#b']]);
});

test('what another tab tells while this one looks is here with the next reading, although nothing has changed in it', async () => {
  const C = item('v1.1.0', 'backend#a');
  await visit([reading(1, [A])]);
  let letTell = (): void => {};
  const telling = new Promise<void>((resume) => {
    letTell = resume;
  });
  const slow = activityLog(startOf(LOOPBACK), async (table) => {
    const store = await opened(table);
    return {
      ...store,
      async add(events, readAt) {
        if (events.length > 0) await telling;
        return store.add(events, readAt);
      },
    };
  });
  const other = activityLog(startOf(LOOPBACK), opened);
  for (const log of [slow, other]) {
    log.take(reading(2, [A]));
    await log.settled();
  }
  slow.take(reading(3, [A, C]));
  await vi.waitFor(async () => expect(await (await opened(NAME)).releases()).toContain('v1.1.0'));
  const seen = reading(4, [A, C]);
  other.take(seen);
  await other.settled();
  letTell();
  await slow.settled();
  other.take({ ...seen, readAt: reading(5, []).readAt });
  await other.settled();
  expect([slow, other].map((log) => told(log.activity.get() as Activity))).toEqual([
    ['watching: new v1.1.0 backend#a'],
    ['watching: new v1.1.0 backend#a'],
  ]);
});

test('each table and source has a history of its own, which names no profile', async () => {
  await visit([reading(1, [A])]);
  expect(told(await visit([reading(2, [B])], LOOPBACK, 'Other'))).toEqual([]);
  const aws = (profile: string): TableSource => ({
    kind: 'aws',
    profile,
    endpoint: 'https://dynamodb.eu-west-1.amazonaws.com',
  });
  const names = [LOOPBACK, aws('work'), aws('home')].map((source) => tableName(startOf(source)));
  expect(new Set(names).size).toBe(3);
  expect(names.join()).not.toMatch(/work|home/);
});

test('of many tables those looked at longest ago are forgotten', async () => {
  for (let table = 0; table < 10; table++) await visit([reading(table, [A])], LOOPBACK, `Table${table}`);
  expect((await visit([reading(20, [A])], LOOPBACK, 'Table9')).lastVisitAt).not.toBeNull();
  expect((await visit([reading(21, [A])], LOOPBACK, 'Table0')).lastVisitAt).toBeNull();
});

test('a demo that was filled anew is no news', async () => {
  const demo: TableSource = { kind: 'embedded', data: 'demo', simulatedCi: true };
  const estate = (commit: string) => ['a', 'b', 'c'].map((name) => item('v1.0.0', `backend#${name}`, { commit }));
  await visit([reading(1, estate('one'))], demo);
  const anew = await visit([reading(2, estate('two'))], demo);
  expect([told(anew), anew.lastVisitAt]).toEqual([[], null]);
  const [first, ...others] = estate('two');
  expect(told(await visit([reading(3, [{ ...first, owner: 'me' }, ...others])], demo))).toHaveLength(1);
});

const EVENT = event('v1.0.0', 'backend#a');

test('the oldest events are let go, and counted', () => {
  const full = withEvents(null, new Array<ChangeEvent>(MAX_ACTIVITY_EVENTS + 3).fill(EVENT), 'now');
  expect([full.events.length, full.letGo]).toEqual([MAX_ACTIVITY_EVENTS, 3]);
});

test.each<[string, () => Promise<ReturnType<typeof memoryStore>>]>([
  ['cannot be opened', () => Promise.reject(new Error('storage is off'))],
  [
    'breaks in the midst',
    async () => ({ ...memoryStore(null), exchange: () => Promise.reject(new Error('storage is off')) }),
  ],
])('a store that %s is said, and what is watched is told all the same', async (_, open) => {
  const log = activityLog(startOf(LOOPBACK), open);
  for (const each of [reading(1, [A]), reading(2, [A, B])]) {
    log.take(each);
    await log.settled();
  }
  log.markSeen();
  await log.settled();
  const activity = log.activity.get();
  expect(activity?.trouble).toBe(
    'This browser stores nothing for the page (storage is off): activity is lost when the page is closed.',
  );
  expect(activity && told(activity)).toEqual(['watching: new v1.0.0 backend#b']);
  expect(activity?.seen).toBe(1);
});
