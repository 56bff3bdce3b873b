import type { Item, KeyNames, PlainValue } from '../release/item/item.ts';

/** Longest text of an attribute that is kept whole, characters: enough for every image, digest and hash. */
const WHOLE_TEXT = 256;
/** How much is kept of a longer one, for a look at what it was. */
const BEGINNING = 80;

/**
 * An item as the history keeps it: what is long (a changelog, many links) is told by its beginning, its length and a
 * digest, so that it still can be told from another. Two items that are equal become equal ones.
 */
export function compactItem(item: Item, keys: KeyNames): Item {
  const compact: [string, PlainValue][] = Object.entries(item).map(([name, value]) => [
    name,
    name === keys.release || name === keys.component ? value : compactValue(value),
  ]);
  return Object.fromEntries(compact);
}

function compactValue(value: PlainValue): PlainValue {
  const text = typeof value === 'string' ? value : typeof value === 'object' ? writeOut(value) : '';
  if (text.length <= WHOLE_TEXT) return value;
  return `${text.slice(0, BEGINNING)}… (${text.length.toLocaleString('en')} characters, ${textDigest(text)})`;
}

/** As JSON with the attributes of maps in order, since DynamoDB promises none. */
function writeOut(value: PlainValue): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** Two 32-bit FNV-1a sums with different beginnings: tells texts apart that differ by chance, not by malice. */
export function textDigest(text: string): string {
  let [a, b] = [0x811c9dc5, 0x5f356495];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x01000193) ^ (b >>> 15);
  }
  return [a, b].map((sum) => (sum >>> 0).toString(16).padStart(8, '0')).join('');
}
