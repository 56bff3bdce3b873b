// @vitest-environment node
import { environmentManager, focusManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { PageStart } from '../../../src/contract/local-server.ts';
import { readingOptions, tableWatch } from '../../../src/dashboard/state/live-reading.ts';
import type { Reading } from '../../../src/live/poll-status.ts';
import { tableReader } from '../../../src/live/table-reader.ts';
import { seededRandom } from '../../bench/random.ts';
import { engineOn } from '../../live/engine-on.ts';
import { laggingTable } from '../../live/lagging-table.ts';
import { TRUSTING } from '../../proofs.ts';

const BEGIN = Date.parse('2026-11-22T08:00:00Z');
const MINUTES = 10;
const DASHBOARDS = 10;

beforeEach(() => {
  // The cache polls in browsers alone, and takes Node for a server.
  environmentManager.setIsServer(() => false);
  vi.useFakeTimers({ now: BEGIN });
});
afterEach(() => {
  environmentManager.setIsServer(() => true);
  focusManager.setFocused(undefined);
  vi.useRealTimers();
});

/** Ten pages, each with its own cache and its own view of one table of 1,200 fragments. */
function openDashboards(counted: boolean, readUnitsPerHour: number) {
  const random = seededRandom(10);
  const clock = {
    get now() {
      return Date.now();
    },
  };
  const table = laggingTable({ clock, random, lagMs: 1_000 });
  const changelog = 'x'.repeat(800);
  const publish = (release: string, component: string, revision: number) => {
    table.put(release, component, { revision, changelog });
    if (!counted) return;
    table.countRelease(release);
    table.countTotal(release);
  };
  for (let release = 0; release < 40; release += 1) {
    for (let each = 0; each < 30; each += 1) table.put(`v1.${release}.0`, `backend#service-${each}`, { changelog });
  }
  if (counted) publish('v1.39.0', 'backend#service-0', 1);
  const start: PageStart = {
    source: { kind: 'loopback', endpoint: 'http://127.0.0.1:9', keyId: 'k' },
    table: 'ReleaseFragments',
    region: 'us-east-1',
    keyNames: null,
    policy: null,
    pollIntervalMs: 5_000,
    readUnitsPerHour,
  };
  const pages = Array.from({ length: DASHBOARDS }, () => {
    const context = {
      origin: 'http://127.0.0.1:9',
      ...TRUSTING,
      fetch: () => Promise.reject(new Error('No credentials are wanted.')),
      now: Date.now,
      requestHandler: table.requestHandler,
    };
    const engine = engineOn(tableReader(start, context), start);
    const watch = tableWatch(engine, start.pollIntervalMs, { now: Date.now, random });
    const client = new QueryClient();
    client.mount();
    const observer = new QueryObserver<Reading>(client, readingOptions(watch, client, false));
    const close = observer.subscribe(() => {});
    return { engine, close: () => [close(), client.unmount(), client.clear()] };
  });
  const revisions = () =>
    pages.map(({ engine }) =>
      Math.max(0, ...(engine.table()?.fragments ?? []).map(({ item }) => Number(item.revision ?? 0))),
    );
  return { table, publish, pages, revisions };
}

const pass = (minutes: number) => vi.advanceTimersByTimeAsync(minutes * 60_000);

test.each([
  // Half a unit each 5 s, the policy once a minute, six whole readings of 110 and ten publishes.
  { counted: true, limit: 40_000, most: 900 },
  // The limit, and a whole reading of 114 more, as eleven begin in ten minutes: whole readings for two thirds of it, and for the third, and what was saved up, the newest releases.
  { counted: false, limit: 10_000, most: 10_000 / 6 + 10_000 / 12 + 114 },
])(
  'ten dashboards for ten minutes, counted: $counted',
  async ({ counted, limit, most }) => {
    const { pages, publish, revisions, table } = openDashboards(counted, limit);
    await pass(0.1);
    const opening = table.take().readUnits / DASHBOARDS;
    for (let minute = 1; minute <= MINUTES; minute += 1) {
      publish('v1.39.0', 'backend#service-1', minute);
      await pass(1);
    }
    const watching = table.take();
    const perDashboard = watching.readUnits / DASHBOARDS;
    expect(revisions()).toEqual(new Array(DASHBOARDS).fill(MINUTES));

    focusManager.setFocused(false);
    // A poll that was under way comes to its end.
    await pass(0.1);
    table.take();
    await pass(MINUTES);
    const hidden = table.take();

    publish('v1.38.0', 'backend#service-1', MINUTES + 1);
    focusManager.setFocused(true);
    await pass(0.05);
    const back = table.take();
    // Where nobody counts, a replica may still have lagged; the next whole reading knows.
    await pass(1.5);
    for (const page of pages) page.close();
    process.stdout.write(
      `counted: ${counted}; read units per dashboard: ${opening} to open, ${perDashboard} in ${MINUTES} minutes, ` +
        `${hidden.readUnits / DASHBOARDS} in ${MINUTES} minutes hidden, ${back.readUnits / DASHBOARDS} on return\n`,
    );
    expect(perDashboard).toBeLessThan(most);
    expect(hidden.readUnits).toBe(0);
    expect(back.readUnits).toBeGreaterThan(0);
    expect(revisions()).toEqual(new Array(DASHBOARDS).fill(MINUTES + 1));
  },
  120_000,
);
