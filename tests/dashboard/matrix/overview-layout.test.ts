import { expect, test } from 'vitest';
import type { Head } from '../../../src/dashboard/grid/heads.ts';
import { overviewLayout, stretchAt } from '../../../src/dashboard/matrix/overview-layout.ts';

/** As many heads in so many groups; the layout looks at nothing else of them. */
function heads(count: number, groups = 1): Head[] {
  const of = Array.from({ length: groups }, (_, at) => ({ id: `${at}` }));
  return Array.from({ length: count }, (_, at) => ({ group: of[Math.floor((at * groups) / count)] })) as Head[];
}

const SCREEN = { width: 1440, height: 824 };
const NONE_GONE: boolean[] = [];

test.each([
  ['the demo', 43, 65, { rowsNamed: true, columnsNamed: true }],
  ['Backstage', 554, 331, { rowsNamed: false, columnsNamed: false }],
  ['one of each', 1, 1, { rowsNamed: true, columnsNamed: true }],
])('%s is on one screen as a whole', (_, rows, columns, named) => {
  const { xs, ys, ...rest } = overviewLayout(heads(rows), heads(columns, Math.min(columns, 5)), NONE_GONE, SCREEN);
  expect(rest).toMatchObject(named);
  expect(xs).toHaveLength(columns + 1);
  expect(ys).toHaveLength(rows + 1);
  expect(xs.at(-1)).toBeLessThanOrEqual(SCREEN.width);
  expect(ys.at(-1)).toBeLessThanOrEqual(SCREEN.height);
});

test('no column is too narrow to point at, and no row less than a pixel: what is more is scrolled to', () => {
  const { xs, ys } = overviewLayout(heads(2000), heads(600), NONE_GONE, SCREEN);
  expect((xs[1] ?? 0) - (xs[0] ?? 0)).toBe(4);
  expect((ys[1] ?? 0) - (ys[0] ?? 0)).toBe(1);
});

test('where not all fit, the columns of what is gone fold, and no others', () => {
  const gone = Array.from({ length: 600 }, (_, at) => at >= 300);
  const { xs } = overviewLayout(heads(40), heads(600), gone, SCREEN);
  const widthAt = (column: number) => (xs[column + 1] ?? 0) - (xs[column] ?? 0);
  expect([widthAt(0), widthAt(299), widthAt(300), widthAt(599)]).toEqual([4, 4, 1, 1]);
  expect(overviewLayout(heads(40), heads(300), gone.slice(0, 300), SCREEN).xs.at(-1)).toBeLessThanOrEqual(SCREEN.width);
});

test('groups stand apart, and a cell ends before the gap', () => {
  const { xs, ends } = overviewLayout(heads(2), heads(4, 2), NONE_GONE, SCREEN);
  expect(xs.slice(0, 4).map((x, at) => [x - (xs[0] ?? 0), (ends[at] ?? 0) - x])).toEqual([
    [0, 14],
    [14, 14],
    [32, 14],
    [46, 14],
  ]);
});

test.each([
  [9, -1],
  [10, 0],
  [19.9, 0],
  [20, 1],
  [39, 2],
  [40, -1],
])('the stretch at %d is %d', (at, index) => {
  expect(stretchAt([10, 20, 30, 40], at)).toBe(index);
});
