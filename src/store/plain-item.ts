import { MAX_ITEM_LEVELS } from '../limits/limits.ts';
import { type Item, isUnreadable, type PlainValue, type Unreadable } from '../release/item/item.ts';
import { isRecord } from './wire-answer.ts';

/**
 * From the AttributeValues of a DynamoDB answer, as `JSON.parse` yields them, to the plain form of an item.
 *
 * The SDK's own two steps (deserializer, then `unmarshall`) are not used for items, because one odd value costs the
 * whole page there (`null` in a list, bad base64, `"N": "9007199254740993.5"`, an unknown type), because some odd
 * values pass as something else (`"BOOL": "false"` becomes true, two types in one value: the first wins), and because
 * an attribute called `__proto__` becomes the prototype. Here nothing throws, and what cannot be read is said in place.
 */

/** UTF-16 units of the raw JSON that a marker of an unreadable value or item quotes. */
const QUOTE_LIMIT = 200;

/** DynamoDB's decimal grammar: no hexadecimal, no blanks, no NaN or Infinity, no digit separators. */
const DECIMAL = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,6})?$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * Reads one item.
 *
 * @param raw an element of the answer's `Items`, straight from `JSON.parse`
 * @returns the item; attributes that cannot be read are markers in their place. Where the whole is no map of
 *   attributes, the marker stands for the item. Never throws.
 */
export function plainItem(raw: unknown): Item {
  if (!isRecord(raw)) return unreadable('item is not a map of attributes', raw);
  const item: Record<string, PlainValue> = {};
  for (const name of Object.keys(raw)) own(item, name, plainValue(raw[name]));
  return item;
}

/**
 * Reads one AttributeValue.
 *
 * @param raw `{ "S": "…" }`, `{ "M": { … } }`, …, straight from `JSON.parse`
 * @param depth how many lists and maps surround it
 * @returns the plain value, or a marker. Never throws.
 */
export function plainValue(raw: unknown, depth = 1): PlainValue {
  if (!isRecord(raw)) return unreadable('not an attribute value', raw);
  const types = Object.keys(raw);
  const [type] = types;
  if (type === undefined) return unreadable('no type', raw);
  if (types.length > 1) return unreadable('more than one type', raw);
  const value = raw[type];
  switch (type) {
    case 'S':
      return typeof value === 'string' ? value : unreadable('S is not a string', raw);
    case 'N':
      return typeof value === 'string' ? exactNumber(value) : unreadable('N is not a string', raw);
    case 'BOOL':
      return typeof value === 'boolean' ? value : unreadable('BOOL is not true or false', raw);
    case 'NULL':
      return value === true ? null : unreadable('NULL is not true', raw);
    case 'B':
      return binary(value);
    case 'SS':
    case 'NS':
    case 'BS':
      return Array.isArray(value) ? sortedSet(type, value) : unreadable(`${type} is not a list`, raw);
    case 'L':
      if (!Array.isArray(value)) return unreadable('L is not a list', raw);
      if (depth >= MAX_ITEM_LEVELS && value.length > 0) return { $deeper: true };
      return value.map((member) => plainValue(member, depth + 1));
    case 'M': {
      if (!isRecord(value)) return unreadable('M is not a map', raw);
      const names = Object.keys(value);
      if (depth >= MAX_ITEM_LEVELS && names.length > 0) return { $deeper: true };
      const map: Record<string, PlainValue> = {};
      for (const name of names) own(map, name, plainValue(value[name], depth + 1));
      return map;
    }
    default:
      return unreadable('unknown type', raw);
  }
}

/**
 * A DynamoDB number: up to 38 digits, more than a JavaScript number holds. Fit for the SDK's `wrapNumbers`.
 *
 * @param text the decimal text of an `N`
 * @returns the number where it denotes the very same decimal, else the text as it came; whole numbers beyond
 *   ±(2^53 - 1) are always text. A marker for what is no decimal. Never throws.
 */
export function exactNumber(text: string): number | string | Unreadable {
  if (!DECIMAL.test(text)) return unreadable('N is not a decimal number', { N: text });
  const number = Number(text);
  // Minus zero would not survive JSON, and two readings of it would not be equal.
  if (number === 0) return significantDigits(text) === '' ? 0 : text;
  if (Math.abs(number) > Number.MAX_SAFE_INTEGER) return text;
  // A double is never ten times what it was made from, so that the digits tell.
  return significantDigits(text) === significantDigits(String(number)) ? number : text;
}

/** The digits of a decimal text from the first to the last that is not zero. */
function significantDigits(text: string): string {
  return text.replace(/e.*|[+.-]/gi, '').replace(/^0+|0+$/g, '');
}

function binary(value: unknown): PlainValue {
  if (typeof value !== 'string' || !BASE64.test(value)) return unreadable('B is not base64', { B: value });
  return { $binary: value };
}

/** Sets have no order on the wire: sorted, two readings of one set are deeply equal. Unreadable members come last. */
function sortedSet(type: 'SS' | 'NS' | 'BS', members: readonly unknown[]): PlainValue {
  const texts: string[] = [];
  const odd: PlainValue[] = [];
  for (const member of members) {
    if (typeof member === 'string') texts.push(member);
    else odd.push(unreadable(`${type} holds something else than a string`, member));
  }
  texts.sort();
  // Equal numbers, and what is none, stay in that order.
  if (type === 'NS') texts.sort((a, b) => Number(a) - Number(b));
  const read: PlainValue[] = texts.map((text) => {
    if (type === 'SS') return text;
    return type === 'NS' ? exactNumber(text) : binary(text);
  });
  return [...read.filter((value) => !isUnreadable(value)), ...read.filter(isUnreadable), ...odd];
}

/** Sets an own property, `__proto__` included, which plain assignment would take for the prototype. */
function own(target: Record<string, PlainValue>, name: string, value: PlainValue): void {
  if (name === '__proto__') {
    Object.defineProperty(target, name, { value, enumerable: true, configurable: true, writable: true });
  } else {
    target[name] = value;
  }
}

function unreadable(reason: string, raw: unknown): Unreadable {
  return { $unreadable: `${reason}: ${quote(raw)}` };
}

function quote(raw: unknown): string {
  let json: string;
  try {
    json = JSON.stringify(raw) ?? String(raw);
  } catch {
    // Only nesting of many thousand levels overflows the stack here.
    return '(nested too deeply to quote)';
  }
  return json.length > QUOTE_LIMIT ? `${json.slice(0, QUOTE_LIMIT)}…` : json;
}
