import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { checkSections } from '../../src/devserver/guard/check-sections.ts';
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
