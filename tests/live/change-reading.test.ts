import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import type { PageStart } from '../../src/contract/local-server.ts';
import type { ShownReleases } from '../../src/live/shown-releases.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { type NewReading, tableReader } from '../../src/live/table-reader.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { CHANGES_KEY, countChanges, TOTAL_KEY } from '../../src/store/change-counter.ts';
import { DYNAMODB_ERRORS, startFaultServer } from '../browser/fault-server.ts';
import { TRUSTING } from '../proofs.ts';
import { told } from './told.ts';

const TABLE = 'ReleaseFragments';
const POLL_MS = 5_000;
const START: PageStart = {
  source: { kind: 'embedded', data: 'test', simulatedCi: false },
  table: TABLE,
  region: 'us-east-1',
  keyNames: null,
  policy: {},
  pollIntervalMs: POLL_MS,
  readUnitsPerHour: 5_000,
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A dashboard's reader with a clock of its own, on a real table that can be made to fail. */
async function watched(start: typeof START = START) {
  const server = await startFaultServer(TABLE);
  closing.push(() => server.stop());
  const { client } = server.table;
  let now = Date.parse('2026-11-22T12:00:00Z');
  const reader = tableReader(start, { origin: server.url, ...TRUSTING, fetch, now: () => now });
  let table: TableData | null = null;

  const put = (release: string, component: string, more: object = {}) =>
    client.send(new PutCommand({ TableName: TABLE, Item: { version: release, 'component#name': component, ...more } }));
  const remove = (release: string, component: string) =>
    client.send(new DeleteCommand({ TableName: TABLE, Key: { version: release, 'component#name': component } }));
  const count = (...releases: string[]) =>
    countChanges(client, { table: TABLE, keys: DOCUMENTED_KEYS }, new Map(releases.map((each) => [each, 1])));
  /** Lets time pass and polls. @returns the calls, the units, and what is news */
  const poll = async (more: { afterMs?: number; whole?: boolean; shown?: ShownReleases } = {}) => {
    now += more.afterMs ?? POLL_MS;
    const wishes = { whole: more.whole ?? false, shown: more.shown ?? { chosen: [], inView: [] } };
    server.takeCalls();
    const reading: NewReading = await reader.read(table, () => {}, new AbortController().signal, wishes);
    const before = table;
    table = reading.table;
    return {
      calls: server.takeCalls(),
      readUnits: table.readUnits,
      news: told(table.change).map(({ length }) => length),
      same: table.fragments === before?.fragments && table.rejected === before.rejected,
      readAt: table.readAt,
      counted: table.detection?.counted,
      wholeFault: reading.wholeFault?.code ?? null,
    };
  };
  const shows = () => (table?.fragments ?? []).map(({ release, key }) => `${release} ${key}`).sort();
  /** What runs in environments alone that the policy withdraws. */
  const retired = () => (table?.fragments ?? []).flatMap((one) => (one.retired ? [`${one.release} ${one.key}`] : []));
  const signed = () => (table?.evidence ?? []).map(({ release, name, principal }) => [release, name, principal]);
  const detection = () => table?.detection;

  // 67 units: as a whole it is read every 72 s for two thirds of the budget, every five minutes where it is counted.
  const changelog = 'x'.repeat(60_000);
  for (const release of ['v1.0.0', 'v1.1.0', 'v1.2.0']) {
    for (const component of ['backend#api', 'backend#web', 'backend#job']) await put(release, component, { changelog });
  }
  return { server, client, put, remove, count, poll, shows, retired, signed, detection };
}

const WHOLE_EVERY_MS = 300_000;

describe('where publishers count', () => {
  test('no news: one call, half a unit, and the very same fragments at a later time', async () => {
    const { count, poll } = await watched();
    await count('v1.0.0');
    const first = await poll();
    expect(first.calls.slice(0, 2)).toEqual(['DescribeTable', 'Query']);
    expect(first.calls.slice(2).sort()).toEqual(['Query', 'Scan']);
    const second = await poll();
    expect(second).toMatchObject({ calls: ['GetItem'], readUnits: 0.5, same: true, news: [0, 0, 0], counted: 1 });
    expect(Date.parse(second.readAt)).toBe(Date.parse(first.readAt) + POLL_MS);
  });

  test('a publish: its release is read, and no other', async () => {
    const { count, poll, put } = await watched();
    await count('v1.0.0');
    await poll();
    await put('v1.2.0', 'backend#api', { componentVersion: '1.2.1' });
    await put('v1.3.0', 'backend#api');
    await count('v1.2.0', 'v1.3.0');
    expect(await poll()).toMatchObject({ calls: ['GetItem', 'Query', 'Query'], news: [1, 1, 0], counted: 3 });
    expect(await poll()).toMatchObject({ calls: ['GetItem'], same: true });
  });

  test('evidence and a sign-off: what they lie under is read, and the fragments stay the very same', async () => {
    const { count, poll, put, signed } = await watched();
    await count('v1.0.0');
    await poll();
    const said = {
      result: 'pass',
      covers: { 'backend#api': { version: '1.2.0' } },
      publishedAt: '2026-11-22T11:00:00Z',
    };
    await put('release-matrix:sign-offs', 'v1.2.0#qa#Release/jane', said);
    await count('release-matrix:sign-offs');
    expect(await poll()).toMatchObject({ calls: ['GetItem', 'Query'], same: true, counted: 2 });
    expect(signed()).toEqual([['v1.2.0', 'qa', 'Release/jane']]);
    await put('v1.2.0', 'evidence#e2e', said);
    await count('v1.2.0');
    expect(await poll()).toMatchObject({ calls: ['GetItem', 'Query'], same: true, counted: 3 });
    expect(signed()).toEqual([
      ['v1.2.0', 'qa', 'Release/jane'],
      ['v1.2.0', 'e2e', null],
    ]);
    await poll({ whole: true });
    expect(signed()).toHaveLength(2);
  });

  test('what is deleted from a release leaves with its next publish, else with the next whole reading', async () => {
    const { count, poll, remove } = await watched();
    await count('v1.0.0');
    await poll();
    await remove('v1.2.0', 'backend#api');
    await remove('v1.0.0', 'backend#api');
    await count('v1.2.0');
    expect(await poll()).toMatchObject({ calls: ['GetItem', 'Query'], news: [0, 0, 1] });
    expect(await poll()).toMatchObject({ calls: ['GetItem'], news: [0, 0, 0] });
    expect(await poll({ afterMs: WHOLE_EVERY_MS })).toMatchObject({ news: [0, 0, 1] });
  });

  test('more changes than the counter names: the releases’ own counters tell which', async () => {
    const { count, poll, put } = await watched();
    await count('v1.0.0');
    await poll();
    for (let each = 0; each < 17; each += 1) await put(`v2.0.${each}`, 'backend#api');
    await count(...Array.from({ length: 17 }, (_, each) => `v2.0.${each}`));
    const found = await poll();
    expect(found.calls).toEqual(['GetItem', ...new Array<string>(18).fill('Query')]);
    expect(found).toMatchObject({ news: [17, 0, 0], counted: 18 });
  });

  test('an environment that is withdrawn leaves without news, and comes back so', async () => {
    const { count, poll, put, retired } = await watched({ ...START, policy: null });
    await put('v1.2.0', 'k8s#uat-deployment/api');
    await put('v1.2.0', 'k8s#prod-deployment/api');
    await count('v1.2.0');
    const withdraw = (...rows: string[]) =>
      put('policy', 'policy#release-matrix', {
        document: { withdrawn: rows.map((environment) => ({ environment, reason: 'r', by: 'b', date: '2026-11-01' })) },
      });
    await withdraw();
    await poll();
    expect(retired()).toEqual([]);
    await withdraw('uat');
    expect(await poll({ afterMs: 61_000 })).toMatchObject({ calls: ['GetItem', 'GetItem'], news: [0, 0, 0] });
    expect(retired()).toEqual(['v1.2.0 k8s#uat-deployment/api']);
    await withdraw();
    expect(await poll({ afterMs: 61_000 })).toMatchObject({ calls: ['GetItem', 'GetItem'], news: [0, 0, 0] });
    expect(retired()).toEqual([]);
  });

  test('a policy that was announced holds from that poll on', async () => {
    const { count, poll, put, retired } = await watched({ ...START, policy: null });
    await put('v1.2.0', 'k8s#uat-deployment/api');
    await count('v1.2.0');
    await poll();
    const withdrawn = [{ environment: 'uat', reason: 'r', by: 'b', date: '2026-11-01' }];
    await put('policy', 'policy#release-matrix', { document: JSON.stringify({ withdrawn }) });
    expect(await poll()).toMatchObject({ calls: ['GetItem'] });
    expect(retired()).toEqual([]);
    await count('policy');
    expect(await poll()).toMatchObject({ calls: ['GetItem', 'Query', 'GetItem'], news: [0, 0, 0] });
    expect(retired()).toEqual(['v1.2.0 k8s#uat-deployment/api']);
  });

  test('a counter that began anew has the whole table read when that is paid for, and holds again', async () => {
    const { client, count, poll, put } = await watched();
    await count('v1.0.0', 'v1.1.0');
    await poll();
    await client.send(
      new DeleteCommand({ TableName: TABLE, Key: { version: CHANGES_KEY, 'component#name': TOTAL_KEY } }),
    );
    await put('v1.3.0', 'backend#api');
    await count('v1.3.0');
    expect(await poll()).toMatchObject({ calls: ['GetItem', 'GetItem'], news: [0, 0, 0], counted: null });
    const whole = await poll({ afterMs: WHOLE_EVERY_MS });
    expect(whole.calls).toContain('Scan');
    expect(whole).toMatchObject({ news: [1, 0, 0], counted: 1 });
    expect(await poll()).toMatchObject({ calls: ['GetItem'] });
  });

  test('a reading that fails forgets nothing', async () => {
    const { count, poll, put, server } = await watched();
    await count('v1.0.0');
    await poll();
    await put('v1.3.0', 'backend#api');
    await count('v1.3.0');
    server.fail(DYNAMODB_ERRORS.missing, ['Query']);
    await expect(poll()).rejects.toMatchObject({ code: 'table-missing' });
    server.fail(null);
    expect(await poll()).toMatchObject({ news: [1, 0, 0], counted: 2 });
  });

  test('F2: where changes are read and the whole table is not, that is said until it is', async () => {
    const { server, put, count, poll } = await watched();
    // Two pages, of which the second fails.
    for (const n of [1, 2, 3]) await put('v0.9.0', `backend#large-${n}`, { changelog: 'x'.repeat(390_000) });
    await count('v1.0.0');
    expect(await poll()).toMatchObject({ wholeFault: null });
    server.hold('Scan', 1);
    const failed = poll({ whole: true }).catch((error: unknown) => error);
    let scans = 0;
    const scansSoFar = () => (scans += server.takeCalls().filter((call) => call === 'Scan').length);
    await expect.poll(scansSoFar).toBe(2);
    server.fail(DYNAMODB_ERRORS.failing, ['Scan']);
    server.release();
    expect(await failed).toMatchObject({ code: 'service-failing' });
    expect(await poll()).toMatchObject({ calls: ['GetItem'], wholeFault: 'service-failing' });
    server.fail(null);
    expect(await poll()).toMatchObject({ calls: ['GetItem'], wholeFault: 'service-failing' });
    expect(await poll({ afterMs: 2 * WHOLE_EVERY_MS })).toMatchObject({ wholeFault: null });
  });

  test('somebody who asks for a reading gets all of it', async () => {
    const { count, poll, remove } = await watched();
    await count('v1.0.0');
    await poll();
    await remove('v1.1.0', 'backend#api');
    const asked = await poll({ whole: true });
    expect(asked.calls).toContain('Scan');
    expect(asked.news).toEqual([0, 0, 1]);
  });
});

describe('where nobody counts', () => {
  test('between whole readings the newest and the shown releases are read', async () => {
    const { poll, put } = await watched();
    expect((await poll()).calls).toEqual(['DescribeTable', 'Query', 'Scan']);
    await put('v1.0.0', 'backend#api', { componentVersion: '9.9.9' });
    const found = await poll({ shown: { chosen: ['v1.0.0'], inView: ['v1.2.0'] } });
    expect(found).toMatchObject({ calls: ['Query', 'Query', 'Query'], news: [0, 1, 0] });
  });

  test('what is on no screen comes with the next whole reading', async () => {
    const { poll, put, shows } = await watched();
    await poll();
    await put('v0.1.0', 'backend#api');
    expect((await poll()).news).toEqual([0, 0, 0]);
    expect(await poll({ afterMs: WHOLE_EVERY_MS })).toMatchObject({ calls: ['Query', 'Scan'], news: [1, 0, 0] });
    expect(shows()).toContain('v0.1.0 backend#api');
  });

  test('who begins to count is noticed within a minute', async () => {
    const { count, poll, put } = await watched();
    await poll();
    await put('v1.3.0', 'backend#api');
    await count('v1.3.0');
    expect(await poll()).toMatchObject({ news: [0, 0, 0], counted: 0 });
    expect(await poll({ afterMs: 60_000 - POLL_MS })).toMatchObject({ news: [1, 0, 0], counted: 1 });
    expect(await poll()).toMatchObject({ calls: ['GetItem'], counted: 1 });
  });
});

describe('rights', () => {
  const refused = (action: string) => ({
    ...DYNAMODB_ERRORS.denied,
    message: `User is not authorized to perform: dynamodb:${action}`,
  });

  test('without GetItem: whole readings, and the shown releases between', async () => {
    const { count, detection, poll, server } = await watched();
    await count('v1.0.0');
    server.fail(refused('GetItem'), ['GetItem']);
    await poll();
    expect((await poll()).calls).toEqual(['GetItem']);
    expect(detection()).toMatchObject({ counted: null, denied: { getItem: true, query: false } });
    expect((await poll()).calls).toEqual(['Query', 'Query', 'Query']);
    await poll({ afterMs: WHOLE_EVERY_MS });
    expect(detection()).toMatchObject({ counted: null });
    expect((await poll()).calls).toEqual(['Query', 'Query', 'Query']);
  });

  test('without Query: the counter tells that the whole table must be read', async () => {
    const { count, detection, poll, put, server } = await watched();
    await count('v1.0.0');
    server.fail(refused('Query'), ['Query']);
    expect((await poll()).calls).toEqual(['DescribeTable', 'Query', 'GetItem', 'Scan']);
    expect(detection()).toMatchObject({ counted: 1, denied: { getItem: false, query: true } });
    await put('v1.3.0', 'backend#api');
    await count('v1.3.0');
    expect(await poll()).toMatchObject({ calls: ['GetItem'], news: [0, 0, 0], counted: null });
    expect(await poll({ afterMs: WHOLE_EVERY_MS })).toMatchObject({ calls: ['GetItem', 'Scan'], news: [1, 0, 0] });
  });

  test('without either: whole readings alone', async () => {
    const { poll, server } = await watched();
    server.fail(refused('GetItem'), ['GetItem', 'Query']);
    expect((await poll()).calls).toEqual(['DescribeTable', 'Query', 'GetItem', 'Scan']);
    expect((await poll()).calls).toEqual([]);
    expect((await poll({ afterMs: WHOLE_EVERY_MS })).calls).toEqual(['GetItem', 'Scan']);
  });
});
