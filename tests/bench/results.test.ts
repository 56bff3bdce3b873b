import { expect, test } from 'vitest';
import { BOUNDS } from './bounds.ts';
import { judge, type Line } from './results.ts';

const line = (ours: readonly number[], target: Line['target'] = { atMost: 1, goal: 'G1' }): Line => ({
  subject: 'load',
  measure: 'ratio',
  ours,
  target,
});

test.each([
  ['at its target', line([1, 1, 1]), 'reached'],
  ['by the median alone', line([0.5, 0.9, 40]), 'reached'],
  ['over a target that is its bound too', line([1.01, 1.01, 0]), 'over'],
  ['of which nothing is asked', line([7], null), null],
  ['that could not be measured', line([Number.NaN]), 'over'],
  ['not measured once', line([]), 'over'],
  ['beneath its bound', { ...line([BOUNDS['main-100k'].bound], null), id: 'main-100k' }, 'missed'],
  ['over its bound', { ...line([BOUNDS['main-100k'].bound * 1.01], null), id: 'main-100k' }, 'over'],
] as const satisfies readonly (readonly [string, Line, unknown])[])('a line %s', (_, one, result) => {
  expect(judge([one]).map((judged) => judged.result)).toEqual([result]);
});
