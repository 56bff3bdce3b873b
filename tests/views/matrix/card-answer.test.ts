import { expect, test } from 'vitest';
import { answerCard, type CardAsks } from '../../../src/views/matrix/card-answer.ts';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

const POLICY = policyOf({
  roster: [{ component: 'backend#carried', expectation: 'carried' }, { component: '*' }],
  lines: { '1.4': { due: '2026-11-25' } },
});
const RUNS = { replicas: 3, readyReplicas: 1, imageRef: 'r.example/web:1.4.0' };
const REPORT = reportOf(
  [
    item('v1.4.0-rc.1', 'backend#api', { componentVersion: '2.1.0', owner: 'orders' }),
    item('v1.3.0', 'backend#api', { componentVersion: '2.0.0', commit: '0123456789abcdef', owner: 'orders' }),
    item('v1.3.0', 'k8s#prod-deployment/web', RUNS),
    item('v1.2.0', 'backend#api', { componentVersion: '1.9.0' }),
    item('v1.2.0', 'backend#carried', { componentVersion: '1.0.0' }),
    item('v1.2.0', 'backend#gone', { owner: 'pay' }),
  ],
  POLICY,
);
const KNOWN = knownOf(REPORT, { policy: POLICY });
const told = (release: CardAsks['release'], component: CardAsks['component'], folded = false) =>
  answerCard(KNOWN, { release, component, folded });

test.each([
  [
    'what it holds, and what became of it',
    'v1.3.0',
    'backend#api',
    'orders',
    ['2.0.0 · 01234567', 'changed since the stable release before'],
    [],
  ],
  [
    'where it runs, how much of it is ready, and what is wrong',
    'v1.3.0',
    'k8s#web',
    null,
    ['1.4.0 · prod 1/3', 'new here'],
    ['error web in prod: 1 of 3 ready'],
  ],
  [
    'what is carried over, and from where',
    'v1.3.0',
    'backend#carried',
    null,
    ['1.0.0, carried over from v1.2.0', 'not published again for this release'],
    [],
  ],
  [
    'what is missing, with who owned it',
    'v1.3.0',
    'backend#gone',
    'pay',
    ['missing'],
    ['error gone is missing from v1.3.0'],
  ],
])('a cell: %s', (_, release, component, owner, lines, findings) => {
  const card = told(release, component);
  expect(card).toMatchObject({ place: { release, component }, of: `in ${release}`, owner, lines });
  expect(card?.findings.map(({ weight, title }) => `${weight} ${title}`)).toEqual(expect.arrayContaining(findings));
});

test('a release: its verdict, what it has, and when it is due', () => {
  expect(told('v1.4.0-rc.1', null)).toMatchObject({
    title: 'v1.4.0-rc.1',
    of: 'rc',
    lines: ['pass: 2 of 2 components', expect.stringMatching(/^Line 1\.4\.0 is due 2026-11-25/)],
  });
});

test('a component: as the newest stable release that has it has it', () => {
  expect(told(null, 'backend#api')).toMatchObject({
    title: 'api',
    owner: 'orders',
    lines: ['In v1.3.0: 2.0.0 · 01234567'],
  });
});

test('of no place there is nothing to tell', () => {
  expect([told('v9.0.0', null), told('v1.3.0', 'backend#nobody'), told(null, null)]).toEqual([null, null, null]);
});
