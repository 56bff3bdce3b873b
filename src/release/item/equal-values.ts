import type { PlainValue } from './item.ts';

/**
 * Whether two plain values are deeply equal. The order of a map's attributes does not count: DynamoDB promises none.
 * Much cheaper than a comparison of two readings as a whole, which would build a copy of either.
 */
export function equalValues(a: PlainValue | undefined, b: PlainValue | undefined): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (isList(a) || isList(b)) {
    if (!isList(a) || !isList(b) || a.length !== b.length) return false;
    return a.every((value, index) => equalValues(value, b[index]));
  }
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => Object.hasOwn(b, name) && equalValues(a[name], b[name]));
}

/** Whether two values of plain data are deeply equal. Of what is the same object nothing is compared. */
export function isEqual(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) return false;
    for (let at = 0; at < a.length; at++) if (a[at] !== b[at] && !isEqual(a[at], b[at])) return false;
    return true;
  }
  const [names, others] = [Object.keys(a), Object.keys(b)];
  return (
    names.length === others.length &&
    names.every((name) => isEqual((a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]))
  );
}

/** `Array.isArray` does not narrow a readonly array. */
function isList(value: PlainValue): value is readonly PlainValue[] {
  return Array.isArray(value);
}
