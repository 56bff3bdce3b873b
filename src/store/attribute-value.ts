import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item } from '../release/item/item.ts';
import { dynamoDbJson } from './dynamodb-json.ts';
import { isRecord } from './wire-answer.ts';

/** An item as the SDK takes it, the other way than `plain-item.ts`. What its plain form does not tell is lost. */
export function attributeValues(item: Item): Record<string, AttributeValue> {
  return wireMap(dynamoDbJson(item).item) ?? {};
}

/**
 * An AttributeValue as it stands in an answer's JSON, as the SDK wants it in a request: there binary is bytes.
 *
 * @param raw one value of an item, straight from `JSON.parse`
 * @returns null for what is no AttributeValue
 */
export function wireValue(raw: unknown): AttributeValue | null {
  if (!isRecord(raw)) return null;
  const { S, N, BOOL, NULL, B, SS, NS, L, M } = raw;
  if (typeof S === 'string') return { S };
  if (typeof N === 'string') return { N };
  if (typeof BOOL === 'boolean') return { BOOL };
  if (NULL === true) return { NULL };
  if (typeof B === 'string') return { B: bytesOf(B) };
  if (isTexts(SS)) return { SS };
  if (isTexts(NS)) return { NS };
  if (Array.isArray(L)) {
    const list = L.map(wireValue);
    return list.every((member) => member !== null) ? { L: list } : null;
  }
  const map = isRecord(M) ? wireMap(M) : null;
  return map === null ? null : { M: map };
}

function wireMap(raw: Readonly<Record<string, unknown>>): Record<string, AttributeValue> | null {
  const map = Object.entries(raw).map(([name, member]) => [name, wireValue(member)] as const);
  return map.every((entry): entry is readonly [string, AttributeValue] => entry[1] !== null)
    ? Object.fromEntries(map)
    : null;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
