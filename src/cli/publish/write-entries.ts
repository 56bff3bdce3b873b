import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ReadFault } from '../../contract/read-fault.ts';
import { MAX_DENIALS } from '../../limits/limits.ts';
import type { Item } from '../../release/item/item.ts';
import { countChanges } from '../../store/change-counter.ts';
import { type PublishOutcome, publishFragment } from '../../store/publish-fragment.ts';
import type { RetryWhileDown } from '../../store/retry-while-down.ts';
import type { DescribedTable } from '../../store/table-keys.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, exitOfStop } from '../context/exit-codes.ts';

/** One item to write. */
export interface WriteEntry {
  /** Where it stands in the input: `line 3`. */
  readonly place: string;
  readonly release: string;
  /** RANGE key: `backend#api`. */
  readonly key: string;
  readonly item: Item;
  /** What is saved of it where it cannot be written; absent: the item. */
  readonly input?: unknown;
  /** Whether it says what was seen to run: seen again, it gets the time of this write. */
  readonly observed?: boolean;
}

export type EntryOutcome =
  | PublishOutcome
  /** Whether it is in the table is not known. */
  | { readonly outcome: 'failed'; readonly fault: ReadFault }
  /** The table was given up, or the run was stopped, before its turn. */
  | { readonly outcome: 'not-tried' };

export interface WriteReport {
  /** By entry, in their order. */
  readonly outcomes: readonly EntryOutcome[];
  /** Sentences for stderr. */
  readonly warnings: readonly string[];
}

export interface WriteTarget {
  readonly client: DynamoDBDocumentClient;
  readonly described: Pick<DescribedTable, 'table' | 'keys'>;
  readonly retry: RetryWhileDown;
}

export interface WriteOptions {
  readonly replace: boolean;
  /** Address of the CI's run. */
  readonly run: string | null;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Writes under way at once. */
const CONCURRENCY = 8;
/** Changes are counted at the end, and after so many writes, so that readers see a long run as it goes. */
const COUNT_EVERY = 200;
/** For the counting at the end of a run that was stopped or that lost the table, milliseconds. */
const LAST_COUNT_MS = 2_000;

/**
 * Writes items, several at once; those of one key one after the other, in their order. What cannot be written costs
 * the others nothing, until the table is given up.
 */
export async function writeEntries(
  entries: readonly WriteEntry[],
  { client, described, retry }: WriteTarget,
  { replace, run, onProgress }: WriteOptions,
  context: CliContext,
): Promise<WriteReport> {
  const { stop } = context;
  const outcomes: EntryOutcome[] = entries.map(() => ({ outcome: 'not-tried' }));
  const warnings: string[] = [];
  const uncounted = new Map<string, number>();
  let sinceCount = 0;
  let done = 0;
  let taken = 0;
  let denied = 0;

  const count = async (): Promise<void> => {
    const changes = new Map(uncounted);
    uncounted.clear();
    sinceCount = 0;
    const last = stop.aborted || retry.gaveUp !== null;
    try {
      await countChanges(client, described, changes, last ? { timeLimitMs: LAST_COUNT_MS } : {});
    } catch (error) {
      if (!(error instanceof ReadFault)) throw error;
      warnings.push(
        `Written, but not counted as changed: dashboards find it at their next whole reading. ${error.message}`,
      );
    }
  };

  const write = async ({ item, release, observed = false }: WriteEntry): Promise<EntryOutcome> => {
    const stamp = { publishedAt: context.now(), publishedBy: run, writeId: context.newId() };
    try {
      const said = await retry.run((timeLimitMs) =>
        publishFragment(client, described, item, { replace, observed, stamp, signal: stop, timeLimitMs }),
      );
      taken += 1;
      if (said.outcome !== 'already-published' && said.outcome !== 'conflict') {
        uncounted.set(release, (uncounted.get(release) ?? 0) + 1);
        sinceCount += 1;
      }
      return said;
    } catch (error) {
      if (!(error instanceof ReadFault)) throw error;
      if (error.code === 'access-denied') denied += 1;
      if (denied >= MAX_DENIALS && taken === 0) retry.giveUp(error);
      return { outcome: 'failed', fault: error };
    }
  };

  const byKey = new Map<string, Promise<void>>();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < entries.length && !stop.aborted && retry.gaveUp === null) {
      const index = next;
      next += 1;
      const entry = entries[index];
      if (entry === undefined) return;
      const key = JSON.stringify([entry.release, entry.key]);
      const turn = (byKey.get(key) ?? Promise.resolve()).then(async () => {
        if (stop.aborted || retry.gaveUp !== null) return;
        outcomes[index] = await write(entry);
      });
      byKey.set(key, turn);
      await turn;
      done += 1;
      onProgress?.(done, entries.length);
      if (sinceCount >= COUNT_EVERY) await count();
    }
  };
  try {
    await Promise.all(Array.from({ length: CONCURRENCY }, work));
  } finally {
    await count();
  }
  return { outcomes, warnings };
}

/**
 * What a run of writes ends with. Of several reasons the first of these counts: stopped; something may not be written,
 * so the run is to be repeated; a conflict, which somebody must settle; invalid input.
 */
export function exitOfOutcomes(outcomes: readonly EntryOutcome[], invalid: number, stop: AbortSignal): ExitCode {
  if (stop.aborted) return exitOfStop(stop);
  const has = (...words: EntryOutcome['outcome'][]) => outcomes.some(({ outcome }) => words.includes(outcome));
  if (has('failed', 'not-tried')) return EXIT.unknown;
  if (has('conflict')) return EXIT.conflict;
  return invalid > 0 ? EXIT.usage : EXIT.pass;
}
