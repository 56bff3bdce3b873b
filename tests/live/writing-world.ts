import { type Clock, type LaggingTable, laggingTable } from './lagging-table.ts';

/** Replicas are behind by up to so many milliseconds. */
export const LAG_MS = 3_000;
/** Publishers' clocks are this far apart. The date that they write is no more than an attribute to a reader. */
const SKEW_MS = 60_000;
/** How long a call takes, milliseconds. */
export const CALL_MS = 15;

export interface WorldOptions {
  readonly writes: number;
  /** Between two writes, on average, milliseconds. */
  readonly everyMs: number;
  /** Releases × components there are at first. */
  readonly releases: number;
  readonly components: number;
  /** What happens while a call is made; absent: some time passes, and now and then a call fails. */
  readonly pass?: () => void;
}

/** A change of one item, until it has been seen. */
export interface Pending {
  readonly key: string;
  readonly at: number;
  /** Of the item after the write; a removal has one too. */
  readonly revision: number;
  readonly announced: boolean;
  readonly removed: boolean;
}

export interface WritingWorld {
  readonly table: LaggingTable;
  isWriting(): boolean;
  /** Lets everything happen that happens until then. */
  passTo(time: number): void;
  /** What was written since this was asked last. */
  takeWritten(): Pending[];
  latest(key: string): Pick<Pending, 'revision' | 'removed'>;
}

/** Publishers that write fragments of a few releases at a time, and then count, and some who do neither. */
export function writingWorld(options: WorldOptions, clock: Clock, random: () => number): WritingWorld {
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
    failing: options.pass === undefined ? 1 / 500 : 0,
    pass: options.pass ?? (() => passTo(clock.now + CALL_MS)),
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
