import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ROOMS } from '../../scripts/rooms.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(resolve(ROOT, path), 'utf8');

test('what CONTRIBUTING names is there: each file, each folder, where the name of a new thing goes', () => {
  const named = [...read('CONTRIBUTING.md').matchAll(/`((?:src|tests|docs|schema|scripts)\/[^`\s]*)`/g)].map(
    ([, path = '']) => path,
  );
  expect(named.length).toBeGreaterThan(20);
  // Of a new thing, the folder it goes into.
  const folders = named.map((path) => path.replace(/\/[^/]*<\w+>.*$/, ''));
  expect(folders.filter((path) => !existsSync(resolve(ROOT, path)))).toEqual([]);
});

test('CONTRIBUTING names each folder of which the file of the action contains code', () => {
  const [, told = ''] = /file contains ([\s\S]*?)\. /.exec(read('CONTRIBUTING.md')) ?? [];
  const contained = Object.entries(ROOMS).flatMap(([room, { from }]) => (/^cli\b/.test(room) ? [room, ...from] : []));
  const folders = new Set(contained.map((room) => `src/${room.split('/')[0]}`));
  expect([...told.matchAll(/`(src\/\w+)`/g)].map(([, folder]) => folder).sort()).toEqual([...folders].sort());
});

test.each(['README.md', 'CONTRIBUTING.md', 'docs/README.md', 'docs/architecture.md', 'docs/performance.md'])(
  'every script that %s tells to run is there',
  (path) => {
    const { scripts } = JSON.parse(read('package.json'));
    const told = [...read(path).matchAll(/npm run ([\w:-]+)/g)].map(([, name = '']) => name);
    expect(told.filter((name) => !(name in scripts))).toEqual([]);
  },
);

test('the README is one that a visitor reads to its end', () => {
  expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(120);
});

test('every page is listed beside what it is good for', () => {
  const pages = readdirSync(resolve(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'README.md');
  expect(pages.filter((name) => !read('docs/README.md').includes(`](${name})`))).toEqual([]);
});

test('every package that is installed has a line that says what it is here for', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const told = [...read('docs/dependencies.md').matchAll(/`([@a-z][\w@/.*-]*)`/g)].map(([, name = '']) => name);
  const covers = (name: string) =>
    told.some((one) => (one.endsWith('*') ? name.startsWith(one.slice(0, -1)) : one === name));
  expect(Object.keys({ ...dependencies, ...devDependencies }).filter((name) => !covers(name))).toEqual([]);
});
