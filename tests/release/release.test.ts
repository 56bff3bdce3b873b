import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  compareKeys,
  type Release,
  readRelease,
  readReleaseKey,
  type StageWords,
  sortReleases,
} from '../../src/release/item/release.ts';

const WORDS: StageWords = new Map([
  ['qualification', 'beta'],
  ['p', 'stable'],
  ['next', 'rc'],
]);

/** `stable 1.4.0 of 1.4.0`; where it weighs as another stage: `other as alpha 1.4.0-next.1 of 1.4.0`. */
function told({ stage, weighsAs, version, line }: Release): string {
  return `${stage}${stage === weighsAs ? '' : ` as ${weighsAs}`} ${version} of ${line}`;
}

describe('a release key is read as', () => {
  test.each([
    ['v1.4.0', 'stable 1.4.0 of 1.4.0'],
    ['1.4.0', 'stable 1.4.0 of 1.4.0'],
    [' v1.4.0\n', 'stable 1.4.0 of 1.4.0'],
    ['v1.4', 'stable 1.4.0 of 1.4.0'],
    ['v1.4.0-alpha.1', 'alpha 1.4.0-alpha.1 of 1.4.0'],
    ['v1.4.0-beta.12', 'beta 1.4.0-beta.12 of 1.4.0'],
    ['v1.4.0-rc', 'rc 1.4.0-rc of 1.4.0'],
    // Spellings of one version.
    ['v1.4.0-rc.2', 'rc 1.4.0-rc.2 of 1.4.0'],
    ['v1.4.0-rc2', 'rc 1.4.0-rc.2 of 1.4.0'],
    ['v1.4.0-RC2', 'rc 1.4.0-rc.2 of 1.4.0'],
    ['1.4.0rc2', 'rc 1.4.0-rc.2 of 1.4.0'],
    ['v1.4.0-alpha3', 'alpha 1.4.0-alpha.3 of 1.4.0'],
    ['1.4.0a3', 'alpha 1.4.0-a.3 of 1.4.0'],
    ['1.4.0b3', 'beta 1.4.0-b.3 of 1.4.0'],
    ['1.4.0.CR1', 'rc 1.4.0-cr.1 of 1.4.0'],
    // Build metadata makes another version of the same line.
    ['v1.4.0+build.7', 'stable 1.4.0+build.7 of 1.4.0'],
    ['v1.4.0-rc.2+build.7', 'rc 1.4.0-rc.2+build.7 of 1.4.0'],
    // Another pre-release word weighs as an alpha.
    ['v1.4.0-next.0', 'other as alpha 1.4.0-next.0 of 1.4.0'],
    ['v1.4.0-M1', 'other as alpha 1.4.0-m.1 of 1.4.0'],
    ['v1.4.0-SNAPSHOT', 'other as alpha 1.4.0-snapshot of 1.4.0'],
    // What is not known to be a trial weighs as stable.
    ['v1.4.0-hotfix.1', 'other as stable 1.4.0-hotfix.1 of 1.4.0'],
    ['v1.4.0-p1', 'other as stable 1.4.0-p.1 of 1.4.0'],
    ['v1.4.0-20260428', 'other as stable 1.4.0-20260428 of 1.4.0'],
    ['v1.4.0-1', 'other as stable 1.4.0-1 of 1.4.0'],
    ['v1.4.0-b', 'other as stable 1.4.0-b of 1.4.0'],
    ['v1.4.0-qualification.1', 'other as stable 1.4.0-qualification.1 of 1.4.0'],
    // Calendar versions and four numbers.
    ['2024.1', 'stable 2024.1.0 of 2024.1.0'],
    ['26.06', 'stable 26.6.0 of 26.6.0'],
    ['2026.08.1', 'stable 2026.8.1 of 2026.8.1'],
    ['1.2.3.4', 'stable 1.2.3.4 of 1.2.3'],
    ['1.2.3.4-rc.1', 'rc 1.2.3.4-rc.1 of 1.2.3'],
    // A key without number order.
    ['main', 'other as alpha null of null'],
    ['nightly', 'other as alpha null of null'],
    ['jazzy-rc', 'other as alpha null of null'],
    ['Hoxton.SR12', 'other as stable null of null'],
    ['jazzy/2024-05-23', 'other as stable null of null'],
    ['=v1.4.0', 'other as stable null of null'],
    ['1.4.x', 'other as stable null of null'],
    ['', 'other as stable null of null'],
    ['1.4.'.padEnd(400, '0'), 'other as stable null of null'],
  ])('%j: %s', (tag, expected) => {
    const release = readRelease(tag);
    expect([release.tag, told(release)]).toEqual([tag, expected]);
  });

  test.each([
    ['v1.4.0-qualification.1', 'beta 1.4.0-qualification.1 of 1.4.0'],
    ['v1.4.0-Qualification1', 'beta 1.4.0-qualification.1 of 1.4.0'],
    ['v1.4.0-p1', 'stable 1.4.0-p.1 of 1.4.0'],
    // The policy's word goes before ours.
    ['v1.4.0-next.0', 'rc 1.4.0-next.0 of 1.4.0'],
    ['v1.4.0-hotfix.1', 'other as stable 1.4.0-hotfix.1 of 1.4.0'],
    ['v1.4.0', 'stable 1.4.0 of 1.4.0'],
    ['p', 'other as stable null of null'],
  ])('by the words of a policy, %j: %s', (tag, expected) => expect(told(readRelease(tag, WORDS))).toBe(expected));
});

test('releases stand newest first, by numbers, pre-releases and builds; keys without number order last', () => {
  const inOrder = [
    '2024.10',
    '2024.1',
    '26.12',
    '26.09',
    'v2.0.0-alpha.1',
    'v1.10.0',
    'v1.4.0.10',
    'v1.4.0.9',
    'v1.4.0+build.12',
    'v1.4.0+build.2',
    'v1.4.0+build.1',
    '1.4.0',
    'v1.4.0',
    'v1.4.0-rc10', // as SemVer has it, which puts rc10 before rc9
    'v1.4.0-rc.10',
    'v1.4.0-rc.2',
    'v1.4.0-rc.1',
    'v1.4.0-hotfix.1', // and every suffix before the release
    'v1.4.0-beta.1',
    'v1.4.0-alpha.11',
    'v1.4.0-alpha.2',
    'v1.4.0-RC.1',
    'v1.3.9',
    'Hoxton.SR12',
    'hotfix',
    'main',
  ];
  const shuffled = fc.shuffledSubarray(inOrder, { minLength: inOrder.length });
  fc.assert(
    fc.property(shuffled, (tags) => {
      expect(sortReleases(tags).map(({ tag }) => tag)).toEqual(inOrder);
    }),
  );
});

test('the order of keys is one: whatever they are, and however they are spelt', () => {
  const suffix = fc.constantFrom(
    '',
    '-rc.1',
    '-rc1',
    '-rc.2',
    '-RC1',
    'rc1',
    '-alpine',
    '-hotfix.1',
    '-1',
    '.dev1',
    '+5',
    '+build.12',
    '-rc.1+5',
  );
  const key = fc
    .tuple(
      fc.constantFrom('', 'v'),
      fc.array(fc.constantFrom('0', '1', '01', '2', '10'), { minLength: 2, maxLength: 4 }),
      suffix,
    )
    .map(([v, numbers, more]) => `${v}${numbers.join('.')}${more}`);
  const sign = (a: string, b: string) => {
    const [one, two] = [readReleaseKey(a), readReleaseKey(b)];
    return one === null || two === null ? null : Math.sign(compareKeys(one, two));
  };
  fc.assert(
    fc.property(key, key, key, (a, b, c) => {
      const [ab, bc, ac] = [sign(a, b), sign(b, c), sign(a, c)];
      if (ab === null || bc === null || ac === null) return;
      expect(sign(b, a)).toBe(-ab || 0);
      if (ab <= 0 && bc <= 0) expect(ac).toBe(ab === 0 && bc === 0 ? 0 : -1);
    }),
    { numRuns: 2000 },
  );
});
