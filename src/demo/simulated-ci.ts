import { BatchWriteItemCommand } from '@aws-sdk/client-dynamodb';
import type { EmbeddedTable } from '../devserver/table/embedded-table.ts';
import { SIGN_OFFS_KEY } from '../release/item/evidence.ts';
import { DOCUMENTED_KEYS, type Item } from '../release/item/item.ts';
import { attributeValues } from '../store/attribute-value.ts';
import { publishFragment } from '../store/publish-fragment.ts';
import { readReleases } from '../store/read-release.ts';
import { send } from '../store/send.ts';
import { BATCH_ITEMS } from '../store/write-items.ts';
import type { Chance } from './chance.ts';
import { type CiStep, ciScript } from './ci-script.ts';
import type { Builds } from './history.ts';

/** Time, from outside: the tests turn it by hand. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs something once after a time. @returns a function that calls it off */
  after(milliseconds: number, run: () => void): () => void;
}

/** The time of this machine. Waiting for the next step does not keep the process alive. */
export const MACHINE_CLOCK: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds).unref();
    return () => clearTimeout(timer);
  },
};

/** Shortest and longest pause between two steps, milliseconds: so that one can read what is there, or watch it change. */
export const PAUSES_MS = { slow: [20_000, 40_000], fast: [2_500, 6_000] } as const;

export interface SimulatedCiOptions {
  /** The only kind of table it takes: it can never write to a real one. */
  readonly table: EmbeddedTable;
  /** The estate in the table, which the simulated releases follow. */
  readonly estate: { readonly builds: Builds; readonly chance: Chance };
  readonly clock: Clock;
  /** Shortest and longest pause between two steps, milliseconds. */
  readonly pauseMs: readonly [number, number];
  /** How many simulated releases stay in the table. */
  readonly keep?: number;
  /** Told after each step, with its words. */
  readonly onStep?: (says: string) => void;
  /** Told when a step fails; nothing follows then. */
  readonly onFault: (fault: unknown) => void;
}

export interface SimulatedCi {
  /** Has it take its next step at once. @returns its words; null: it has stopped */
  stepNow(): Promise<string | null>;
  /** From now on it pauses so long between two steps; null: it takes none by itself. */
  setPause(pauseMs: readonly [number, number] | null): void;
  /** Ends it; resolves when a step under way has been written. */
  stop(): Promise<void>;
}

/** Steps of the script, one after the other with pauses between them, until it is stopped or a step fails. */
export function startSimulatedCi(options: SimulatedCiOptions): SimulatedCi {
  const { table, estate, clock, keep = 8 } = options;
  let pauseMs: readonly [number, number] | null = options.pauseMs;
  const script = ciScript(estate, keep);
  let stopped = false;
  let done = 0;
  let underWay: Promise<void> = Promise.resolve();
  let callOff: () => void = () => {};

  const step = async (): Promise<string | null> => {
    if (stopped) return null;
    const next = script.next().value;
    await perform(next, table, new Date(clock.now()).toISOString());
    done += 1;
    options.onStep?.(next.says);
    wait();
    return next.says;
  };
  /** One after the other, whoever asks for it. */
  const run = async (): Promise<string | null> => {
    callOff();
    const says = underWay.then(step).catch((fault: unknown) => {
      stopped = true;
      options.onFault(fault);
      return null;
    });
    underWay = says.then(() => undefined);
    return says;
  };
  const wait = (): void => {
    callOff();
    if (stopped || pauseMs === null) return;
    const [least, most] = pauseMs;
    const pause = least + estate.chance.fraction(`pause ${done}`) * (most - least);
    callOff = clock.after(pause, () => void run());
  };
  wait();

  return {
    stepNow: run,
    setPause(next) {
      pauseMs = next;
      wait();
    },
    async stop() {
      stopped = true;
      callOff();
      await underWay;
    },
  };
}

/** It writes as publishers do: what it replaces is kept. */
async function perform({ puts, retires }: CiStep, table: EmbeddedTable, date: string): Promise<void> {
  const described = { table: table.table, keys: DOCUMENTED_KEYS };
  await Promise.all(
    puts(date).map((item) => {
      const writeId = `${date} ${item[DOCUMENTED_KEYS.release]} ${item[DOCUMENTED_KEYS.component]}`;
      const stamp = { publishedAt: date, publishedBy: null, writeId };
      return publishFragment(table.client, described, item, { replace: true, stamp });
    }),
  );
  for (const release of retires) await retire(release, table);
}

/** Deletes every item of a release, and what was signed of it. */
async function retire(release: string, { client, table }: EmbeddedTable): Promise<void> {
  const described = { table, keys: DOCUMENTED_KEYS };
  const [own, signed] = await readReleases(client, described, [release, SIGN_OFFS_KEY], { consistent: true });
  const ofRelease = (item: Item): boolean => String(item[DOCUMENTED_KEYS.component]).startsWith(`${release}#`);
  const items = [...(own?.items ?? []), ...(signed?.items ?? []).filter(ofRelease)];
  const names = [DOCUMENTED_KEYS.release, DOCUMENTED_KEYS.component];
  const keys = items.map((item) =>
    attributeValues(Object.fromEntries(names.map((name) => [name, item[name] ?? null]))),
  );
  for (let start = 0; start < keys.length; start += BATCH_ITEMS) {
    const batch = keys.slice(start, start + BATCH_ITEMS).map((Key) => ({ DeleteRequest: { Key } }));
    // The embedded table takes every batch whole: it has no capacity to exceed.
    await send(client, new BatchWriteItemCommand({ RequestItems: { [table]: batch } }));
  }
}
