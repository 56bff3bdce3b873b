import type { Item, PlainValue } from '../release/item/item.ts';

const encoder = new TextEncoder();

/**
 * The size of an item as DynamoDB counts it: names and texts in UTF-8, numbers up to 21 bytes (here always 21), lists
 * and maps 3 and one for each member.
 * Source: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: Item): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + attributeBytes(name, value), 0);
}

/** The attribute that takes most of an item's size. */
export function biggestAttribute(item: Item): { readonly name: string; readonly bytes: number } {
  const sizes = Object.entries(item).map(([name, value]) => ({ name, bytes: attributeBytes(name, value) }));
  return sizes.reduce((biggest, one) => (one.bytes > biggest.bytes ? one : biggest), { name: '', bytes: 0 });
}

function attributeBytes(name: string, value: PlainValue): number {
  return encoder.encode(name).length + valueBytes(value);
}

function valueBytes(value: PlainValue): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'string') return encoder.encode(value).length;
  if (typeof value === 'number') return 21;
  return Object.entries(value).reduce(
    (sum, [name, member]) => sum + 1 + valueBytes(member) + (Array.isArray(value) ? 0 : encoder.encode(name).length),
    3,
  );
}
