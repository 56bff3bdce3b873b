import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { KeyNames } from '../release/item/item.ts';
import { CHANGES_KEY, type ChangeTotal, changeTotalOf, RELEASE_PREFIX, TOTAL_KEY } from './change-counter.ts';
import { type ReleaseReading, readRelease } from './read-release.ts';
import { readItemAt } from './single-item.ts';
import type { DescribedTable } from './table-keys.ts';

/** What `total` says, and what it cost to ask. */
export interface TotalReading {
  readonly total: ChangeTotal;
  readonly readUnits: number | null;
}

/**
 * Reads `total`: half a read unit.
 *
 * A replica that lags may say less than was known before, or know no counter at all. Then the table is asked for what
 * holds now, so that only a counter that was deleted, or began anew, ever seems to go back.
 *
 * @param known the count that the reader knew
 * @throws ReadFault `access-denied` where GetItem is not allowed; whatever else a call can fail with
 */
export async function readChangeTotal(
  client: DynamoDBClient,
  described: Pick<DescribedTable, 'table' | 'keys'>,
  known: number,
  signal?: AbortSignal,
): Promise<TotalReading> {
  const read = async (consistent: boolean) => {
    const key = { release: CHANGES_KEY, component: TOTAL_KEY };
    const { item, readUnits } = await readItemAt(client, described, key, { consistent, signal });
    return { total: changeTotalOf(item), readUnits };
  };
  const first = await read(false);
  if (first.total.count >= known) return first;
  const second = await read(true);
  const units = [first.readUnits, second.readUnits];
  return { total: second.total, readUnits: units.reduce((a, b) => (a === null || b === null ? null : a + b), 0) };
}

/** Everything that is counted. */
export interface CountersReading {
  readonly total: ChangeTotal;
  /** The releases' own counters, none later than `total`. */
  readonly counters: ReadonlyMap<string, number>;
  readonly readUnits: number | null;
}

/**
 * Reads all counters by one Query, as they are now. `total` comes last of their keys, so that it is the latest of them.
 *
 * @throws ReadFault `access-denied` where Query is not allowed; whatever else a call can fail with
 */
export async function readChangeCounters(
  client: DynamoDBClient,
  described: Pick<DescribedTable, 'table' | 'keys'>,
  signal: AbortSignal,
): Promise<CountersReading> {
  const { items, readUnits } = await readRelease(client, described, CHANGES_KEY, { consistent: true, signal });
  const total = changeTotalOf(items.find((item) => item[described.keys.component] === TOTAL_KEY) ?? null);
  return { total, counters: countersOf(items, described.keys), readUnits };
}

function countersOf(items: ReleaseReading['items'], keys: KeyNames): ReadonlyMap<string, number> {
  const counters = new Map<string, number>();
  for (const item of items) {
    const range = item[keys.component];
    if (typeof range !== 'string' || !range.startsWith(RELEASE_PREFIX)) continue;
    // A count that is not a number was broken by hand. As NaN it differs from itself: its release is always read anew.
    counters.set(range.slice(RELEASE_PREFIX.length), typeof item.count === 'number' ? item.count : Number.NaN);
  }
  return counters;
}

/**
 * The releases whose counters differ from those known.
 *
 * @returns each once; a counter that is gone counts as differing
 */
export function differingCounters(
  known: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
): readonly string[] {
  const differing = [...now].flatMap(([release, count]) => (known.get(release) === count ? [] : [release]));
  return [...differing, ...[...known.keys()].filter((release) => !now.has(release))];
}
