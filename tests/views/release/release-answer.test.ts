import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { manifestOf } from '../../../src/release/history/manifest.ts';
import { policyOfDocument } from '../../../src/release/policy/read-policy.ts';
import { yamlText } from '../../../src/release/text/yaml-text.ts';
import { lineOf } from '../../../src/views/matrix/outline.ts';
import { answerReleaseChangelogs, answerReleaseChanges } from '../../../src/views/release/changes-answer.ts';
import { answerManifest, answerRelease, answerReleaseFindings } from '../../../src/views/release/release-answer.ts';
import { inShort } from '../../../src/views/words/changelog-short.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { knownOf } from '../known-of.ts';

const day = (of: number) => `2026-11-${String(of).padStart(2, '0')}T12:00:00.000Z`;

/** v1.0.0 is stable; of v1.1.0 there is an alpha that lacks one, which may be, and an rc that lacks one. */
const KNOWN = knownOf(
  reportOf([
    item('v1.0.0', 'backend#api', { date: day(1) }),
    item('v1.0.0', 'backend#auth', { date: day(1), owner: 'identity' }),
    item('v1.1.0-alpha.1', 'backend#api', { date: day(5), changelog: 'Early' }),
    item('v1.1.0-rc.1', 'backend#api', { date: day(9), changelog: 'One', componentVersion: '2.0.0-beta.1' }),
    item('v1.1.0-rc.1', 'k8s#prod-deployment/jobs', { changelog: 'One', imageRef: 'jobs:1' }),
    item('v1.1.0-rc.1', 'k8s#qa-deployment/jobs', { changelog: 'Two', imageRef: 'jobs:1' }),
    item('nightly', 'backend#api'),
  ]),
);
const API = { id: 'backend#api', type: 'backend', name: 'api' };
const AUTH = { id: 'backend#auth', type: 'backend', name: 'auth' };
const RC = 'v1.1.0-rc.1';

const rowOf = (tag: string) => {
  const row = KNOWN.report.rows.find(({ release }) => release.tag === tag);
  if (row === undefined) throw new Error(`there is no ${tag}`);
  return row;
};

describe('the answer for a release', () => {
  test('holds its head, its verdict with what it rests on, its completeness and its line', () => {
    const answer = answerRelease(KNOWN, { release: RC, as: 'rc', findings: 100 });
    expect(answer).toMatchObject({
      row: lineOf(rowOf(RC)),
      judged: {
        as: 'rc',
        result: 'fail',
        sentence: 'Blocked until auth is published',
        owners: [
          {
            owner: 'identity',
            count: 1,
            text: `One finding blocks \`${RC}\` as rc:\n\n- auth is missing from \`${RC}\`. Publish the fragment of auth for \`${RC}\`, or look into its pipeline.`,
          },
        ],
      },
      types: [
        { type: 'backend', expected: 2, present: 1, missing: [AUTH], carried: [], beyond: [] },
        { type: 'k8s', expected: 0 },
      ],
      absence: 'missing',
      runsIn: [
        { name: 'qa', since: null },
        { name: 'prod', since: null },
      ],
      since: {
        basis: 'v1.1.0-alpha.1',
        words: expect.stringMatching(/^fixed 0, still 1 \(since v1\.1\.0-alpha\.1\), new \d$/),
      },
      line: {
        line: '1.1.0',
        inProgress: true,
        releases: [{ release: { tag: 'v1.1.0-alpha.1' } }, { release: { tag: RC } }],
        components: [
          { component: API, furthest: { stage: 'rc', release: RC }, reached: true },
          { component: AUTH, furthest: null, reached: false },
          { reached: true },
        ],
      },
    });
    expect(answer?.judged.findings[0]).toMatchObject({
      component: AUTH,
      owner: 'identity',
      what: 'is missing',
      fact: 'last seen v1.0.0',
      since: day(5),
      sinceRelease: 'alpha.1',
      weight: 'error',
      onlyThen: false,
      isNew: false,
      finding: { code: 'missing-component' },
    });
    expect(answer?.judged.findings.length).toBe(rowOf(RC).findings.length);
    expect(structuredClone(answer)).toEqual(answer);
  });

  test('of a line that is released without its components', () => {
    expect(answerRelease(KNOWN, { release: 'v1.0.0', as: null, findings: 9 })?.line).toMatchObject({ components: [] });
  });

  test.each([
    ['nightly', { row: { release: { tag: 'nightly' } }, line: null }],
    ['v9.9.9', null],
  ])('%s', (release, expected) => {
    const answer = answerRelease(KNOWN, { release, as: null, findings: 9 });
    if (expected === null) expect(answer).toBeNull();
    else expect(answer).toMatchObject(expected);
  });

  test('findings stand by weight; so many at most, and the others on demand', () => {
    const known = knownOf(
      reportOf([
        item('v1.0.0', 'k8s#prod-deployment/b', { imageRef: 'b:1' }),
        item('v1.0.0', 'backend#b_c'),
        item('v1.0.0', 'backend#b-c'),
        item('v1.0.0', 'no-fragment'),
        item('v1.0.0', 'backend#b', { date: 'yesterday', replicas: 'two' }),
        item('v1.0.0', 'k8s#prod-deployment/a', { replicas: 3, readyReplicas: 1, imageRef: 'a:1' }),
      ]),
    );
    const told = (lines: ReturnType<typeof answerReleaseFindings> | undefined) =>
      lines?.map(({ component, weight, what }) => [weight, component?.id ?? null, what]);
    const all = answerReleaseFindings(known, { release: 'v1.0.0', as: null });
    expect(told(all)).toEqual([
      ['error', null, 'an item cannot be read'],
      ['error', 'backend#b', 'date cannot be read'],
      ['error', 'backend#b', 'replicas cannot be read'],
      ['error', 'k8s#a', '1 of 3 ready'],
      ['warning', 'k8s#b', 'readiness unknown'],
      ['warning', 'backend#b-c', 'b-c and b_c look like one component'],
    ]);
    expect(structuredClone(all)).toEqual(all);
    const answer = answerRelease(known, { release: 'v1.0.0', as: null, findings: 2 });
    expect(answer?.judged.counts).toEqual({ error: 4, warning: 2, info: 0, waived: 0 });
    expect(told(answer?.judged.findings)).toEqual(told(all)?.slice(0, 2));
    expect(answerReleaseFindings(known, { release: 'v9.9.9', as: null })).toBeNull();
  });
});

test.each([
  [
    'v1.1.0',
    [
      ['b', day(5), 'rc.1'],
      ['a', day(9), null],
    ],
  ],
  ['v1.1.0-rc.2', [['b', day(5), 'rc.1']]],
  ['v1.1.0-rc.1', [['b', day(5), null]]],
  ['v1.2.0', [['a', day(9), 'v1.1.0']]],
])('since when each finding of %s is so, and since which release', (release, since) => {
  const known = knownOf(
    reportOf([
      item('v1.0.0', 'backend#a', { date: day(1) }),
      item('v1.0.0', 'backend#b', { date: day(1) }),
      item('v1.1.0-rc.1', 'backend#a', { date: day(5) }),
      item('v1.1.0-rc.2', 'backend#a', { date: day(7) }),
      item('v1.1.0', 'backend#a', { date: day(9), componentVersion: '1.1.0-rc.2' }),
      item('v1.2.0', 'backend#a', { date: day(11), componentVersion: '1.2.0-rc.1' }),
    ]),
  );
  const told = answerReleaseFindings(known, { release, as: null })?.map((line) => [
    line.component?.name,
    line.since,
    line.sinceRelease,
  ]);
  expect(told).toEqual(since);
});

describe('a release judged as a stage', () => {
  const MISSING = { component: AUTH, weight: 'error', finding: { code: 'missing-component' } };

  test.each([
    ['v1.1.0-alpha.1', 'stable', 'Not stable until auth is published', [{ ...MISSING, onlyThen: true }]],
    ['v1.1.0-alpha.1', 'alpha', 'Nothing blocks it', []],
    ['v1.1.0-alpha.1', null, 'May become beta', []],
    [
      RC,
      null,
      'Not yet stable: blocked by 2, in 2 components',
      [
        { ...MISSING, onlyThen: false },
        { component: API, onlyThen: true },
      ],
    ],
    [RC, 'rc', 'Blocked until auth is published', [{ ...MISSING, onlyThen: false }]],
    [RC, 'alpha', 'May become alpha', []],
    [
      'v1.0.0',
      null,
      'Cannot be told: nothing says what belongs to it. Publish the first whole release, by which later ones are measured, or write a roster in the policy.',
      [],
    ],
  ] as const)('%s as %s: %s', (release, as, sentence, blocking) => {
    const answer = answerRelease(KNOWN, { release, as, findings: 100 });
    expect(answer?.judged.sentence).toBe(sentence);
    expect(answer?.judged.findings.filter(({ weight }) => weight === 'error')).toMatchObject(blocking);
    expect(structuredClone(answer)).toEqual(answer);
  });

  test('of one that is withdrawn nothing is to be waited for', () => {
    const withdrawn = [{ release: 'v1.1.0-rc.1', reason: 'Deletes rows', by: 'ada', date: '2026-11-20' }];
    const { policy } = policyOfDocument({ withdrawn }, 'table');
    const known = knownOf(reportOf([item('v1.0.0', API.id), item('v1.1.0-rc.1', API.id)], policy), { policy });
    expect(answerRelease(known, { release: 'v1.1.0-rc.1', as: null, findings: 0 })?.judged.sentence).toBe('Withdrawn');
  });

  test('as its own it is judged as it is', () => {
    for (const { release, verdict } of KNOWN.report.rows) {
      const answer = answerRelease(KNOWN, { release: release.tag, as: release.stage, findings: 0 });
      expect(answer?.judged.result).toBe(verdict.result);
    }
  });
});

describe('the answer for a manifest', () => {
  /** What a careless writer of YAML turns into something else. */
  const known = knownOf(
    reportOf([
      item('v1.0.0', 'backend#no', { commit: '1e10', componentVersion: '1.10', branch: 'yes', actor: '- a: b #c' }),
      item('v1.0.0', 'backend#long', { buildUrl: `https://ci.example/${'long/'.repeat(60)}`, builder: 'a\nb: c' }),
    ]),
  );
  const yaml = async () => yamlText;

  test.each(['json', 'yaml'] as const)('%s reads back as it was', async (format) => {
    const answer = await answerManifest(known, { release: 'v1.0.0', format }, yaml);
    const { text } = answer ?? { text: '' };
    expect(answer).toEqual({ format, text });
    expect(format === 'json' ? JSON.parse(text) : parse(text)).toEqual(manifestOf(known.report, 'v1.0.0'));
    expect(text).not.toMatch(/&a1|\*a1/);
  });

  test('says so where YAML’s writer cannot be had; JSON needs none', async () => {
    const gone = () => Promise.reject(new Error('The local server does not answer.'));
    expect(await answerManifest(known, { release: 'v1.0.0', format: 'yaml' }, gone)).toEqual({
      format: 'yaml',
      text: '# Could not be written: Error: The local server does not answer.',
    });
    expect(await answerManifest(known, { release: 'v1.0.0', format: 'json' }, gone)).toMatchObject({ format: 'json' });
  });

  test('there is none where there is no fragment', async () => {
    expect(await answerManifest(known, { release: 'v9.9.9', format: 'json' }, yaml)).toBeNull();
  });
});

describe('what is new in a release', () => {
  test('since the stable release before: each with its owner and its changelogs in short', () => {
    const answer = answerReleaseChanges(KNOWN, { release: RC, first: null });
    expect(answer).toEqual({
      since: 'v1.0.0',
      counts: [
        ['new', 1],
        ['changed', 1],
      ],
      all: 2,
      changes: [
        {
          component: { id: 'k8s#jobs', type: 'k8s', name: 'jobs' },
          owner: null,
          class: 'new',
          step: null,
          from: null,
          to: '1',
          says: 'Two · One',
        },
        {
          component: API,
          owner: null,
          class: 'changed',
          step: 'major',
          from: '1.0.0',
          to: '2.0.0-beta.1',
          says: 'Early · One',
        },
      ],
    });
    expect(answerReleaseChanges(KNOWN, { release: RC, first: 1 })).toMatchObject({
      all: 2,
      changes: [{ class: 'new' }],
    });
  });

  test('without one before it, what its changelogs say', () => {
    const known = knownOf(
      reportOf([item('v1.0.0', 'backend#api', { changelog: '# First\n\n- One' }), item('v1.0.0', 'backend#b')]),
    );
    expect(answerReleaseChanges(known, { release: 'v1.0.0', first: null })).toMatchObject({
      since: null,
      counts: [],
      all: 1,
      changes: [{ component: API, class: null, from: null, to: '1.0.0', says: 'One' }],
    });
    expect(answerReleaseChangelogs(known, { release: 'v1.0.0', component: API.id })).toEqual([
      { releases: ['v1.0.0'], text: '# First\n\n- One' },
    ]);
  });

  test('the changelogs of a component, and of what is not there none', () => {
    const texts = (release: string, component: string) => answerReleaseChangelogs(KNOWN, { release, component });
    expect(texts(RC, API.id)).toEqual([
      { releases: ['v1.1.0-alpha.1'], text: 'Early' },
      { releases: [RC], text: 'One' },
    ]);
    expect([texts(RC, AUTH.id), texts('v9.9.9', API.id)]).toEqual([[], []]);
    expect(answerReleaseChanges(KNOWN, { release: 'v9.9.9', first: null })).toBeNull();
  });

  test.each([
    ['## 1.2.0\n\n### Fixes\n\n* **web:** no shift ([#12](https://x.example/12))\n* `b`', 'web: no shift (#12) · b'],
    ['1. One\n2) Two\n\n---\n\nprose', 'One · Two · prose'],
    ['', ''],
    ['# Heading only', ''],
    [`- ${'a'.repeat(400)}`, `${'a'.repeat(300)}…`],
  ])('%j in short', (changelog, short) => {
    expect(inShort(changelog)).toBe(short);
  });
});
