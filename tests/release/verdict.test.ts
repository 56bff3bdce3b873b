import { describe, expect, test } from 'vitest';
import type { Severity, Waived } from '../../src/release/finding.ts';
import type { Item } from '../../src/release/item.ts';
import { judge, type Verdict } from '../../src/release/verdict.ts';
import { type Asked, reportOf } from './checks/said.ts';
import { item } from './items.ts';

const NOTHING: Verdict = { result: 'pass', errors: 0, warnings: 0, infos: 0, waived: 0, waiversEndingSoon: [] };
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

describe('the verdict of findings', () => {
  test.each<[name: string, arguments_: Parameters<typeof judge>, expected: Partial<Verdict>]>([
    ['none', [[], true, 'inferred', true], {}],
    ['none, by the policy', [[], true, 'policy', true], {}],
    ['none, without a roster', [[], true, 'none', true], { result: 'unknown' }],
    ['none, without fragments', [[], false, 'policy', true], { result: 'unknown' }],
    ['none, by a policy that is broken', [[], true, 'inferred', false], { result: 'unknown' }],
    ['a warning', [[finding('warning')], true, 'inferred', true], { warnings: 1 }],
    ['infos', [[finding('info'), finding('info')], true, 'inferred', true], { infos: 2 }],
    [
      'an error',
      [[finding('error'), finding('warning')], true, 'inferred', true],
      { result: 'fail', errors: 1, warnings: 1 },
    ],
    ['an error, without a roster', [[finding('error')], true, 'none', true], { result: 'fail', errors: 1 }],
    ['a warning, without a roster', [[finding('warning')], true, 'none', true], { result: 'unknown', warnings: 1 }],
    [
      'an error that is waived',
      [[finding('error', waived('2027-01-01', false))], true, 'inferred', true],
      { waived: 1 },
    ],
    [
      'an error that is waived, and one that is not',
      [[finding('error', waived('2027-01-01', false)), finding('error')], true, 'inferred', true],
      { result: 'fail', errors: 1, waived: 1 },
    ],
    [
      'waivers that end soon: each once, the first to end first',
      [
        [
          finding('error', waived('2026-11-22', true)),
          finding('error', waived('2026-11-21', true)),
          finding('warning', waived('2026-11-22', true)),
          finding('error', waived('2027-01-01', false)),
        ],
        true,
        'inferred',
        true,
      ],
      { waived: 4, waiversEndingSoon: [waived('2026-11-21', true), waived('2026-11-22', true)] },
    ],
  ])('%s', (_, arguments_, expected) => expect(judge(...arguments_)).toEqual({ ...NOTHING, ...expected }));
});

describe('nothing is green for lack of data', () => {
  const verdicts = (items: readonly Item[], asked?: Asked) =>
    reportOf(items, asked).rows.map(({ release, verdict }) => `${release.tag} ${verdict.result}`);

  test.each<[name: string, items: Item[], expected: string[], asked?: Asked]>([
    ['nothing lower is stable', [item('v1.4.0', 'backend#a')], ['v1.4.0 unknown']],
    [
      'a stable is lower',
      [item('v1.4.0', 'backend#a'), item('v1.3.0', 'backend#a')],
      ['v1.4.0 pass', 'v1.3.0 unknown'],
    ],
    [
      'only items that cannot be read',
      [item('v1.4.0', 'backend'), item('v1.3.0', 'backend#a')],
      ['v1.4.0 unknown', 'v1.3.0 unknown'],
    ],
    [
      'an item that cannot be read, among those that can',
      [item('v1.4.0', 'backend'), item('v1.4.0', 'backend#a'), item('v1.3.0', 'backend#a')],
      ['v1.4.0 fail', 'v1.3.0 unknown'],
    ],
    [
      'counters that are left out',
      [
        item('v1.4.0', 'k8s#prod-deployment/a', { replicas: 1 }),
        item('v1.3.0', 'k8s#prod-deployment/a', { replicas: 1, readyReplicas: 1 }),
      ],
      ['v1.4.0 fail', 'v1.3.0 unknown'],
    ],
    ['no SemVer', [item('main', 'backend#a'), item('v1.3.0', 'backend#a')], ['v1.3.0 unknown', 'main unknown']],
    [
      'no SemVer, but a roster of the policy',
      [item('main', 'backend#a')],
      ['main pass'],
      { policy: { roster: [{ component: 'backend#a' }] } },
    ],
  ])('%s', (_, items, expected, asked) => expect(verdicts(items, asked)).toEqual(expected));
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
    ['other', ['pass', 'info schema-policy-missing']],
  ])('%s', (as, expected) => {
    const [row] = reportOf(items, as === undefined ? {} : { as }).rows;
    expect([row?.verdict.result, ...(row?.findings ?? []).map(({ severity, code }) => `${severity} ${code}`)]).toEqual(
      expected,
    );
  });
});
