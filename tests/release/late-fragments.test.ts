import { expect, test } from 'vitest';
import { isBlocking } from '../../src/release/finding/finding.ts';
import type { GateFinding, GateReport } from '../../src/release/report/gate.ts';
import { lateFragments } from '../../src/release/report/late-fragments.ts';
import type { UnknownReason } from '../../src/release/report/verdict.ts';

const at = { release: 'v1.4.0', environment: null, message: '', waived: null } as const;
const missing = (more: { arriving?: boolean; waived?: boolean } = {}): GateFinding => ({
  ...at,
  code: 'missing-component',
  severity: more.arriving ? 'info' : 'error',
  component: 'backend#api',
  details: {
    lastSeenIn: null,
    lastSeenAt: null,
    expectedBy: { row: 'x' },
    arriving: more.arriving ?? false,
    perhapsRetired: false,
  },
  waived: more.waived ? { reason: '', by: '', expires: '2027-01-01', soon: false } : null,
});
const absent = (arriving: boolean): GateFinding => ({
  ...at,
  code: 'partial-environment',
  severity: arriving ? 'info' : 'error',
  component: null,
  environment: 'prod',
  details: { running: ['k8s#a'], absent: ['k8s#b', 'k8s#c'], arriving },
});
const part = (severity: 'error' | 'warning'): GateFinding => ({
  ...at,
  code: 'partial-release',
  severity,
  component: null,
  details: { held: 1, expected: 3, absent: ['backend#x', 'backend#y'], releases: ['v1.3.0'] },
});
const evidence = (of: string | null, arriving: boolean): GateFinding => ({
  ...at,
  code: 'evidence-missing',
  severity: arriving ? 'info' : 'error',
  component: of,
  details: { name: 'e2e', of, byPerson: false, minimum: 1, have: 0, arriving },
});
const scaled: GateFinding = { ...at, code: 'scaled-to-zero', severity: 'error', component: 'k8s#a', details: {} };

const said = (findings: readonly GateFinding[], unknown: readonly UnknownReason[] = []): GateReport => ({
  schema: 1,
  release: 'v1.4.0',
  stage: 'stable',
  evaluatedAs: 'stable',
  verdict: findings.some(isBlocking) ? 'fail' : unknown.length > 0 ? 'unknown' : 'pass',
  unknown,
  readAt: '2026-11-20T12:00:00.000Z',
  completeness: { roster: 'policy', expected: 1, present: 1, missing: [] },
  notYet: [],
  findings,
  fragments: 1,
  digest: '',
});

test.each<[string, GateReport, readonly string[] | null]>([
  ['a pass', said([]), null],
  // While all that blocks is what is not there.
  ['a missing component', said([missing()]), ['backend#api']],
  ['a missing component whose absence is waived', said([missing({ waived: true })]), null],
  ['an environment that lacks workloads', said([absent(false), missing()]), ['k8s#b', 'k8s#c', 'backend#api']],
  ['a part that the policy lets block', said([part('error')]), ['backend#x', 'backend#y']],
  ['a warning beside it', said([missing(), { ...scaled, severity: 'warning' }]), ['backend#api']],
  ['something else that blocks', said([missing(), scaled]), null],
  // While the verdict is unknown for what is still to come.
  ['a component that is arriving', said([missing({ arriving: true })], ['arriving']), ['backend#api']],
  ['an environment that is arriving', said([absent(true)], ['arriving']), ['k8s#b', 'k8s#c']],
  [
    'one that is arriving, beside what is not there',
    said([missing({ arriving: true }), absent(false)]),
    ['backend#api', 'k8s#b', 'k8s#c'],
  ],
  ['one that is arriving, beside what blocks', said([missing({ arriving: true }), scaled]), null],
  ['one that is arriving and waived', said([missing({ arriving: true, waived: true })]), null],
  ['one that is arriving and will never block', said([missing({ arriving: true })]), null],
  ['no fragment at all', said([], ['no-fragments']), []],
  ['arriving, and another reason', said([missing({ arriving: true })], ['arriving', 'policy']), ['backend#api']],
  ['evidence that is asked for', said([evidence(null, false), missing()]), ['e2e', 'backend#api']],
  ['evidence that may still come', said([evidence('backend#api', true)], ['evidence']), ['e2e of backend#api']],
  // Waiting alone fixes none of these.
  ['no roster', said([], ['no-roster']), null],
  ['a part', said([part('warning')], ['partial']), null],
  ['a broken policy', said([], ['policy']), null],
])('%s', (_, report, components) => {
  expect(lateFragments(report)).toEqual(components === null ? null : { components });
});
