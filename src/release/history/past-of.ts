import { readTime } from '../item/fields.ts';
import type { Item, PlainValue } from '../item/item.ts';

/** What a key of the table held, as far as its item says so. */
export interface Past<T> {
  /** The latest first, each with the time at which it came, ISO 8601 in UTC. Of two one followed the other at once. */
  readonly contents: readonly { readonly content: T; readonly since: string }[];
  /** From then on it is known what the key held; `ALWAYS`: before the earliest of them it held nothing. */
  readonly knownFrom: string;
}

/** What an item says. */
interface Held {
  /** ISO 8601 in UTC; null: it does not say. */
  readonly publishedAt: string | null;
  readonly item: Item;
}

/** Before all times, as text, and after them. */
export const ALWAYS = '';
export const NEVER = '~';

/**
 * What a key held, and since when. Only who keeps what is replaced leaves a past behind, and marks its writes (`writeId`):
 * of what another client put, nobody knows what was there before. Of the contents that an item keeps the very first has its
 * mark: where it has none, earlier ones may have been dropped for want of room.
 *
 * @param read of what it replaced; null: it cannot be read
 */
export function pastOf<T extends Held>(now: T, read: (replaced: Item) => T | null): Past<T> {
  const { item } = now;
  const versions: readonly PlainValue[] = [item, ...(Array.isArray(item.replaced) ? item.replaced : [])];
  const contents: { content: T; since: string }[] = [];
  let knownFrom = NEVER;
  for (const [at, version] of versions.entries()) {
    if (!isItem(version)) break;
    const content = at === 0 ? now : read(version);
    const seen = content?.publishedAt ?? null;
    if (content === null || seen === null) break;
    const before = versions[at + 1];
    const written = writtenAt(version, seen);
    const isKept =
      typeof item.writeId === 'string' && written !== null && (before === undefined || endedAt(before) === written);
    const since = isKept ? written : seen;
    if (since >= knownFrom) break;
    contents.push({ content, since });
    knownFrom = since;
    if (!isKept) break;
    if (before === undefined && typeof version.writeId === 'string') knownFrom = ALWAYS;
  }
  return { contents, knownFrom };
}

/** What is observed again keeps when it was written first; null: nobody knows. */
function writtenAt({ firstPublishedAt }: Item, seen: string): string | null {
  if (firstPublishedAt === undefined) return seen;
  const first = timeOf(firstPublishedAt);
  return first !== null && first <= seen ? first : null;
}

function endedAt(replaced: PlainValue): string | null {
  return isItem(replaced) ? timeOf(replaced.replacedAt) : null;
}

function timeOf(value: PlainValue | undefined): string | null {
  return readTime(value ?? null) ?? null;
}

function isItem(value: PlainValue): value is Item {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
