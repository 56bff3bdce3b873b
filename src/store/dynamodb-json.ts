import { type Item, isUnreadable, type PlainValue } from '../release/item/item.ts';

/** A value as DynamoDB writes it: `{ "S": "…" }`. */
export type AttributeValue = Readonly<Record<string, unknown>>;

/** What the plain form of an item does not tell, so that writing it back would change it. */
export type WireLoss = 'sets' | 'numbers' | 'unreadable';

export interface DynamoDbJson {
  /** As `aws dynamodb put-item --item` takes it. */
  readonly item: Readonly<Record<string, AttributeValue>>;
  /** Where it may differ from what the table holds. Empty: it is the same. */
  readonly losses: readonly WireLoss[];
}

/** Text that may have been a number JavaScript cannot hold. */
const LONG_DECIMAL = /^-?(?:\d{16,}|\d+\.\d+|\d+(?:\.\d+)?e[+-]?\d+)$/i;

/**
 * The way back from the plain form of an item to DynamoDB's. Sets come back as lists, numbers beyond JavaScript's as text,
 * and what could not be read as the marker that stands for it; each is said in `losses`.
 */
export function dynamoDbJson(item: Item): DynamoDbJson {
  const losses = new Set<WireLoss>();
  return { item: mapOf(item, losses), losses: [...losses].sort() };
}

/** `fromEntries` makes own properties, of `__proto__` too. */
function mapOf(map: Readonly<Record<string, PlainValue>>, losses: Set<WireLoss>): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, attributeValue(value, losses)]));
}

function attributeValue(value: PlainValue, losses: Set<WireLoss>): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === 'boolean') return { BOOL: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'string') {
    if (LONG_DECIMAL.test(value) && String(Number(value)) !== value) losses.add('numbers');
    return { S: value };
  }
  if (isList(value)) {
    if (maybeSet(value)) losses.add('sets');
    return { L: value.map((member) => attributeValue(member, losses)) };
  }
  const keys = Object.keys(value);
  if (keys.length === 1 && typeof value.$binary === 'string') return { B: value.$binary };
  if (isUnreadable(value) || (keys.length === 1 && value.$deeper === true)) losses.add('unreadable');
  return { M: mapOf(value, losses) };
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** Sets are not empty and hold one kind of scalar. */
function maybeSet(list: readonly PlainValue[]): boolean {
  const [first] = list;
  if (first === undefined || first === null || typeof first === 'boolean' || isList(first)) return false;
  return list.every((member) => typeof member === typeof first);
}
