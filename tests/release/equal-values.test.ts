import { expect, test } from 'vitest';
import { equalValues } from '../../src/release/item/equal-values.ts';
import type { PlainValue } from '../../src/release/item/item.ts';

const trap = JSON.parse('{"__proto__": {"a": 1}}') as PlainValue;

test.each<[PlainValue | undefined, PlainValue | undefined, boolean]>([
  ['a', 'a', true],
  ['1', 1, false],
  [null, null, true],
  [null, {}, false],
  [undefined, null, false],
  [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 2 }, false],
  [{ a: 1, b: 2 }, { a: 1 }, false],
  [[1, 2], [2, 1], false],
  [[1], [1, 2], false],
  [[], {}, false],
  [{ 0: 'a' }, ['a'], false],
  [{ a: { b: { c: ['x'] } } }, { a: { b: { c: ['x'] } } }, true],
  [{ a: { b: { c: ['x'] } } }, { a: { b: { c: ['y'] } } }, false],
  [{ constructor: 'a' }, { constructor: 'a' }, true],
  [{ constructor: 'a' }, {}, false],
  [{ toString: 'a' }, { valueOf: 'a' }, false],
  [trap, {}, false],
  [trap, JSON.parse('{"__proto__": {"a": 1}}') as PlainValue, true],
])('%j and %j are equal: %j', (a, b, equal) => {
  expect(equalValues(a, b)).toBe(equal);
});
