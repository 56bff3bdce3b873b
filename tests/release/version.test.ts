import { describe, expect, test } from 'vitest';
import {
  compareVersions,
  endsAsPreRelease,
  type Maturity,
  maturityOf,
  readVersion,
  type Scheme,
  sameVersion,
  saysOtherVersion,
  spelling,
  type Version,
} from '../../src/release/item/version.ts';

// The rules of docs/findings.md, "Versions", clause by clause.

/** `release 1.4.0`, `pre-release 1.4.0-rc.1`, `build 1.4.0-alpine`; what it is, and its one spelling. */
function told(text: string, scheme?: Scheme): string {
  const version = readVersion(text, scheme);
  return version === null ? 'not comparable' : `${version.kind} ${spelling(version)}`;
}

describe('reading', () => {
  test.each([
    // One to four numbers; those that are not written are 0.
    ['1', 'release 1.0.0'],
    ['1.4', 'release 1.4.0'],
    ['1.4.0', 'release 1.4.0'],
    ['1.4.0.7', 'release 1.4.0.7'],
    ['1.4.0.0', 'release 1.4.0'],
    ['1.4.0.7.1', 'not comparable'],
    ['0', 'release 0.0.0'],
    // A leading v, and white space around it.
    ['v1.4.0', 'release 1.4.0'],
    ['V1.4.0', 'release 1.4.0'],
    [' v1.4.0\n', 'release 1.4.0'],
    ['v 1.4.0', 'not comparable'],
    ['vv1.4.0', 'not comparable'],
    ['=1.4.0', 'not comparable'],
    // Numbers are numbers: leading zeros, any size.
    ['01.04.00', 'release 1.4.0'],
    ['2026.08.1', 'release 2026.8.1'],
    ['1.0.20261120120000121', 'release 1.0.20261120120000121'],
    // A single number is a version up to six digits only: beyond, it is a date or a commit.
    ['123456', 'release 123456.0.0'],
    ['1234567', 'not comparable'],
    ['20260428', 'not comparable'],
    ['1234567-alpine', 'not comparable'],
    // A suffix begins with - _ ~, with a dot and a letter, or with a letter.
    ['1.4.0-alpine', 'build 1.4.0-alpine'],
    ['1.4.0_alpine', 'build 1.4.0-alpine'],
    ['1.4.0~alpine', 'build 1.4.0-alpine'],
    ['1.4.0.alpine', 'build 1.4.0-alpine'],
    ['1.4.0alpine', 'build 1.4.0-alpine'],
    ['1.4-alpine', 'build 1.4.0-alpine'],
    ['1.4.0.7-alpine', 'build 1.4.0.7-alpine'],
    ['1.4.0-', 'not comparable'],
    ['1.4.0.', 'not comparable'],
    ['1.4.0/alpine', 'not comparable'],
    ['1.4.0 alpine', 'not comparable'],
    // Behind a single number it begins with - alone, or 12rc would be a version.
    ['12-alpine', 'build 12.0.0-alpine'],
    ['12-rc1', 'pre-release 12.0.0-rc.1'],
    ['12rc1', 'not comparable'],
    ['12.rc1', 'not comparable'],
    ['12_rc1', 'not comparable'],
    ['12~rc1', 'not comparable'],
    // Build metadata, behind any suffix.
    ['1.4.0+build.5', 'release 1.4.0+build.5'],
    ['1.4+5', 'release 1.4.0+5'],
    ['1.4.0-rc.1+5', 'pre-release 1.4.0-rc.1+5'],
    ['1.4.0-alpine+5', 'build 1.4.0-alpine+5'],
    ['1.4.0+', 'not comparable'],
    ['1.4.0+a+b', 'not comparable'],
    // Ranges hold many versions.
    ['^2.6.0', 'not comparable'],
    ['~1', 'not comparable'],
    ['~1.4.0', 'not comparable'],
    ['*', 'not comparable'],
    ['1.25.x', 'not comparable'],
    ['v1.8.x-head', 'not comparable'],
    ['1.x', 'not comparable'],
    ['1.*', 'not comparable'],
    ['>=1.4 <2', 'not comparable'],
    ['1.4 || 2.0', 'not comparable'],
    ['1.4.0 - 1.5.0', 'not comparable'],
    // Whatever else.
    ['', 'not comparable'],
    ['v', 'not comparable'],
    ['main', 'not comparable'],
    ['latest', 'not comparable'],
    ['Hoxton.SR12', 'not comparable'],
    ['jazzy/2024-05-23', 'not comparable'],
    ['9f3c2ab', 'not comparable'],
    ['1,4', 'not comparable'],
    ['-1.4.0', 'not comparable'],
    ['1.4.0\n1.5.0', 'not comparable'],
    ['١.٤.٠', 'not comparable'],
    [`1.4.0-${'a'.repeat(300)}`, 'not comparable'],
    [`1.4.${'0'.repeat(300)}`, 'not comparable'],
  ])('%j is %s', (text, expected) => expect(told(text)).toBe(expected));
});

const WORDS = [
  'alpha',
  'beta',
  'rc',
  'cr',
  'm',
  'milestone',
  'pre',
  'preview',
  'next',
  'dev',
  'nightly',
  'canary',
  'snapshot',
  'ea',
  'edge',
  'insiders',
  'experimental',
  'unstable',
];

describe('the first word of a suffix', () => {
  test.each(WORDS)('%s is of a pre-release, however it is written', (word) => {
    const upper = word.toUpperCase();
    const forms = [
      `-${word}`,
      `-${word}1`,
      `-${word}.1`,
      `.${word}1`,
      `${word}1`,
      `~${word}1`,
      `-${upper}.1`,
      `-1.${upper}1`,
    ];
    expect(forms.filter((form) => readVersion(`1.4.0${form}`)?.kind !== 'pre-release')).toEqual([]);
    expect(forms.map((form) => readVersion(`1.4.0${form}`)?.word)).toEqual(forms.map(() => word));
  });

  test.each([
    // Where a number follows.
    ['1.4.0a1', 'pre-release 1.4.0-a.1'],
    ['1.4.0b2', 'pre-release 1.4.0-b.2'],
    ['1.4.0c3', 'pre-release 1.4.0-c.3'],
    ['1.4.0-b.2', 'pre-release 1.4.0-b.2'],
    ['1.4.0-b-2', 'pre-release 1.4.0-b.2'],
    ['1.4.0-b', 'build 1.4.0-b'],
    ['1.4.0-c', 'build 1.4.0-c'],
    ['1.4.0-a.x', 'build 1.4.0-a.x'],
    // Only the first word counts.
    ['1.4.0-rc.1-alpine', 'pre-release 1.4.0-rc.1.alpine'],
    ['1.4.0-alpine-rc.1', 'build 1.4.0-alpine.rc.1'],
    // With or without a dot.
    ['1.4.0-rc1', 'pre-release 1.4.0-rc.1'],
    ['1.4.0-RC.1', 'pre-release 1.4.0-rc.1'],
    ['1.4.0rc1', 'pre-release 1.4.0-rc.1'],
    ['1.4.0.dev20260101', 'pre-release 1.4.0-dev.20260101'],
    ['1.4.0-1.M1', 'pre-release 1.4.0-1.m.1'],
    // Every other word says that the version was packed once more.
    ['1.4.0-build20260511', 'build 1.4.0-build.20260511'],
    ['1.4.0-20260428', 'build 1.4.0-20260428'],
    ['1.4.0-debian-12-r9', 'build 1.4.0-debian.12.r.9'],
    ['1.4.0-1', 'build 1.4.0-1'],
    ['1.4.0-hotfix.1', 'build 1.4.0-hotfix.1'],
    ['1.4.0-p1', 'build 1.4.0-p.1'],
    ['1.4.0.post1', 'build 1.4.0-post.1'],
    ['1.4.0-prerequisite', 'build 1.4.0-prerequisite'],
    ['1.4.0-esm.2', 'build 1.4.0-esm.2'],
    // A commit, of seven or more hexadecimal digits with a digit among them, is no word.
    ['1.4.0-b2c4d5e', 'build 1.4.0-b.2.c.4.d.5.e'],
    ['1.4.0-ea12345', 'build 1.4.0-ea.12345'],
    ['1.4.0-ea1234', 'pre-release 1.4.0-ea.1234'],
    ['1.4.0-b2c4d5e-rc.1', 'pre-release 1.4.0-b.2.c.4.d.5.e.rc.1'],
    ['1.4.0-defaced', 'build 1.4.0-defaced'],
    // A commit that nobody tagged, as Go writes it.
    ['v0.126.1-0.20260428120000-4f2a9c1b7d3e', 'pre-release 0.126.1-0.20260428120000.4.f.2.a.9.c.1.b.7.d.3.e'],
    ['v0.0.0-20260428120000-4f2a9c1b7d3e', 'pre-release 0.0.0-20260428120000.4.f.2.a.9.c.1.b.7.d.3.e'],
    ['v0.0.0-2026042812-4f2a9c1b7d3e', 'build 0.0.0-2026042812.4.f.2.a.9.c.1.b.7.d.3.e'],
  ])('%j is %s', (text, expected) => expect(told(text)).toBe(expected));
});

test.each([
  ['1.4.0', 'release 1.4.0'],
  ['v1.4.0', 'release 1.4.0'],
  ['1.4.0+5', 'release 1.4.0+5'],
  ['1.4.0-alpine', 'pre-release 1.4.0-alpine'],
  ['1.4.0-20260428', 'pre-release 1.4.0-20260428'],
  ['1.4.0-rc1', 'pre-release 1.4.0-rc1'],
  ['1.4.0-esm.2', 'pre-release 1.4.0-esm.2'],
  ['1.4', 'not comparable'],
  ['01.4.0', 'not comparable'],
  ['1.4.0-rc.01', 'not comparable'],
  ['1.4.0b1', 'not comparable'],
  ['1.4.0.7', 'not comparable'],
])('npm keeps strict SemVer, where every suffix is a pre-release: %j is %s', (text, expected) => {
  expect(told(text, 'semver')).toBe(expected);
});

describe('maturity', () => {
  test.each<[text: string, expected: Maturity | null]>([
    ['1.4.0', 'stable'],
    ['1.4.0+beta.1', 'stable'],
    ['1.4.0-alpine', 'stable'],
    ['1.4.0-20260428', 'stable'],
    ['1.4.0-hotfix.1', 'stable'],
    ['1.4.0-alpha.1', 'alpha'],
    ['1.4.0a1', 'alpha'],
    ['1.4.0-beta.1', 'beta'],
    ['1.4.0b1', 'beta'],
    ['1.4.0-rc.1', 'rc'],
    ['1.4.0-RC1', 'rc'],
    ['1.4.0c1', 'rc'],
    ['1.4.0.CR1', 'rc'],
    ...WORDS.filter((word) => !['alpha', 'beta', 'rc', 'cr'].includes(word)).map((word): [string, Maturity] => [
      `1.4.0-${word}.1`,
      'alpha',
    ]),
    ['v0.126.1-0.20260428120000-4f2a9c1b7d3e', 'alpha'],
    // Nothing is said.
    ['Hoxton.SR12', null],
    ['9f3c2ab', null],
    ['', null],
  ])('of %j is %s', (text, expected) => expect(maturityOf(text, 'any', false)).toBe(expected));

  test.each([
    'latest',
    'main',
    'master',
    'trunk',
    'head',
    'edge',
    'nightly',
    'dev',
    'develop',
    'canary',
    'snapshot',
    'current',
  ])('%s moves, as the whole text or as its last word; not where a digest pins it', (word) => {
    const forms = [
      word,
      ` ${word.toUpperCase()} `,
      `2.0.0-${word}`,
      `v1.8.x-${word}`,
      `feature/${word}`,
      `1.4.0.${word}`,
    ];
    expect(forms.filter((form) => maturityOf(form, 'any', false) !== 'moving')).toEqual([]);
    expect(forms.filter((form) => maturityOf(form, 'any', true) === 'moving')).toEqual([]);
    const others = [`${word}-alpine`, `x${word}`, `${word}s`, `${word}1`];
    expect(others.filter((form) => maturityOf(form, 'any', false) === 'moving')).toEqual([]);
  });

  test.each(['1.25.x', '^2.6.0', '~1', '*', '>=1.4 <2', '1.4 || 2', '1.4.0 - 1.5.0', '1.*', 'v1.8.x-head'])(
    'the range %s moves, and says nothing where a digest pins it',
    (text) => {
      expect([maturityOf(text, 'any', false), maturityOf(text, 'any', true)]).toEqual(['moving', null]);
    },
  );

  test('of npm: a build suffix is a pre-release, of none that is known an alpha', () => {
    expect([maturityOf('1.4.0-esm.2', 'semver', false), maturityOf('1.4.0-rc.2', 'semver', false)]).toEqual([
      'alpha',
      'rc',
    ]);
  });
});

const read = (text: string, scheme?: Scheme): Version => {
  const version = readVersion(text, scheme);
  if (version === null) throw new Error(`${text} is not comparable`);
  return version;
};
const order = (a: string, b: string, scheme?: Scheme) => {
  const sign = Math.sign(compareVersions(read(a, scheme), read(b, scheme)));
  expect(Math.sign(compareVersions(read(b, scheme), read(a, scheme)))).toBe(-sign || 0);
  return sign < 0 ? '<' : sign > 0 ? '>' : '=';
};

describe('which is lower', () => {
  test.each([
    // Numbers first.
    ['1.9.0', '<', '1.10.0'],
    ['1.918', '>', '1.915'],
    ['1.4.0', '<', '1.4.0.1'],
    ['1.2.3.9', '<', '1.2.3.10'],
    ['1.4', '=', 'v01.4.0'],
    ['2.0.0-alpha.1', '>', '1.9.0'],
    ['1.0.20261120120000121', '>', '1.0.20261120120000120'],
    ['1.0.20261120120000121', '>', '1.0.9'],
    // Then a pre-release is lower than none.
    ['1.4.0-rc.1', '<', '1.4.0'],
    ['1.4.0b1', '<', '1.4.0'],
    ['1.4.0-rc.1', '<', '1.4.0-alpine'],
    ['1.4.0-rc.1', '<', '1.4.0-20200101'],
    // Two pre-releases by their parts.
    ['1.4.0-rc.9', '<', '1.4.0-rc.10'],
    ['1.4.0-rc9', '<', '1.4.0-rc.10'],
    ['1.4.0-rc1', '=', '1.4.0-RC.1'],
    ['1.4.0-alpha.2', '<', '1.4.0-beta.1'],
    ['1.4.0-beta', '<', '1.4.0-rc'],
    ['1.4.0-rc', '<', '1.4.0-rc.1'],
    ['1.4.0-1.M1', '<', '1.4.0-M1'],
    ['1.4.0-alpha.1', '<', '1.4.0-alpha.beta'],
    ['1.4.0-alpha.20261120120000121', '>', '1.4.0-alpha.20261120120000120'],
    // A build and none are equal, and so are builds of other shapes.
    ['1.4.0-alpine', '=', '1.4.0'],
    ['1.4.0-20260428', '=', '1.4.0'],
    ['1.4.0-alpine', '=', '1.4.0-slim'],
    ['1.4.0-alpine', '=', '1.4.0-20260428'],
    ['1.4.0-debian-12', '=', '1.4.0-debian-12-r9'],
    // Builds of one shape by their numbers.
    ['1.4.0-debian-12-r9', '<', '1.4.0-debian-12-r10'],
    ['1.4.0-debian-11-r10', '<', '1.4.0-debian-12-r9'],
    ['1.4.0-20260428', '<', '1.4.0-20260511'],
    ['1.4.0-build20260428', '<', '1.4.0-BUILD.20260511'],
    ['1.4.0-1', '<', '1.4.0-2'],
    // Commits have no order.
    ['1.4.0-20260428-b2c4d5e', '=', '1.4.0-20260511-b2c4d5e'],
    ['1.4.0-1a2b3c4', '=', '1.4.0-2a2b3c4'],
    ['1.4.0-1234567', '<', '1.4.0-1234568'],
    // Build metadata has no precedence.
    ['1.4.0+1', '=', '1.4.0+2'],
    ['1.4.0+1', '=', '1.4.0'],
  ])('%s %s %s', (a, sign, b) => expect(order(a, b)).toBe(sign));

  test.each([
    ['1.4.0-alpine', '<', '1.4.0'],
    ['1.4.0-alpine', '<', '1.4.0-slim'],
    ['1.4.0-rc.9', '<', '1.4.0-rc.10'],
    ['1.4.0-rc9', '>', '1.4.0-rc10'],
    ['1.4.0-RC.1', '<', '1.4.0-alpha.1'],
    ['1.4.0+1', '=', '1.4.0+2'],
  ])('of npm: %s %s %s', (a, sign, b) => expect(order(a, b, 'semver')).toBe(sign));
});

test.each([
  ['v1.4.0', '1.4.0', true],
  ['1.4', '1.4.0', true],
  ['01.4.0', '1.4.0', true],
  [' 1.4.0\n', '1.4.0', true],
  ['1.4.0-rc1', '1.4.0-RC.1', true],
  ['1.4.0+build.5', 'v1.4.0+build.05', true],
  ['1.4.0', '1.4.1', false],
  ['1.4.0', '1.4.0-rc.1', false],
  ['1.4.0', '1.4.0-alpine', false],
  ['1.4.0', '1.4.0+build.5', false],
  ['main', 'main ', true],
  ['main', 'Main', false],
  ['main', '1.4.0', false],
  ['^1.4.0', '1.4.0', false],
])('%j and %j spell one version: %s', (a, b, expected) => {
  expect([sameVersion(a, b), sameVersion(b, a)]).toEqual([expected, expected]);
});

const COMMIT = '9f3c2ab4d5e6f708192a3b4c5d6e7f8091a2b3c4';

describe('whether a tag says another version', () => {
  test.each<[tag: string, own: string, expected: boolean, commit?: string]>([
    ['1.4.0', '1.4.0', false],
    ['v1.4.0', '1.4.0', false],
    ['1.4.0', 'v1.4.0', false],
    ['1.4', '1.4.0', false],
    ['1.3.0', '1.4.0', true],
    ['1.4.1', '1.4.0', true],
    // Equal numbers where neither is a pre-release.
    ['1.4.0-alpine', '1.4.0', false],
    ['1.4.0-20260428', '1.4.0-20260511', false],
    ['1.4.0', '1.4.0+sha.5', false],
    ['1.4.0_6', '1.4.0+5', false],
    ['1.4.0-rc.1', '1.4.0', true],
    ['1.4.0', '1.4.0-rc.1', true],
    ['1.4.0-alpine', '1.4.0-rc.1', true],
    // A pre-release with more behind a -.
    ['1.4.0-rc.1', '1.4.0-rc.1', false],
    ['1.4.0-rc1', '1.4.0-rc.1', false],
    ['1.4.0-rc.1-alpine', '1.4.0-rc.1', false],
    ['v1.4.0-rc.1-debian-12-r9', '1.4.0-rc.1', false],
    ['1.4.0-rc.10', '1.4.0-rc.1', true],
    ['1.4.0-rc.1.2', '1.4.0-rc.1', true],
    ['1.4.0-rc.2-alpine', '1.4.0-rc.1', true],
    ['1.4.0-rc.1', '1.4.0-rc.1-alpine', true],
    // A tag cannot hold the + of a version.
    ['1.4.0-rc.1_5', '1.4.0-rc.1+5', false],
    ['1.4.0-rc.1-5', '1.4.0-rc.1+5', false],
    // The component's own commit, of seven digits or more: alone, behind a usual head, or behind the version.
    ['9f3c2ab', '1.4.0', false, COMMIT],
    [COMMIT, '1.4.0', false, COMMIT],
    ['sha-9f3c2ab', '1.4.0', false, COMMIT],
    ['git-9f3c2ab', '1.4.0', false, COMMIT],
    ['g9f3c2ab', '1.4.0', false, COMMIT],
    ['commit-9F3C2AB', '1.4.0', false, COMMIT],
    ['1.4.0-9f3c2ab', '1.4.0', false, COMMIT],
    ['1.4.0-rc.1-9f3c2ab', '1.4.0-rc.1', false, COMMIT],
    ['1.3.0-9f3c2ab', '1.4.0', true, COMMIT],
    ['1234567', '1.4.0', false, '1234567abc'],
    ['123456', '1.4.0', true, '1234567abc'],
    // What is not a version says nothing, and what moves is immature.
    ['b2c4d5e', '1.4.0', false, COMMIT],
    ['Hoxton.SR12', '1.4.0', false],
    ['latest', '1.4.0', false],
    ['1.3.0-SNAPSHOT', '1.4.0', false],
    ['1.3.x', '1.4.0', false],
    ['1.3.0', 'Hoxton.SR12', false],
    ['Hoxton.SR12', 'Hoxton.SR12', false],
  ])('%s of %s: %s', (tag, own, expected, commit) => expect(saysOtherVersion(tag, own, commit)).toBe(expected));
});

test.each([
  ['nightly', true],
  ['jazzy-nightly', true],
  ['main', true],
  ['release/rc', true],
  ['Hoxton.RC1', true],
  ['Hoxton.M2', true],
  ['Hoxton.b2', true],
  ['Hoxton.SR12', false],
  ['Hoxton.b', false],
  ['jazzy/2024-05-23', false],
  ['Dommain', false],
  ['nightly-jazzy', false],
  ['', false],
])('a key without number order ends as a pre-release: %j %s', (key, expected) => {
  expect(endsAsPreRelease(key)).toBe(expected);
});
