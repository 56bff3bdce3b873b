import { expect, test } from 'vitest';
import type { GateFinding, GateReport } from '../../src/release/gate.ts';
import { lateFragments } from '../../src/release/late-fragments.ts';
import type { UnknownReason } from '../../src/release/verdict.ts';

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
const absent = (arriving = false): GateFinding => ({
  ...at,
  code: 'partial-environment',
  severity: arriving ? 'info' : 'error',
  component: null,
  environment: 'prod',
  details: { running: ['k8s#a'], absent: ['k8s#b', 'k8s#c'], arriving },
});
const partial = (severity: 'error' | 'warning'): GateFinding => ({
  ...at,
  code: 'partial-release',
  severity,
  component: null,
  details: { held: 1, expected: 3, absent: ['backend#b', 'backend#c'], releases: ['v1.3.0'] },
});
const scaled: GateFinding = { ...at, code: 'scaled-to-zero', severity: 'error', component: 'k8s#a', details: {} };

const said = (findings: readonly GateFinding[], unknown: readonly UnknownReason[] = []): GateReport => ({
  schema: 1,
  release: 'v1.4.0',
  stage: 'stable',
  evaluatedAs: 'stable',
  verdict: findings.some(({ severity, waived }) => severity === 'error' && waived === null)
    ? 'fail'
    : unknown.length > 0
      ? 'unknown'
      : 'pass',
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
  ['a missing component', said([missing()]), ['backend#api']],
  ['a missing component whose absence is waived', said([missing({ waived: true })]), null],
  ['an environment that lacks workloads', said([absent(), missing()]), ['k8s#b', 'k8s#c', 'backend#api']],
  ['a warning beside it', said([missing(), { ...scaled, severity: 'warning' }]), ['backend#api']],
  ['something else that blocks', said([missing(), scaled]), null],
  ['a component that is arriving', said([missing({ arriving: true })], ['arriving']), ['backend#api']],
  ['workloads that are arriving', said([absent(true)], ['arriving']), ['k8s#b', 'k8s#c']],
  [
    'one that is arriving, beside one that is missing',
    said([missing(), absent(true)]),
    ['backend#api', 'k8s#b', 'k8s#c'],
  ],
  ['one that is arriving, beside what blocks', said([missing({ arriving: true }), scaled]), null],
  ['one that is arriving and waived', said([missing({ arriving: true, waived: true })]), null],
  ['one that will never block', said([missing({ arriving: true })]), null],
  ['what is arriving, and no roster', said([absent(true)], ['no-roster', 'arriving']), ['k8s#b', 'k8s#c']],
  ['a patch of a part, which nobody has to complete', said([partial('warning')], ['partial']), null],
  ['a patch of a part that the policy lets block', said([partial('error')]), ['backend#b', 'backend#c']],
  ['no fragment at all', said([], ['no-fragments']), []],
  ['no fragment, and no roster', said([], ['no-fragments', 'no-roster']), []],
  ['no roster', said([], ['no-roster']), null],
  ['a policy that cannot be read', said([], ['policy']), null],
])('%s', (_, report, components) => {
  expect(lateFragments(report)).toEqual(components === null ? null : { components });
});
