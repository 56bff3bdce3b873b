import { expect, test } from 'vitest';
import { semverOfPep440 } from '../../src/release/item/pep440.ts';

test.each([
  ['1.2.0', '1.2.0'],
  ['1.2', '1.2.0'],
  ['1', '1.0.0'],
  ['1.2.0.0', '1.2.0'],
  ['2026.04.02', '2026.4.2'],
  ['1.2.0a1', '1.2.0-alpha.1'],
  ['1.2.0b12', '1.2.0-beta.12'],
  ['1.2.0rc1', '1.2.0-rc.1'],
  ['1.2.0RC1', '1.2.0-rc.1'],
  ['1.2.0-rc.1', '1.2.0-rc.1'],
  ['v1.2.0c3', '1.2.0-rc.3'],
  ['1.2.0pre4', '1.2.0-rc.4'],
  ['1.0a', '1.0.0-alpha.0'],
  ['1.2.0.dev7', '1.2.0-dev.7'],
  ['1.2.0.post2', '1.2.0+post.2'],
  ['1.2.0-2', '1.2.0+post.2'],
  ['1.2.0rc1.post3', '1.2.0-rc.1+post.3'],
  ['1.2.0+ubuntu-1', '1.2.0+ubuntu.1'],
  ['1.2.0rc010', '1.2.0-rc.10'],
])('%s is %s', (python, semver) => {
  expect(semverOfPep440(python)).toEqual({ version: semver });
});

test.each([
  ['main', 'is not a PEP 440 version'],
  ['', 'is not a PEP 440 version'],
  ['1!2.0', 'has an epoch'],
  ['1.2.3.4', 'has more than three numbers'],
  ['1.2.0rc1.dev3', 'is a development version of a pre- or post-release'],
])('%j has no SemVer: %s', (python, words) => {
  expect(semverOfPep440(python)).toEqual({ fault: expect.stringContaining(words) });
});
