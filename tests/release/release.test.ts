import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readRelease, sortReleases } from '../../src/release/release.ts';

describe('a release key is read as', () => {
  test.each([
    ['v1.4.0', { version: '1.4.0', stage: 'stable', line: '1.4.0' }],
    ['1.4.0', { version: '1.4.0', stage: 'stable', line: '1.4.0' }],
    ['v1.4.0-alpha.1', { version: '1.4.0-alpha.1', stage: 'alpha', line: '1.4.0' }],
    ['v1.4.0-beta.12', { version: '1.4.0-beta.12', stage: 'beta', line: '1.4.0' }],
    ['v1.4.0-rc', { version: '1.4.0-rc', stage: 'rc', line: '1.4.0' }],
    ['v1.4.0-rc.2+build.7', { version: '1.4.0-rc.2+build.7', stage: 'rc', line: '1.4.0' }],
    ['v1.4.0+build.7', { version: '1.4.0+build.7', stage: 'stable', line: '1.4.0' }],
    ['v1.4.0-rc10', { version: '1.4.0-rc10', stage: 'other', line: '1.4.0' }],
    ['v1.4.0-RC.1', { version: '1.4.0-RC.1', stage: 'other', line: '1.4.0' }],
    ['v1.4.0-next.0', { version: '1.4.0-next.0', stage: 'other', line: '1.4.0' }],
    ['v1.4', { version: null, stage: 'other', line: null }],
    ['2026.04.02', { version: null, stage: 'other', line: null }],
    ['main', { version: null, stage: 'other', line: null }],
    ['=v1.4.0', { version: null, stage: 'other', line: null }],
    [' 1.4.0', { version: null, stage: 'other', line: null }],
    ['', { version: null, stage: 'other', line: null }],
    ['1.4.'.padEnd(400, '0'), { version: null, stage: 'other', line: null }],
  ])('%s', (tag, expected) => {
    expect(readRelease(tag)).toEqual({ tag, ...expected });
  });
});

test('releases stand newest first, pre-releases by number, keys that are no SemVer last', () => {
  const inOrder = [
    'v2.0.0-alpha.1',
    'v1.10.0',
    'v1.4.0+build.2',
    'v1.4.0+build.1',
    '1.4.0',
    'v1.4.0',
    'v1.4.0-rc10',
    'v1.4.0-rc.10',
    'v1.4.0-rc.2',
    'v1.4.0-rc.1',
    'v1.4.0-beta.1',
    'v1.4.0-alpha.11',
    'v1.4.0-alpha.2',
    'v1.3.9',
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
