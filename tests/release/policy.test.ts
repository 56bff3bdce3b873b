import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FINDING_CODES } from '../../src/release/finding/severity.ts';
import { compareEnvironments, foldEnvironment } from '../../src/release/item/environment.ts';
import { WEIGHED_STAGES } from '../../src/release/item/release.ts';
import { DEFAULT_POLICY, type PolicyFault } from '../../src/release/policy/policy.ts';
import { readPolicy } from '../../src/release/policy/read-policy.ts';
import { resolvePolicy } from '../../src/release/policy/resolve-policy.ts';
import { policyOf } from './items.ts';

const CODES = FINDING_CODES.map((code) => `"${code}"`).join('|');
const WAIVER = { code: 'not-ready', release: 'v1.4.0', reason: 'known', by: 'rm', expires: '2026-12-31' };
const NO_DATE = 'is not a date such as 2026-12-31 or time such as 2026-12-31T12:00:00Z';
const NO_RANGE = 'is not a SemVer range, such as >=1.4 <2';
const NO_COMPONENT = 'names no component: expected <type>#<name>, such as backend#api, or a glob, such as backend#*';
const NO_STAGE = 'Invalid option: expected one of "alpha"|"beta"|"rc"|"stable"';
const NO_WORD = 'is not a word of a suffix: expected letters alone, such as hotfix';
const EMPTY = 'Too small: expected string to have >=1 characters';

test('the defaults are what a document that says nothing makes of it', () => {
  const { severityOf, document, ...rest } = DEFAULT_POLICY;
  expect(resolvePolicy({})).toMatchObject(rest);
  const weights = FINDING_CODES.flatMap((code) => WEIGHED_STAGES.map((stage) => severityOf(code, stage)));
  expect([document, new Set(weights)]).toEqual([null, new Set([undefined])]);
});

describe('a broken document is never used: it gives its faults', () => {
  test.each<[document: unknown, faults: [path: string, reason: string][]]>([
    [undefined, [['', 'Invalid input: expected object, received undefined']]],
    [null, [['', 'Invalid input: expected object, received null']]],
    ['{}', [['', 'Invalid input: expected object, received string']]],
    [[], [['', 'Invalid input: expected object, received array']]],
    [{ roaster: [] }, [['', 'Unrecognized key: "roaster"']]],
    [JSON.parse('{ "__proto__": {} }'), [['', 'Unrecognized key: "__proto__"']]],
    [{ environments: [] }, [['environments', 'Invalid input: expected object, received array']]],
    [{ environments: { order: [] } }, [['environments.order', 'Too small: expected array to have >=1 items']]],
    [{ environments: { order: ['dev', ' '] } }, [['environments.order[1]', EMPTY]]],
    [{ groups: { prod: [] } }, [['groups.prod', 'names no environment']]],
    [{ groups: { prod: ['prod-eu', ' '] } }, [['groups.prod[1]', EMPTY]]],
    [
      { groups: { prdo: ['prod-eu', 'prod-us'] } },
      [
        [
          'groups.prdo',
          'has no place among the environments: expected one of dev, qa, staging, preprod, prod, or a member that is one of them',
        ],
      ],
    ],
    [
      { groups: { staging: ['eu', 'us'], prod: ['prod-eu', 'US'] } },
      [['groups.prod[1]', 'us is in the group staging already']],
    ],
    [
      { groups: { prod: ['prod-eu', 'stage'], staging: ['eu'] } },
      [['groups.prod[1]', 'staging is the name of another group']],
    ],
    [
      { groups: { prod: ['prod-eu'], Production: ['prod-us'] } },
      [['groups.Production', 'is the group prod once more']],
    ],
    [
      { environments: { aliases: { live: 1 } } },
      [['environments.aliases.live', 'Invalid input: expected string, received number']],
    ],
    [{ environments: { aliases: { ' ': 'prod' } } }, [['environments.aliases. ', EMPTY]]],
    [{ graceMinutes: -1 }, [['graceMinutes', 'Too small: expected number to be >=0']]],
    [{ graceMinutes: 10_081 }, [['graceMinutes', 'Too big: expected number to be <=10080']]],
    [{ graceMinutes: '60' }, [['graceMinutes', 'Invalid input: expected number, received string']]],
    [{ stages: [] }, [['stages', 'Invalid input: expected record, received array']]],
    [{ stages: { hotfix: 'gold' } }, [['stages.hotfix', NO_STAGE]]],
    [{ stages: { hotfix: 'other' } }, [['stages.hotfix', NO_STAGE]]],
    [{ stages: { 'rc.1': 'rc' } }, [['stages.rc.1', NO_WORD]]],
    [{ stages: { '': 'rc' } }, [['stages.', NO_WORD]]],
    [{ stages: { hotfix1: 'rc' } }, [['stages.hotfix1', NO_WORD]]],
    [{ patchReleases: 'partial' }, [['patchReleases', 'Invalid option: expected one of "whole"|"carried"']]],
    [{ patchReleases: true }, [['patchReleases', 'Invalid option: expected one of "whole"|"carried"']]],
    [{ roster: [{}] }, [['roster[0].component', 'Invalid input: expected string, received undefined']]],
    [{ roster: [{ component: 'backend' }] }, [['roster[0].component', NO_COMPONENT]]],
    [{ roster: [{ component: '#api' }] }, [['roster[0].component', NO_COMPONENT]]],
    [{ roster: [{ component: 'backend#' }] }, [['roster[0].component', NO_COMPONENT]]],
    [
      { roster: [{ component: '*' }, { component: '*', expectation: 'must' }] },
      [['roster[1].expectation', 'Invalid option: expected one of "required"|"carried"|"optional"|"ignored"']],
    ],
    [{ roster: [{ component: '*', releases: 'newer' }] }, [['roster[0].releases', NO_RANGE]]],
    [{ roster: [{ component: '*', note: 'x' }] }, [['roster[0]', 'Unrecognized key: "note"']]],
    [
      { waivers: [{ code: 'not-ready' }] },
      ['release', 'reason', 'by', 'expires'].map((field) => [
        `waivers[0].${field}`,
        'Invalid input: expected string, received undefined',
      ]),
    ],
    [{ waivers: [{ ...WAIVER, code: 'unready' }] }, [['waivers[0].code', `Invalid option: expected one of ${CODES}`]]],
    [{ waivers: [{ ...WAIVER, reason: '' }] }, [['waivers[0].reason', EMPTY]]],
    [{ waivers: [{ ...WAIVER, expires: 'never' }] }, [['waivers[0].expires', NO_DATE]]],
    [{ waivers: [{ ...WAIVER, expires: '31.12.2026' }] }, [['waivers[0].expires', NO_DATE]]],
    [{ waivers: [{ ...WAIVER, expires: '2026-13-01' }] }, [['waivers[0].expires', NO_DATE]]],
    [{ waivers: [{ ...WAIVER, expires: '2026-02-30' }] }, [['waivers[0].expires', NO_DATE]]],
    [{ waivers: [{ ...WAIVER, expires: '2026-11-31T12:00:00+02:00' }] }, [['waivers[0].expires', NO_DATE]]],
    [{ waivers: [{ ...WAIVER, expires: '2026-12-31T12:00:00' }] }, [['waivers[0].expires', NO_DATE]]],
    [{ severities: [] }, [['severities', 'Invalid input: expected record, received array']]],
    [{ severities: { unready: 'error' } }, [['severities', 'Unrecognized key: "unready"']]],
    [
      { severities: { 'not-ready': 'fatal' } },
      [['severities.not-ready', 'expected error, warning, info or off, or a map of stage to one of them']],
    ],
    [
      { severities: { 'not-ready': { stable: 'fatal', rc: 'error' } } },
      [['severities.not-ready.stable', 'Invalid option: expected one of "error"|"warning"|"info"|"off"']],
    ],
    [{ severities: { 'not-ready': { gold: 'error' } } }, [['severities.not-ready', 'Unrecognized key: "gold"']]],
    [{ links: { commit: '' } }, [['links.commit', EMPTY]]],
    [
      { graceMinutes: -1, roster: {}, waivers: [WAIVER, { ...WAIVER, by: '' }] },
      [
        ['graceMinutes', 'Too small: expected number to be >=0'],
        ['roster', 'Invalid input: expected array, received object'],
        ['waivers[1].by', EMPTY],
      ],
    ],
  ])('%j', (document, faults) => {
    expect(readPolicy(document)).toEqual({ faults: faults.map(([path, reason]): PolicyFault => ({ path, reason })) });
  });
});

test.each<[name: string, document: object, faults: [path: string, reason: string][]]>([
  ['5,000 rows, of them 500 with a *', { roster: rows(4_500, 500) }, []],
  [
    '101 views',
    { views: Array.from({ length: 101 }, () => ({ name: 'v', address: '?view=matrix' })) },
    [['views', 'holds more than 100 views']],
  ],
  [
    'a view that leads elsewhere',
    { views: [{ name: 'v', address: 'https://elsewhere.example/?a' }] },
    [['views[0].address', 'is not the part of an address from its ? on']],
  ],
  ['5,001 rows', { roster: rows(5_001, 0) }, [['roster', 'holds more than 5000 rows']]],
  [
    '501 rows with a *',
    { roster: rows(0, 501) },
    [['roster', 'holds more than 500 rows with a *: name the components, or make one row of several']],
  ],
  ['1,000 waivers', { waivers: Array(1_000).fill(WAIVER) }, []],
  [
    '1,001 waivers',
    { waivers: Array(1_001).fill(WAIVER) },
    [['waivers', 'holds more than 1000 waivers: take those out that have expired']],
  ],
])('no document may make the reader slow: %s', (_, document, faults) => {
  const reading = readPolicy(document);
  expect('faults' in reading ? reading.faults : []).toEqual(faults.map(([path, reason]) => ({ path, reason })));
});

function rows(names: number, wildcards: number): object[] {
  return [
    ...Array.from({ length: names }, (_, at) => ({ component: `backend#c${at}` })),
    ...Array.from({ length: wildcards }, (_, at) => ({ component: `backend#*${at}` })),
  ];
}

test('whatever the document, it is read whole or its faults are told; nothing is thrown', () => {
  const part = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(WAIVER, { component: 'backend#*' }, 'error', '~1.4'),
  );
  const document = fc.oneof(
    fc.anything(),
    fc.jsonValue(),
    fc.dictionary(
      fc.constantFrom(
        'environments',
        'graceMinutes',
        'stages',
        'patchReleases',
        'roster',
        'waivers',
        'severities',
        'links',
        '$schema',
        '__proto__',
      ),
      fc.oneof(part, fc.array(part), fc.dictionary(fc.constantFrom('order', 'aliases', ...FINDING_CODES), part)),
    ),
  );
  fc.assert(
    fc.property(document, (written) => {
      const reading = readPolicy(written);
      if ('policy' in reading) return;
      expect(reading.faults).not.toEqual([]);
      for (const { reason } of reading.faults) expect(reason).toMatch(/\w/);
    }),
  );
});

describe('what a document leaves out is as without one', () => {
  const { severityOf: _, document, ...defaults } = DEFAULT_POLICY;

  test('the defaults', () => {
    expect(defaults).toMatchObject({
      graceMinutes: 60,
      stages: new Map(),
      patchesCarry: false,
      roster: [],
      waivers: [],
      links: {
        commit: 'https://github.com/{repo}/commit/{commit}',
        compare: 'https://github.com/{repo}/compare/{from}...{to}',
      },
    });
    expect(defaults.environments.order).toEqual(['dev', 'qa', 'staging', 'preprod', 'prod']);
    expect(document).toBeNull();
  });

  test.each([
    [{}],
    [{ $schema: './schema/policy.schema.json' }],
    [{ roster: [], waivers: [], severities: {}, links: {}, stages: {}, patchReleases: 'whole' }],
  ])('%j', (written) => {
    const { severityOf: said, document: kept, ...policy } = policyOf(written);
    expect(policy).toEqual(defaults);
    expect(kept).toEqual(written);
    expect(said('not-ready', 'stable')).toBeUndefined();
  });
});

test('a wave is of types, or of globs over components', () => {
  const { waves } = policyOf({ waves: [['infra', 'kafka#user.*'], ['*']] });
  const components = ['infra#tf', 'infrared#x', 'kafka#user.created', 'kafka#order.placed', 'backend#infra'];
  expect(components.map((id) => waves?.map((wave) => wave.some((meets) => meets(id))))).toEqual([
    [true, true],
    [false, true],
    [true, true],
    [false, true],
    [false, true],
  ]);
  for (const [bad, path] of [
    [[], 'waves'],
    [[[]], 'waves[0]'],
    [[['kafka', ' ']], 'waves[0][1]'],
  ]) {
    const reading = readPolicy({ waves: bad });
    expect('faults' in reading ? reading.faults.map((fault) => fault.path) : []).toEqual([path]);
  }
});

test.each<[stages: Record<string, string>, expected: [word: string, stage: string][]]>([
  [
    { hotfix: 'stable', qualification: 'beta' },
    [
      ['hotfix', 'stable'],
      ['qualification', 'beta'],
    ],
  ],
  [{ ' Hotfix ': 'rc' }, [['hotfix', 'rc']]],
  [
    { next: 'rc', alpha: 'beta' },
    [
      ['next', 'rc'],
      ['alpha', 'beta'],
    ],
  ],
])('words of suffixes are read without regard to case: %j', (stages, expected) => {
  expect([...policyOf({ stages }).stages]).toEqual(expected);
});

test('what patches do', () => {
  expect(['whole', 'carried'].map((patchReleases) => policyOf({ patchReleases }).patchesCarry)).toEqual([false, true]);
});

describe('environments', () => {
  test.each<[environments: unknown, names: Record<string, string>]>([
    [undefined, { Production: 'prod', ' PRD ': 'prod', stg: 'staging', eu: 'eu' }],
    [{ aliases: { EU: 'prod-eu' } }, { eu: 'prod-eu', production: 'prod' }],
    // A name that another alias folds is folded on, so that all spellings of one environment meet.
    [{ aliases: { 'live-eu': 'Production' } }, { 'live-eu': 'prod' }],
    // A name that stands in the order is meant as it stands.
    [{ order: ['stage', 'live'] }, { stage: 'stage', Live: 'live', stg: 'staging' }],
    [
      { order: ['dev', 'Production'], aliases: { eu: 'production' } },
      { eu: 'production', production: 'production' },
    ],
    [{ order: ['dev'], aliases: { prod: 'live-site' } }, { prod: 'live-site' }],
    [{ aliases: { constructor: 'dev' } }, { constructor: 'dev', toString: 'tostring' }],
  ])('%j', (environments, names) => {
    const { environments: read } = policyOf(environments === undefined ? undefined : { environments });
    expect(Object.keys(names).map((name) => foldEnvironment(name, read))).toEqual(Object.values(names));
  });
});

describe('groups of environments', () => {
  test.each<[written: object, names: string[], sorted: string[]]>([
    // A group stands where its name does, and its members as it lists them.
    [
      { groups: { prod: ['prod-us', 'prod-eu'] } },
      ['staging', 'elsewhere', 'prod-eu', 'prod-us', 'prod', 'dev'],
      ['dev', 'staging', 'prod', 'prod-us', 'prod-eu', 'elsewhere'],
    ],
    // Else where the first of its members does.
    [
      { environments: { order: ['dev', 'eu', 'us', 'audit'] }, groups: { live: ['us', 'eu'] } },
      ['audit', 'eu', 'us', 'dev'],
      ['dev', 'us', 'eu', 'audit'],
    ],
    // By whatever name they go.
    [{ groups: { Production: ['PRD-EU'] } }, ['staging', 'prd-eu', 'prod'], ['staging', 'prod', 'prd-eu']],
  ])('%j', (written, names, sorted) => {
    const { environments } = policyOf(written);
    expect(names.toSorted((a, b) => compareEnvironments(a, b, environments))).toEqual(sorted);
  });
});
