import { type DynamoDBClient, UpdateItemCommand, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { BOOKKEEPING_PREFIX } from '../release/item/fragment.ts';
import type { Item } from '../release/item/item.ts';
import { type CallOptions, send } from './send.ts';
import type { DescribedTable } from './table-keys.ts';

/**
 * The change counter: by it a reader learns, for half a read unit, whether anything was published and what. It lives
 * in items of its own, all under one HASH key that no release can have:
 *
 *     release-matrix:changes | total             count = 1234, last1 = "v1.4.0", last2 = "v1.4.0-rc.2", … last16
 *     release-matrix:changes | release#v1.4.0    count = 57
 *
 * `total` is what a reader polls. Its `count` grows by one for each release that a publisher changed, and the same
 * update shifts that release into `last1`, so that count and names can never disagree: a reader that knew 1230 and
 * finds 1234 reads anew the releases `last1` to `last4`. More than 16 behind, it asks for the releases' own counters
 * by one Query and compares them with those it knows. Those are counted first: a publisher that is killed between the
 * two leaves its change to be found by that Query, or by the reader's slow re-read of the table.
 *
 * Counters are only ever added to (`ADD`), so that none is lost, whoever counts at the same time. A retried update may
 * count twice, which costs a reader one needless read. Clocks play no part.
 *
 * A publisher counts after its item is written. A reader reads `total` before the items, and with `ConsistentRead` the
 * items that it names, else a replica that lags may give it the old ones.
 */
export const CHANGES_KEY = `${BOOKKEEPING_PREFIX}changes`;
export const TOTAL_KEY = 'total';
/** RANGE keys of the releases' own counters begin so. */
export const RELEASE_PREFIX = 'release#';
/** Releases that `total` names. A publish changes one; between two polls of a few seconds more than 16 are rare. */
const REMEMBERED = 16;

/** The RANGE key of a release's own counter. */
export function releaseCounterKey(release: string): string {
  return `${RELEASE_PREFIX}${release}`;
}

/**
 * Counts changes. Call it after the items are written.
 *
 * @param changes how many items of each release were written
 * @throws ReadFault; the items are written all the same, and readers find them at their slow re-read
 */
export async function countChanges(
  client: DynamoDBClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  changes: ReadonlyMap<string, number>,
  options: CallOptions = {},
): Promise<void> {
  if (changes.size === 0) return;
  const update = (range: string, input: Omit<UpdateItemCommandInput, 'TableName' | 'Key'>) => {
    const Key = { [keys.release]: { S: CHANGES_KEY }, [keys.component]: { S: range } };
    return send(client, new UpdateItemCommand({ TableName: table, Key, ...input }), options);
  };
  for (const [release, count] of changes) {
    await update(releaseCounterKey(release), {
      UpdateExpression: 'ADD #count :count',
      ExpressionAttributeNames: { '#count': 'count' },
      ExpressionAttributeValues: { ':count': { N: String(count) } },
    });
  }
  await update(TOTAL_KEY, totalUpdate([...changes.keys()]));
}

/**
 * All right-hand sides are read before any left-hand side is written, so that one update can shift.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
function totalUpdate(releases: readonly string[]) {
  const newest = releases.toReversed();
  const values: Record<string, { S: string } | { N: string }> = { ':count': { N: String(releases.length) } };
  const sets = Array.from({ length: REMEMBERED }, (_, index) => {
    const release = newest[index];
    if (release !== undefined) values[`:r${index}`] = { S: release };
    else values[':none'] = { S: '' };
    return release === undefined
      ? `last${index + 1} = if_not_exists(last${index + 1 - newest.length}, :none)`
      : `last${index + 1} = :r${index}`;
  });
  return {
    UpdateExpression: `ADD #count :count SET ${sets.join(', ')}`,
    ExpressionAttributeNames: { '#count': 'count' },
    ExpressionAttributeValues: values,
  };
}

/** What `total` says. */
export interface ChangeTotal {
  readonly count: number;
  /** The releases changed last, the latest first; each as often as it changed. */
  readonly last: readonly string[];
}

/**
 * Reads the item `total`.
 *
 * @param item null where the table has none: nobody has counted yet
 */
export function changeTotalOf(item: Item | null): ChangeTotal {
  const last = Array.from({ length: REMEMBERED }, (_, index) => item?.[`last${index + 1}`]);
  return {
    count: typeof item?.count === 'number' ? item.count : 0,
    last: last.filter((release): release is string => typeof release === 'string' && release !== ''),
  };
}

/**
 * Which releases changed since a reader last knew.
 *
 * @param known the count that the reader knew
 * @returns the releases, each once; null where `total` cannot say: too much has changed, or the counter began anew
 */
export function changedSince({ count, last }: ChangeTotal, known: number): readonly string[] | null {
  const behind = count - known;
  if (behind < 0 || behind > last.length) return null;
  return [...new Set(last.slice(0, behind))];
}
