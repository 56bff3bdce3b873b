import { expect, it } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { releaseName } from '../../../src/views/words/release-words.ts';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';

const BELOW = ['v1.2.0', 'v1.3.0'].flatMap((release) => [
  item(release, 'backend#api'),
  item(release, 'backend#orders'),
  item(release, 'frontend#shell'),
]);
const waiver = (expires: string) => ({
  waivers: [
    { code: 'missing-component', release: 'v1.4.0', component: 'backend#api', reason: 'later', by: 'ops', expires },
  ],
});

it.each<[string, readonly Item[], unknown, string]>([
  ['v1.3.0', BELOW, undefined, 'v1.3.0, stable, pass, 3 of 3 components'],
  ['v1.2.0', BELOW, undefined, 'v1.2.0, stable, unknown: nothing says what belongs to it'],
  [
    'v1.4.0',
    [...BELOW, item('v1.4.0', 'frontend#shell', { date: '2030-01-01T00:00:00Z' })],
    undefined,
    'v1.4.0, stable, fail, 1 of 3 components, 2 errors, 1 warning',
  ],
  [
    'v1.4.0',
    [...BELOW, item('v1.4.0', 'frontend#shell')],
    waiver('2026-12-31'),
    'v1.4.0, stable, fail, 1 of 3 components, 1 error, 1 waived',
  ],
  [
    'v1.4.0',
    [...BELOW, item('v1.4.0', 'frontend#shell'), item('v1.4.0', 'backend#orders')],
    waiver('2026-11-24'),
    'v1.4.0, stable, pass, 2 of 3 components, 1 waived, 1 waiver ends within a week',
  ],
  [
    'v1.4.0-alpha.1',
    [...BELOW, item('v1.4.0-alpha.1', 'frontend#shell')],
    undefined,
    'v1.4.0-alpha.1, alpha, pass, 1 of 3 components, 2 notes',
  ],
  [
    'v1.4.0',
    [...BELOW, item('v1.4.0', 'frontend#shell', { publishedAt: '2026-11-22T11:50:00Z' })],
    undefined,
    'v1.4.0, stable, unknown: 2 of 3 still arriving, 1 of 3 components, 2 notes',
  ],
  [
    'v1.3.1',
    [...BELOW, item('v1.3.1', 'frontend#shell')],
    undefined,
    'v1.3.1, stable, unknown: it holds 1 of 3, and nothing says whether that is intended, 1 warning',
  ],
  [
    'nightly',
    [...BELOW, item('nightly', 'backend#api')],
    undefined,
    'nightly, other, unknown: nothing says what belongs to it, 1 warning',
  ],
])('%s is announced as what it is', (tag, items, document, name) => {
  const row = reportOf(items, policyOf(document)).rows.find(({ release }) => release.tag === tag);
  expect(row && releaseName(row)).toBe(name);
});
