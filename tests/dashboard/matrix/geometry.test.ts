import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  COMPONENT_HEAD_PX,
  HEAD_COLUMN_PX,
  leanOf,
  offsetOfWhole,
  offsetToCentre,
  offsetToShow,
  RELEASE_HEAD_PX,
  ROOMY_HEAD_PX,
  SIZES,
  sizesInCss,
  slantOf,
} from '../../../src/dashboard/matrix/geometry.ts';

/** A viewport of 500 whose first 100 lie under the heads. */
const SEEN = { offset: 1_000, viewport: 500, covered: 100 };

it.each<[string, number, number, number]>([
  ['amid its neighbours', 1_200, 1_000, 1_000],
  ['at the far edge', 1_460, 1_000, 1_180],
  ['beyond the far edge', 2_000, 1_540, 1_720],
  ['at the heads', 1_100, 1_000, 820],
  ['before the heads', 900, 800, 620],
  ['at the very beginning', 100, 0, 0],
])('shows a place that is %s by the least movement, or in the middle', (_, start, least, amid) => {
  expect([offsetToShow(start, start + 40, SEEN), offsetToCentre(start, start + 40, SEEN)]).toEqual([least, amid]);
});

it('does not put a place under the heads where there is no room for a middle', () => {
  expect(offsetToCentre(1_000, 1_040, { offset: 0, viewport: 120, covered: 100 })).toBe(900);
});

it.each([
  ['already whole', 50, 50],
  ['cut by ten pixels', 60, 100],
  ['cut nearly whole', 99, 100],
  ['the last, which nothing comes after', 160, 160],
])('scrolled sideways, leaves no column cut by the heads: %s', (_, offset, whole) => {
  expect(offsetOfWhole(offset, [100, 150, 200, 250], 100)).toBe(whole);
});

it('has no size of the grid written in the CSS again', () => {
  const folder = resolve(import.meta.dirname, '../../../src/dashboard/matrix');
  const files = readdirSync(folder).filter((name) => name.endsWith('.css') && name !== 'overview.css');
  const css = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  const heads = [COMPONENT_HEAD_PX, RELEASE_HEAD_PX, ROOMY_HEAD_PX];
  const sizes = [
    SIZES.text.row,
    SIZES.text.row - 1,
    HEAD_COLUMN_PX,
    ...heads,
    ...heads.flatMap((px) => [slantOf(px), leanOf(px)]),
  ];
  expect(sizes.filter((px) => css.includes(` ${px}px`))).toEqual([]);
  const set = Object.keys(sizesInCss('text')).flatMap((name) => css.match(new RegExp(`${name}:.*`)) ?? []);
  // The legend's samples stand outside the grid, and have a height of their own.
  expect(set).toEqual(['--inner: 24px;']);
});
