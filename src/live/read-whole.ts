import type { Item } from '../release/item/item.ts';
import { type ChangeTotal, changedSince } from '../store/change-counter.ts';
import { readChangeCounters, readChangeTotal } from '../store/read-change-counter.ts';
import { readReleases } from '../store/read-release.ts';
import { type ReadProgress, readTable, segmentsFor, type TableReading } from '../store/read-table.ts';
import type { DescribedTable } from '../store/table-keys.ts';
import type { Detection } from './change-detection.ts';
import { type AskedTable, type UnitCount, unlessDenied } from './look-for-changes.ts';
import { isCounted, type ReadLimits, wholeEveryMs } from './read-budget.ts';
import { inPlace } from './replace-releases.ts';

/** What the counters said before the items were read, so that nothing falls between the two. */
export interface CountersBefore extends Pick<Detection, 'counted' | 'counters' | 'countersAtWhole' | 'denied'> {
  /** Releases that a replica may still give as they were: the last ones that were announced. */
  readonly toConfirm: readonly string[];
  /** More was announced since the last poll, a moment ago, than the counter can name. */
  readonly burst: boolean;
}

/** A poll that long ago is no measure of what replicas still lag behind, milliseconds. */
const MOMENT_MS = 30_000;
/** What was counted that long ago every replica knows, milliseconds. */
const SETTLED_MS = 10_000;

/**
 * Asks for the counters, where the polls to come will go by them.
 *
 * @param previous null: there has been no reading
 */
export async function readCountersBefore(
  table: Pick<AskedTable, 'client' | 'signal'> & { readonly described: Pick<DescribedTable, 'table' | 'keys'> },
  previous: { readonly detection: Detection; readonly fragments: number } | null,
  limits: ReadLimits,
  now: number,
  units: UnitCount,
): Promise<CountersBefore> {
  const known = previous?.detection ?? null;
  const denied = known?.denied ?? { getItem: false, query: false };
  const nothing = { toConfirm: [], burst: false };
  if (previous !== null && !savesAnything(previous.detection, limits, previous.fragments)) {
    const { counted, counters, countersAtWhole } = previous.detection;
    return { counted, counters, countersAtWhole, denied, ...nothing };
  }
  const { client, described, signal } = table;
  const asked = denied.query ? null : await unlessDenied(() => readChangeCounters(client, described, signal));
  if (asked === null) {
    // The total alone tells that something has changed, though not what.
    const rights = { ...denied, query: true };
    const alone = await unlessDenied(() => readChangeTotal(client, described, known?.counted ?? 0, signal));
    const none = { counters: null, countersAtWhole: null, ...nothing };
    if (alone === null) return { counted: null, denied: { ...rights, getItem: true }, ...none };
    units.add(alone.readUnits);
    return { counted: alone.total.count, denied: { ...rights, getItem: false }, ...none };
  }
  units.add(asked.readUnits);
  const { total, counters } = asked;
  const toConfirm = [...new Set(total.last)];
  const burst = known !== null && isBurst(total, known, now);
  return {
    // Without GetItem the polls could not go by it.
    counted: denied.getItem ? null : total.count,
    counters: known === null || burst ? counters : seenBy(counters, known, new Set(toConfirm), now),
    countersAtWhole: counters,
    denied: { ...denied, query: false },
    toConfirm,
    burst,
  };
}

/**
 * The releases' counters as far as a Scan that begins now shows what they count, whichever replica tells. Publishers count
 * in a release before they do in the total: what the total does not name yet may not be in the Scan, and with the counter
 * taken as known a burst would never show it. So the former counter stays, by which the release differs.
 *
 * @param confirmed releases that are read by `ConsistentRead`
 */
function seenBy(
  counters: ReadonlyMap<string, number>,
  { counters: known, countersAtWhole: earlier, full }: Detection,
  confirmed: ReadonlySet<string>,
  now: number,
): ReadonlyMap<string, number> {
  if (known === null) return counters;
  const settled = Math.abs(now - full.startedAt) >= SETTLED_MS ? earlier : null;
  const seen = new Map<string, number>();
  for (const [release, count] of counters) {
    const former = known.get(release);
    if (confirmed.has(release) || former === count || settled?.get(release) === count) seen.set(release, count);
    else if (former !== undefined) seen.set(release, former);
  }
  return seen;
}

/** Not where the next poll reads everything again, even if publishers count. */
function savesAnything(detection: Detection, limits: ReadLimits, fragments: number): boolean {
  return wholeEveryMs({ ...detection, counted: 1 }, limits, fragments) > limits.pollIntervalMs;
}

function isBurst(total: ChangeTotal, { counted, at }: Detection, now: number): boolean {
  return isCounted(counted) && Math.abs(now - at) < MOMENT_MS && changedSince(total, counted) === null;
}

/**
 * Reads the whole table by Scan. It is told by replicas, which may not know yet what was announced a moment ago and read
 * by a poll since: so the releases announced last are read by `ConsistentRead` besides, or after a burst the whole table
 * is, else what is on the screen would go back for as long as until the next whole reading. Only a page that is opened in
 * the middle of such a burst knows of none: it may show parts of it as late as what nobody announces.
 */
export async function readWhole(
  { client, described, signal }: AskedTable,
  before: CountersBefore,
  previous: Detection | null,
  units: UnitCount,
  onProgress: (progress: ReadProgress) => void,
  onPage: (items: readonly Item[]) => void,
): Promise<TableReading> {
  const { burst, toConfirm } = before;
  const [reading, confirmed] = await Promise.all([
    readTable(client, {
      described,
      segments: segmentsFor(described, previous?.full.readUnits ?? null),
      consistent: burst,
      signal,
      onProgress,
      onPage,
    }),
    burst ? [] : readReleases(client, described, toConfirm, { consistent: true, signal }),
  ]);
  units.add(reading.readUnits);
  for (const { readUnits } of confirmed) units.add(readUnits);
  if (confirmed.length === 0) return reading;
  const { release } = described.keys;
  const items = inPlace(
    reading.items,
    (item) => textAt(item, release),
    new Set(toConfirm),
    // What has no key stands where the Scan had it.
    new Map(confirmed.map((each) => [each.release, each.items.filter((item) => textAt(item, release) !== null)])),
  );
  return { ...reading, items };
}

function textAt(item: Item, name: string): string | null {
  const value = Object.hasOwn(item, name) ? item[name] : null;
  return typeof value === 'string' ? value : null;
}

/** Read units that a page of 1 MB costs, read from a replica. */
const PAGE_UNITS = 128;

/** What a reading of the whole table costs each time, read units; a guess where the endpoint does not count them. */
export function wholeUnits(reading: TableReading, { burst }: Pick<CountersBefore, 'burst'>): number {
  return (reading.readUnits ?? reading.pages * PAGE_UNITS) / (reading.readUnits !== null && burst ? 2 : 1);
}
