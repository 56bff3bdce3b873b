import { expect, test } from 'vitest';
import { item } from '../items.ts';
import { type Asked, type Said, said } from './said.ts';

const told = (
  severity: 'warning' | 'info' | 'error',
  details: Said<'invalid-version'>[3],
): Said<'invalid-version'>[] => [[severity, null, null, details]];
const otherForm = told('info', { ordered: true, semver: true });
const noSemver = told('info', { ordered: true, semver: false });
const unordered = { ordered: false, semver: false };

test.each<[release: string, expected: Said<'invalid-version'>[], asked?: Asked]>([
  ['v1.4.0', []],
  ['1.4.0', []],
  ['v1.4.0+build.5', []],
  ['v1.4.0-alpha.1', []],
  ['v1.4.0-beta.12', []],
  ['v1.4.0-rc.0', []],
  ['v1.4.0-rc.1+build.5', []],
  [' v1.4.0\n', []], // a twin of v1.4.0, and told as such
  // SemVer, whose pre-release is of another form.
  ['v1.4.0-rc10', otherForm],
  ['v1.4.0-rc', otherForm],
  ['v1.4.0-rc.x', otherForm],
  ['v1.4.0-rc.1.2', otherForm],
  ['v1.4.0-RC.1', otherForm],
  ['v1.4.0-next.1', otherForm],
  ['v1.4.0-hotfix.1', otherForm],
  ['v1.4.0-0', otherForm],
  // No SemVer, but numbers that have an order.
  ['v1.4', noSemver],
  ['v1.4.0.1', noSemver],
  ['2024.1', noSemver],
  ['2026.08.1', noSemver],
  ['v01.4.0', noSemver],
  ['v1.4.0-rc.01', noSemver],
  ['1.4.0b1', noSemver],
  // No order at all.
  ['main', told('warning', unordered)],
  ['Hoxton.SR12', told('warning', unordered)],
  ['jazzy/2024-05-23', told('warning', unordered)],
  ['=v1.4.0', told('warning', unordered)],
  // It warns whatever it is evaluated as, but for what the policy says of the code.
  ['v1.4.0-next.1', otherForm, { as: 'stable' }],
  ['main', told('warning', unordered), { as: 'stable' }],
  ['main', told('error', unordered), { policy: { severities: { 'invalid-version': 'error' } } }],
  ['main', [], { policy: { severities: { 'invalid-version': { other: 'off' } } } }],
  ['main', [], { policy: { severities: { 'invalid-version': { alpha: 'off' } } } }],
])('%j', (release, expected, asked) => {
  expect(said('invalid-version', [item(release, 'backend#api')], { release, ...asked })).toEqual(expected);
});
