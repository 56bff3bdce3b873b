import { expect, test } from 'vitest';
import { targetOf } from '../../../src/release/plan/target.ts';
import { reportOf } from '../checks/said.ts';
import { item } from '../items.ts';
import { promotionOf, rowNamed, saidOf } from './planned.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const at = (release: string, commit: string, key = 'backend#x') => item(release, key, { repo: 'acme/x', commit });

test.each<[release: string, to: string, target: string, others?: readonly string[]]>([
  ['v1.4.0-rc.2', 'stable', 'v1.4.0'],
  ['v1.4.0-rc.2', 'v1.4.0', 'v1.4.0'],
  ['v1.4.0-rc.2', '1.4.0', 'v1.4.0'],
  ['1.4.0rc2', 'stable', '1.4.0'],
  ['v1.4-rc2', 'stable', 'v1.4'],
  // The table has it, in another spelling.
  ['v1.4.0-rc.2', 'stable', '1.4.0', ['1.4.0']],
  ['v1.4.0-rc.2', 'v1.4.0-rc.3', 'v1.4.0-rc.3'],
  ['v1.4.0-beta.3', 'rc', 'v1.4.0-rc.1'],
  ['v1.4.0-alpha2', 'beta', 'v1.4.0-beta1'],
  ['v1.4.0-next.1', 'rc', 'v1.4.0-rc.1'],
  // A candidate of other content was made before: this is the next one.
  ['v1.4.0-beta.3', 'rc', 'v1.4.0-rc.3', ['v1.4.0-rc.1', 'v1.4.0-rc.2', 'v1.3.0-rc.9']],
])('%s to %s is %s', (release, to, target, others = []) => {
  const report = reportOf([at(release, A), ...others.map((other) => at(other, B))]);
  expect(targetOf(report, rowNamed(report, release), to)).toMatchObject({ tag: target });
});

test('a candidate that has nothing but what this release has is under way, and gone on with', () => {
  const y = 'backend#y';
  const report = reportOf([at('v1.4.0-beta.3', A), at('v1.4.0-beta.3', B, y), at('v1.4.0-rc.1', A)]);
  expect(targetOf(report, rowNamed(report, 'v1.4.0-beta.3'), 'rc')).toEqual({ tag: 'v1.4.0-rc.1', stage: 'rc' });
});

test.each<[release: string, to: string, fault: string]>([
  ['v1.4.0', 'stable', '--to stable: v1.4.0 is stable already.'],
  ['v1.4.0-rc.2', 'rc', '--to rc: v1.4.0-rc.2 is rc already.'],
  ['v1.4.0-rc.2', 'beta', '--to beta: v1.4.0-rc.2 is rc already.'],
  ['v1.4.0-rc.2', 'v1.4.0-rc.1', '--to: v1.4.0-rc.1 does not come after v1.4.0-rc.2.'],
  [
    'v1.4.0-rc.2',
    'v1.5.0',
    '--to: v1.5.0 is of another line than v1.4.0-rc.2: expected alpha, beta, rc, stable, or a release of 1.4.0.',
  ],
  ['v1.4.0-rc.2', 'prod', '--to: prod is not a version: expected alpha, beta, rc, stable, or a release of 1.4.0.'],
  [
    'nightly',
    'stable',
    'nightly is not a version, so that nothing says what follows it; a plan is for one such as v1.4.0-rc.2.',
  ],
])('%s to %s cannot be', (release, to, fault) => {
  const report = reportOf([at(release, A)]);
  expect(targetOf(report, rowNamed(report, release), to)).toEqual({ fault });
});

test('versions of their own come to the same stage, each by its own count', () => {
  const own = (release: string, key: string, componentVersion: string) =>
    item(release, key, {
      repo: `acme/${key.slice(8)}`,
      commit: A,
      componentVersion,
      meta: { tag: `${key.slice(8)}@${componentVersion}` },
    });
  const items = [
    own('v1.4.0-beta.3', 'backend#x', '2.3.0-beta.1'),
    own('v1.4.0-beta.3', 'backend#y', '0.9.0-beta.4'),
    own('v1.4.0-beta.2', 'backend#y', '0.9.0-rc.6'),
    own('v1.4.0-beta.3', 'backend#z', '1.0.0'),
  ];
  const policy = { roster: [{ component: 'backend#x' }], severities: { 'immature-version': 'off' } };
  expect(saidOf(promotionOf(items, { release: 'v1.4.0-beta.3', to: 'rc', policy }))).toEqual([
    'v1.4.0-beta.3 → v1.4.0-rc.1: 2 left, 0 done',
    '1: acme/x x@2.3.0-rc.1 aaaaaaa (backend#x) acme/y y@0.9.0-rc.7 aaaaaaa (backend#y)',
    'unchanged backend#z: z@1.0.0 is tagged already, and stays: publish it for v1.4.0-rc.1 again',
  ]);
});
