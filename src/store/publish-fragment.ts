import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { MAX_ITEM_BYTES, MAX_REPLACED_BYTES, MAX_REPLACED_CONTENTS } from '../limits/limits.ts';
import { type ContentDifference, contentDifferences } from '../release/item/fragment-content.ts';
import type { Item, PlainValue } from '../release/item/item.ts';
import { itemBytes } from './item-size.ts';
import { plainItem } from './plain-item.ts';
import type { CallOptions } from './send.ts';
import { getConsistently, putWhere, setWhere } from './single-item.ts';
import type { DescribedTable } from './table-keys.ts';
import { type Condition, notThere, unchangedSince } from './unchanged-condition.ts';
import { isRecord } from './wire-answer.ts';

/** What is written beside the content. */
export interface WriteStamp {
  /** ISO 8601 in UTC. */
  readonly publishedAt: string;
  /** The CI's run, an address; null: not in a CI. */
  readonly publishedBy: string | null;
  /** Names this one write: after a lost answer it tells our own item from another's of the same content. */
  readonly writeId: string;
}

export interface PublishOptions extends CallOptions {
  /** Replace other content under the same key; what is replaced is kept in the item. */
  readonly replace: boolean;
  /**
   * Whether the item says what was seen to run: seen again, the same content gets the time of this write, for what was
   * seen last is what runs.
   */
  readonly observed?: boolean;
  readonly stamp: WriteStamp;
}

export type PublishOutcome =
  | { readonly outcome: 'published' }
  /** The table says the same already. */
  | { readonly outcome: 'already-published' }
  /** The table says the same already, and now says that it was seen by this run. */
  | { readonly outcome: 'observed-again' }
  | { readonly outcome: 'replaced'; readonly differences: readonly ContentDifference[] }
  /** The table says something else, and still does. */
  | { readonly outcome: 'conflict'; readonly stored: Item; readonly differences: readonly ContentDifference[] };

/** Others may change the item between our reading and our writing; each round one of them wins. */
const MAX_ROUNDS = 100;

/**
 * Puts one item unless another is there, so that publishers never undo each other and a repeated run changes nothing.
 * Of many that publish the same key at once exactly one wins.
 *
 * @param item keys and content, without the publisher's bookkeeping
 * @throws ReadFault for what a call can fail with; whether the item was written is then not known, and trying again
 *   with the same stamp finds out
 */
export async function publishFragment(
  client: DynamoDBClient,
  { table, keys }: Pick<DescribedTable, 'table' | 'keys'>,
  item: Item,
  options: PublishOptions,
): Promise<PublishOutcome> {
  const key = { [keys.release]: item[keys.release] ?? null, [keys.component]: item[keys.component] ?? null };
  const put = (written: Item, condition: Condition) => putWhere(client, table, written, condition, options);

  if (await put(stamped(item, [], options.stamp), notThere(keys))) return { outcome: 'published' };
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const raw = await getConsistently(client, table, key, options);
    if (raw === null) {
      // Deleted since the condition failed.
      if (await put(stamped(item, [], options.stamp), notThere(keys))) return { outcome: 'published' };
      continue;
    }
    const stored = plainItem(raw);
    const differences = contentDifferences(stored, item, keys);
    if (differences.length === 0) {
      // Ours: the answer to an earlier try was lost.
      if (stored.writeId === options.stamp.writeId) {
        return replacedNow(stored, options.stamp) ? { outcome: 'replaced', differences } : { outcome: 'published' };
      }
      if (options.observed !== true || isSeenSince(stored, options.stamp)) return { outcome: 'already-published' };
      const times = { ...options.stamp, firstPublishedAt: firstPublished(stored) };
      const seen = await setWhere(client, table, key, times, unchangedSince(raw, keys), options);
      if (seen) return { outcome: 'observed-again' };
      continue;
    }
    if (!options.replace) return { outcome: 'conflict', stored, differences };
    const kept = keptContents(stored, item, keys, options.stamp.publishedAt);
    if (await put(stamped(item, kept, options.stamp), unchangedSince(raw, keys)))
      return { outcome: 'replaced', differences };
  }
  throw new ReadFault('throttled', `The item changed ${MAX_ROUNDS} times between being read and being replaced.`);
}

/** An imported item may bring along when and by whom it was published elsewhere; the write is ours all the same. */
function stamped(item: Item, replaced: readonly PlainValue[], stamp: WriteStamp): Item {
  const { publishedAt, publishedBy, writeId } = stamp;
  return {
    publishedAt,
    ...(publishedBy === null ? {} : { publishedBy }),
    ...item,
    writeId,
    ...(replaced.length === 0 ? {} : { replaced }),
  };
}

/** Of two observers the one that looked last is right, whichever of them writes last. */
function isSeenSince({ publishedAt }: Item, stamp: WriteStamp): boolean {
  return typeof publishedAt === 'string' && Date.parse(publishedAt) >= Date.parse(stamp.publishedAt);
}

/**
 * When what is seen again was put, whose `publishedAt` says when it was seen last: before that it is known not to have been
 * there. Of what another client put nobody knows whether it had taken the place of something else.
 */
function firstPublished({ firstPublishedAt, publishedAt, writeId }: Item): string {
  if (typeof firstPublishedAt === 'string') return firstPublishedAt;
  return typeof writeId === 'string' && typeof publishedAt === 'string' ? publishedAt : 'unknown';
}

function replacedNow({ replaced }: Item, { publishedAt }: WriteStamp): boolean {
  const newest = Array.isArray(replaced) ? replaced[0] : null;
  return isRecord(newest) && newest.replacedAt === publishedAt;
}

/**
 * What an item keeps of its past: the content that is replaced now, and what that had replaced, as far as it fits. The first
 * content keeps its `writeId`, by which it is known that there was none before it.
 */
export function keptContents(
  stored: Item,
  item: Item,
  keys: DescribedTable['keys'],
  replacedAt: string,
): readonly PlainValue[] {
  const leftOut = new Set<string>([keys.release, keys.component, 'replaced']);
  if (stored.replaced !== undefined) leftOut.add('writeId');
  const now = Object.fromEntries(Object.entries(stored).filter(([name]) => !leftOut.has(name)));
  const before = [stored, item].flatMap(({ replaced }) => (Array.isArray(replaced) ? replaced : []));
  const kept = [{ ...now, replacedAt }, ...before].slice(0, MAX_REPLACED_CONTENTS);
  // What is left for the past once the item has what it needs, its own bookkeeping (below 4 KB) included.
  const room = Math.min(MAX_REPLACED_BYTES, MAX_ITEM_BYTES - itemBytes(item) - 4096);
  while (kept.length > 0 && itemBytes({ replaced: kept }) > room) kept.pop();
  return kept;
}
