import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import config from '../tailwind.config.ts';

// Five sizes of text and none below 11 px: each is a variable of styles.css, named by a class or in a rule, and no other is used.

const DASHBOARD = resolve(import.meta.dirname, '../src/dashboard');
const FILES = readdirSync(DASHBOARD, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(?:css|tsx?)$/.test(path),
);
const NAMES = ['xs', 'sm', 'base', 'md', 'lg'];

/** Each place in the sources that matches, as `file: text`. */
function places(pattern: RegExp): readonly string[] {
  return FILES.flatMap((path) =>
    [...readFileSync(join(DASHBOARD, path), 'utf8').matchAll(pattern)].map(([text]) => `${path}: ${text}`),
  );
}

test('there are five, and the smallest has 11 px', () => {
  const styles = readFileSync(join(DASHBOARD, 'styles.css'), 'utf8');
  const sizes = [...styles.matchAll(/--size-(\w+): ([^;]+);/g)].map(([, name, value]) => [name, value]);
  expect(sizes).toEqual([
    ['xs', '11px'],
    ['sm', '12px'],
    ['base', '13px'],
    ['md', '14px'],
    ['lg', '16px'],
  ]);
  // In place of Tailwind's own, of which none is left to be used by mistake.
  expect(config.theme.fontSize).toEqual(Object.fromEntries(NAMES.map((name) => [name, `var(--size-${name})`])));
});

test('no class, rule or attribute names another', () => {
  expect(places(/\btext-\[[\d.]+\w*\]|\btext-(?:[2-9]?xl|\[length[^\]]*\])/g)).toEqual([]);
  expect(places(/font-size:(?! var\(--size-(?:xs|sm|base|md|lg)\);)[^;]*|\bfontSize\b|\bfont: [^;]*/g)).toEqual([]);
  expect(places(/<(?:small|sub|sup|big)\b/g)).toEqual([]);
});

test('what is drawn on a canvas has one of them', () => {
  const drawn = places(/context\.font = .*?([\d.]+)px/g).map((place) => / ?([\d.]+)px$/.exec(place)?.[1]);
  expect(drawn.length).toBeGreaterThan(0);
  expect(drawn.filter((size) => !['11', '12', '13', '14', '16'].includes(size ?? ''))).toEqual([]);
});
