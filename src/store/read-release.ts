import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { faultFrom, ReadFault } from '../contract/read-fault.ts';
import { MAX_CALL_MS } from '../limits/limits.ts';
import type { Item } from '../release/item/item.ts';
import { routeOf } from './client.ts';
import { type FreshCaller, freshCaller } from './fresh-credentials.ts';
import { queryPage, type ScannedPage, type StartKey } from './scan-page.ts';
import type { DescribedTable } from './table-keys.ts';

/** All items of one HASH key. */
export interface ReleaseReading {
  readonly release: string;
  /** In the order of the RANGE key. Unreadable items are among them, as their markers. */
  readonly items: readonly Item[];
  /** Read capacity units; null where the endpoint does not count them. */
  readonly readUnits: number | null;
}

export interface ReadReleasesOptions {
  /** As they are now, for twice the units, and not as a replica remembers them. */
  readonly consistent: boolean;
  readonly signal?: AbortSignal;
  /** Milliseconds for one page, its retries and its body included. */
  readonly timeLimitMs?: number;
}

/** Queries under way at once: browsers open six connections to a host. */
const AT_ONCE = 4;
/** One release of 200 MB is no release. */
const MAX_PAGES = 200;

/**
 * Reads single releases, each by Query to its last page.
 *
 * @param releases HASH keys, each once
 * @returns one for each, in their order; a release that is not in the table has no items
 * @throws ReadFault when any page cannot be had: never a part of a release as the whole
 */
export async function readReleases(
  client: DynamoDBDocumentClient,
  described: Pick<DescribedTable, 'table' | 'keys'>,
  releases: readonly string[],
  options: ReadReleasesOptions,
): Promise<ReleaseReading[]> {
  const call = freshCaller(client, options.timeLimitMs ?? MAX_CALL_MS);
  const readings: ReleaseReading[] = new Array(releases.length);
  let next = 0;
  let failed: { readonly error: unknown } | null = null;
  const work = async (): Promise<void> => {
    while (next < releases.length) {
      const place = next;
      next += 1;
      const release = releases[place];
      if (release === undefined) continue;
      try {
        readings[place] = await readOne(client, described, release, options, call);
      } catch (error) {
        failed ??= { error };
        next = releases.length; // what the others brought would be thrown away
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, releases.length) }, work));
  // Assigned in a closure, out of the compiler's sight.
  const first = failed as { readonly error: unknown } | null;
  if (first !== null) throw faultFrom(first.error, await routeOf(client));
  return readings;
}

async function readOne(
  client: DynamoDBDocumentClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  release: string,
  { consistent, signal }: ReadReleasesOptions,
  call: FreshCaller,
): Promise<ReleaseReading> {
  const items: Item[] = [];
  let readUnits: number | null = 0;
  let start: StartKey | null = null;
  let pages = 0;
  do {
    if (pages === MAX_PAGES) throw new ReadFault('unexpected-answer', `${release} has more than ${MAX_PAGES} pages.`);
    pages += 1;
    const from: StartKey | null = start;
    const page: ScannedPage = await call(
      (abortSignal) =>
        queryPage(
          client,
          {
            TableName: table,
            KeyConditionExpression: '#release = :release',
            ExpressionAttributeNames: { '#release': keys.release },
            ExpressionAttributeValues: { ':release': release },
            ReturnConsumedCapacity: 'TOTAL',
            ...(consistent ? { ConsistentRead: true } : {}),
            ...(from === null ? {} : { ExclusiveStartKey: { ...from } }),
          },
          abortSignal,
        ),
      signal,
    );
    items.push(...page.items);
    readUnits = readUnits === null || page.readUnits === null ? null : readUnits + page.readUnits;
    start = page.next;
  } while (start !== null);
  return { release, items, readUnits };
}
