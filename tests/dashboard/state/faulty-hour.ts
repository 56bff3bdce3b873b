import { environmentManager, QueryClient, QueryObserver } from '@tanstack/react-query';
import { vi } from 'vitest';
import type { PageStart } from '../../../src/contract/local-server.ts';
import { readingOptions, tableWatch } from '../../../src/dashboard/state/live-reading.ts';
import { liveStatus, type Reading } from '../../../src/live/poll-status.ts';
import { tableReader } from '../../../src/live/table-reader.ts';
import { equalValues } from '../../../src/release/item/equal-values.ts';
import type { Fragment } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item/item.ts';
import { seededRandom } from '../../bench/random.ts';
import { engineOn } from '../../live/engine-on.ts';
import type { Clock } from '../../live/lagging-table.ts';
import { type Pending, writingWorld } from '../../live/writing-world.ts';
import { TRUSTING } from '../../proofs.ts';
import { worstMinuteOf } from '../../robustness/outages.ts';
import { type FaultKind, faultyTransport } from './faulty-transport.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** At the end of the hour nothing fails and nothing is written. */
const QUIET_MS = 6 * MINUTE_MS;
/** How finely the world is stepped. */
const STEP_MS = 250;

/** What a page saw of an hour in which the table, or the way to it, failed again and again. */
export interface HourSeen {
  readonly word: string;
  /** Fragments in which the page and the table differ at the end, and announced changes that were never shown. */
  readonly different: number;
  /** Times that the page had lost something, or went back to something older. */
  readonly setBacks: number;
  readonly outages: number;
  readonly failedReadings: number;
  readonly slowReadings: number;
  /** Requests in the worst minute: those in vain, and with them those of slow readings. */
  readonly worstMinute: { readonly inVain: number; readonly inVainOrSlow: number };
  /** Longest time until an announced change was shown, from when it was written or, if later, the table was read again. */
  readonly worstAnnouncedMs: number;
}

export interface HourOptions {
  readonly seed: number;
  readonly pollIntervalMs: number;
  readonly readUnitsPerHour: number | null;
  /** From one write to the next, on average, milliseconds. */
  readonly writesEveryMs: number;
  /** What goes wrong. */
  readonly kinds: readonly FaultKind[];
}

/** Lives through it in simulated time as the page does: by the query cache, with the time-outs of the SDK. */
export async function liveThroughHour(options: HourOptions): Promise<HourSeen> {
  vi.useFakeTimers({
    now: Date.parse('2026-11-22T08:00:00Z'),
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date', 'performance'],
  });
  // Else the cache makes no polls.
  environmentManager.setIsServer(() => false);
  try {
    return await simulate(options);
  } finally {
    vi.restoreAllMocks();
    vi.useRealTimers();
  }
}

async function simulate(options: HourOptions): Promise<HourSeen> {
  const { seed, pollIntervalMs, readUnitsPerHour, writesEveryMs, kinds } = options;
  const began = Date.now();
  const random = seededRandom(seed);
  // By which the SDK spreads what it repeats.
  vi.spyOn(Math, 'random').mockImplementation(seededRandom(seed));
  const clock: Clock = { now: began };
  const world = writingWorld(
    {
      writes: Math.floor((HOUR_MS - QUIET_MS) / writesEveryMs),
      everyMs: writesEveryMs,
      releases: 30,
      components: 8,
      pass: () => world.passTo(Date.now()),
    },
    clock,
    random,
  );
  const transport = faultyTransport(world.table, random);
  const start: PageStart = {
    source: { kind: 'loopback', endpoint: 'http://127.0.0.1:9', keyId: 'k' },
    table: 'ReleaseFragments',
    region: 'us-east-1',
    keyNames: null,
    policy: null,
    pollIntervalMs,
    readUnitsPerHour,
  };
  const reader = tableReader(start, {
    origin: 'http://127.0.0.1:9',
    fetch: () => Promise.reject(new Error('No credentials are wanted.')),
    now: Date.now,
    requestHandler: transport.requestHandler,
    ...TRUSTING,
  });
  const client = new QueryClient();
  const engine = engineOn(reader, start);
  const watch = tableWatch(engine, pollIntervalMs, { now: Date.now, random });
  const readings: Reading[] = [];
  const screen = shownScreen();
  let pending: Pending[] = [];
  let worstAnnouncedMs = 0;
  const noteWrites = (): void => {
    const written = world.takeWritten();
    for (const { key, removed } of written) if (removed) screen.mayLose(key);
    pending.push(...written.filter(({ announced, removed }) => announced && !removed));
  };

  const observer = new QueryObserver(client, readingOptions(watch, client, false));
  const stop = observer.subscribe(({ data }) => {
    if (data === undefined || data === readings.at(-1)) return;
    readings.push(data);
    noteWrites();
    screen.show(engine.table()?.fragments ?? []);
    if (data.fault !== null) return;
    const last = readings.findLast(({ fault, slowMs }) => fault !== null || slowMs !== null);
    // Nothing was read meanwhile, nor until the try that succeeded.
    const backSince = last === undefined ? began : last.endedAt + last.pauseMs;
    pending = pending.filter((write) => {
      if (!screen.shows(write) && !world.latest(write.key).removed) return true;
      worstAnnouncedMs = Math.max(worstAnnouncedMs, data.endedAt - Math.max(write.at, backSince));
      return false;
    });
  });

  let outages = 0;
  // Of its own: when it fails depends on nothing that the page does.
  const chance = seededRandom(1_000 + seed);
  let next: { readonly kind: FaultKind; readonly from: number; readonly to: number } | null = null;
  let failing = false;
  for (let now = began; now < began + HOUR_MS; now += STEP_MS) {
    next ??= nextOutage(now, kinds, chance);
    if (next.to < began + HOUR_MS - QUIET_MS) {
      if (!failing && now >= next.from) {
        failing = true;
        outages += 1;
        transport.fail(next.kind);
      }
      if (failing && now >= next.to) {
        failing = false;
        transport.fail(null);
        next = null;
      }
    }
    await vi.advanceTimersByTimeAsync(STEP_MS);
    world.passTo(Date.now());
    noteWrites();
  }
  const end = readings.at(-1);
  stop();
  client.clear();
  if (end === undefined) throw new Error('There was no reading.');

  const truth = new Map(world.table.fragments().map((item) => [keyOf(item), item]));
  const shown = new Map((engine.table()?.fragments ?? []).map(({ item }) => [keyOf(item), item]));
  const different =
    [...truth].filter(([key, item]) => !equalValues(item, shown.get(key))).length +
    [...shown.keys()].filter((key) => !truth.has(key)).length;
  const isSlow = ({ slowMs }: Reading) => slowMs !== null;
  const sent = transport.sent();
  const slow = readings.filter(isSlow);
  const worst = (some: typeof sent) => worstMinuteOf(some.map(({ at }) => at));
  const inVain = sent.filter((each) => each.inVain);
  const ofSlow = sent.filter(({ at }) => slow.some(({ startedAt, endedAt }) => at >= startedAt && at <= endedAt));
  return {
    word: liveStatus({
      reading: end,
      paused: false,
      online: true,
      callsAws: true,
      pollIntervalMs,
      now: Date.now(),
    }).word,
    different: different + pending.length,
    setBacks: screen.setBacks(),
    outages,
    failedReadings: readings.filter(({ fault }) => fault !== null).length,
    slowReadings: slow.length,
    worstMinute: { inVain: worst(inVain), inVainOrSlow: worst([...new Set([...inVain, ...ofSlow])]) },
    worstAnnouncedMs,
  };
}

function nextOutage(now: number, kinds: readonly FaultKind[], random: () => number) {
  const from = now + 10_000 - Math.log(1 - random()) * 40_000;
  const lastsMs = random() < 0.3 ? random() * 8_000 : 8_000 + random() * 180_000;
  const kind = kinds[Math.floor(random() * kinds.length)] ?? 'throttled';
  return { kind, from, to: from + lastsMs };
}

/** What the page has shown so far, by which it is told what must not be lost. */
function shownScreen() {
  const seen = new Map<string, { readonly revision: number; readonly counted: boolean }>();
  const removed = new Set<string>();
  let setBacks = 0;
  return {
    show(fragments: readonly Fragment[]): void {
      const shown = new Set<string>();
      for (const { item } of fragments) {
        const key = keyOf(item);
        const revision = Number(item.revision);
        shown.add(key);
        const known = seen.get(key);
        // What nobody announced can go back with a replica that lags, until the next whole reading.
        if (known?.counted === true && revision < known.revision) setBacks += 1;
        seen.set(key, { revision, counted: item.counted === true });
      }
      for (const [key, { counted }] of seen) {
        if (shown.has(key)) continue;
        seen.delete(key);
        if (counted && !removed.has(key)) setBacks += 1;
      }
    },
    shows: ({ key, revision }: Pending): boolean => (seen.get(key)?.revision ?? -1) >= revision,
    mayLose(key: string): void {
      removed.add(key);
    },
    setBacks: () => setBacks,
  };
}

function keyOf(item: Item): string {
  return `${item[DOCUMENTED_KEYS.release]} ${item[DOCUMENTED_KEYS.component]}`;
}
