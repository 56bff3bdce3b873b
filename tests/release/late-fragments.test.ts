import { expect, test } from 'vitest';
import type { GateFinding, GateReport } from '../../src/release/gate.ts';
import { lateFragments } from '../../src/release/late-fragments.ts';
import { policyOf } from './items.ts';

const at = { release: 'v1.4.0', environment: null, message: '', waived: null } as const;
const missing = (more: { arriving?: boolean; waived?: boolean } = {}): GateFinding => ({
  ...at,
  code: 'missing-component',
  severity: more.arriving ? 'info' : 'error',
  component: 'backend#api',
  details: { lastSeenIn: null, lastSeenAt: null, expectedBy: { row: 'x' }, arriving: more.arriving ?? false },
  waived: more.waived ? { reason: '', by: '', expires: '2027-01-01', soon: false } : null,
});
const absent: GateFinding = {
  ...at,
  code: 'partial-environment',
  severity: 'error',
  component: null,
  environment: 'prod',
  details: { running: ['k8s#a'], absent: ['k8s#b', 'k8s#c'] },
};
const scaled: GateFinding = { ...at, code: 'scaled-to-zero', severity: 'error', component: 'k8s#a', details: {} };

const said = (findings: readonly GateFinding[], more: Partial<GateReport> = {}): GateReport => ({
  schema: 1,
  release: 'v1.4.0',
  stage: 'stable',
  evaluatedAs: 'stable',
  verdict: findings.some(({ severity, waived }) => severity === 'error' && waived === null) ? 'fail' : 'pass',
  readAt: '2026-11-20T12:00:00.000Z',
  completeness: { roster: 'policy', expected: 1, present: 1, missing: [] },
  findings,
  fragments: 1,
  digest: '',
  ...more,
});

test.each<[string, GateReport, readonly string[] | null, unknown?]>([
  ['a pass', said([]), null],
  ['a missing component', said([missing()]), ['backend#api']],
  ['a missing component whose absence is waived', said([missing({ waived: true })]), null],
  ['an environment that lacks workloads', said([absent, missing()]), ['k8s#b', 'k8s#c', 'backend#api']],
  ['a warning beside it', said([missing(), { ...scaled, severity: 'warning' }]), ['backend#api']],
  ['something else that blocks', said([missing(), scaled]), null],
  ['a component that is arriving', said([missing({ arriving: true })]), ['backend#api']],
  ['one that is arriving and waived', said([missing({ arriving: true, waived: true })]), null],
  ['one that is arriving, beside what blocks', said([missing({ arriving: true }), scaled]), null],
  ['one that will never block', said([missing({ arriving: true })], { evaluatedAs: 'beta' }), null],
  [
    'one that the policy will not let block',
    said([missing({ arriving: true })]),
    null,
    { severities: { 'missing-component': 'warning' } },
  ],
  ['no fragment at all', said([], { fragments: 0, verdict: 'unknown' }), []],
  ['no roster', said([], { verdict: 'unknown' }), null],
])('%s', (_, report, components, policy) => {
  expect(lateFragments(report, policyOf(policy))).toEqual(components === null ? null : { components });
});
