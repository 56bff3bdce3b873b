import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EvidenceLine } from '../../src/release/evidence/judge-evidence.ts';
import type { Finding } from '../../src/release/finding/finding.ts';
import { describeFinding } from '../../src/release/finding/finding-words.ts';
import { SIGN_OFFS_KEY } from '../../src/release/item/evidence.ts';
import type { Item } from '../../src/release/item/item.ts';
import type { Verdict } from '../../src/release/report/verdict.ts';
import { type Asked, NOW, reportOf, rowOf } from './checks/said.ts';
import { coversOf, HISTORY } from './estates.ts';
import { item } from './items.ts';

/** Minutes past ten of the day before the reading, when the grace period is long over. */
const at = (minutes: number) => new Date(Date.parse('2026-11-19T10:00:00Z') + minutes * 60_000).toISOString();
const ORDERS = { commit: '9f3c2abd41a0' };
const WEB = { commit: '1d2e3f4a5b6c' };
const bothIn = (release: string, more: Record<string, Item> = {}) => [
  item(release, 'backend#orders', { ...ORDERS, date: at(0), ...more.orders }),
  item(release, 'frontend#web', { ...WEB, date: at(0), ...more.web }),
];
const COVERS = { 'backend#orders': ORDERS, 'frontend#web': WEB };
const ci = (release: string, name: string, minutes: number, more: Item = {}) =>
  item(release, `evidence#${name}`, { result: 'pass', covers: COVERS, publishedAt: at(minutes), ...more });
const signed = (release: string, name: string, by: string, minutes: number, more: Item = {}) =>
  item(SIGN_OFFS_KEY, `${release}#${name}#${by}`, {
    result: 'pass',
    covers: COVERS,
    publishedAt: at(minutes),
    ...more,
  });

const asks = (...rules: Item[]) => ({ evidence: rules.map((rule) => ({ stages: ['rc', 'stable'], ...rule })) });
const E2E = asks({ name: 'e2e' });
const QA = asks({ name: 'qa', by: 'person' });

/** What a row says of evidence: its findings, its lines, in short. */
interface Says {
  readonly verdict: Verdict['result'];
  readonly findings: readonly string[];
  readonly lines: readonly string[];
}

function saysOf(items: readonly Item[], asked: Asked): Says {
  // The estate before, which says what belongs to a release.
  const before = ['v1.2.0', 'v1.3.0'].flatMap((release) =>
    bothIn(release).map((one) => ({ ...one, date: at(-9_000) })),
  );
  const row = rowOf([...before, ...items], { release: 'v1.4.0-rc.1', ...asked });
  return {
    verdict: row.verdict.result,
    findings: row.findings.map(findingText),
    lines: row.evidence.map(lineText),
  };
}

const findingText = (finding: Finding) =>
  `${finding.severity} ${finding.code} ${finding.component ?? '-'}: ${describeFinding(finding).title}`;
const lineText = ({ name, of, asked, state, have, minimum, said }: EvidenceLine) =>
  [
    `${asked ? 'asked' : 'found'} ${name}${of === null ? '' : ` of ${of}`} ${state} ${have}/${minimum}`,
    ...said.map(
      ({ result, release, by, differences }) =>
        `${result} ${release} ${by ?? 'ci'}${differences.length > 0 ? ' (other content)' : ''}`,
    ),
  ].join(', ');

const RC = 'v1.4.0-rc.1';
const ordersAlone = item('v1.4.0', 'backend#orders', { ...ORDERS, date: at(0) });
const TABLE: readonly (readonly [name: string, items: readonly Item[], asked: Asked, expected: Says])[] = [
  ['nothing is asked, nothing is said', bothIn(RC), {}, { verdict: 'pass', findings: [], lines: [] }],
  [
    'asked, and there',
    [...bothIn(RC), ci(RC, 'e2e', 10)],
    { policy: E2E },
    { verdict: 'pass', findings: [], lines: [`asked e2e held 1/1, pass ${RC} ci`] },
  ],
  [
    'there, and nobody asks',
    [...bothIn(RC), ci(RC, 'e2e', 10)],
    {},
    { verdict: 'pass', findings: [], lines: [`found e2e held 1/1, pass ${RC} ci`] },
  ],
  [
    'asked, and not there',
    bothIn(RC),
    { policy: E2E },
    {
      verdict: 'fail',
      findings: [`error evidence-missing -: ${RC} lacks the evidence e2e`],
      lines: ['asked e2e missing 0/1'],
    },
  ],
  [
    'asked at another stage alone',
    bothIn(RC),
    { policy: { evidence: [{ name: 'e2e', stages: ['stable'] }] } },
    { verdict: 'pass', findings: [], lines: [] },
  ],
  [
    'asked at the stage that it is judged as',
    bothIn(RC),
    { policy: { evidence: [{ name: 'e2e', stages: ['stable'] }] }, as: 'stable' },
    {
      verdict: 'fail',
      findings: [`error evidence-missing -: ${RC} lacks the evidence e2e`],
      lines: ['asked e2e missing 0/1'],
    },
  ],
  [
    'asked of other releases',
    bothIn(RC),
    { policy: asks({ name: 'e2e', releases: '>=1.5' }) },
    { verdict: 'pass', findings: [], lines: [] },
  ],
  [
    'within the grace period it may still come',
    bothIn(RC),
    { policy: E2E, now: at(30) },
    {
      verdict: 'unknown',
      findings: [`info evidence-missing -: ${RC} lacks the evidence e2e`],
      lines: ['asked e2e missing 0/1'],
    },
  ],
  [
    'waived',
    bothIn(RC),
    {
      policy: {
        ...E2E,
        waivers: [{ code: 'evidence-missing', release: '~1.4', reason: 'r', by: 'rm', expires: '2026-12-31' }],
      },
    },
    {
      verdict: 'pass',
      findings: [`error evidence-missing -: ${RC} lacks the evidence e2e`],
      lines: ['asked e2e missing 0/1'],
    },
  ],
  [
    'failed, and nobody asks',
    [...bothIn(RC), ci(RC, 'e2e', 10, { result: 'fail' })],
    {},
    {
      verdict: 'fail',
      findings: [`error evidence-failed -: ${RC} failed e2e`],
      lines: [`found e2e failed 0/1, fail ${RC} ci`],
    },
  ],
  [
    'failed, though what is there now was never tested: until it passes it has failed',
    [...bothIn(RC, { orders: { commit: 'd41a07ed41a0' } }), ci(RC, 'e2e', 10, { result: 'fail' })],
    { policy: E2E },
    {
      verdict: 'fail',
      findings: [`error evidence-failed -: ${RC} failed e2e`],
      lines: [`asked e2e failed 0/1, fail ${RC} ci (other content)`],
    },
  ],
  [
    'of one component, asked of each that a glob matches',
    [
      ...bothIn(RC),
      item(RC, 'backend#cart', { commit: 'aaaaaaa1' }),
      ci(RC, 'unit/backend#orders', 10, { covers: { 'backend#orders': ORDERS } }),
    ],
    { policy: asks({ name: 'unit', of: 'backend#*' }) },
    {
      verdict: 'fail',
      findings: [`error evidence-missing backend#cart: cart in ${RC} lacks the evidence unit`],
      lines: ['asked unit of backend#cart missing 0/1', `asked unit of backend#orders held 1/1, pass ${RC} ci`],
    },
  ],
  [
    'of one component it is judged by that component alone',
    [
      ...bothIn(RC, { web: { commit: 'fffffff1' } }),
      ci(RC, 'unit/backend#orders', 10, { covers: { 'backend#orders': ORDERS } }),
    ],
    { policy: asks({ name: 'unit', of: 'backend#*' }) },
    { verdict: 'pass', findings: [], lines: [`asked unit of backend#orders held 1/1, pass ${RC} ci`] },
  ],
  [
    'asked of components, the release as a whole does not answer',
    [...bothIn(RC), ci(RC, 'unit', 10)],
    { policy: asks({ name: 'unit', of: 'backend#*' }) },
    {
      verdict: 'fail',
      findings: [`error evidence-missing backend#orders: orders in ${RC} lacks the evidence unit`],
      lines: ['asked unit of backend#orders missing 0/1', `found unit held 1/1, pass ${RC} ci`],
    },
  ],
  [
    'a person is asked, and CI is none',
    [...bothIn(RC), ci(RC, 'qa', 10)],
    { policy: QA },
    {
      verdict: 'fail',
      findings: [`error evidence-missing -: ${RC} lacks the sign-off qa`],
      lines: ['asked qa missing 0/1', `found qa held 1/1, pass ${RC} ci`],
    },
  ],
  [
    'CI cannot sign by writing the name of a person under the release',
    [...bothIn(RC), ci(RC, 'qa', 10, { by: 'Release/jane', principal: 'Release/jane' })],
    { policy: QA },
    {
      verdict: 'fail',
      findings: [`error evidence-missing -: ${RC} lacks the sign-off qa`],
      lines: ['asked qa missing 0/1', `found qa held 1/1, pass ${RC} ci`],
    },
  ],
  [
    'signed',
    [...bothIn(RC), signed(RC, 'qa', 'Release/jane', 10)],
    { policy: QA },
    { verdict: 'pass', findings: [], lines: [`asked qa held 1/1, pass ${RC} Release/jane`] },
  ],
  [
    'rejected: another person’s later yes does not undo it',
    [
      ...bothIn(RC),
      signed(RC, 'qa', 'Release/jane', 10, { result: 'fail', note: 'the cart forgets' }),
      signed(RC, 'qa', 'Release/joe', 20),
    ],
    { policy: QA },
    {
      verdict: 'fail',
      findings: [`error evidence-failed -: Release/jane rejects ${RC} (qa)`],
      lines: [`asked qa failed 1/1, pass ${RC} Release/joe, fail ${RC} Release/jane`],
    },
  ],
  [
    'signed and taken back',
    [...bothIn(RC), signed(RC, 'qa', 'Release/jane', 10, { revoked: true })],
    { policy: QA },
    {
      verdict: 'fail',
      findings: [`error evidence-missing -: ${RC} lacks the sign-off qa`],
      lines: ['asked qa missing 0/1'],
    },
  ],
  [
    'two persons are asked, and one signs by two roles',
    [...bothIn(RC), signed(RC, 'qa', 'Release/jane', 10), signed(RC, 'qa', 'Admin/jane', 20)],
    { policy: asks({ name: 'qa', by: 'person', minimum: 2 }) },
    {
      verdict: 'fail',
      findings: [`error evidence-missing -: ${RC} lacks the sign-off qa (1 of 2)`],
      lines: [`asked qa missing 1/2, pass ${RC} Admin/jane, pass ${RC} Release/jane`],
    },
  ],
  [
    'two persons are asked, and two sign',
    [...bothIn(RC), signed(RC, 'qa', 'Release/jane', 10), signed(RC, 'qa', 'Release/joe', 20)],
    { policy: asks({ name: 'qa', by: 'person', minimum: 2 }) },
    { verdict: 'pass', findings: [], lines: [`asked qa held 2/2, pass ${RC} Release/joe, pass ${RC} Release/jane`] },
  ],
  [
    'the stable release has what its candidate was tested with, by other workloads',
    [
      ...bothIn(RC),
      ci(RC, 'e2e', 10),
      signed(RC, 'qa', 'Release/jane', 15),
      ...bothIn('v1.4.0'),
      item('v1.4.0', 'k8s#prod-deployment/orders', { replicas: 1, readyReplicas: 1 }),
    ],
    { release: 'v1.4.0', policy: { evidence: [...E2E.evidence, ...QA.evidence] } },
    {
      verdict: 'pass',
      findings: [],
      lines: [`asked e2e held 1/1, pass ${RC} ci`, `asked qa held 1/1, pass ${RC} Release/jane`],
    },
  ],
  [
    'of two candidates the one with the same content counts, whatever the other says',
    [
      ...bothIn('v1.4.0-rc.1', { orders: { commit: 'bbbbbbb1' } }),
      ci('v1.4.0-rc.1', 'e2e', 30, { result: 'fail', covers: { ...COVERS, 'backend#orders': { commit: 'bbbbbbb1' } } }),
      ...bothIn('v1.4.0-rc.2'),
      ci('v1.4.0-rc.2', 'e2e', 10),
      ...bothIn('v1.4.0'),
    ],
    { release: 'v1.4.0', policy: E2E },
    { verdict: 'pass', findings: [], lines: ['asked e2e held 1/1, pass v1.4.0-rc.2 ci'] },
  ],
  [
    'a later failure of the same content beats an earlier pass',
    [
      ...bothIn('v1.4.0-rc.1'),
      ci('v1.4.0-rc.1', 'e2e', 10),
      ...bothIn('v1.4.0-rc.2'),
      ci('v1.4.0-rc.2', 'e2e', 20, { result: 'fail' }),
      ...bothIn('v1.4.0'),
    ],
    { release: 'v1.4.0', policy: E2E },
    {
      verdict: 'fail',
      findings: ['error evidence-failed -: v1.4.0 failed e2e'],
      lines: ['asked e2e failed 0/1, fail v1.4.0-rc.2 ci'],
    },
  ],
  [
    'and a later pass an earlier failure: the newest counts',
    [
      ...bothIn('v1.4.0-rc.1'),
      ci('v1.4.0-rc.1', 'e2e', 20),
      ...bothIn('v1.4.0-rc.2'),
      ci('v1.4.0-rc.2', 'e2e', 10, { result: 'fail' }),
      ...bothIn('v1.4.0'),
    ],
    { release: 'v1.4.0', policy: E2E },
    { verdict: 'pass', findings: [], lines: ['asked e2e held 1/1, pass v1.4.0-rc.1 ci'] },
  ],
  [
    'a candidate inherits nothing as what it is',
    [...bothIn('v1.4.0-rc.1'), ci('v1.4.0-rc.1', 'e2e', 10), ...bothIn('v1.4.0-rc.2')],
    { release: 'v1.4.0-rc.2', policy: E2E },
    {
      verdict: 'fail',
      findings: ['error evidence-missing -: v1.4.0-rc.2 lacks the evidence e2e'],
      lines: ['asked e2e missing 0/1'],
    },
  ],
  [
    'and as the stable release what that would',
    [...bothIn('v1.4.0-rc.1'), ci('v1.4.0-rc.1', 'e2e', 10), ...bothIn('v1.4.0-rc.2')],
    { release: 'v1.4.0-rc.2', policy: E2E, as: 'stable' },
    { verdict: 'pass', findings: [], lines: ['asked e2e held 1/1, pass v1.4.0-rc.1 ci'] },
  ],
  [
    'what is carried over brings along its own',
    [
      ci('v1.3.0', 'unit/backend#orders', -8_000, { covers: { 'backend#orders': ORDERS } }),
      item('v1.3.1', 'frontend#web', { ...WEB, date: at(0) }),
    ],
    { release: 'v1.3.1', policy: { patchReleases: 'carried', ...asks({ name: 'unit', of: 'backend#*' }) } },
    { verdict: 'pass', findings: [], lines: ['asked unit of backend#orders held 1/1, pass v1.3.0 ci'] },
  ],
  [
    'what the policy ignores has not gone',
    [...bothIn(RC), ci(RC, 'e2e', 10, { covers: { ...COVERS, 'tooling#lint': { version: '1' } } })],
    { policy: { ...E2E, roster: [{ component: 'tooling#*', expectation: 'ignored' }, { component: '*' }] } },
    { verdict: 'pass', findings: [], lines: [`asked e2e held 1/1, pass ${RC} ci`] },
  ],
  [
    'nor has what is still on its way',
    [...bothIn('v1.4.0-rc.1'), ci('v1.4.0-rc.1', 'e2e', 10), ordersAlone],
    { release: 'v1.4.0', policy: E2E, now: at(30) },
    {
      verdict: 'unknown',
      findings: ['info missing-component frontend#web: web has not arrived in v1.4.0 yet'],
      lines: ['asked e2e held 1/1, pass v1.4.0-rc.1 ci'],
    },
  ],
  [
    'until its time is over',
    [...bothIn('v1.4.0-rc.1'), ci('v1.4.0-rc.1', 'e2e', 10), ordersAlone],
    { release: 'v1.4.0', policy: E2E },
    {
      verdict: 'fail',
      findings: [
        'error missing-component frontend#web: web is missing from v1.4.0',
        'error evidence-stale -: v1.4.0 has changed since e2e',
      ],
      lines: ['asked e2e stale 0/1, pass v1.4.0-rc.1 ci (other content)'],
    },
  ],
];

test.each(TABLE)('%s', (_, items, asked, expected) => {
  expect(saysOf(items, asked)).toEqual(expected);
});

test('within the grace period the verdict says that evidence is what it waits for', () => {
  const items = [...bothIn('v1.3.0').map((one) => ({ ...one, date: at(-9_000) })), ...bothIn(RC)];
  expect(rowOf(items, { release: RC, policy: E2E, now: at(30) }).verdict).toMatchObject({
    result: 'unknown',
    unknown: ['evidence'],
  });
});

describe('evidence goes stale', () => {
  const DIGEST = { digest: `sha256:${'a'.repeat(64)}` };
  const OTHER_DIGEST = { digest: `sha256:${'b'.repeat(64)}` };
  const was = (of: Item) => ({ ...COVERS, 'backend#orders': of });
  const STALE: readonly (readonly [name: string, covers: Item, items: readonly Item[], why: string | null])[] = [
    [
      'by another commit',
      COVERS,
      bothIn(RC, { orders: { commit: 'd41a07e4c2b1' } }),
      'orders was 9f3c2abd41 when e2e ran, is d41a07e4c2',
    ],
    ['not by the same commit, written shorter', was({ commit: '9f3c2ab' }), bothIn(RC), null],
    [
      'by a commit of so few digits that another may begin likewise',
      was({ commit: '9f3c' }),
      bothIn(RC),
      'orders was 9f3c when e2e ran, is 9f3c2abd41',
    ],
    [
      'by another digest, where no commit is said',
      was(DIGEST),
      [item(RC, 'backend#orders', OTHER_DIGEST), item(RC, 'frontend#web', WEB)],
      `orders was sha256:${'a'.repeat(12)} when e2e ran, is sha256:${'b'.repeat(12)}`,
    ],
    [
      'not by the same digest, in capital letters',
      was({ digest: `sha256:${'A'.repeat(64)}` }),
      [item(RC, 'backend#orders', DIGEST), item(RC, 'frontend#web', WEB)],
      null,
    ],
    [
      'by another version, where neither is said',
      was({ version: '3.1.0' }),
      [item(RC, 'backend#orders', { componentVersion: '3.2.0' }), item(RC, 'frontend#web', WEB)],
      'orders was 3.1.0 when e2e ran, is 3.2.0',
    ],
    [
      'by what says something else than before: the two cannot be compared',
      was({ version: '3.1.0' }),
      bothIn(RC),
      'orders was 3.1.0 when e2e ran, is 9f3c2abd41',
    ],
    ['by a component that came', { 'backend#orders': ORDERS }, bothIn(RC), 'web came since'],
    [
      'by a component that is gone',
      { ...COVERS, 'kafka#order.placed': { version: '3.0.0' } },
      bothIn(RC),
      'order.placed is gone',
    ],
    [
      'not by workloads',
      COVERS,
      [...bothIn(RC), item(RC, 'k8s#qa-deployment/orders', { replicas: 2, readyReplicas: 2 })],
      null,
    ],
  ];
  test.each(STALE)('%s', (_, covers, items, why) => {
    const row = rowOf([...items, ci(RC, 'e2e', 10, { covers })], { release: RC, policy: E2E });
    const stale = row.findings.filter(({ code }) => code.startsWith('evidence-'));
    const passed = `It passed at ${at(10)}.`;
    expect(stale.map((finding) => [finding.code, describeFinding(finding).why])).toEqual(
      why === null ? [] : [['evidence-stale', `${passed} ${why}.`]],
    );
    expect(row.evidence.map(({ state }) => state)).toEqual([why === null ? 'held' : 'stale']);
  });

  test('with every component that differs, and told what it was said of where that was a candidate', () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      item('v1.4.0', `backend#b${index}`, { commit: `fffffff${index}` }),
    );
    const row = rowOf([...bothIn(RC), ci(RC, 'e2e', 10), ...bothIn('v1.4.0'), ...many], { policy: E2E });
    const [finding] = row.findings.filter(({ code }) => code === 'evidence-stale');
    expect(finding && describeFinding(finding)).toEqual({
      title: 'v1.4.0 has changed since e2e',
      why: `It passed as ${RC} at ${at(10)}. b0 came since; b1 came since; b2 came since; b3 came since; b4 came since; and 2 more.`,
      whatToDo: 'Run the check again, of what is there now.',
    });
  });

  const estates = HISTORY.filter((items) => items.length > 0);
  const testOf = (items: readonly Item[]) =>
    releasesIn(items).map((release) =>
      item(release, 'evidence#e2e', { result: 'pass', covers: coversOf(items, release), publishedAt: at(0) }),
    );
  const releasesIn = (items: readonly Item[]) => [...new Set(items.map(({ version }) => String(version)))];
  const statesOf = (items: readonly Item[]) =>
    new Map(
      reportOf(items, { policy: asks({ name: 'e2e' }) }).rows.flatMap(({ release, evidence }) =>
        evidence.map(({ state }) => [release.tag, state] as const),
      ),
    );

  test('never by workloads, whatever they are and wherever they come or go', () => {
    fc.assert(
      fc.property(estates, HISTORY, (items, others) => {
        const tested = [...items, ...testOf(items)];
        const workloads = others.filter(({ 'component#name': key }) => String(key).startsWith('k8s#'));
        const built = tested.filter(({ 'component#name': key }) => !String(key).startsWith('k8s#'));
        const before = statesOf(tested);
        for (const after of [statesOf(built), statesOf([...built, ...workloads])]) {
          for (const [release, state] of after) if (before.has(release)) expect(state).toBe(before.get(release));
        }
      }),
      { seed: 20_261_129 },
    );
  });

  test('always by a changed commit', () => {
    let changed = 0;
    fc.assert(
      fc.property(estates, fc.nat(), (items, pick) => {
        const built = items.filter(({ 'component#name': key }) => !String(key).startsWith('k8s#'));
        const one = built[pick % Math.max(built.length, 1)];
        if (one === undefined) return;
        const now = items.map((each) => (each === one ? { ...each, commit: '0123456789abcdef' } : each));
        const after = statesOf([...now, ...testOf(items)]).get(String(one.version));
        if (after === undefined) return;
        changed += 1;
        expect(after).toBe('stale');
      }),
      { seed: 20_261_129 },
    );
    expect(changed).toBeGreaterThan(20);
  });
});

test('the words of what failed and of who rejects', () => {
  const counts = { tests: 120, failures: 2, errors: 1, skipped: 4 };
  const items = [
    ...bothIn(RC),
    ci(RC, 'e2e', 10, { result: 'fail', counts, note: 'the cart' }),
    signed(RC, 'qa', 'Release/jane', 20, { result: 'fail', note: 'the cart forgets' }),
  ];
  const { findings } = rowOf(items, { release: RC, now: NOW });
  expect(findings.map(describeFinding)).toEqual([
    {
      title: `${RC} failed e2e`,
      why: `It failed at ${at(10)} (3 of 120 tests failed, 4 skipped: the cart).`,
      whatToDo: 'Fix what failed and run the check again: its newest result counts.',
    },
    {
      title: `Release/jane rejects ${RC} (qa)`,
      why: `Release/jane rejected it at ${at(20)} (the cart forgets).`,
      whatToDo: 'Fix it and have the same person sign it again, or waive it.',
    },
  ]);
});
