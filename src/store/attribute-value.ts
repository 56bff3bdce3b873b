import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item, PlainValue } from '../release/item/item.ts';
import { isRecord } from './wire-answer.ts';

/**
 * To DynamoDB's AttributeValues, the other way than `plain-item.ts`. Sets come back as the lists they are read as, and
 * numbers beyond JavaScript's as their text; everything else as it was.
 */
export function attributeValues(item: Item): Record<string, AttributeValue> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attributeValue(value)]));
}

function attributeValue(value: PlainValue): AttributeValue {
  if (value === null) return { NULL: true };
  switch (typeof value) {
    case 'string':
      return { S: value };
    case 'number':
      return { N: String(value) };
    case 'boolean':
      return { BOOL: value };
    case 'object':
      return isList(value) ? { L: value.map(attributeValue) } : mapOrBinary(value);
  }
}

function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}

function mapOrBinary(value: { readonly [name: string]: PlainValue }): AttributeValue {
  const { $binary: base64 } = value;
  if (typeof base64 === 'string' && Object.keys(value).length === 1) return { B: bytesOf(base64) };
  return { M: attributeValues(value) };
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
  if (!isRecord(M)) return null;
  const map = Object.entries(M).map(([name, member]) => [name, wireValue(member)] as const);
  return map.every((entry): entry is readonly [string, AttributeValue] => entry[1] !== null)
    ? { M: Object.fromEntries(map) }
    : null;
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((member) => typeof member === 'string');
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
