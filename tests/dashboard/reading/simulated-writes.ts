import { isCounted, wholeEveryMs } from '../../../src/dashboard/reading/change-detection.ts';
import type { TableData } from '../../../src/dashboard/reading/table-data.ts';
import { type NewReading, tableReader } from '../../../src/dashboard/reading/table-reader.ts';
import { equalValues } from '../../../src/release/equal-values.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item.ts';
import type { TokenedStart } from '../../../src/store/local-server.ts';
import { seededRandom } from '../../bench/random.ts';
import { type Clock, type LaggingTable, laggingTable } from './lagging-table.ts';

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

export interface WritesOptions {
  readonly seed: number;
  readonly writes: number;
  /** Between two writes, on average. */
  readonly everyMs: number;
  /** Releases × components there are at first. */
  readonly releases: number;
  readonly components: number;
  readonly readUnitsPerHour: number | null;
}

const POLL_MS = 5_000;
const LAG_MS = 3_000;
/** Publishers' clocks are this far apart. The date that they write is no more than an attribute to a reader. */
const SKEW_MS = 60_000;
const CALL_MS = 15;

/** A change of one item, until it has been seen. */
interface Pending {
  readonly key: string;
  readonly at: number;
  /** Of the item after the write; a removal has one too. */
  readonly revision: number;
  readonly announced: boolean;
  readonly removed: boolean;
}

/** @returns what was seen, the same for the same options */
export async function simulateWrites(options: WritesOptions): Promise<WritesSeen> {
  const random = seededRandom(options.seed);
  const clock: Clock = { now: Date.parse('2026-11-22T08:00:00Z') };
  const began = clock.now;
  const world = writingWorld(options, clock, random);
  const { table } = world;

  const start: TokenedStart = {
    token: 't',
    source: { kind: 'loopback', endpoint: 'http://127.0.0.1:9' },
    table: 'ReleaseFragments',
    region: 'us-east-1',
    keyNames: null,
    policy: {},
    pollIntervalMs: POLL_MS,
    readUnitsPerHour: options.readUnitsPerHour,
  };
  const surroundings = {
    origin: 'http://127.0.0.1:9',
    fetch: () => Promise.reject(new Error('No credentials are wanted.')),
    now: () => clock.now,
    requestHandler: table.requestHandler,
  };
  let reader = tableReader(start, surroundings);
  const page: { data: TableData | null } = { data: null };
  const counters = { polls: 0, restarts: 0, failedPolls: 0, setBacks: 0, failedInARow: 0, mostInARow: 0, heldBack: 0 };
  const worst = { announcedMs: 0, otherMs: 0 };
  let longestBeat = 0;
  const seen = new Map<string, { readonly revision: number; readonly item: Item }>();
  let pending: Pending[] = [];

  const poll = async (): Promise<void> => {
    counters.polls += 1;
    if (random() < 1 / 400) {
      reader = tableReader(start, surroundings);
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
      longestBeat = Math.max(longestBeat, wholeEveryMs(detection, start, data.fragments.length));
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

  const truth = new Map(table.fragments().map((item) => [keyOf(item), item]));
  const shown = new Map((page.data?.fragments ?? []).map(({ item }) => [keyOf(item), item]));
  const different =
    [...truth].filter(([key, item]) => !equalValues(item, shown.get(key))).length +
    [...shown.keys()].filter((key) => !truth.has(key)).length;
  const { readUnits, calls } = table.take();
  const hours = (clock.now - began) / 3_600_000;
  const slack = LAG_MS + POLL_MS * counters.mostInARow + 50 * CALL_MS;
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
    bound: { announcedMs: 2 * POLL_MS + slack, otherMs: longestBeat + POLL_MS + slack },
    readUnitsPerHour: readUnits / hours,
    calls: countEach(calls),
  };
}

interface WritingWorld {
  readonly table: LaggingTable;
  isWriting(): boolean;
  /** Lets everything happen that happens until then. */
  passTo(time: number): void;
  /** What was written since this was asked last. */
  takeWritten(): Pending[];
  latest(key: string): Pick<Pending, 'revision' | 'removed'>;
}

/** Publishers that write fragments of a few releases at a time, and then count, and some who do neither. */
function writingWorld(options: WritesOptions, clock: Clock, random: () => number): WritingWorld {
  const { writes, everyMs, releases, components } = options;
  let revision = 0;
  let written: Pending[] = [];
  let left = writes;
  let nextAt = clock.now;
  const timers: { readonly at: number; readonly run: () => void }[] = [];

  const passTo = (time: number): void => {
    while (true) {
      const timer = timers.reduce<(typeof timers)[number] | null>(
        (first, each) => (first === null || each.at < first.at ? each : first),
        null,
      );
      const at = Math.min(timer?.at ?? Number.POSITIVE_INFINITY, left > 0 ? nextAt : Number.POSITIVE_INFINITY);
      if (at > time) break;
      clock.now = Math.max(clock.now, at);
      if (timer !== null && timer.at === at) {
        timers.splice(timers.indexOf(timer), 1);
        timer.run();
      } else {
        write();
        left -= 1;
        nextAt += -Math.log(1 - random()) * everyMs;
      }
    }
    clock.now = Math.max(clock.now, time);
  };
  const table = laggingTable({
    clock,
    random,
    lagMs: LAG_MS,
    failing: 1 / 500,
    pass: () => passTo(clock.now + CALL_MS),
  });
  const whole = (below: number) => Math.floor(random() * below);
  const put = (release: string, component: string, counted: boolean): void => {
    revision += 1;
    const date = new Date(clock.now + (random() - 0.5) * 2 * SKEW_MS).toISOString();
    table.put(release, component, { revision, counted, date, changelog: 'x'.repeat(whole(600)) });
  };
  const after = (ms: number, run: () => void) => timers.push({ at: clock.now + ms, run });

  const write = (): void => {
    // New releases come up while others are still being published.
    const newest = releases + Math.floor(((writes - left) / writes) * 20);
    const release = `v1.${random() < 0.9 ? newest - whole(2) : whole(newest)}.0`;
    const component = `backend#service-${whole(components)}`;
    const kind = random();
    if (kind < 0.9) {
      put(release, component, true);
      note(release, component, true);
      after(random() * 400, () => {
        table.countRelease(release);
        after(random() * 400, () => table.countTotal(release));
      });
    } else if (kind < 0.92) {
      // Killed between the write and the counting, or in the middle of that.
      put(release, component, false);
      note(release, component, false);
      if (random() < 0.5) after(200, () => table.countRelease(release));
    } else if (kind < 0.96) {
      put(release, component, false);
      note(release, component, false);
    } else {
      revision += 1;
      table.remove(release, component);
      note(release, component, false, true);
    }
  };
  const latest = new Map<string, Pending>();
  const note = (release: string, component: string, announced: boolean, removed = false): void => {
    const pending = { key: `${release} ${component}`, at: clock.now, revision, announced, removed };
    written.push(pending);
    latest.set(pending.key, pending);
  };

  for (let release = 0; release < releases; release += 1) {
    for (let component = 0; component < components; component += 1) {
      put(`v1.${release}.0`, `backend#service-${component}`, true);
    }
  }
  table.countRelease('v1.0.0');
  table.countTotal('v1.0.0');
  clock.now += LAG_MS;
  nextAt = clock.now;
  return {
    table,
    passTo,
    latest: (key) => latest.get(key) ?? { revision: -1, removed: false },
    isWriting: () => left > 0 || timers.length > 0,
    takeWritten() {
      const taken = written;
      written = [];
      return taken;
    },
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
