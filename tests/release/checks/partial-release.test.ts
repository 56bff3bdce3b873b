import { expect, test } from 'vitest';
import type { Severity } from '../../../src/release/finding/finding.ts';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type Asked, rowOf, type Said, said } from './said.ts';

/** `v1.4.0: a b` → a backend fragment per name; a name with # is a key of its own. */
const has = (...lines: string[]): Item[] =>
  lines.flatMap((line) => {
    const [release = '', names = ''] = line.split(': ');
    return names.split(' ').map((name) => item(release, name.includes('#') ? name : `backend#${name}`));
  });
const partial = (
  held: number,
  expected: number,
  absent: string,
  severity: Severity = 'warning',
  releases: string[] = ['v1.4.0'],
): Said<'partial-release'> => [
  severity,
  null,
  null,
  { held, expected, absent: absent.split(' ').map((name) => `backend#${name}`), releases },
];
const WHOLE = 'v1.4.0: a b c d';
const PATCH: Asked = { release: 'v1.4.1' };

test.each<[name: string, items: Item[], expected: Said<'partial-release'>[], asked?: Asked]>([
  ['a patch of one of four', has(WHOLE, 'v1.4.1: a'), [partial(1, 4, 'b c d')]],
  ['a patch of two of four', has(WHOLE, 'v1.4.1: a b'), [partial(2, 4, 'c d')]],
  ['a patch of three of four lacks one', has(WHOLE, 'v1.4.1: a b c'), []],
  ['a whole patch', has(WHOLE, 'v1.4.1: a b c d'), []],
  ['a patch of something new', has(WHOLE, 'v1.4.1: x'), [partial(0, 4, 'a b c d')]],
  ['a look-alike counts as held', has('v1.4.0: a-a b c d', 'v1.4.1: a_a b c'), []],
  ['a patch without a roster', has('v1.4.1: a'), []],
  // What is a patch.
  ['no patch', has('v1.3.0: a b c d', 'v1.4.0: a'), [], { release: 'v1.4.0' }],
  ['a build of a release', has(WHOLE, 'v1.4.0+build.5: a'), [partial(1, 4, 'b c d')], { release: 'v1.4.0+build.5' }],
  ['the first build of a line', has('v1.3.0: a b c d', 'v1.4.0+build.5: a'), [], { release: 'v1.4.0+build.5' }],
  [
    'a fourth number',
    has('1.4.0: a b c d', '1.4.0.1: a'),
    [partial(1, 4, 'b c d', 'warning', ['1.4.0'])],
    { release: '1.4.0.1' },
  ],
  [
    'a calendar version of three numbers',
    has('2026.8.0: a b c d', '2026.8.1: a'),
    [partial(1, 4, 'b c d', 'warning', ['2026.8.0'])],
    { release: '2026.8.1' },
  ],
  ['a candidate of a patch', has(WHOLE, 'v1.4.1-rc.1: a'), [partial(1, 4, 'b c d')], { release: 'v1.4.1-rc.1' }],
  [
    'a hotfix of another word',
    has(WHOLE, 'v1.4.1-hotfix.1: a'),
    [partial(1, 4, 'b c d')],
    { release: 'v1.4.1-hotfix.1' },
  ],
  [
    'a beta of a patch informs',
    has(WHOLE, 'v1.4.1-beta.1: a'),
    [partial(1, 4, 'b c d', 'info')],
    { release: 'v1.4.1-beta.1' },
  ],
  [
    'an alpha of a patch informs',
    has(WHOLE, 'v1.4.1-alpha.1: a'),
    [partial(1, 4, 'b c d', 'info')],
    { release: 'v1.4.1-alpha.1' },
  ],
  // Partial ones before teach nothing.
  [
    'a patch after patches of a part',
    has('v1.3.0: a b c d', WHOLE, 'v1.4.1: a', 'v1.4.2: b', 'v1.4.3: c'),
    [partial(1, 4, 'a b d', 'warning', ['v1.4.0', 'v1.3.0'])],
    { release: 'v1.4.3' },
  ],
  // What its candidates have belongs to it.
  ['a component of its candidate', has(WHOLE, 'v1.4.1-rc.1: a b c d e', 'v1.4.1: a'), [partial(1, 5, 'b c d e')]],
  // The policy says what is meant.
  ['a roster of the policy', has(WHOLE, 'v1.4.1: a'), [], { policy: { roster: [{ component: '*' }] } }],
  ['patches that carry over', has(WHOLE, 'v1.4.1: a'), [], { policy: { patchReleases: 'carried' } }],
  ['patches that are whole', has(WHOLE, 'v1.4.1: a'), [partial(1, 4, 'b c d')], { policy: { patchReleases: 'whole' } }],
  [
    'patches that carry over, of what no release before has: each is missing',
    has('v1.4.0: a', 'v1.4.1-rc.1: a b c d', 'v1.4.1: a'),
    [],
    { policy: { patchReleases: 'carried' } },
  ],
  // Not within the grace period.
  ['that has just begun', [...has(WHOLE), item('v1.4.1', 'backend#a', { publishedAt: '2026-11-20T11:59:00Z' })], []],
  // What is not asked for yet does not count.
  ['of types that are not asked for yet', has('v1.4.0: a k8s#x k8s#y k8s#z', 'v1.4.1: a'), [], { notYet: ['k8s'] }],
])('%s', (_, items, expected, asked) =>
  expect(said('partial-release', items, { ...PATCH, ...asked })).toEqual(expected),
);

test('it is told once, in the place of one finding for each that is absent, and leaves the verdict open', () => {
  const { findings, verdict, cells } = rowOf(has(WHOLE, 'v1.4.1: a'), PATCH);
  expect(findings.map(({ code }) => code)).toEqual(['partial-release']);
  expect([verdict.result, verdict.unknown]).toEqual(['unknown', ['partial']]);
  expect(cells.map((cell) => cell?.text)).toEqual(['1.4.1', 'left out', 'left out', 'left out']);
});
