import fc from 'fast-check';
import { expect, test } from 'vitest';
import { apart } from '../../src/release/text/apart.ts';

const objects = Array.from({ length: 40 }, (_, id) => ({ id }));
const LISTS = fc.shuffledSubarray(objects);

test('says what is in one list and not in the other, whatever the order', () => {
  fc.assert(
    fc.property(LISTS, LISTS, (before, after) => {
      const { gone = [], come = [] } = apart(before, after, 1_000) ?? {};
      expect(new Set(gone)).toEqual(new Set(before.filter((each) => !after.includes(each))));
      expect(new Set(come)).toEqual(new Set(after.filter((each) => !before.includes(each))));
    }),
  );
});

test.each([
  ['nothing', [1, 2, 3], [1, 2, 3], [], []],
  ['one replaced', [1, 2, 3], [1, 9, 3], [2], [9]],
  ['a stretch put in', [1, 2, 3], [1, 7, 8, 9, 2, 3], [], [7, 8, 9]],
  ['a stretch taken out', [1, 7, 8, 9, 2, 3], [1, 2, 3], [7, 8, 9], []],
  ['put in at the end', [1], [1, 2], [], [2]],
  ['moved', [1, 2, 3], [3, 1, 2], [], []],
])('%s', (_, before, after, gone, come) => {
  expect(apart(before, after, 10)).toEqual({ gone, come });
});

test('gives up where there is more than was asked for', () => {
  expect(apart([1, 2, 3, 4], [5, 6, 7, 8], 4)).toBeNull();
  expect(apart([], [1, 2, 3], 2)).toBeNull();
});
