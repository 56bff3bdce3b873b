import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { STAGES } from '../../../src/release/item/release.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import { fetchFinder } from '../../../src/views/filters/finder.ts';
import { fetchRangeReader } from '../../../src/views/filters/range-reader.ts';
import { describeVisible } from '../../../src/views/filters/visible-words.ts';
import type { Filters } from '../../../src/views/params.ts';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';

beforeAll(async () => {
  await fetchRangeReader(() => import('../../../src/release/policy/policy-terms.ts'));
  await fetchFinder(() => import('../../../src/views/filters/pointed-at.ts'));
});

const NONE: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };

/** A roll-out that is finished: of these workloads nothing is unknown. */
const RUNS = { replicas: 1, readyReplicas: 1 };

/**
 * Rows, newest first: v3.0.0-alpha.1, v2.1.0 (without the shell: missing), v2.0.0, v1.4.0, v1.4.0-rc.1, nightly.
 * Columns: frontend#shell, backend#auth-service, backend#order-service, k8s#api, job#sweeper.
 */
const REPORT = reportOf([
  item('v3.0.0-alpha.1', 'backend#order-service', { owner: 'orders' }),
  item('v2.1.0', 'backend#auth-service', { commit: 'c0ffee1', owner: 'identity' }),
  item('v2.1.0', 'backend#order-service'),
  item('v2.1.0', 'k8s#prod-deployment/api', RUNS),
  item('v2.1.0', 'k8s#staging-deployment/api', RUNS),
  item('v2.0.0', 'frontend#shell', { environment: 'production' }),
  item('v2.0.0', 'backend#auth-service', { commit: 'c0ffee1', owner: 'sales' }),
  item('v2.0.0', 'k8s#prod-deployment/api', RUNS),
  item('v1.4.0', 'frontend#shell'),
  item('v1.4.0-rc.1', 'frontend#shell'),
  item('v1.4.0-rc.1', 'k8s#staging-deployment/api', RUNS),
  item('nightly', 'job#sweeper'),
]);

/** What is left, by name: easier to check by eye than indexes. */
function leftBy(filters: Partial<Filters>, report: Report = REPORT) {
  const { rows, columns, ...rest } = applyFilters(report, { ...NONE, ...filters });
  return {
    releases: rows.map((row) => report.rows[row]?.release.tag),
    components: columns.map((column) => report.components[column]?.id),
    ...rest,
  };
}

const RELEASES = ['v3.0.0-alpha.1', 'v2.1.0', 'v2.0.0', 'v1.4.0', 'v1.4.0-rc.1', 'nightly'];
const COMPONENTS = ['frontend#shell', 'backend#auth-service', 'backend#order-service', 'k8s#api', 'job#sweeper'];
const ALL = {
  releases: RELEASES,
  components: COMPONENTS,
  hiddenRows: 0,
  hiddenColumns: 0,
  withoutProblems: null,
  environments: null,
  rangeFault: null,
};

describe('applyFilters', () => {
  it('hides nothing without a filter', () => {
    expect(leftBy({})).toEqual(ALL);
  });

  it.each<[string, readonly string[]]>([
    ['1.4', ['v1.4.0', 'v1.4.0-rc.1']],
    ['RC', ['v1.4.0-rc.1']],
    [' v2 ', ['v2.1.0', 'v2.0.0']],
    ['night', ['nightly']],
    ['v1.4.0', ['v1.4.0', 'v1.4.0-rc.1']],
    ['~1.4', ['v1.4.0', 'v1.4.0-rc.1']],
    // A pre-release counts to its line, as long as the range names none.
    ['=1.4.0', ['v1.4.0', 'v1.4.0-rc.1']],
    ['>=1.4.0-rc.2 <1.5', ['v1.4.0']],
    ['>=2', ['v3.0.0-alpha.1', 'v2.1.0', 'v2.0.0']],
    ['>=2 <3', ['v2.1.0', 'v2.0.0']],
    ['~1.4 || >=2 <3', ['v2.1.0', 'v2.0.0', 'v1.4.0', 'v1.4.0-rc.1']],
    ['1.x', ['v1.4.0', 'v1.4.0-rc.1']],
    ['v2.X', ['v2.1.0', 'v2.0.0']],
    ['1.2 - 1.4', ['v1.4.0', 'v1.4.0-rc.1']],
    ['<1.4.0', []],
    ['^2.0.1', ['v2.1.0']],
    // Everything that is a version: the others never match a range.
    ['*', ['v3.0.0-alpha.1', 'v2.1.0', 'v2.0.0', 'v1.4.0', 'v1.4.0-rc.1']],
    // An alternative not yet written is none, not "anything".
    ['~1.4 || ', ['v1.4.0', 'v1.4.0-rc.1']],
  ])('of releases: %j', (q, releases) => {
    expect(leftBy({ q })).toEqual({ ...ALL, releases, hiddenRows: RELEASES.length - releases.length });
  });

  it.each(['~abc', '>=', '||', '>=1 <', `>=${'1'.repeat(400)}`])('range %j is a fault and hides nothing', (q) => {
    expect(leftBy({ q })).toEqual({
      ...ALL,
      rangeFault: expect.stringMatching(/^“.+” is not a version range, such as ~1\.4 or >=2 <3\.$/),
    });
  });

  it.each<[string, Partial<Filters>, object]>([
    ['stage', { stage: ['rc', 'alpha'] }, { releases: ['v3.0.0-alpha.1', 'v1.4.0-rc.1'], hiddenRows: 4 }],
    ['stage of what is not SemVer', { stage: ['other'] }, { releases: ['nightly'], hiddenRows: 5 }],
    ['type', { type: ['k8s', 'job'] }, { components: ['k8s#api', 'job#sweeper'], hiddenColumns: 3 }],
    ['type that nothing has', { type: ['cobol'] }, { components: [], hiddenColumns: 5 }],
    ['text', { q: 'SERVICE' }, { components: ['backend#auth-service', 'backend#order-service'], hiddenColumns: 3 }],
    ['text of two words', { q: ' service  auth' }, { components: ['backend#auth-service'], hiddenColumns: 4 }],
    [
      'release and component',
      { q: '2.1 auth' },
      { releases: ['v2.1.0'], components: ['backend#auth-service'], hiddenRows: 5, hiddenColumns: 4 },
    ],
    [
      'a range among words',
      { q: 'auth >=2 <2.1' },
      { releases: ['v2.0.0'], components: ['backend#auth-service'], hiddenRows: 5, hiddenColumns: 4 },
    ],
    ['what nothing is called', { q: 'zzz' }, { components: [], hiddenColumns: 5 }],
    ['text of an owner', { q: 'IDENT' }, { components: ['backend#auth-service'], hiddenColumns: 4 }],
    [
      'owner',
      { owner: ['identity', 'orders'] },
      { components: ['backend#auth-service', 'backend#order-service'], hiddenColumns: 3 },
    ],
    ['owner of before', { owner: ['sales'] }, { components: [], hiddenColumns: 5 }],
    [
      'own version of a component',
      { q: 'order-service@v2.1.0' },
      { releases: ['v2.1.0'], components: ['backend#order-service'], hiddenRows: 5, hiddenColumns: 4 },
    ],
    ['own version that nothing has', { q: 'api@9' }, { releases: [], components: [], hiddenRows: 6, hiddenColumns: 5 }],
    [
      'commit',
      { q: 'c0ffee1' },
      { releases: ['v2.1.0', 'v2.0.0'], components: ['backend#auth-service'], hiddenRows: 4, hiddenColumns: 4 },
    ],
    [
      'commit that nothing has',
      { q: 'c0ffee2c0ffee2' },
      { releases: [], components: [], hiddenRows: 6, hiddenColumns: 5 },
    ],
    ['text of the id', { q: 'k8s#' }, { components: ['k8s#api'], hiddenColumns: 4 }],
    [
      'environment',
      { env: ['prod'] },
      {
        releases: ['v2.1.0', 'v2.0.0'],
        components: ['frontend#shell', 'k8s#api'],
        hiddenRows: 4,
        hiddenColumns: 3,
        environments: ['prod'],
      },
    ],
    [
      'two environments',
      { env: ['staging', 'prod', 'staging'] },
      {
        releases: ['v2.1.0', 'v2.0.0', 'v1.4.0-rc.1'],
        components: ['frontend#shell', 'k8s#api'],
        hiddenRows: 3,
        hiddenColumns: 3,
        environments: ['staging', 'prod'],
      },
    ],
    [
      'environment among the components that the text leaves',
      { env: ['prod'], q: 'shell' },
      {
        releases: ['v2.0.0'],
        components: ['frontend#shell'],
        hiddenRows: 5,
        hiddenColumns: 4,
        environments: ['prod'],
      },
    ],
    [
      // Neither the alpha, whose missing parts only inform, nor what is unknown; nightly is not SemVer, a warning.
      'only problems',
      { problems: true },
      {
        releases: ['v2.1.0', 'nightly'],
        components: ['frontend#shell'],
        hiddenRows: 4,
        hiddenColumns: 4,
        withoutProblems: { rows: 4, columns: 4 },
      },
    ],
    [
      'only problems of a type: what fails a release elsewhere does not keep it',
      { problems: true, type: ['backend'] },
      {
        releases: ['nightly'],
        components: [],
        hiddenRows: 5,
        hiddenColumns: 5,
        withoutProblems: { rows: 5, columns: 2 },
      },
    ],
    [
      'only problems of a type that has some',
      { problems: true, type: ['frontend'] },
      {
        releases: ['v2.1.0', 'nightly'],
        components: ['frontend#shell'],
        hiddenRows: 4,
        hiddenColumns: 4,
        withoutProblems: { rows: 4, columns: 0 },
      },
    ],
    [
      'only problems of an environment: what is missing counts where it runs there in another release',
      { problems: true, env: ['prod'] },
      {
        releases: ['v2.1.0'],
        components: ['frontend#shell'],
        hiddenRows: 5,
        hiddenColumns: 4,
        withoutProblems: { rows: 1, columns: 1 },
        environments: ['prod'],
      },
    ],
  ])('%s', (_, filters, expected) => {
    expect(leftBy(filters)).toEqual({ ...ALL, ...expected });
  });

  it('only ever shrinks what is shown, and counts what it hides', () => {
    const filters = fc.record<Filters>({
      stage: fc.subarray([...STAGES]),
      type: fc.subarray(['frontend', 'backend', 'k8s', 'constructor']),
      env: fc.subarray(['prod', 'staging', '__proto__']),
      owner: fc.subarray(['identity', 'orders', 'nobody']),
      q: fc.constantFrom('', 'service', 'a p i', '#', 'zzz', '1', 'rc', '~1.4', '>=2 api', '~broken', 'api@2.0.0'),
      problems: fc.boolean(),
    });
    const keys = Object.keys(NONE) as (keyof Filters)[];
    fc.assert(
      fc.property(filters, fc.constantFrom(...keys), (chosen, key) => {
        const without = applyFilters(REPORT, { ...chosen, [key]: NONE[key] });
        const visible = applyFilters(REPORT, chosen);
        expect(without.rows).toEqual(expect.arrayContaining([...visible.rows]));
        expect(without.columns).toEqual(expect.arrayContaining([...visible.columns]));
        expect(visible.rows.length + visible.hiddenRows).toBe(REPORT.rows.length);
        expect(visible.columns.length + visible.hiddenColumns).toBe(REPORT.components.length);
      }),
    );
  });
});

/** v2.0.0: staging waits for a replica, prod runs; v1.0.0 is sound. */
const WORKLOADS = [
  item('v2.0.0', 'k8s#staging-deployment/api', { ...RUNS, replicas: 2, imageRef: 'r.example/api:2.0.0' }),
  item('v2.0.0', 'k8s#prod-deployment/api', { ...RUNS, imageRef: 'r.example/api:2.0.0' }),
  item('v2.0.0', 'backend#auth-service'),
  item('v1.0.0', 'k8s#prod-deployment/api', { ...RUNS, imageRef: 'r.example/api:1.0.0' }),
  item('v1.0.0', 'backend#auth-service'),
];

describe('a problem', () => {
  it.each<[string, Partial<Filters>, readonly string[]]>([
    ['of an environment', { env: ['staging'] }, ['v2.0.0']],
    ['of another environment', { env: ['prod'] }, []],
    ['of any environment', {}, ['v2.0.0']],
  ])('%s', (_, filters, releases) => {
    expect(leftBy({ problems: true, ...filters }, reportOf(WORKLOADS)).releases).toEqual(releases);
  });

  it('is none any more once it is waived, and one again once the waiver has expired', () => {
    const waived = (expires: string) => {
      const waiver = { code: 'not-ready', release: '>=1', component: 'k8s#api', reason: 'known', by: 'ops', expires };
      return leftBy({ problems: true }, reportOf(WORKLOADS, policyOf({ waivers: [waiver] }))).releases;
    };
    expect([waived('2026-12-31'), waived('2026-10-31')]).toEqual([[], ['v2.0.0']]);
  });
});

describe('describeVisible', () => {
  it.each<[Partial<Filters>, string]>([
    [{}, '6 releases, 5 components'],
    [{ q: 'shell' }, '6 releases, 1 of 5 components'],
    [{ q: '1.4 shell' }, '2 of 6 releases, 1 of 5 components'],
    [{ env: ['prod'] }, '2 of 6 releases, 2 of 5 components, entries of prod only'],
    [
      { problems: true },
      '2 of 6 releases, 1 of 5 components, 4 releases and 4 components without problems folded away',
    ],
    [
      { problems: true, q: 'alpha' },
      '0 of 6 releases, 0 of 5 components, 1 release and 5 components without problems folded away',
    ],
    [{ q: 'zzz' }, '6 releases, 0 of 5 components'],
    [{ env: ['a', 'b', 'c', 'd'] }, '0 of 6 releases, 0 of 5 components, entries of 4 environments only'],
  ])('%j', (filters, words) => {
    expect(describeVisible(REPORT, applyFilters(REPORT, { ...NONE, ...filters }))).toBe(words);
  });
});
