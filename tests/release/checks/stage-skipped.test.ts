import { expect, test } from 'vitest';
import { item } from '../items.ts';
import { type Said, said } from './said.ts';

const skipped = (...seen: string[]): Said<'stage-skipped'>[] => [['warning', null, null, { seen }]];

test.each<[name: string, releases: string[], expected: Said<'stage-skipped'>[], release?: string]>([
  ['a beta and no candidate', ['v1.4.0', 'v1.4.0-beta.1'], skipped('v1.4.0-beta.1')],
  ['an alpha and no candidate', ['v1.4.0', 'v1.4.0-alpha.1'], skipped('v1.4.0-alpha.1')],
  [
    'all that were seen, newest first',
    ['v1.4.0', 'v1.4.0-alpha.1', 'v1.4.0-beta.10', 'v1.4.0-beta.9'],
    skipped('v1.4.0-beta.10', 'v1.4.0-beta.9', 'v1.4.0-alpha.1'),
  ],
  ['a candidate', ['v1.4.0', 'v1.4.0-beta.1', 'v1.4.0-rc.1'], []],
  ['a candidate alone', ['v1.4.0', 'v1.4.0-rc.1'], []],
  ['no pre-release at all', ['v1.4.0', 'v1.3.0'], []],
  ['a word of its own is no stage', ['v1.4.0', 'v1.4.0-next.1'], []],
  ['rc10 is a candidate', ['v1.4.0', 'v1.4.0-beta.1', 'v1.4.0-rc10'], []],
  ['RC1 is one', ['v1.4.0', 'v1.4.0-beta.1', 'v1.4.0-RC1'], []],
  ['CR1 is one', ['1.4.0.Final', '1.4.0', '1.4.0.Beta1', '1.4.0.CR1'], [], '1.4.0'],
  ['beta2 is a beta', ['v1.4.0', 'v1.4.0-beta2'], skipped('v1.4.0-beta2')],
  ['a build of the line', ['v1.4.0+build.5', 'v1.4.0-beta.1'], skipped('v1.4.0-beta.1'), 'v1.4.0+build.5'],
  ['what is no stable skips nothing', ['v1.4.0-hotfix.1', 'v1.4.0-beta.1'], [], 'v1.4.0-hotfix.1'],
  ['another line', ['v1.4.0', 'v1.4.1-beta.1', 'v1.5.0-rc.1'], []],
  ['a candidate skips nothing', ['v1.4.0-rc.1', 'v1.4.0-beta.1'], [], 'v1.4.0-rc.1'],
  ['a beta skips nothing', ['v1.4.0-beta.1', 'v1.4.0-alpha.1'], [], 'v1.4.0-beta.1'],
])('%s', (_, releases, expected, release = 'v1.4.0') => {
  const items = releases.map((tag) => item(tag, 'backend#api'));
  expect(said('stage-skipped', items, { release })).toEqual(expected);
});
