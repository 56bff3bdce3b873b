import { expect, test } from 'vitest';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const flagged = (severity: 'warning' | 'info' | 'error', semver: boolean): Said<'invalid-version'>[] => [
  [severity, null, null, { semver }],
];

test.each<[release: string, expected: Said<'invalid-version'>[], asked?: Asked]>([
  ['v1.4.0', []],
  ['1.4.0', []],
  ['v1.4.0+build.5', []],
  ['v1.4.0-alpha.1', []],
  ['v1.4.0-beta.12', []],
  ['v1.4.0-rc.0', []],
  ['v1.4.0-rc.1+build.5', []],
  ['v1.4.0-rc10', flagged('info', true)],
  ['v1.4.0-rc', flagged('info', true)],
  ['v1.4.0-rc.x', flagged('info', true)],
  ['v1.4.0-rc.1.2', flagged('info', true)],
  ['v1.4.0-RC.1', flagged('info', true)],
  ['v1.4.0-next.1', flagged('info', true)],
  ['v1.4.0-0', flagged('info', true)],
  ['main', flagged('warning', false)],
  ['v1.4', flagged('warning', false)],
  ['v1.4.0.1', flagged('warning', false)],
  ['v01.4.0', flagged('warning', false)],
  ['v1.4.0-rc.01', flagged('warning', false)],
  ['=v1.4.0', flagged('warning', false)],
  // Evaluated as stable a word of its own weighs nothing, no SemVer weighs as ever.
  ['v1.4.0-next.1', [], { as: 'stable' }],
  ['main', flagged('warning', false), { as: 'stable' }],
  ['main', flagged('error', false), { policy: { severities: { 'invalid-version': 'error' } } }],
  ['main', [], { policy: { severities: { 'invalid-version': { other: 'off' } } } }],
])('%s', (release, expected, asked) => {
  expect(said('invalid-version', [item(release, 'backend#api')], { release, ...asked })).toEqual(expected);
});
