import { expect, test } from 'vitest';
import { BOUNDS } from './bounds.ts';
import { judge, type Line, markdownTable } from './results.ts';

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

test('the tables of the document: what is waited for, what has a target, then why some are not reached', () => {
  const felt = (subject: string, measure: string, ms: number): Line => ({
    ...line([ms], null),
    subject,
    measure,
    under: 'felt',
  });
  const lines: Line[] = [
    felt('2,000', 'first rows', 212.4),
    felt('2,000', 'all', 480),
    felt('100,000', 'all', 1_840),
    line([0.5, 0.6, 0.7]),
    line([7], null),
    { ...line([BOUNDS['bundle-whole'].bound], null), id: 'bundle-whole' },
  ];
  const { target, bound, unreached } = BOUNDS['bundle-whole'];
  expect(markdownTable(judge(lines), 'Measured today.').split('\n')).toEqual([
    'Measured today.',
    '',
    '| fragments | first rows | all |',
    '| --- | ---: | ---: |',
    '| 2,000 | 212 ms | 480 ms |',
    '| 100,000 | – | 1.8 s |',
    '',
    '| goal | what | measured: median [least–most] | target | bound | |',
    '| --- | --- | --- | --- | --- | --- |',
    '| G1 | load: ratio | 0.60 [0.50–0.70] | ≤ 1 | ≤ 1 | reached |',
    `| G13 | load: ratio | ${bound} kB | ≤ ${target} | ≤ ${bound} | NOT REACHED |`,
    '',
    `- **G13 load, ratio**: ${unreached.reason} Next: ${unreached.next}`,
  ]);
});
