import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareTexts } from '../../src/release/compare/compare.ts';
import { currentReleases } from '../../src/release/deployed/current-releases.ts';
import { deploymentsOf, hiddenWords } from '../../src/release/deployed/deployments.ts';
import { lineStory } from '../../src/release/history/line-story.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { readPolicy } from '../../src/release/policy/read-policy.ts';
import type { Report } from '../../src/release/report/report.ts';
import { basisOf } from '../../src/release/report/since.ts';
import { surveySteps } from '../../src/release/report/survey.ts';
import { finish } from '../../src/release/text/steps.ts';
import { type Asked, madeReportOf, NOW, reportOf, rowOf, said } from './checks/said.ts';
import { ITEMS, POLICY } from './estates.ts';
import { item, policyOf } from './items.ts';

const why = { reason: 'deletes rows', by: 'jane', date: '2026-11-19' };
const withdrawn = (...rows: Item[]): Item => ({ withdrawn: rows.map((row) => ({ ...row, ...why })) });
const all = (release: string, names: readonly string[], more: Item = {}): Item[] =>
  names.map((name) => item(release, `backend#${name}`, more));
const runs = (release: string, environment: string, date: string, name = 'api'): Item =>
  item(release, `k8s#${environment}-deployment/${name}`, {
    imageRef: `acme/${name}:${release.slice(1)}`,
    replicas: 1,
    readyReplicas: 1,
    date,
  });

describe('a withdrawn release', () => {
  const ITEMS = ['v1.3.0', 'v1.4.0', 'v1.5.0'].flatMap((release) => all(release, ['api', 'web']));

  test.each<[name: string, row: Item, asked?: Asked, expected?: string]>([
    ['by its tag', { release: 'v1.4.0' }],
    ['by its tag in another spelling', { release: '1.4.0' }],
    ['by a range', { release: '>=1.4 <1.5' }],
    ['at any stage', { release: 'v1.4.0' }, { as: 'alpha' }],
  ])('fails: %s', (_, row, asked = {}) => {
    const { verdict, findings, withdrawn: told } = rowOf(ITEMS, { ...asked, policy: withdrawn(row) });
    expect([verdict.result, told]).toEqual(['fail', why]);
    expect(findings.map(({ code, severity, component }) => [code, severity, component])).toEqual([
      ['withdrawn-release', 'error', null],
    ]);
  });

  test('is none by another tag, nor are its candidates by its own', () => {
    const items = [...ITEMS, ...all('v1.4.0-rc.1', ['api', 'web'])];
    for (const row of [{ release: 'v1.4.1' }, { release: 'v1.4.0-rc.1' }]) {
      expect(said('withdrawn-release', items, { policy: withdrawn(row) })).toEqual([]);
    }
  });

  test('is not said to lack anything, unless that it is withdrawn is waived', () => {
    const items = [
      ...ITEMS,
      ...['backend#more', 'backend#most'].flatMap((name) => [item('v1.3.0', name), item('v1.2.0', name)]),
    ];
    const evidence = [{ name: 'e2e', stages: ['stable'] }];
    const codes = (policy: Item) =>
      rowOf(items, { policy: { graceMinutes: 0, evidence, ...policy } as Item }).findings.map(({ code }) => code);
    const policy = withdrawn({ release: 'v1.4.0' });
    const waivers = [{ code: 'withdrawn-release', release: 'v1.4.0', reason: 'r', by: 'b', expires: '2026-12-31' }];
    expect(codes(policy)).toEqual(['withdrawn-release']);
    expect(codes({ ...policy, waivers })).toEqual(expect.arrayContaining(['missing-component', 'evidence-missing']));
  });

  test('can be waived as anything else, and stays withdrawn', () => {
    const waivers = [{ code: 'withdrawn-release', release: 'v1.4.0', reason: 'r', by: 'b', expires: '2026-12-31' }];
    const row = rowOf(ITEMS, { policy: { ...withdrawn({ release: 'v1.4.0' }), waivers } });
    expect([row.verdict.result, row.withdrawn]).toEqual(['pass', why]);
  });

  test('teaches no roster', () => {
    const items = [
      ...all('v1.2.0', ['api', 'web']),
      ...all('v1.3.0', ['api', 'web']),
      ...all('v1.4.0', ['api', 'web', 'mistake']),
      ...all('v1.4.0-rc.1', ['api', 'web', 'mistake']),
      ...all('v1.5.0', ['api', 'web', 'mistake']),
      ...all('v1.6.0', ['api', 'web']),
    ];
    const asked = { release: 'v1.6.0' };
    expect(rowOf(items, asked).completeness.missing).toEqual(['backend#mistake']);
    const policy = withdrawn({ release: 'v1.4.0' }, { release: 'v1.5.0' });
    expect(rowOf(items, { ...asked, policy }).completeness.missing).toEqual([]);
  });

  test('nor does a withdrawn candidate, and what it was built of is not what was tested', () => {
    const items = [
      ...all('v1.3.0', ['api']),
      ...all('v1.4.0-rc.1', ['api'], { commit: 'aaa1111' }),
      ...all('v1.4.0-rc.2', ['api', 'extra'], { commit: 'bbb2222' }),
      ...all('v1.4.0', ['api'], { commit: 'aaa1111' }),
    ];
    const codes = (policy: Item) => rowOf(items, { policy }).findings.map(({ code }) => code);
    expect(codes({})).toEqual(['missing-component', 'rebuilt-after-rc']);
    expect(codes(withdrawn({ release: 'v1.4.0-rc.2' }))).toEqual([]);
  });

  test('is nothing to compare with: neither for the checks, for the cells, nor as prev', () => {
    const items = [
      ...all('v1.2.0', ['api'], { componentVersion: '1.0.0' }),
      ...all('v1.3.0', ['api'], { componentVersion: '9.0.0' }),
      ...all('v1.4.0', ['api'], { componentVersion: '1.0.0' }),
    ];
    const policy = withdrawn({ release: 'v1.3.0' });
    const of = (document: Item) => {
      const { report, survey } = madeReportOf(items, { policy: document });
      const compared = compareTexts(report, policyOf(document), 'prev', 'v1.4.0', survey.estate);
      const [row] = report.rows;
      return [
        row?.findings.map(({ code }) => code),
        row?.cells[0]?.state,
        'comparison' in compared ? compared.comparison.from.name : compared,
      ];
    };
    expect(of({})).toEqual([['version-regressed'], 'changed', 'v1.3.0']);
    expect(of(policy)).toEqual([[], 'unchanged', 'v1.2.0']);
  });

  test('is no basis of what became of the findings since', () => {
    const items = ['v1.3.0', 'v1.4.0-rc.1', 'v1.4.0-rc.2', 'v1.4.0'].flatMap((release) => all(release, ['api']));
    const basis = (release: string, policy: Item) => {
      const read = { ...readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS), readAt: NOW };
      const { estate } = finish(surveySteps(read, policyOf(policy), []));
      const { releases } = estate.matrix;
      const row = basisOf(
        estate,
        releases.findIndex(({ tag }) => tag === release),
      );
      return row === null ? null : releases[row]?.tag;
    };
    expect(basis('v1.4.0-rc.2', {})).toBe('v1.4.0-rc.1');
    expect(basis('v1.4.0-rc.2', withdrawn({ release: 'v1.4.0-rc.1' }))).toBe('v1.3.0');
    expect(basis('v1.4.0', withdrawn({ release: 'v1.3.0' }))).toBe(null);
  });

  test('below all others leaves the one above it the oldest, in which nothing is new', () => {
    const states = (policy: Item) =>
      reportOf(ITEMS, { policy }).rows.map(({ cells }) => cells.map((cell) => cell?.state).join(' '));
    expect(states(withdrawn({ release: 'v1.3.0' })).slice(1)).toEqual(['unchanged unchanged', 'unchanged unchanged']);
  });

  test('is another spelling of nothing', () => {
    const items = [...ITEMS, ...all('1.4.0', ['api', 'web'])];
    expect(said('near-duplicate-name', items).length).toBe(1);
    expect(said('near-duplicate-name', items, { policy: withdrawn({ release: '1.3.0' }) }).length).toBe(1);
  });

  test('nobody is behind it, and where it runs that is said', () => {
    const items = [
      ...['v1.3.0', 'v1.4.0', 'v1.5.0'].flatMap((release) => all(release, ['api'])),
      runs('v1.4.0', 'qa', '2026-11-01T12:00:00Z'),
      runs('v1.5.0', 'qa', '2026-11-02T12:00:00Z'),
      runs('v1.4.0', 'prod', '2026-11-01T12:00:00Z'),
    ];
    const cells = (policy: Item) => {
      const { rows } = deploymentsOf(reportOf(items, { policy }));
      return rows[0]?.cells.map((cell) => [
        cell?.release,
        cell?.behindStable?.to,
        cell?.behindStable?.releases,
        cell?.behindNewest?.to,
        cell?.marks.map(({ mark }) => mark).join(' '),
      ]);
    };
    expect(cells({})).toEqual([
      ['v1.5.0', 'v1.5.0', 0, 'v1.5.0', ''],
      ['v1.4.0', 'v1.5.0', 1, 'v1.5.0', ''],
    ]);
    expect(cells(withdrawn({ release: 'v1.5.0' }))).toEqual([
      ['v1.5.0', 'v1.4.0', 0, 'v1.4.0', 'withdrawn'],
      ['v1.4.0', 'v1.4.0', 0, 'v1.4.0', ''],
    ]);
  });

  test('is current only where it runs', () => {
    const policy = withdrawn({ release: 'v1.5.0' });
    const current = (items: Item[]) => [...currentReleases(reportOf(items, { policy }))];
    expect(current(ITEMS)).toEqual(['v1.4.0']);
    expect(current([...ITEMS, runs('v1.5.0', 'qa', '2026-11-02T12:00:00Z')])).toEqual(['v1.4.0', 'v1.5.0']);
  });

  test('leaves its line in progress, and its components where the candidate has them', () => {
    const items = [...all('v1.4.0-rc.1', ['api']), ...all('v1.4.0', ['api'])];
    const story = (policy: Item) => {
      const told = lineStory(reportOf(items, { policy }), 'v1.4.0');
      return [told?.inProgress, told?.components[0]?.furthest?.release];
    };
    expect(story({})).toEqual([false, 'v1.4.0']);
    expect(story(withdrawn({ release: 'v1.4.0' }))).toEqual([true, 'v1.4.0-rc.1']);
  });
});

describe('a withdrawn component', () => {
  const ITEMS = [
    ...['v1.1.0', 'v1.2.0', 'v1.3.0'].flatMap((release) => all(release, ['api', 'legacy'])),
    ...all('v1.4.0', ['api']),
    ...all('v1.5.0', ['api']),
  ];
  const roster = [{ component: 'backend#api' }, { component: 'backend#legacy', expectation: 'carried' }];

  test.each<[name: string, policy: Item, missing: string[], carried: boolean]>([
    ['expected until it is withdrawn', {}, ['backend#legacy'], false],
    ['expected no more', withdrawn({ component: 'backend#legacy' }), [], false],
    ['by a glob', withdrawn({ component: '*#leg*' }), [], false],
    ['from a release on', withdrawn({ component: 'backend#legacy', releases: '>=1.4' }), [], false],
    ['from a later one on', withdrawn({ component: 'backend#legacy', releases: '>=1.5' }), ['backend#legacy'], false],
    ['carried over until it is withdrawn', { roster }, [], true],
    ['nor carried over', { roster, ...withdrawn({ component: 'backend#legacy', releases: '>=1.4' }) }, [], false],
    ['nor by the patches', { patchReleases: 'carried', ...withdrawn({ component: 'backend#legacy' }) }, [], false],
  ])('is %s', (_, policy, missing, carried) => {
    const row = rowOf(ITEMS, { policy });
    expect(row.completeness.missing).toEqual(missing);
    expect(row.cells.some((cell) => cell?.state === 'carried')).toBe(carried);
  });

  test('is expected as before in the releases before', () => {
    const items = ITEMS.filter(
      ({ version, 'component#name': key }) => version !== 'v1.3.0' || key !== 'backend#legacy',
    );
    const policy = withdrawn({ component: 'backend#legacy', releases: '>=1.4' });
    expect(rowOf(items, { release: 'v1.3.0', policy }).completeness.missing).toEqual(['backend#legacy']);
  });

  test('is shown where a release has it all the same, as one that nobody expects', () => {
    const row = rowOf([...ITEMS, ...all('v1.4.0', ['legacy'])], { policy: withdrawn({ component: 'backend#legacy' }) });
    expect(row.cells.map((cell) => [cell?.text, cell?.expected])).toEqual([
      ['1.4.0', true],
      ['1.4.0', false],
    ]);
  });

  test('is no part of a deployment that is not whole', () => {
    const items = ['v1.2.0', 'v1.3.0', 'v1.4.0'].flatMap((release, at) => [
      runs(release, 'qa', `2026-11-0${at + 1}T12:00:00Z`),
      runs(release, 'prod', `2026-11-0${at + 1}T13:00:00Z`),
      runs(release, 'qa', `2026-11-0${at + 1}T12:00:00Z`, 'old'),
      ...(release === 'v1.4.0' ? [] : [runs(release, 'prod', `2026-11-0${at + 1}T13:00:00Z`, 'old')]),
    ]);
    expect(said('partial-environment', items).length).toBe(1);
    expect(said('partial-environment', items, { policy: withdrawn({ component: 'k8s#old' }) })).toEqual([]);
  });
});

describe('a withdrawn environment', () => {
  const items = [
    ...all('v1.4.0', ['api'], { environments: ['uat', 'prod'] }),
    runs('v1.4.0', 'prod', '2026-11-01T12:00:00Z'),
    runs('v1.3.0', 'UAT', '2026-11-01T12:00:00Z'),
    runs('v1.3.0', 'prod', '2026-10-01T12:00:00Z'),
    item('v1.4.0', 'k8s#uat-deployment/api', { replicas: 3, readyReplicas: 0 }),
    item('v1.4.0', 'k8s#old-deployment/only-there', { replicas: 3 }),
  ];
  const policy = withdrawn({ environment: 'Uat' }, { environment: 'old' });

  test('is none of the environments; nothing that runs there is said, and that is', () => {
    const report = reportOf(items, { policy });
    expect(report.environments).toEqual(['prod']);
    expect(report.components.map(({ id }) => id)).toEqual(['backend#api', 'k8s#api']);
    expect(report.rows.flatMap(({ findings }) => findings.map(({ environment }) => environment))).not.toContain('uat');
    expect(report.rows[0]?.cells.map((cell) => cell?.entries.map(({ environments }) => environments))).toEqual([
      [['prod']],
      [['prod']],
    ]);
    expect(hiddenWords(deploymentsOf(report))).toBe(
      'Hidden, as withdrawn: uat (2026-11-19, jane: deletes rows); old (2026-11-19, jane: deletes rows)',
    );
  });

  test('what a release has there alone is neither there nor missing', () => {
    const items = [
      ...['v1.2.0', 'v1.3.0'].flatMap((release) => [
        ...all(release, ['api']),
        runs(release, 'prod', '2026-10-01T12:00:00Z'),
        runs(release, 'prod', '2026-10-01T12:00:00Z', 'web'),
      ]),
      ...all('v1.4.0', ['api']),
      runs('v1.4.0', 'prod', '2026-11-01T12:00:00Z'),
      runs('v1.4.0', 'uat', '2026-11-01T12:00:00Z', 'web'),
    ];
    for (const roster of [[], [{ component: 'k8s#web' }, { component: '*' }]]) {
      const row = rowOf(items, { policy: { roster, ...policy } });
      expect([row.completeness.expected, row.completeness.missing, row.verdict.result]).toEqual([2, [], 'pass']);
      expect(row.cells.map((cell) => cell?.text ?? null)).toEqual(['1.4.0', '1.4.0', null]);
    }
    // What it has nowhere is missing all the same.
    const without = items.filter((one) => one['component#name'] !== 'k8s#uat-deployment/web');
    expect(rowOf(without, { policy }).completeness.missing).toEqual(['k8s#web']);
  });

  test('by another name is folded as all others', () => {
    const aliases = { environments: { aliases: { acceptance: 'uat' } } };
    const report = reportOf(items, { policy: { ...aliases, ...withdrawn({ environment: 'acceptance' }) } });
    expect(report.environments).toEqual(['prod', 'old']);
  });
});

describe('what the policy may not say', () => {
  test.each<[name: string, row: Item, path: string, reason: RegExp]>([
    ['nothing that is withdrawn', {}, 'withdrawn[0]', /exactly one of release, component and environment/],
    ['two things at once', { release: 'v1', environment: 'qa' }, 'withdrawn[0]', /exactly one/],
    [
      'a range of releases of a release',
      { release: 'v1.4.0', releases: '>=1' },
      'withdrawn[0]',
      /belongs to a component/,
    ],
    ['no range', { component: '*', releases: 'soon' }, 'withdrawn[0].releases', /not a SemVer range/],
    ['a day that is none', { release: 'v1.4.0', date: '2026-02-30' }, 'withdrawn[0].date', /not a date/],
  ])('%s', (_, row, path, reason) => {
    const reading = readPolicy({ withdrawn: [{ ...why, ...row }] });
    expect('faults' in reading ? reading.faults : []).toEqual([{ path, reason: expect.stringMatching(reason) }]);
  });
});

describe('for any estate', () => {
  test('rows that mean nothing in it change nothing', () => {
    const rows = withdrawn(
      { release: 'v9.9.9' },
      { release: '>=9 <10' },
      { component: 'none#*' },
      { component: '*', releases: '>=9 <10' },
      { environment: 'nowhere' },
    );
    fc.assert(
      fc.property(ITEMS, POLICY, (items, policy) => {
        const { withdrawn: _, ...report } = reportOf(items, { policy: { ...policy, ...rows } });
        expect(report).toEqual(reportOf(items, { policy }));
      }),
    );
  });

  test('of a withdrawn environment nothing is said, and nothing new of all others', () => {
    // Of what a release has there alone nobody says that it is missing, so that its completeness is another.
    const LACKS = new Set(['missing-component', 'partial-release', 'near-duplicate-name']);
    const runsThere = ({ environment, 'component#name': key }: Item) =>
      environment === undefined
        ? /^k8s#prod(uction)?-/.test(String(key))
        : environment === 'prod' && /^k8s#/.test(String(key));
    const said = ({ rows }: Report) =>
      rows.map(({ release, findings }) => [release.tag, findings.filter(({ code }) => !LACKS.has(code))]);
    fc.assert(
      fc.property(ITEMS, (items) => {
        // What is no workload stays, without the name of the environment.
        const some = items.filter((one) => one.environment !== 'prod' || runsThere(one));
        const report = reportOf(some, { policy: withdrawn({ environment: 'prod' }) });
        expect(report.environments).not.toContain('prod');
        expect(said(report)).toEqual(said(reportOf(some.filter((one) => !runsThere(one)))));
      }),
    );
  });
});
