import { describe, expect, test } from 'vitest';
import type { Finding, Severity, Waived } from '../../src/release/finding/finding.ts';
import type { Item } from '../../src/release/item/item.ts';
import { judgeFindings, type Verdict } from '../../src/release/report/verdict.ts';
import { type Asked, reportOf } from './checks/said.ts';
import { item } from './items.ts';

const PASS: Verdict = {
  result: 'pass',
  unknown: [],
  errors: 0,
  warnings: 0,
  infos: 0,
  waived: 0,
  waiversEndingSoon: [],
};
const FACTS: Parameters<typeof judgeFindings>[1] = {
  known: true,
  roster: 'inferred',
  arriving: false,
  evidenceArriving: false,
  policyHolds: true,
};
const finding = (severity: Severity, waived: Waived | null = null) =>
  ({
    code: 'unexpected-component',
    severity,
    release: 'v1.4.0',
    component: 'backend#a',
    environment: null,
    details: {},
    waived,
  }) as const;
const waived = (expires: string, soon: boolean): Waived => ({ reason: 'known', by: 'rm', expires, soon });

const partial = (severity: Severity, waiver: Waived | null = null) =>
  ({
    ...finding(severity, waiver),
    code: 'partial-release',
    component: null,
    details: { held: 1, expected: 5, absent: ['backend#a'], releases: ['v1.3.0'] },
  }) as const;
const KNOWN = waived('2027-01-01', false);

describe('the verdict of findings', () => {
  test.each<[name: string, findings: Finding[], facts: Partial<typeof FACTS>, expected: Partial<Verdict>]>([
    ['none', [], {}, {}],
    ['none, by the policy', [], { roster: 'policy' }, {}],
    ['a warning', [finding('warning')], {}, { warnings: 1 }],
    ['infos', [finding('info'), finding('info')], {}, { infos: 2 }],
    ['an error', [finding('error'), finding('warning')], {}, { result: 'fail', errors: 1, warnings: 1 }],
    ['an error that is waived', [finding('error', KNOWN)], {}, { waived: 1 }],
    [
      'an error that is waived, and one that is not',
      [finding('error', KNOWN), finding('error')],
      {},
      { result: 'fail', errors: 1, waived: 1 },
    ],
    [
      'waivers that end soon: each once, the first to end first',
      [
        finding('error', waived('2026-11-22', true)),
        finding('error', waived('2026-11-21', true)),
        finding('warning', waived('2026-11-22', true)),
        finding('error', KNOWN),
      ],
      {},
      { waived: 4, waiversEndingSoon: [waived('2026-11-21', true), waived('2026-11-22', true)] },
    ],
    // Each reason of unknown.
    ['no fragments', [], { known: false }, { result: 'unknown', unknown: ['no-fragments'] }],
    ['no roster', [], { roster: 'none' }, { result: 'unknown', unknown: ['no-roster'] }],
    [
      'something arriving',
      [finding('info')],
      { arriving: true },
      { result: 'unknown', unknown: ['arriving'], infos: 1 },
    ],
    ['a part', [partial('warning')], {}, { result: 'unknown', unknown: ['partial'], warnings: 1 }],
    ['a part that only informs', [partial('info')], {}, { infos: 1 }],
    ['a part that is waived', [partial('warning', KNOWN)], {}, { waived: 1 }],
    ['a part that is an error', [partial('error')], {}, { result: 'fail', errors: 1 }],
    ['a broken policy', [], { policyHolds: false }, { result: 'unknown', unknown: ['policy'] }],
    [
      'all that hold, in their order',
      [partial('warning')],
      { known: false, roster: 'none', arriving: true, policyHolds: false },
      { result: 'unknown', unknown: ['no-fragments', 'no-roster', 'arriving', 'partial', 'policy'], warnings: 1 },
    ],
    // What fails is known: no reason is told beside it.
    [
      'an error, and all that else would leave it open',
      [finding('error'), partial('warning')],
      { roster: 'none', arriving: true, policyHolds: false },
      { result: 'fail', errors: 1, warnings: 1 },
    ],
    [
      'a warning, without a roster',
      [finding('warning')],
      { roster: 'none' },
      { result: 'unknown', unknown: ['no-roster'], warnings: 1 },
    ],
  ])('%s', (_, findings, facts, expected) => {
    expect(judgeFindings(findings, { ...FACTS, ...facts })).toEqual({ ...PASS, ...expected });
  });
});

/** `v1.4.0 fail`, `v1.3.0 unknown no-roster`. */
const verdicts = (items: readonly Item[], asked?: Asked) =>
  reportOf(items, asked).rows.map(({ release, verdict }) =>
    [release.tag, verdict.result, ...verdict.unknown].join(' '),
  );

describe('nothing is green for lack of data', () => {
  test.each<[name: string, items: Item[], expected: string[], asked?: Asked]>([
    ['nothing lower is stable', [item('v1.4.0', 'backend#a')], ['v1.4.0 unknown no-roster']],
    [
      'a stable is lower',
      [item('v1.4.0', 'backend#a'), item('v1.3.0', 'backend#a')],
      ['v1.4.0 pass', 'v1.3.0 unknown no-roster'],
    ],
    [
      'the stables before have nothing in common',
      [item('v1.4.0', 'backend#a'), item('v1.3.0', 'backend#a'), item('v1.2.0', 'backend#b')],
      ['v1.4.0 unknown no-roster', 'v1.3.0 fail', 'v1.2.0 unknown no-roster'],
    ],
    [
      'only items that cannot be read',
      [item('v1.4.0', 'backend'), item('v1.3.0', 'backend#a')],
      ['v1.4.0 unknown no-fragments', 'v1.3.0 unknown no-roster'],
    ],
    [
      'an item that cannot be read, among those that can',
      [item('v1.4.0', 'backend'), item('v1.4.0', 'backend#a'), item('v1.3.0', 'backend#a')],
      ['v1.4.0 fail', 'v1.3.0 unknown no-roster'],
    ],
    [
      'counters that are left out',
      [
        item('v1.4.0', 'k8s#prod-deployment/a', { replicas: 1 }),
        item('v1.3.0', 'k8s#prod-deployment/a', { replicas: 1, readyReplicas: 1 }),
      ],
      ['v1.4.0 fail', 'v1.3.0 unknown no-roster'],
    ],
    [
      'no number order',
      [item('main', 'backend#a'), item('v1.3.0', 'backend#a')],
      ['v1.3.0 unknown no-roster', 'main unknown no-roster'],
    ],
    [
      'no number order, but a roster of the policy',
      [item('main', 'backend#a')],
      ['main pass'],
      { policy: { roster: [{ component: 'backend#a' }] } },
    ],
    [
      'a patch of a part',
      ['v1.4.1: a', 'v1.4.0: a b c d'].flatMap(backends),
      ['v1.4.1 unknown partial', 'v1.4.0 unknown no-roster'],
    ],
  ])('%s', (_, items, expected, asked) => expect(verdicts(items, asked)).toEqual(expected));
});

/** `v1.4.0: a b` → a backend fragment per name. */
function backends(line: string): Item[] {
  const [release = '', names = ''] = line.split(': ');
  return names.split(' ').map((name) => item(release, `backend#${name}`));
}

describe('what may still arrive leaves it open only where it would block', () => {
  const now = { publishedAt: '2026-11-20T11:50:00Z' };
  const young = (release: string, ...keys: string[]) => keys.map((key) => item(release, key, now));
  const BEFORE = ['v1.3.0: a b', 'v1.2.0: a b'].flatMap(backends);
  const waiver = (expires: string) => ({
    waivers: [{ code: 'missing-component', release: '*', reason: 'known', by: 'rm', expires }],
  });
  const ready = { replicas: 1, readyReplicas: 1 };

  test.each<[name: string, items: Item[], expected: string, asked?: Asked]>([
    ['of a stable', young('v1.4.0', 'backend#a'), 'unknown arriving'],
    ['of a candidate', young('v1.4.0-rc.1', 'backend#a'), 'unknown arriving'],
    ['of a beta it would only warn', young('v1.4.0-beta.1', 'backend#a'), 'pass'],
    ['of a beta, as stable', young('v1.4.0-beta.1', 'backend#a'), 'unknown arriving', { as: 'stable' }],
    ['of a stable, as alpha', young('v1.4.0', 'backend#a'), 'pass', { as: 'alpha' }],
    [
      'what the policy lowers',
      young('v1.4.0', 'backend#a'),
      'pass',
      { policy: { severities: { 'missing-component': 'warning' } } },
    ],
    ['what is waived', young('v1.4.0', 'backend#a'), 'pass', { policy: waiver('2027-01-01') }],
    ['what was waived', young('v1.4.0', 'backend#a'), 'unknown arriving', { policy: waiver('2026-11-01') }],
    ['what was perhaps retired', [...young('v1.5.0', 'backend#a'), ...backends('v1.4.0: a')], 'pass'],
    [
      'what the policy names',
      young('v1.4.0', 'backend#a'),
      'unknown arriving',
      { policy: { roster: [{ component: 'backend#z' }, { component: '*' }] } },
    ],
    [
      'a workload in an environment',
      [
        ...['prod-deployment/api', 'qa-deployment/web'].map((key) =>
          item('v1.4.0', `k8s#${key}`, { ...ready, ...now }),
        ),
        ...young('v1.4.0', 'backend#a', 'backend#b'),
        ...['api', 'web'].map((name) => item('v1.3.0', `k8s#prod-deployment/${name}`, ready)),
      ],
      'unknown arriving',
    ],
    ['beside what blocks', [...young('v1.4.0', 'backend#a'), item('v1.4.0', 'backend')], 'fail'],
    ['a part: it is not told yet', young('v1.3.1', 'backend#a'), 'unknown arriving'],
  ])('%s', (_, items, expected, asked) => {
    expect(verdicts([...items, ...BEFORE], asked)[0]).toBe(`${items[0]?.version} ${expected}`);
  });
});

describe('evaluated as another stage, what fires stays and weighs as there', () => {
  const items = [
    item('v1.4.0-rc.1', 'backend#a', { componentVersion: '2.0.0-beta.1' }),
    item('v1.4.0-rc.1', 'kafka#user'),
    item('v1.3.0', 'backend#a', { componentVersion: '1.0.0' }),
  ];
  test.each<[as: Asked['as'], expected: string[]]>([
    [undefined, ['pass', 'warning immature-version', 'warning schema-policy-missing']],
    ['rc', ['pass', 'warning immature-version', 'warning schema-policy-missing']],
    ['stable', ['fail', 'error immature-version', 'error schema-policy-missing']],
    ['beta', ['pass', 'info immature-version', 'warning schema-policy-missing']],
    // Of an alpha no immaturity is said.
    ['alpha', ['pass', 'info schema-policy-missing']],
    // As nothing else: as what it weighs itself.
    ['other', ['pass', 'warning immature-version', 'warning schema-policy-missing']],
  ])('%s', (as, expected) => {
    const [row] = reportOf(items, as === undefined ? {} : { as }).rows;
    expect([row?.verdict.result, ...(row?.findings ?? []).map(({ severity, code }) => `${severity} ${code}`)]).toEqual(
      expected,
    );
  });
});
