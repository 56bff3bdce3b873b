import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareSides, compareTexts } from '../../src/release/compare/compare.ts';
import {
  type Comparison,
  type ComponentComparison,
  comparisonDocument,
} from '../../src/release/compare/compare-document.ts';
import { readSide, resolveSide } from '../../src/release/compare/compare-sides.ts';
import { compareAsLines, compareAsMarkdown, compareAsRows } from '../../src/release/compare/compare-words.ts';
import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import { type Asked, madeReportOf, NOW } from './checks/said.ts';
import { item, policyOf } from './items.ts';

const compareItems = (items: readonly Item[], a: string, b: string, asked: Asked = {}) => {
  const { report, survey } = madeReportOf(items, asked);
  return compareTexts(report, policyOf(asked.policy), a, b, survey.estate);
};

function compare(items: readonly Item[], a: string, b: string, asked: Asked = {}): Comparison {
  const reading = compareItems(items, a, b, asked);
  if ('faults' in reading) throw new Error(reading.faults.map(({ message }) => message).join(' '));
  return reading.comparison;
}

/** A component's line: `api: changed minor, 1.0.0 → 1.1.0`, then its differences. */
function said({ name, class: of, step, from, to, expected, differences }: ComponentComparison): string[] {
  return [
    `${name}: ${[of, ...(step === null ? [] : [step])].join(' ')}, ${from?.version ?? '-'} → ${to?.version ?? '-'}${expected ? ', expected' : ''}`,
    ...differences.map(
      ({ field, environment, from: a, to: b }) =>
        `  ${field}${environment === null ? '' : ` in ${environment}`}: ${a ?? '-'} → ${b ?? '-'}`,
    ),
  ];
}

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const digest = (of: string) => `sha256:${of.repeat(64)}`;

describe('one component, from v1.0.0 to v1.1.0', () => {
  test.each<[name: string, from: Item | null, to: Item | null, expected: string[], key?: string]>([
    ['new', null, { componentVersion: '1.0.0' }, ['x: new, - → 1.0.0']],
    ['removed, and so missing', { componentVersion: '1.0.0' }, null, ['x: removed, 1.0.0 → -, expected']],
    [
      'major',
      { componentVersion: '1.0.0' },
      { componentVersion: 'v2.0.0' },
      ['x: changed major, 1.0.0 → v2.0.0', '  componentVersion: 1.0.0 → v2.0.0'],
    ],
    [
      'minor, by the npm version',
      { npmVersion: '1.0.0' },
      { npmVersion: '1.1.0' },
      ['x: changed minor, 1.0.0 → 1.1.0', '  npmVersion: 1.0.0 → 1.1.0'],
      'frontend#x',
    ],
    [
      'patch',
      { componentVersion: '1.0.0' },
      { componentVersion: '1.0.1' },
      ['x: changed patch, 1.0.0 → 1.0.1', '  componentVersion: 1.0.0 → 1.0.1'],
    ],
    [
      'out of a pre-release',
      { componentVersion: '1.1.0-rc.1', commit: A },
      { componentVersion: '1.1.0', commit: B },
      ['x: changed pre-release, 1.1.0-rc.1 → 1.1.0', '  componentVersion: 1.1.0-rc.1 → 1.1.0', `  commit: ${A} → ${B}`],
    ],
    [
      'into a pre-release of the next minor',
      { componentVersion: '1.1.0' },
      { componentVersion: '1.2.0-alpha.1' },
      ['x: changed minor, 1.1.0 → 1.2.0-alpha.1', '  componentVersion: 1.1.0 → 1.2.0-alpha.1'],
    ],
    [
      'downgrade',
      { componentVersion: '2.0.0' },
      { componentVersion: '1.9.0' },
      ['x: changed downgrade, 2.0.0 → 1.9.0', '  componentVersion: 2.0.0 → 1.9.0'],
    ],
    [
      'a stated downgrade is one though the commit is the same',
      { componentVersion: '2.0.0', commit: A },
      { componentVersion: '1.9.0', commit: A.slice(0, 7) },
      ['x: changed downgrade, 2.0.0 → 1.9.0', '  componentVersion: 2.0.0 → 1.9.0'],
    ],
    [
      'versions that are no SemVer',
      { componentVersion: 'blue' },
      { componentVersion: 'green' },
      ['x: changed not-comparable, blue → green', '  componentVersion: blue → green'],
    ],
    [
      'two numbers and four',
      { componentVersion: '1.4' },
      { componentVersion: '1.4.0.1' },
      ['x: changed patch, 1.4 → 1.4.0.1', '  componentVersion: 1.4 → 1.4.0.1'],
    ],
    [
      'as Python writes it',
      { componentVersion: '1.4.0rc1' },
      { componentVersion: '1.4.0' },
      ['x: changed pre-release, 1.4.0rc1 → 1.4.0', '  componentVersion: 1.4.0rc1 → 1.4.0'],
    ],
    [
      'the next build of a version',
      { componentVersion: '1.4.0-r9' },
      { componentVersion: '1.4.0-r10' },
      ['x: changed patch, 1.4.0-r9 → 1.4.0-r10', '  componentVersion: 1.4.0-r9 → 1.4.0-r10'],
    ],
    [
      'the build before',
      { componentVersion: '1.4.0-r10' },
      { componentVersion: '1.4.0-r9' },
      ['x: changed downgrade, 1.4.0-r10 → 1.4.0-r9', '  componentVersion: 1.4.0-r10 → 1.4.0-r9'],
    ],
    [
      'a build after the candidate',
      { componentVersion: '1.4.0-rc.1' },
      { componentVersion: '1.4.0-r1' },
      ['x: changed pre-release, 1.4.0-rc.1 → 1.4.0-r1', '  componentVersion: 1.4.0-rc.1 → 1.4.0-r1'],
    ],
    [
      'packed in another way',
      { componentVersion: '1.4.0-alpine' },
      { componentVersion: '1.4.0-slim' },
      ['x: changed same-version, 1.4.0-alpine → 1.4.0-slim', '  componentVersion: 1.4.0-alpine → 1.4.0-slim'],
    ],
    [
      'unchanged, as nothing of it changed',
      { componentVersion: '1.0.0' },
      { componentVersion: '1.0.0' },
      ['x: unchanged, 1.0.0 → 1.0.0'],
    ],
    ...[{}, { commit: A }].flatMap((more): [string, Item, Item, string[]][] =>
      [
        ['1.0.0', 'v1.0.0'],
        ['1.0', '1.0.0'],
        ['1.0.0-rc1', '1.0.0-rc.1'],
      ].map(([from = '', to = '']) => [
        `unchanged, but for the spelling of its version: ${from} and ${to}${more.commit === undefined ? '' : ', of one commit'}`,
        { componentVersion: from, ...more },
        { componentVersion: to, ...more },
        [`x: unchanged, ${from} → ${to}`, `  componentVersion: ${from} → ${to}`],
      ]),
    ),
    [
      'unchanged: what is of the moment does not count',
      { componentVersion: '1.0.0', date: '2026-11-01T00:00:00Z', links: { a: 'https://a.example' }, owner: 'red' },
      { componentVersion: '1.0.0', date: '2026-11-02T00:00:00Z', changelog: 'x', owner: 'blue' },
      ['x: unchanged, 1.0.0 → 1.0.0', '  owner: red → blue'],
    ],
    [
      'the tag was moved: one version, two commits',
      { componentVersion: '1.0.0', commit: A },
      { componentVersion: '1.0.0', commit: B },
      ['x: changed same-version, 1.0.0 → 1.0.0', `  commit: ${A} → ${B}`],
    ],
    [
      'other bytes under one version, from nobody knows where',
      { componentVersion: '1.0.0', digest: digest('1') },
      { componentVersion: '1.0.0', digest: digest('2') },
      ['x: changed same-version, 1.0.0 → 1.0.0', `  digest: ${digest('1')} → ${digest('2')}`],
    ],
    [
      'rebuilt: one commit, another digest',
      { componentVersion: '1.0.0', commit: A, digest: digest('1') },
      { componentVersion: '1.0.0', commit: A, digest: digest('2') },
      ['x: rebuilt, 1.0.0 → 1.0.0', `  digest: ${digest('1')} → ${digest('2')}`],
    ],
    [
      'rebuilt: one commit, the version only follows the release',
      { commit: A, artifact: 'ghcr.io/acme/x:1.0.0' },
      { commit: A.slice(0, 8), artifact: 'ghcr.io/acme/x:1.1.0' },
      ['x: rebuilt, 1.0.0 → 1.1.0', '  artifact: ghcr.io/acme/x:1.0.0 → ghcr.io/acme/x:1.1.0'],
    ],
    [
      'rebuilt: the release candidate, now without its suffix',
      { npmVersion: '3.0.0-rc.1', commit: A },
      { npmVersion: '3.0.0', commit: A },
      ['x: rebuilt, 3.0.0-rc.1 → 3.0.0', '  npmVersion: 3.0.0-rc.1 → 3.0.0'],
      'frontend#x',
    ],
    [
      'unchanged: the same bytes under the name of the next release',
      { commit: A, artifact: 'ghcr.io/acme/x:1.0.0', digest: digest('d') },
      { commit: A, artifact: 'ghcr.io/acme/x:1.1.0', digest: `sha256:${'D'.repeat(64)}` },
      ['x: unchanged, 1.0.0 → 1.1.0', '  artifact: ghcr.io/acme/x:1.0.0 → ghcr.io/acme/x:1.1.0'],
    ],
    [
      'unchanged: one commit, and nothing says that it was built again',
      { commit: A },
      { commit: A },
      ['x: unchanged, 1.0.0 → 1.1.0'],
    ],
    [
      'changed: the version follows the release, and nothing is known of the commit',
      {},
      {},
      ['x: changed minor, 1.0.0 → 1.1.0'],
    ],
    [
      'one commit, another evolution policy: no rebuild',
      { schemaVersion: '4.0.0', commit: A, evolutionPolicy: 'FULL', consumers: ['b', 'a'] },
      { schemaVersion: '4.0.0', commit: A, evolutionPolicy: 'NONE', consumers: ['a', 'b'] },
      ['x: changed same-version, 4.0.0 → 4.0.0', '  evolutionPolicy: FULL → NONE'],
      'kafka#x',
    ],
    [
      'a chart',
      { chartVersion: '1.0.0', appVersion: '1.0.0', valuesHash: 'sha256:1' },
      { chartVersion: '1.0.1', appVersion: '1.1.0', valuesHash: 'sha256:2' },
      [
        'x: changed patch, 1.0.0 → 1.0.1',
        '  chartVersion: 1.0.0 → 1.0.1',
        '  appVersion: 1.0.0 → 1.1.0',
        '  valuesHash: sha256:1 → sha256:2',
      ],
      'infra#x',
    ],
  ])('%s', (_, from, to, expected, key = 'backend#x') => {
    const items = [
      item('v1.0.0', 'backend#other'),
      item('v1.1.0', 'backend#other'),
      ...(from === null ? [] : [item('v1.0.0', key, from)]),
      ...(to === null ? [] : [item('v1.1.0', key, to)]),
    ];
    const { components } = compare(items, 'v1.0.0', 'v1.1.0');
    expect(components.filter(({ name }) => name === 'x').flatMap(said)).toEqual(expected);
  });
});

/** Entries of the workload `api` of a release, each `environment image-tag`, deployed on the days of November that are given. */
const workloads = (release: string, ...entries: [environment: string, tag: string, deployedOn: number][]): Item[] =>
  entries.map(([environment, tag, deployedOn]) =>
    item(release, `k8s#${environment}-deployment/api`, {
      imageRef: `acme/api:${tag}`,
      date: `2026-11-${String(deployedOn).padStart(2, '0')}T12:00:00Z`,
    }),
  );

describe('sides', () => {
  const items = [
    item('v1.0.0', 'backend#x', { componentVersion: '1.0.0' }),
    item('v1.0.0', 'kafka#user', { schemaVersion: '1.0.0' }),
    ...workloads('v1.0.0', ['staging', '1.0.0', 1], ['production', '1.0.0', 2]),
    item('v1.1.0-rc.1', 'backend#x', { componentVersion: '1.1.0' }),
    ...workloads('v1.1.0-rc.1', ['preprod', '1.1.0-rc.1', 3]),
    item('v1.1.0', 'backend#x', { componentVersion: '1.1.0' }),
    ...workloads('v1.1.0', ['staging', '1.1.0', 4], ['prod', '1.0.5', 5]),
    item('nightly', 'backend#x', { componentVersion: '9.9.9' }),
  ];

  test.each<[a: string, b: string, expected: string[], leftOut?: string[], asked?: Asked]>([
    [
      'v1.0.0',
      'v1.1.0',
      [
        'x: changed minor, 1.0.0 → 1.1.0',
        '  componentVersion: 1.0.0 → 1.1.0',
        'user: removed, 1.0.0 → -, expected',
        'api: changed minor, 1.0.0 → 1.1.0 / 1.0.5',
        '  imageRef in staging: acme/api:1.0.0 → acme/api:1.1.0',
        '  imageRef in prod: acme/api:1.0.0 → acme/api:1.0.5',
      ],
    ],
    [
      ' 1.1.0-rc.1 ',
      'v1.1.0',
      [
        'x: unchanged, 1.1.0 → 1.1.0',
        'api: changed downgrade, 1.1.0-rc.1 → 1.0.5',
        '  imageRef: acme/api:1.1.0-rc.1 → acme/api:1.0.5',
        '  environments: preprod → staging, prod',
      ],
    ],
    [
      'prev',
      'v1.1.0-rc.1',
      [
        'x: changed minor, 1.0.0 → 1.1.0',
        '  componentVersion: 1.0.0 → 1.1.0',
        'user: removed, 1.0.0 → -, expected',
        'api: changed minor, 1.0.0 → 1.1.0-rc.1',
        '  imageRef: acme/api:1.0.0 → acme/api:1.1.0-rc.1',
        '  environments: staging, prod → preprod',
      ],
    ],
    ['@staging', '@PRD', ['api: changed downgrade, 1.1.0 → 1.0.5', '  imageRef: acme/api:1.1.0 → acme/api:1.0.5']],
    [
      '@prod',
      'v1.0.0',
      ['api: changed downgrade, 1.0.5 → 1.0.0', '  imageRef: acme/api:1.0.5 → acme/api:1.0.0'],
      ['backend#x', 'kafka#user'],
    ],
    [
      'v1.1.0-rc.1',
      '@prod',
      ['api: changed downgrade, 1.1.0-rc.1 → 1.0.5', '  imageRef: acme/api:1.1.0-rc.1 → acme/api:1.0.5'],
      ['backend#x'],
    ],
    [
      'prev',
      '@prod',
      ['api: changed patch, 1.0.0 → 1.0.5', '  imageRef: acme/api:1.0.0 → acme/api:1.0.5'],
      ['backend#x', 'kafka#user'],
    ],
    [
      'nightly',
      'v1.1.0',
      ['x: changed downgrade, 9.9.9 → 1.1.0', '  componentVersion: 9.9.9 → 1.1.0', 'api: new, - → 1.1.0 / 1.0.5'],
    ],
    [
      'v1.0.0',
      'v1.1.0',
      [
        'x: changed minor, 1.0.0 → 1.1.0',
        '  componentVersion: 1.0.0 → 1.1.0',
        'user: unchanged, 1.0.0 → 1.0.0',
        'api: changed minor, 1.0.0 → 1.1.0 / 1.0.5',
        '  imageRef in staging: acme/api:1.0.0 → acme/api:1.1.0',
        '  imageRef in prod: acme/api:1.0.0 → acme/api:1.0.5',
      ],
      [],
      { policy: { roster: [{ component: 'kafka#*', expectation: 'carried' }, { component: '*' }] } },
    ],
  ])('%s and %s', (a, b, expected, leftOut = [], asked = {}) => {
    const comparison = compare(items, a, b, asked);
    expect(comparison.components.flatMap(said)).toEqual(expected);
    expect(comparison.leftOut).toEqual(leftOut);
    expect(comparisonDocument.parse(comparison)).toEqual(comparison);
    expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
  });

  test('what is carried over says where it comes from, and the sides who they are', () => {
    const asked = { policy: { roster: [{ component: 'kafka#*', expectation: 'carried' }, { component: '*' }] } };
    const { from, to, counts, components } = compare(items, '@prod', 'v1.1.0', asked);
    expect([from, to, counts]).toEqual([
      { name: '@prod', release: null, stage: null, environment: 'prod' },
      { name: 'v1.1.0', release: 'v1.1.0', stage: 'stable', environment: null },
      { new: 0, removed: 0, changed: 0, rebuilt: 0, unchanged: 1 },
    ]);
    expect(components.map(({ to: side }) => side)).toEqual([
      { release: 'v1.1.0', version: '1.0.5', carried: false, repo: null, commit: null },
    ]);
    expect(compare(items, 'v1.0.0', 'v1.1.0', asked).components.map(({ to: side }) => side?.carried)).toEqual([
      false,
      true,
      false,
    ]);
  });

  test.each<[a: string, b: string, expected: string[]]>([
    ['', 'v1.1.0', ['no-side']],
    [' ', '', ['no-side']],
    ['v1.2.0', 'v1.1.0', ['unknown-release']],
    ['main', 'v1.1.0', ['unknown-release']],
    ['__proto__', 'constructor', ['unknown-release', 'unknown-release']],
    ['@', 'v1.1.0', ['nothing-runs']],
    ['@qa', 'v1.1.0', ['nothing-runs']],
    ['prev', 'v1.0.0', ['no-stable-before']],
    ['prev', 'nightly', ['no-stable-before']],
    ['prev', 'prev', ['previous-of-nothing']],
    ['prev', '', ['previous-of-nothing', 'no-side']],
    ['prev', 'v7.0.0', ['unknown-release']],
    ['@qa', 'prev', ['nothing-runs']],
  ])('faults of “%s” and “%s”', (a, b, expected) => {
    const reading = compareItems(items, a, b);
    expect('faults' in reading ? reading.faults.map(({ code }) => code) : reading).toEqual(expected);
  });

  test('a fault says what was expected and what there is', () => {
    const said = (a: string) => {
      const reading = compareItems(items, a, 'v1.0.0');
      return 'faults' in reading ? reading.faults.map(({ message }) => message) : [];
    };
    expect(['v1.2.0', 'v1.0.7', 'rc.1', '@qa', 'prev', ''].flatMap(said)).toEqual([
      'There is no fragment of v1.2.0. The newest are v1.1.0, v1.1.0-rc.1, v1.0.0.',
      'There is no fragment of v1.0.7. The nearest are v1.1.0-rc.1, v1.0.0, nightly.',
      'There is no fragment of rc.1. Like it: v1.1.0-rc.1.',
      'Nothing is known to run in qa. Environments: @staging, @preprod, @prod.',
      'There is no stable release before v1.0.0.',
      'Expected a release, @ and an environment, or prev.',
    ]);
  });

  test('prev is a predecessor as the checks have it: no patch of another line that came out later', () => {
    const dated = (tag: string, date: string) => item(tag, 'backend#x', { componentVersion: tag.slice(1), date });
    const list = [
      dated('v2.19.5', '2025-04-01T12:00:00Z'),
      dated('v3.0.0', '2025-05-06T12:00:00Z'),
      dated('v2.19.6', '2026-07-06T12:00:00Z'),
      dated('v3.1.0', '2026-08-06T12:00:00Z'),
    ];
    const before = (tag: string) => compare(list, 'prev', tag).from.name;
    expect(['v3.0.0', 'v3.1.0', 'v2.19.6'].map(before)).toEqual(['v2.19.5', 'v3.0.0', 'v2.19.5']);
  });

  test('a version that two releases have needs the tag', () => {
    const twice = [item('v1.0.0', 'backend#x'), item('1.0.0', 'backend#x'), item('v1.1.0+build.1', 'backend#x')];
    const { report, survey } = madeReportOf(twice);
    const found = (text: string) => {
      const reading = resolveSide(report, policyOf(undefined), survey.estate, readSide(text), null);
      return 'side' in reading ? reading.side.name : reading.fault.code;
    };
    expect(['1.0.0', 'v1.0.0', '1.1.0+build.1', '1.1.0'].map(found)).toEqual([
      '1.0.0',
      'v1.0.0',
      'v1.1.0+build.1',
      'unknown-release',
    ]);
  });
});

describe('an environment at a moment', () => {
  const runs = (release: string, name: string, on: string, attributes: Item = {}) =>
    item(release, `k8s#prod-deployment/${name}`, {
      imageRef: `acme/${name}:${release.slice(1)}`,
      replicas: 1,
      readyReplicas: 1,
      publishedAt: `2026-11-${on}T12:00:00Z`,
      ...attributes,
    });
  const items = [
    runs('v1.0.0', 'api', '02'),
    runs('v1.1.0', 'api', '08'),
    runs('v1.0.0', 'web', '02'),
    runs('v1.1.0', 'new', '08'),
  ];
  const estate = makeReport(
    null,
    { ...readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS), readAt: NOW },
    policyOf(undefined),
  );
  const compared = (a: string, b: string) =>
    compareTexts(estate.report, policyOf(undefined), a, b, estate.survey.estate);

  test('what ran there then, with what runs there now', () => {
    const reading = compared('@production{2026-11-05}', '@prod');
    if (!('comparison' in reading)) throw new Error(JSON.stringify(reading));
    const { from, to, components, notKnown } = reading.comparison;
    expect([from, to]).toEqual([
      { name: '@prod{2026-11-05}', release: null, stage: null, environment: 'prod', at: '2026-11-05T23:59:59.999Z' },
      { name: '@prod', release: null, stage: null, environment: 'prod' },
    ]);
    expect(components.map((of) => [of.component, of.class, of.from?.version, of.to?.version])).toEqual([
      ['k8s#api', 'changed', '1.0.0', '1.1.0'],
      ['k8s#web', 'unchanged', '1.0.0', '1.0.0'],
    ]);
    expect(notKnown).toEqual(['k8s#new']);
    expect(compareAsLines(reading.comparison, (text) => text)).toContain(
      'Not known for 2026-11-05T23:59:59.999Z: k8s#new',
    );
    expect(compareAsMarkdown(reading.comparison)).toContain('Not known for 2026-11-05T23:59:59.999Z: `k8s#new`.');
    expect(compareAsRows(reading.comparison).at(-1)).toEqual([
      ...['k8s#new', 'k8s', 'new', 'not compared', '', '', '', '', '', 'not known for then', ''],
    ]);
    expect(comparisonDocument.safeParse(reading.comparison).error).toBeUndefined();
  });

  test.each([
    ['@prod{soon}', '“soon” is neither a date such as 2026-11-15 nor a time such as 2026-11-15T12:00:00Z.'],
    ['@prod{2030-01-01}', '2030-01-01 is still to come.'],
    [
      '@prod{2026-11-01}',
      'Nothing is known to have run in prod at 2026-11-01T23:59:59.999Z. The first observation there is of 2026-11-02T12:00:00.000Z.',
    ],
    ['@qa{2026-11-05}', 'Nothing is known to run in qa. Environments: @prod.'],
    ['@prod{', 'Nothing is known to run in prod{. Environments: @prod.'],
  ])('%s: %s', (side, message) => {
    const reading = compared(side, '@prod');
    expect('faults' in reading && reading.faults.map((fault) => fault.message)).toEqual([message]);
  });
});

test.each<[name: string, a: string, b: string, expected: string[]]>([
  [
    'between environments the hash of a deployment says nothing: the same image is unchanged',
    '@staging',
    '@prod',
    ['api: unchanged, 1.1.0 → 1.0.0', '  imageRef: acme/api:1.1.0 → acme/api:1.0.0', '  deploymentHash: h3 → h2'],
  ],
  [
    'nor under another name of the same image, which it is over too',
    'v1.0.0',
    'v1.1.0',
    [
      'api: unchanged, 1.0.0 → 1.1.0',
      '  imageRef: acme/api:1.0.0 → acme/api:1.1.0',
      '  deploymentHash: h1 → h3',
      '  environments: staging, prod → staging',
    ],
  ],
  [
    'under the same name it does: the same image was rolled out with other settings',
    'v1.1.0',
    'v1.1.1',
    ['api: rebuilt, 1.1.0 → 1.1.0', '  deploymentHash: h3 → h4'],
  ],
])('%s', (_, a, b, expected) => {
  const entry = (release: string, environment: string, deploymentHash: string, tag = release.slice(1)) =>
    item(release, `k8s#${environment}-deployment/api`, {
      imageRef: `acme/api:${tag}`,
      digest: digest('1'),
      deploymentHash,
      date: `2026-11-0${deploymentHash.slice(1)}`,
    });
  const items = [entry('v1.0.0', 'staging', 'h1'), entry('v1.0.0', 'prod', 'h2'), entry('v1.1.0', 'staging', 'h3')];
  if (b === 'v1.1.1') items.push(entry('v1.1.1', 'staging', 'h4', '1.1.0'));
  expect(compare(items, a, b).components.flatMap(said)).toEqual(expected);
});

test.each<[name: string, items: Item[], a: string, b: string, expected: [string[], string][]]>([
  [
    'of the releases after the older side up to the newer, oldest first; a repeated text once',
    [
      item('v1.0.0', 'backend#x', { changelog: 'zero' }),
      item('v1.1.0-alpha.1', 'backend#x', { changelog: 'alpha' }),
      item('v1.1.0-rc.1', 'backend#x', { changelog: 'candidate' }),
      item('v1.1.0', 'backend#x', { changelog: 'candidate' }),
      item('v1.2.0', 'backend#x', { changelog: 'two' }),
      item('v1.3.0', 'backend#x', { changelog: 'three' }),
    ],
    'v1.0.0',
    'v1.2.0',
    [
      [['v1.1.0-alpha.1'], 'alpha'],
      [['v1.1.0-rc.1', 'v1.1.0'], 'candidate'],
      [['v1.2.0'], 'two'],
    ],
  ],
  [
    'after a way back, what is taken back',
    [
      item('v1.0.0', 'backend#x', { changelog: 'zero' }),
      item('v1.1.0', 'backend#x', { changelog: 'one' }),
      item('v1.2.0', 'backend#x', { changelog: 'two' }),
    ],
    'v1.2.0',
    'v1.0.0',
    [
      [['v1.1.0'], 'one'],
      [['v1.2.0'], 'two'],
    ],
  ],
  [
    'of a new component, since the older release',
    [
      item('v1.0.0', 'backend#y'),
      item('v1.1.0', 'backend#x', { changelog: 'one' }),
      item('v1.2.0', 'backend#x', { changelog: 'two' }),
    ],
    'v1.0.0',
    'v1.2.0',
    [
      [['v1.1.0'], 'one'],
      [['v1.2.0'], 'two'],
    ],
  ],
  [
    'a release without a place has only its own',
    [
      item('v1.0.0', 'backend#x', { changelog: 'zero' }),
      item('v1.1.0', 'backend#x', { changelog: 'one' }),
      item('main', 'backend#x', { changelog: 'mine' }),
    ],
    'v1.0.0',
    'main',
    [[['main'], 'mine']],
  ],
])('changelogs: %s', (_, items, a, b, expected) => {
  const { components } = compare(items, a, b);
  const changelogs = components.find(({ name }) => name === 'x')?.changelogs ?? [];
  expect(changelogs.map(({ releases, text }) => [releases, text])).toEqual(expected);
});

test.each<[name: string, from: Item, to: Item, expected: string | null, links?: { compare: string }]>([
  [
    'GitHub by default',
    { repo: 'acme/x', commit: A },
    { repo: 'acme/x', commit: B },
    `https://github.com/acme/x/compare/${A}...${B}`,
  ],
  [
    'GitLab by the policy, with groups',
    { repo: 'acme/team/x', commit: 'abcdef1' },
    { repo: 'acme/team/x', commit: 'abcdef2' },
    'https://gitlab.example/acme/team/x/-/compare/abcdef1...abcdef2?straight={no}',
    { compare: 'https://gitlab.example/{repo}/-/compare/{from}...{to}?straight={no}' },
  ],
  ['the same commit', { repo: 'acme/x', commit: A }, { repo: 'acme/x', commit: A.slice(0, 9) }, null],
  ['another repository', { repo: 'acme/x', commit: A }, { repo: 'acme/y', commit: B }, null],
  ['no repository', { commit: A }, { commit: B }, null],
  ['no commit before', { repo: 'acme/x' }, { repo: 'acme/x', commit: B }, null],
  ['a branch', { repo: 'acme/x', commit: 'main' }, { repo: 'acme/x', commit: B }, null],
  ['a repository that leads elsewhere', { repo: 'acme/../evil', commit: A }, { repo: 'acme/../evil', commit: B }, null],
  ['a repository with a host', { repo: 'evil.example?/x', commit: A }, { repo: 'evil.example?/x', commit: B }, null],
  ['no owner', { repo: 'x', commit: A }, { repo: 'x', commit: B }, null],
])('compare link: %s', (_, from, to, expected, links) => {
  const items = [item('v1.0.0', 'backend#x', from), item('v1.1.0', 'backend#x', to)];
  const asked = links === undefined ? {} : { policy: { links } };
  expect(compare(items, 'v1.0.0', 'v1.1.0', asked).components.map(({ compareLink }) => compareLink)).toEqual([
    expected,
  ]);
});

describe('of any two releases', () => {
  const fields = fc.record(
    {
      componentVersion: fc.constantFrom('1.0.0', 'v1.0.0', '1.0.1', '1.1.0-rc.1', '1.1.0', '2.0.0', 'blue'),
      commit: fc.constantFrom(A, A.slice(0, 7), B),
      digest: fc.constantFrom(digest('1'), digest('2')),
      imageRef: fc.constantFrom('acme/x:1.0.0', 'acme/x:1.1.0', `acme/x@${digest('1')}`),
      evolutionPolicy: fc.constantFrom('FULL', 'NONE'),
    },
    { requiredKeys: [] },
  );
  const keys = ['backend#x', 'kafka#x', 'k8s#prod-deployment/x', 'k8s#staging-deployment/x'];
  const items = fc
    .uniqueArray(fc.record({ tag: fc.constantFrom('v1.0.0', 'v1.1.0'), key: fc.constantFrom(...keys), fields }), {
      selector: ({ tag, key }) => `${tag} ${key}`,
    })
    .map((list) => [
      item('v1.0.0', 'backend#both'),
      item('v1.1.0', 'backend#both'),
      ...list.map(({ tag, key, fields: attributes }) => item(tag, key, attributes)),
    ]);

  test('compared with itself, each is unchanged', () => {
    fc.assert(
      fc.property(items, (list) => {
        const { components, counts } = compare(list, 'v1.1.0', 'v1.1.0');
        expect(components.map(({ class: of, differences, changelogs }) => [of, differences, changelogs])).toEqual(
          components.map(() => ['unchanged', [], []]),
        );
        expect(counts.unchanged).toBe(components.length);
      }),
    );
  });

  test('with the sides swapped, each class is mirrored, each difference turned round, each step up a downgrade', () => {
    const MIRRORED = {
      new: 'removed',
      removed: 'new',
      changed: 'changed',
      rebuilt: 'rebuilt',
      unchanged: 'unchanged',
    } as const;
    fc.assert(
      fc.property(items, (list) => {
        const there = compare(list, 'v1.0.0', 'v1.1.0').components;
        const back = compare(list, 'v1.1.0', 'v1.0.0').components;
        expect(back.map(({ component, class: of }) => [component, of])).toEqual(
          there.map(({ component, class: of }) => [component, MIRRORED[of]]),
        );
        expect(back.map(({ differences }) => differences)).toEqual(
          there.map(({ differences }) => differences.map(({ from, to, ...rest }) => ({ ...rest, from: to, to: from }))),
        );
        const steps = (list_: typeof there) => list_.filter(({ type }) => type !== 'k8s').map(({ step }) => step);
        const isUp = (step: string | null) => ['major', 'minor', 'patch', 'pre-release'].includes(step ?? '');
        const backSteps = steps(back);
        steps(there).forEach((step, at) => {
          if (isUp(step)) expect(backSteps[at]).toBe('downgrade');
          else if (step === 'downgrade') expect(isUp(backSteps[at] ?? null)).toBe(true);
          else expect(backSteps[at]).toBe(step);
        });
      }),
    );
  });

  test('the differences, applied to what was, give what is', () => {
    fc.assert(
      fc.property(fields, fields, (from, to) => {
        const list = [item('v1.0.0', 'backend#x', from), item('v1.1.0', 'backend#x', to)];
        const { report, survey } = madeReportOf(list);
        const [a, b] = ['v1.0.0', 'v1.1.0'].map((tag) =>
          resolveSide(report, policyOf(undefined), survey.estate, readSide(tag), null),
        );
        if (a === undefined || b === undefined || 'fault' in a || 'fault' in b)
          throw new Error('both releases are there');
        const differences = compareSides(report, policyOf(undefined), a.side, b.side).components[0]?.differences ?? [];
        const applied = new Map<string, unknown>(Object.entries(from));
        for (const { field, from: was, to: is } of differences) {
          expect(applied.get(field) ?? null).toBe(was);
          if (is === null) applied.delete(field);
          else applied.set(field, is);
        }
        // A short commit says no other than the long one it begins.
        const plain = (of: Iterable<[string, unknown]>) =>
          Object.fromEntries([...of].map(([field, value]) => [field, field === 'commit' ? String(value)[0] : value]));
        expect(plain(applied)).toEqual(plain(Object.entries(to)));
      }),
    );
  });
});

describe('a group of environments', () => {
  const runs = (release: string, place: string, name: string) =>
    item(release, `k8s#${place}-deployment/${name}`, {
      imageRef: `ghcr.io/acme/${name}:${release.slice(1)}`,
      replicas: 1,
      readyReplicas: 1,
      date: release === 'v1.0.0' ? '2026-11-01T12:00:00Z' : '2026-11-10T12:00:00Z',
    });
  const policy = { environments: { order: ['staging', 'prod'] }, groups: { prod: ['prod-eu', 'prod-us'] } };
  const items = [
    ...['prod-eu', 'prod-us', 'staging'].flatMap((place) => [
      runs('v1.0.0', place, 'api'),
      runs('v1.0.0', place, 'web'),
      runs('v1.1.0', place, 'api'),
    ]),
    runs('v1.1.0', 'prod-eu', 'web'),
    runs('v1.1.0', 'staging', 'web'),
  ];
  const lines = (a: string, b: string) => compare(items, a, b, { policy }).components.flatMap(said);

  test('with another environment: each of it is compared, and the difference within is told', () => {
    expect(lines('@prod', '@staging')).toEqual([
      'api: unchanged, 1.1.0 → 1.1.0',
      'web: changed minor, 1.1.0 / 1.0.0 → 1.1.0',
      '  imageRef in prod-us: ghcr.io/acme/web:1.0.0 → ghcr.io/acme/web:1.1.0',
    ]);
  });

  test('with a release and with one of itself: environment by environment', () => {
    expect(lines('@prod', 'v1.0.0')[0]).toBe('api: changed downgrade, 1.1.0 → 1.0.0');
    expect(lines('@prod', '@prod-eu')).toEqual(['api: unchanged, 1.1.0 → 1.1.0', 'web: unchanged, 1.1.0 → 1.1.0']);
  });

  test('is among what can be asked for', () => {
    expect(() => compare(items, '@nowhere', 'v1.0.0', { policy })).toThrow(
      'Environments: @staging, @prod, @prod-eu, @prod-us.',
    );
  });
});
