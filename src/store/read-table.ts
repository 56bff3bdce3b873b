import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { ReadFault } from '../contract/read-fault.ts';
import { type Item, isUnreadable, type KeyNames } from '../release/item/item.ts';
import { readPage, type ScannedPage, type StartKey } from './read-page.ts';
import type { CallOptions } from './send.ts';
import { sideBySide } from './side-by-side.ts';
import type { DescribedTable } from './table-keys.ts';

/** How far a reading has come. Counts only grow. */
export interface ReadProgress {
  /** Items so far. */
  readonly read: number;
  /** Items that the table said it has, up to six hours ago; null: unknown, or 0, which a young table says of itself. */
  readonly expected: number | null;
  readonly pages: number;
  /** Read capacity units so far; null where the endpoint does not count them. */
  readonly readUnits: number | null;
}

/** Why a reading ended before the table did. What is not there must never look missing for other reasons. */
export interface Incomplete {
  readonly reason: 'page-limit' | 'repeated-key';
  /** One sentence for the screen. */
  readonly message: string;
}

/** A table, read to its end. */
export interface TableReading {
  /** Each primary key once. Unreadable items are among them, as their markers. Same table, same order. */
  readonly items: readonly Item[];
  /** How many of them are unreadable as a whole. */
  readonly unreadable: number;
  readonly pages: number;
  readonly segments: number;
  /** Read capacity units; null where the endpoint does not count them. */
  readonly readUnits: number | null;
  /** Null: whole. */
  readonly incomplete: Incomplete | null;
}

export interface ReadOptions extends CallOptions {
  readonly described: DescribedTable;
  /** Parallel segments; absent: by `segmentsFor`. */
  readonly segments?: number;
  /** As the table is now, for twice the units, and not as a replica remembers it. */
  readonly consistent?: boolean;
  /** Pages of all segments together (of up to 1 MB each) after which the reading ends as incomplete. */
  readonly maxPages?: number;
  readonly onProgress?: (progress: ReadProgress) => void;
  /** Each page's items as they come, segments mixed. A key seen again replaces what came before. */
  readonly onPage?: (items: readonly Item[]) => void;
}

/** Bytes up to which one segment is the quicker way: four would read four small pages instead of one or two. */
const ONE_SEGMENT_BYTES = 4 * 1024 * 1024;
/** More than four gain little: browsers open six connections to a host, and then the processor is the limit. */
const SEGMENTS = 4;
/** An eventually consistent read of 4 KB costs half a unit. */
const BYTES_PER_UNIT = 8 * 1024;
const MAX_PAGES = 200;

/**
 * How many segments a table is read in.
 *
 * @param described its size, as of up to six hours ago; unknown counts as large
 * @param previousUnits read units of the reading before, which know better; null: none
 */
export function segmentsFor(described: DescribedTable, previousUnits: number | null): number {
  const bytes = Math.max(described.sizeBytes ?? Number.POSITIVE_INFINITY, 0);
  if (previousUnits !== null) return previousUnits * BYTES_PER_UNIT > ONE_SEGMENT_BYTES ? SEGMENTS : 1;
  return bytes > ONE_SEGMENT_BYTES ? SEGMENTS : 1;
}

/**
 * Reads every item of a table by a parallel Scan, each segment to its last page.
 *
 * @throws ReadFault when any page cannot be had: never a part of the table as the whole; `keys-unsuitable` where no item has
 *   the keys that it was described with
 */
export async function readTable(client: DynamoDBClient, options: ReadOptions): Promise<TableReading> {
  const { described } = options;
  const segments = options.segments ?? segmentsFor(described, null);
  const maxPages = options.maxPages ?? MAX_PAGES;
  const bySegment = Array.from({ length: segments }, () => onePerKey(described.keys));
  const started = { pages: 0 };
  const progress = { read: 0, pages: 0, readUnits: 0, counted: true };
  let incomplete: Incomplete | null = null;

  // One segment's failure stops the others: their pages would be thrown away.
  const stop = new AbortController();
  const cancel = () => stop.abort();
  options.signal?.addEventListener('abort', cancel);
  if (options.signal?.aborted) cancel();

  const readSegment = async (own: ReturnType<typeof onePerKey>, segment: number): Promise<void> => {
    const seen = new Set<string>();
    let start: StartKey | null = null;
    for (;;) {
      if (started.pages >= maxPages) {
        incomplete ??= {
          reason: 'page-limit',
          message: `The table has more than ${maxPages} pages; the rest was not read.`,
        };
        return;
      }
      started.pages += 1;
      const command: ScanCommand = new ScanCommand({
        TableName: described.table,
        ReturnConsumedCapacity: 'TOTAL',
        ...(options.consistent === true ? { ConsistentRead: true } : {}),
        ...(segments === 1 ? {} : { Segment: segment, TotalSegments: segments }),
        ExclusiveStartKey: start ?? undefined,
      });
      const page: ScannedPage = await readPage(client, command, { ...options, signal: stop.signal });
      own.add(page.items);
      progress.pages += 1;
      progress.read += page.items.length;
      progress.readUnits += page.readUnits ?? 0;
      progress.counted &&= page.readUnits !== null;
      options.onPage?.(page.items);
      options.onProgress?.({
        read: progress.read,
        expected: described.itemCount || null,
        pages: progress.pages,
        readUnits: progress.counted ? progress.readUnits : null,
      });
      start = page.next;
      if (start === null) return;
      const mark = JSON.stringify(Object.entries(start).sort());
      if (seen.has(mark)) {
        incomplete ??= {
          reason: 'repeated-key',
          message: 'The table gave the same page key twice; the rest was not read.',
        };
        return;
      }
      seen.add(mark);
    }
  };

  try {
    await sideBySide(bySegment, segments, (own, segment) =>
      readSegment(own, segment).catch((error: unknown) => {
        stop.abort();
        throw error;
      }),
    );
  } finally {
    options.signal?.removeEventListener('abort', cancel);
  }

  const items = bySegment.flatMap((each) => each.items);
  const unreadable = items.filter(isUnreadable).length;
  // An item always has the keys of its table, so a Scan tells of other ones, though it is not asked by any.
  if (unreadable < items.length && bySegment.every(({ places }) => places.size === 0)) {
    const { release, component } = described.keys;
    throw new ReadFault(
      'keys-unsuitable',
      `No item of table ${described.table} has texts as ${JSON.stringify(release)} and ${JSON.stringify(component)}.`,
    );
  }
  return {
    items,
    unreadable,
    pages: progress.pages,
    segments,
    readUnits: progress.counted ? progress.readUnits : null,
    incomplete,
  };
}

/**
 * The items of a segment in the order of its pages. An item that was changed while it was read can come twice: the later
 * counts. All items of a key are in one segment. Done page by page: at the end it would stop the page for a while.
 */
function onePerKey(keys: KeyNames) {
  const items: Item[] = [];
  // Two levels, so that no separator can make two pairs of keys one, and no text is made for each item.
  const places = new Map<string, Map<string, number>>();
  const add = (page: readonly Item[]): void => {
    for (const item of page) {
      const release = item[keys.release];
      const component = item[keys.component];
      if (typeof release !== 'string' || typeof component !== 'string') {
        items.push(item);
        continue;
      }
      let ofRelease = places.get(release);
      if (ofRelease === undefined) {
        ofRelease = new Map();
        places.set(release, ofRelease);
      }
      const place = ofRelease.get(component);
      if (place === undefined) {
        ofRelease.set(component, items.length);
        items.push(item);
      } else items[place] = item;
    }
  };
  return { items, places, add };
}
