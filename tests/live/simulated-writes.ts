import type { PageStart } from '../../src/contract/local-server.ts';
import { isCounted, wholeEveryMs } from '../../src/live/read-budget.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { type NewReading, tableReader } from '../../src/live/table-reader.ts';
import { equalValues } from '../../src/release/item/equal-values.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { seededRandom } from '../bench/random.ts';
import { TRUSTING } from '../proofs.ts';
import type { Clock } from './lagging-table.ts';
import { CALL_MS, LAG_MS, type Pending, type WorldOptions, writingWorld } from './writing-world.ts';

/** What a dashboard saw of a world that wrote all the time. Times are in simulated milliseconds. */
export interface WritesSeen {
  readonly writes: number;
  readonly polls: number;
  readonly restarts: number;
  readonly failedPolls: number;
  /** Polls that could not afford what was announced. */
  readonly heldBack: number;
  readonly hours: number;
  /** Writes that no reading ever showed, and did not show anything later of their item either. */
  readonly lost: number;
  /** Fragments in which the page and the table differ at the end. */
  readonly different: number;
  /** Times that a counted fragment went back to what it had been before. */
  readonly setBacks: number;
  readonly worst: {
    /** Written by publishers that count, while the page was open. */
    readonly announcedMs: number;
    /** Written by those that do not, deleted, by publishers that were killed before they counted; before a restart. */
    readonly otherMs: number;
  };
  /** How late they may be, as the page says it, with the lag of the replicas and the polls that failed on top. */
  readonly bound: { readonly announcedMs: number; readonly otherMs: number };
  readonly readUnitsPerHour: number;
  readonly calls: Readonly<Record<string, number>>;
}

export interface WritesOptions extends WorldOptions {
  readonly seed: number;
  readonly readUnitsPerHour: number | null;
}

const POLL_MS = 5_000;

/** @returns what was seen, the same for the same options */
export async function simulateWrites(options: WritesOptions): Promise<WritesSeen> {
  const random = seededRandom(options.seed);
  const clock: Clock = { now: Date.parse('2026-11-22T08:00:00Z') };
  const began = clock.now;
  const world = writingWorld(options, clock, random);
  const { table } = world;

  const start: PageStart = {
    source: { kind: 'loopback', endpoint: 'http://127.0.0.1:9', keyId: 'k' },
    table: 'ReleaseFragments',
    region: 'us-east-1',
    keyNames: null,
    policy: {},
    pollIntervalMs: POLL_MS,
    readUnitsPerHour: options.readUnitsPerHour,
  };
  const context = {
    origin: 'http://127.0.0.1:9',
    ...TRUSTING,
    fetch: () => Promise.reject(new Error('No credentials are wanted.')),
    now: () => clock.now,
    requestHandler: table.requestHandler,
  };
  let reader = tableReader(start, context);
  const page: { data: TableData | null } = { data: null };
  const counters = { polls: 0, restarts: 0, failedPolls: 0, setBacks: 0, failedInARow: 0, mostInARow: 0, heldBack: 0 };
  const worst = { announcedMs: 0, otherMs: 0 };
  let longestInterval = 0;
  const seen = new Map<string, { readonly revision: number; readonly item: Item }>();
  let pending: Pending[] = [];

  const poll = async (): Promise<void> => {
    counters.polls += 1;
    if (random() < 1 / 400) {
      reader = tableReader(start, context);
      page.data = null;
      counters.restarts += 1;
      pending.push(...world.takeWritten());
      // More may have been announced while the replicas lagged than the counter names to a page that has just opened.
      pending = pending.map((write) => ({ ...write, announced: false }));
    }
    const startedAt = clock.now;
    try {
      const reading: NewReading = await reader.read(page.data, () => {}, new AbortController().signal);
      if (reading.table.fragments !== page.data?.fragments) look(reading.table);
      page.data = reading.table;
      counters.failedInARow = 0;
    } catch {
      counters.failedPolls += 1;
      counters.failedInARow += 1;
      counters.mostInARow = Math.max(counters.mostInARow, counters.failedInARow);
    }
    const { data } = page;
    const detection = data?.detection ?? null;
    if (data !== null && detection !== null) {
      if (detection.heldBack) counters.heldBack += 1;
      longestInterval = Math.max(longestInterval, wholeEveryMs(detection, start, data.fragments.length));
      if (!isCounted(detection.counted)) throw new Error('The counter is there from the first write on.');
    }
    pending.push(...world.takeWritten());
    pending = pending.filter((write) => {
      if (data === null || !isSeen(write)) return true;
      const late = clock.now - write.at;
      if (write.announced) worst.announcedMs = Math.max(worst.announcedMs, late);
      else worst.otherMs = Math.max(worst.otherMs, late);
      return false;
    });
    world.passTo(Math.max(startedAt + POLL_MS, clock.now + 1_000));
  };

  /** Shown, or overtaken by what is shown. */
  const isSeen = ({ key, revision, removed }: Pending): boolean => {
    const shown = seen.get(key)?.revision;
    if (removed) return shown === undefined || shown > revision;
    const latest = world.latest(key);
    return shown === undefined ? latest.removed && latest.revision > revision : shown >= revision;
  };

  /** Takes over what the page shows. */
  const look = ({ fragments }: TableData): void => {
    const shown = new Set<string>();
    for (const { item } of fragments) {
      const key = keyOf(item);
      const revision = Number(item.revision);
      shown.add(key);
      const known = seen.get(key);
      if (known?.item === item) continue;
      // A page that was opened anew has nothing that it could go back behind.
      const isSetBack = known !== undefined && revision < known.revision && known.item.counted === true;
      if (isSetBack && page.data !== null) counters.setBacks += 1;
      seen.set(key, { revision, item });
    }
    for (const [key] of seen) if (!shown.has(key)) seen.delete(key);
  };

  while (world.isWriting() || pending.length > 0) {
    await poll();
    if (clock.now - began > 10 * options.writes * options.everyMs) break; // something is lost
  }
  // What nobody announced can go back once more by a replica that lagged, until the next whole reading.
  const quiet = clock.now + longestInterval + LAG_MS;
  while (clock.now < quiet || counters.failedInARow > 0) await poll();

  const truth = new Map(table.fragments().map((item) => [keyOf(item), item]));
  const shown = new Map((page.data?.fragments ?? []).map(({ item }) => [keyOf(item), item]));
  const different =
    [...truth].filter(([key, item]) => !equalValues(item, shown.get(key))).length +
    [...shown.keys()].filter((key) => !truth.has(key)).length;
  const { readUnits, calls } = table.take();
  const hours = (clock.now - began) / 3_600_000;
  const slack = LAG_MS + POLL_MS * counters.mostInARow + 50 * CALL_MS;
  // A whole reading that fails has been paid for: the next one comes after another interval at the latest.
  const intervals = counters.failedPolls > 0 ? 2 : 1;
  return {
    writes: options.writes,
    polls: counters.polls,
    restarts: counters.restarts,
    failedPolls: counters.failedPolls,
    heldBack: counters.heldBack,
    hours,
    lost: pending.length,
    different,
    setBacks: counters.setBacks,
    worst,
    bound: { announcedMs: 2 * POLL_MS + slack, otherMs: intervals * longestInterval + POLL_MS + slack },
    readUnitsPerHour: readUnits / hours,
    calls: countEach(calls),
  };
}

function keyOf(item: Item): string {
  return `${item[DOCUMENTED_KEYS.release]} ${item[DOCUMENTED_KEYS.component]}`;
}

function countEach(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
