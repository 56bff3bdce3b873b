import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { checkSections } from '../../src/devserver/guard/check-sections.ts';
import { onlyChecksOfFindings } from '../../src/devserver/only-checks.ts';
import { FINDING_CODES } from '../../src/release/finding/severity.ts';

const TEXT = readFileSync(new URL('../../docs/findings.md', import.meta.url), 'utf8');
const headings = (text: string) => [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);

test('of docs/findings.md a build holds the section of each check, whole, and nothing else', () => {
  const checks = checkSections(TEXT);
  expect(TEXT.endsWith(checks)).toBe(true);
  expect(headings(checks).toSorted()).toEqual([...FINDING_CODES].toSorted());
});

test('there is no build without them', () => {
  expect(() => checkSections('# Findings\n\n## The verdict\n')).toThrow('docs/findings.md has no section of a check.');
});

test('a build takes them in the place of the page, and every other module as it is', () => {
  const { load, ...plugin } = onlyChecksOfFindings();
  expect(plugin).toEqual({ name: 'only-checks-of-findings', apply: 'build', enforce: 'pre' });
  if (typeof load !== 'function') throw new Error('The plugin loads modules.');
  const page = fileURLToPath(new URL('../../docs/findings.md', import.meta.url));
  const loaded = (id: string) => Reflect.apply(load, undefined, [id]);
  expect(loaded(`${page}?raw`)).toBe(`export default ${JSON.stringify(checkSections(TEXT))};`);
  expect([loaded(page), loaded(`${page}?raw.js`), loaded('/docs/findings.md?raw/other.ts')]).toEqual([
    null,
    null,
    null,
  ]);
});
