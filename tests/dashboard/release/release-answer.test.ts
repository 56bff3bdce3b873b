import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { findingName } from '../../../src/release/finding/finding.ts';
import { manifestOf } from '../../../src/release/history/manifest.ts';
import { STAGES } from '../../../src/release/item/release.ts';
import { yamlText } from '../../../src/release/text/yaml-text.ts';
import { lineOf } from '../../../src/views/matrix/outline.ts';
import {
  answerChangelogs,
  answerManifest,
  answerRehearsal,
  answerRelease,
  answerReleaseFindings,
} from '../../../src/views/release/release-answer.ts';
import { knownOf } from '../answered.tsx';
import { item, reportOf } from '../report-of.ts';

const day = (of: number) => `2026-11-${String(of).padStart(2, '0')}T12:00:00.000Z`;

/** v1.0.0 is stable; of v1.1.0 there is an alpha that lacks one, which may be, and an rc that lacks one. */
const KNOWN = knownOf(
  reportOf([
    item('v1.0.0', 'backend#api', { date: day(1) }),
    item('v1.0.0', 'backend#auth', { date: day(1) }),
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
  test('holds its head, what blocks it, its completeness, its findings and its line', () => {
    const answer = answerRelease(KNOWN, { release: RC, findings: 100 });
    expect(answer).toMatchObject({
      row: lineOf(rowOf(RC)),
      blocking: [
        { component: 'backend#auth', title: `auth is missing from ${RC}`, weight: 'error', code: 'missing-component' },
      ],
      types: [
        { type: 'backend', expected: 2, present: 1, missing: [AUTH], carried: [], beyond: [] },
        { type: 'k8s', expected: 0 },
      ],
      absence: 'missing',
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
    expect(answer?.since).toEqual({
      basis: 'v1.1.0-alpha.1',
      words: expect.stringMatching(/^fixed 0, still 1 \(since v1\.1\.0-alpha\.1\), new \d$/),
      added: rowOf(RC)
        .findings.filter(({ code }) => code !== 'missing-component')
        .map(findingName),
    });
    expect(answer?.blocking.map(({ isNew }) => isNew)).toEqual([false]);
    expect(answer?.findings.all).toBe(rowOf(RC).findings.length);
    expect(structuredClone(answer)).toEqual(answer);
  });

  test('of a line that is released without its components', () => {
    const answer = answerRelease(KNOWN, { release: 'v1.0.0', findings: 9 });
    expect(answer?.line).toMatchObject({ components: [] });
    // There is none before it.
    expect(answer?.since).toBeNull();
  });

  test.each([
    ['nightly', { row: { release: { tag: 'nightly' } }, line: null }],
    ['v9.9.9', null],
  ])('%s', (release, expected) => {
    const answer = answerRelease(KNOWN, { release, findings: 9 });
    if (expected === null) expect(answer).toBeNull();
    else expect(answer).toMatchObject(expected);
  });

  test('findings stand by component, those of the release as a whole first; so many at most', () => {
    const report = reportOf([
      item('v1.0.0', 'no-fragment'),
      item('v1.0.0', 'backend#b', { date: 'yesterday', replicas: 'two' }),
      item('v1.0.0', 'backend#a', { date: 'yesterday' }),
    ]);
    const known = knownOf(report);
    const told = (groups: ReturnType<typeof answerReleaseFindings>) =>
      groups?.map(({ component, findings }) => [component?.id ?? null, findings.length]);
    const all = answerReleaseFindings(known, { release: 'v1.0.0' });
    expect(told(all)).toEqual([
      [null, 1],
      ['backend#a', 1],
      ['backend#b', 2],
    ]);
    expect(structuredClone(all)).toEqual(all);
    const answer = answerRelease(known, { release: 'v1.0.0', findings: 3 });
    expect([answer?.findings.all, told(answer?.findings.first ?? null)]).toEqual([
      4,
      [
        [null, 1],
        ['backend#a', 1],
        ['backend#b', 1],
      ],
    ]);
    expect(answerReleaseFindings(known, { release: 'v9.9.9' })).toBeNull();
  });
});

describe('the answer for a rehearsal', () => {
  const MISSING = { component: 'backend#auth', weight: 'error', code: 'missing-component' };

  test.each([
    ['v1.1.0-alpha.1', 'stable', { stage: 'alpha', result: 'fail', newBlockers: [MISSING], remaining: [] }],
    ['v1.1.0-alpha.1', 'alpha', { stage: 'alpha', result: 'pass', newBlockers: [], remaining: [], relieved: [] }],
    [RC, 'rc', { stage: 'rc', result: 'fail', newBlockers: [], remaining: [MISSING], relieved: [] }],
    [RC, 'alpha', { result: 'pass', newBlockers: [], remaining: [], relieved: [MISSING] }],
    ['v1.0.0', 'rc', { result: 'unknown', why: 'nothing says what belongs to it' }],
  ] as const)('%s as %s', (release, as, expected) => {
    const answer = answerRehearsal(KNOWN, { release, as });
    expect(answer).toMatchObject({ as, ...expected });
    expect(structuredClone(answer)).toEqual(answer);
  });

  test('as its own stage it is judged as it is', () => {
    for (const { release, verdict } of KNOWN.report.rows) {
      expect(answerRehearsal(KNOWN, { release: release.tag, as: release.stage })?.result).toBe(verdict.result);
    }
  });

  test('a release that is not there has none', () => {
    expect(STAGES.map((as) => answerRehearsal(KNOWN, { release: 'v9.9.9', as }))).toEqual(STAGES.map(() => null));
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

test.each([
  [
    RC,
    null,
    {
      told: [
        [API.id, ['One']],
        ['k8s#jobs', ['Two', 'One']],
      ],
      all: 2,
    },
  ],
  [RC, 1, { told: [[API.id, ['One']]], all: 2 }],
  ['v1.0.0', 1, { told: [], all: 0 }],
  ['v9.9.9', null, { told: [], all: 0 }],
])('the changelogs of %s, the first %s', (release, first, expected) => {
  const { told, all } = answerChangelogs(KNOWN, { release, first });
  expect({ told: told.map(({ component, texts }) => [component.id, texts]), all }).toEqual(expected);
  expect(structuredClone(told)).toEqual(told);
});
