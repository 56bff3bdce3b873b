import { expect, test } from 'vitest';
import type { Finding } from '../../src/release/finding/finding.ts';
import { weightOf } from '../../src/release/finding/weights.ts';
import type { Item } from '../../src/release/item/item.ts';
import { withWaiver, withWithdrawal } from '../../src/release/policy/change-policy.ts';
import { policyDiff } from '../../src/release/report/policy-diff.ts';
import { reportOf } from './checks/said.ts';
import { item } from './items.ts';

const BROKEN = { componentVersion: '1.0.0', artifact: 'acme/x:0.9.0' };
const ITEMS = [
  item('v1.2.0', 'backend#api'),
  item('v1.3.0', 'backend#api'),
  item('v1.4.0', 'backend#api', BROKEN),
  item('v1.5.0-alpha.1', 'backend#api', BROKEN),
];

const weight = (finding: Finding | null) => (finding === null ? 'absent' : weightOf(finding));

const diff = (before: Item, after: Item, most = 20) => {
  const { changed, ...rest } = policyDiff(
    reportOf(ITEMS, { policy: before }),
    reportOf(ITEMS, { policy: after }),
    most,
  );
  const said = changed.map(({ release, before: was, after: is, findings }) =>
    [
      `${release} ${was} ${is}:`,
      ...findings.map((of) => `${(of.after ?? of.before)?.code} ${weight(of.before)} ${weight(of.after)}`),
    ].join(' '),
  );
  return { ...rest, said };
};
const WAIVED = {
  waivers: [{ code: 'version-mismatch', release: 'v1.4.0', reason: 'r', by: 'b', expires: '2026-12-31' }],
};

test.each<[name: string, before: Item, after: Item, expected: ReturnType<typeof diff>, most?: number]>([
  ['nothing', {}, {}, { looked: 4, otherFindings: 0, said: [] }],
  [
    'another order of the environments',
    {},
    { environments: { order: ['a'] } },
    { looked: 4, otherFindings: 0, said: [] },
  ],
  ['a waiver', {}, WAIVED, { looked: 4, otherFindings: 0, said: ['v1.4.0 fail pass: version-mismatch error waived'] }],
  [
    'a waiver that is taken back',
    WAIVED,
    {},
    { looked: 4, otherFindings: 0, said: ['v1.4.0 pass fail: version-mismatch waived error'] },
  ],
  [
    'a severity, of one that blocks and of one that does not',
    {},
    { severities: { 'version-mismatch': 'info' } },
    { looked: 4, otherFindings: 1, said: ['v1.4.0 fail pass: version-mismatch error info'] },
  ],
  [
    'a roster that asks for more',
    {},
    { roster: [{ component: 'backend#web' }, { component: '*' }] },
    {
      looked: 4,
      otherFindings: 2,
      said: ['v1.3.0 pass fail: missing-component absent error', 'v1.2.0 unknown fail: missing-component absent error'],
    },
  ],
  ['not of older releases', {}, WAIVED, { looked: 1, otherFindings: 0, said: [] }, 1],
])('%s', (_, before, after, expected, most) => expect(diff(before, after, most)).toEqual(expected));

const waiver = { code: 'not-ready', release: 'v1.4.0', reason: 'r', by: 'jane', expires: '2026-12-31' } as const;

test('a waiver is added after the others, or renewed in its place, and nothing else of the document changes', () => {
  const other = { ...waiver, component: 'k8s#api' };
  const document = { graceMinutes: 7, waivers: [waiver, other] };
  const later = { ...waiver, expires: '2027-01-31', by: 'jo' };
  expect(withWaiver({}, waiver)).toEqual({ waivers: [waiver] });
  expect(withWaiver(document, { ...waiver, environment: 'prod' })).toEqual({
    graceMinutes: 7,
    waivers: [waiver, other, { ...waiver, environment: 'prod' }],
  });
  expect(withWaiver(document, later)).toEqual({ graceMinutes: 7, waivers: [later, other] });
});

test('so is what is withdrawn', () => {
  const row = { release: 'v1.4.0', reason: 'r', by: 'jane', date: '2026-11-20' };
  const gone = { component: 'backend#a', reason: 'r', by: 'jane', date: '2026-11-20' };
  expect(withWithdrawal({ withdrawn: [row] }, gone)).toEqual({ withdrawn: [row, gone] });
  expect(withWithdrawal({ withdrawn: [row, gone] }, { ...row, reason: 'worse' })).toEqual({
    withdrawn: [{ ...row, reason: 'worse' }, gone],
  });
});
