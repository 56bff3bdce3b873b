import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { POLICY_ITEM } from '../release/item/fragment.ts';
import type { PolicyInForce } from '../release/policy/policy-item.ts';
import type { ChangeTotal } from '../store/change-counter.ts';
import { differingCounters, readChangeCounters, readChangeTotal } from '../store/read-change-counter.ts';
import { type ReleaseReading, readReleases } from '../store/read-release.ts';
import type { DescribedTable } from '../store/table-keys.ts';
import { announcedBy, type Detection, type Looked, type Poll } from './change-detection.ts';
import type { PolicyReader } from './policy-reader.ts';
import { allowanceAt, type ReadLimits } from './read-budget.ts';

/** The table, as it can be asked. */
export interface AskedTable {
  readonly client: DynamoDBDocumentClient;
  readonly described: DescribedTable;
  readonly policies: PolicyReader;
  readonly signal: AbortSignal;
}

/** What a poll of changes brought. */
export interface LookFound extends Pick<Looked, 'readUnits' | 'releases' | 'change'> {
  /** Null: as it was, as far as was asked. */
  readonly policy: PolicyInForce | null;
  readonly readings: readonly ReleaseReading[];
}

/**
 * Finds out what changed since the last poll, without reading the whole table. Where the rights do not allow a call,
 * that is part of what it found.
 *
 * @throws ReadFault for whatever else a call can fail with; what was known then still holds
 */
export async function lookForChanges(
  table: AskedTable,
  poll: Extract<Poll, { reads: 'changes' }>,
  detection: Detection,
  limits: ReadLimits,
  now: number,
): Promise<LookFound> {
  const units = unitCount();
  const [asked, announced] = await Promise.all([
    poll.policy ? table.policies.ask(table.client, table.described, table.signal) : null,
    poll.total ? readAnnounced(table, detection, limits, now, units) : nothing(),
  ]);
  if (asked !== null) units.add(asked.readUnits);
  // Whoever changes the policy by a command announces it as a release is: it holds from this poll on.
  const isOther = announced.readings.some(({ release }) => release === POLICY_ITEM.release);
  const anew = isOther ? await table.policies.ask(table.client, table.described, table.signal, true) : null;
  if (anew !== null) units.add(anew.readUnits);
  const shown = poll.releases.length === 0 ? nothing() : await readShown(table, poll.releases, detection, units);
  const readings = [...announced.readings, ...shown.readings];
  return {
    policy: anew?.policy ?? asked?.policy ?? null,
    readings,
    releases: readings.map(({ release }) => release),
    readUnits: units.sum(),
    change: { ...announced.change, ...shown.change },
  };
}

interface Part {
  readonly readings: readonly ReleaseReading[];
  readonly change: Looked['change'];
}

const nothing = (): Part => ({ readings: [], change: {} });

async function readAnnounced(
  table: AskedTable,
  detection: Detection,
  limits: ReadLimits,
  now: number,
  units: UnitCount,
): Promise<Part> {
  const { client, described, signal } = table;
  const { denied } = detection;
  const asked = await unlessDenied(() => readChangeTotal(client, described, detection.counted ?? 0, signal));
  if (asked === null) return { readings: [], change: { counted: null, denied: { ...denied, getItem: true } } };
  units.add(asked.readUnits);
  const { total } = asked;
  const announced = announcedBy(total, detection);
  if (announced.says === 'nothing') return nothing();
  if (announced.says === 'unsure' || denied.query) return { readings: [], change: { counted: null } };
  // What was announced is not forgotten: the counter stays as it was known.
  if (allowanceAt(detection, limits, now) <= 0) return { readings: [], change: { heldBack: true } };
  const read = await unlessDenied(() => readNamed(table, total, announced, detection, units));
  return read ?? { readings: [], change: { counted: null, denied: { ...denied, query: true } } };
}

/** With `ConsistentRead`: a replica that lags would give the releases as they were. */
async function readNamed(
  { client, described, signal }: AskedTable,
  total: ChangeTotal,
  announced: { readonly says: 'releases'; readonly releases: readonly string[] } | { readonly says: 'many' },
  detection: Detection,
  units: UnitCount,
): Promise<Part> {
  // The total that was read before, not that of the Query: what is counted meanwhile is found by the next poll.
  const counted = total.count;
  if (announced.says === 'releases') {
    const readings = await readReleases(client, described, announced.releases, { consistent: true, signal });
    for (const { readUnits } of readings) units.add(readUnits);
    return { readings, change: { counted } };
  }
  const { counters, readUnits } = await readChangeCounters(client, described, signal);
  units.add(readUnits);
  const differing = differingCounters(detection.counters ?? new Map(), counters);
  // None: somebody counts in the total alone.
  const releases = differing.length === 0 ? [...new Set(total.last)] : differing;
  const readings = await readReleases(client, described, releases, { consistent: true, signal });
  for (const each of readings) units.add(each.readUnits);
  return { readings, change: { counted, counters } };
}

/** Nobody has announced anything: a replica will do, which is asked again soon. */
async function readShown(
  { client, described, signal }: AskedTable,
  releases: readonly string[],
  detection: Detection,
  units: UnitCount,
): Promise<Part> {
  const readings = await unlessDenied(() => readReleases(client, described, releases, { consistent: false, signal }));
  if (readings === null) return { readings: [], change: { denied: { ...detection.denied, query: true } } };
  for (const { readUnits } of readings) units.add(readUnits);
  return { readings, change: {} };
}

/** Null where the rights do not allow a call. @throws whatever else it fails with */
export async function unlessDenied<T>(call: () => Promise<T>): Promise<T | null> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof ReadFault) || error.code !== 'access-denied') throw error;
    return null;
  }
}

/** Adds up read units. */
export interface UnitCount {
  add(units: number | null): void;
  /** Null where any was not counted: a part would pass for the whole. */
  sum(): number | null;
}

export function unitCount(): UnitCount {
  let sum: number | null = 0;
  return {
    add(units) {
      sum = sum === null || units === null ? null : sum + units;
    },
    sum: () => sum,
  };
}
