import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import type { Item } from '../release/item/item.ts';
import { readPage, type ScannedPage, type StartKey } from './read-page.ts';
import type { CallOptions } from './send.ts';
import { sideBySide } from './side-by-side.ts';
import type { DescribedTable } from './table-keys.ts';

/** All items of one HASH key. */
export interface ReleaseReading {
  readonly release: string;
  /** In the order of the RANGE key. Unreadable items are among them, as their markers. */
  readonly items: readonly Item[];
  /** Read capacity units; null where the endpoint does not count them. */
  readonly readUnits: number | null;
}

export interface ReadReleasesOptions extends CallOptions {
  /** As they are now, for twice the units, and not as a replica remembers them. */
  readonly consistent: boolean;
}

/** Queries under way at once: browsers open six connections to a host. */
const AT_ONCE = 4;
/** One release of 200 MB is not a release. */
const MAX_PAGES = 200;

/**
 * Reads single releases, each by Query to its last page.
 *
 * @param releases HASH keys, each once
 * @returns one for each, in their order; a release that is not in the table has no items
 * @throws ReadFault when any page cannot be had: never a part of a release as the whole
 */
export async function readReleases(
  client: DynamoDBClient,
  described: Pick<DescribedTable, 'table' | 'keys'>,
  releases: readonly string[],
  options: ReadReleasesOptions,
): Promise<ReleaseReading[]> {
  const readings: ReleaseReading[] = [];
  await sideBySide(releases, AT_ONCE, async (release, place) => {
    readings[place] = await readRelease(client, described, release, options);
  });
  return readings;
}

/**
 * Reads one release by Query to its last page.
 *
 * @param release its HASH key
 * @returns without items where it is not in the table
 * @throws ReadFault when any page cannot be had
 */
export async function readRelease(
  client: DynamoDBClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  release: string,
  { consistent, ...options }: ReadReleasesOptions,
): Promise<ReleaseReading> {
  const items: Item[] = [];
  let readUnits: number | null = 0;
  let start: StartKey | null = null;
  let pages = 0;
  do {
    if (pages === MAX_PAGES) throw new ReadFault('unexpected-answer', `${release} has more than ${MAX_PAGES} pages.`);
    pages += 1;
    const command: QueryCommand = new QueryCommand({
      TableName: table,
      KeyConditionExpression: '#release = :release',
      ExpressionAttributeNames: { '#release': keys.release },
      ExpressionAttributeValues: { ':release': { S: release } },
      ReturnConsumedCapacity: 'TOTAL',
      ...(consistent ? { ConsistentRead: true } : {}),
      ExclusiveStartKey: start ?? undefined,
    });
    const page: ScannedPage = await readPage(client, command, options);
    items.push(...page.items);
    readUnits = readUnits === null || page.readUnits === null ? null : readUnits + page.readUnits;
    start = page.next;
  } while (start !== null);
  return { release, items, readUnits };
}
