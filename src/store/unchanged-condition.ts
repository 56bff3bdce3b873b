import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { FIELD_SHAPES } from '../release/item/fields.ts';
import { BOOKKEEPING_ATTRIBUTES } from '../release/item/fragment-content.ts';
import type { KeyNames } from '../release/item/item.ts';
import { wireValue } from './attribute-value.ts';
import { isRecord } from './wire-answer.ts';

/** A condition of a PutItem, to be spread into it. */
export interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues?: Record<string, AttributeValue>;
}

/** DynamoDB takes expressions of 4 KB with 300 operators; what does not fit is left to `writeId`. */
const MAX_TERMS = 90;
const MAX_CHARACTERS = 3_800;

/** Nothing is stored under the key. */
export function notThere(keys: KeyNames): Condition {
  return { ConditionExpression: 'attribute_not_exists(#k)', ExpressionAttributeNames: { '#k': keys.release } };
}

/**
 * The item is still the one that was read. `writeId` alone says so for whatever this program wrote, as every write has
 * another; for items of other clients, and for single attributes that those change, the values are compared: texts,
 * numbers and sets by equality, lists and maps member by member (one emulator finds no two maps equal), and the
 * documented fields that were absent are absent still.
 *
 * @param raw the item as it came over the wire
 */
export function unchangedSince(raw: Readonly<Record<string, unknown>>, keys: KeyNames): Condition {
  const terms: string[] = [];
  const names = new Map<string, string>();
  const values: Record<string, AttributeValue> = {};
  let characters = 0;

  const nameOf = (attribute: string): string => {
    const known = names.get(attribute) ?? `#n${names.size}`;
    names.set(attribute, known);
    return known;
  };
  const placed = (value: AttributeValue): string => {
    const name = `:v${Object.keys(values).length}`;
    values[name] = value;
    return name;
  };
  /** Adds a term where there is room; the value must not be kept for a term that is not: DynamoDB refuses unused ones. */
  const add = (term: () => string): void => {
    if (terms.length >= MAX_TERMS || characters > MAX_CHARACTERS) return;
    const text = term();
    terms.push(text);
    characters += text.length + 5;
  };
  const compare = (path: () => string, value: unknown): void => {
    const members = isRecord(value) ? (value.L ?? value.M) : undefined;
    if (Array.isArray(members) || isRecord(members)) {
      const entries = Object.entries(members);
      add(() => `size(${path()}) = ${placed({ N: String(entries.length) })}`);
      for (const [name, member] of entries) {
        compare(() => (Array.isArray(members) ? `${path()}[${name}]` : `${path()}.${nameOf(name)}`), member);
      }
      return;
    }
    const same = wireValue(value);
    if (same !== null) add(() => `${path()} = ${placed(same)}`);
  };

  add(() => `attribute_exists(${nameOf(keys.release)})`);
  const first = ['writeId', ...BOOKKEEPING_ATTRIBUTES.filter((name) => name !== 'writeId' && name !== 'replaced')];
  const last = new Set<string>([...first, keys.release, keys.component, 'replaced']);
  for (const name of [...first, ...Object.keys(raw).filter((attribute) => !last.has(attribute))]) {
    if (Object.hasOwn(raw, name)) compare(() => nameOf(name), raw[name]);
    else add(() => `attribute_not_exists(${nameOf(name)})`);
  }
  for (const field of Object.keys(FIELD_SHAPES)) {
    if (!Object.hasOwn(raw, field)) add(() => `attribute_not_exists(${nameOf(field)})`);
  }
  return {
    ConditionExpression: terms.join(' AND '),
    ExpressionAttributeNames: Object.fromEntries([...names].map(([attribute, name]) => [name, attribute])),
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}
