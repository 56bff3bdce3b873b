import { equalValues } from './equal-values.ts';
import { type FieldName, fieldOf, readFields } from './fields.ts';
import { readWorkloadName } from './fragment.ts';
import type { Item, KeyNames, PlainValue } from './item.ts';

/**
 * What the publisher adds to an item for itself: when and by which run it was written, by which write exactly, of what was
 * observed again when it was written first, and what it replaced. No part of what a fragment says.
 */
export const BOOKKEEPING_ATTRIBUTES = [
  'publishedAt',
  'publishedBy',
  'writeId',
  'firstPublishedAt',
  'replaced',
] as const;

/**
 * Told of a fragment and no part of what it is: which commits a checkout knew depends on how deep it was, so that the
 * same content published again may say others.
 */
const NO_CONTENT: FieldName = 'changes';

/** One fact that two items of the same key do not share. */
export interface ContentDifference {
  /** The documented field, or the attribute as stored. */
  readonly name: string;
  /** Null: not there. */
  readonly stored: PlainValue;
  readonly offered: PlainValue;
}

/**
 * What two items of the same key say differently. Attributes that mean one field are one fact, equal instants are
 * equal, lists of names have no order, and an empty attribute is none: an item put by another client says the same as
 * ours where a reader would read the same.
 */
export function contentDifferences(stored: Item, offered: Item, keys: KeyNames): ContentDifference[] {
  const [before, after] = [contentOf(stored, keys), contentOf(offered, keys)];
  return [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((name) => {
    const difference = { name, stored: before.get(name) ?? null, offered: after.get(name) ?? null };
    return equalValues(difference.stored, difference.offered) ? [] : [difference];
  });
}

/** The facts of an item by name, without keys and bookkeeping. */
function contentOf(item: Item, keys: KeyNames): Map<string, PlainValue> {
  const { fields, faults } = readFields(item);
  const content = new Map<string, PlainValue>();
  for (const [name, value] of Object.entries(fields)) {
    if (name === NO_CONTENT) continue;
    const isNames = Array.isArray(value) && value.every((one) => typeof one === 'string');
    content.set(name, isNames ? value.toSorted() : (value as PlainValue));
  }
  const faulty = new Set(faults.map(({ attribute }) => attribute));
  const leftOut = new Set<string>([keys.release, keys.component, ...BOOKKEEPING_ATTRIBUTES]);
  for (const [attribute, value] of Object.entries(item)) {
    const field = fieldOf(attribute);
    const isRead = field === NO_CONTENT || (field !== null && !faulty.has(attribute));
    if (isRead || leftOut.has(attribute) || value === null || value === '') continue;
    content.set(attribute, value);
  }
  // `k8s#prod-deployment/api` says prod; whoever says it once more in a field says nothing further.
  const [, name] = /^k8s#(.+)$/.exec(String(item[keys.component])) ?? [];
  const inKey = name === undefined ? null : (readWorkloadName(name)?.environment ?? null);
  if (inKey !== null && equalValues(content.get('environment'), [inKey])) {
    content.delete('environment');
  }
  return content;
}
