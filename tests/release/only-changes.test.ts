import { describe, expect, test } from 'vitest';
import { makeReport } from '../../src/release/report/make-report.ts';
import { onlyChangesWords, seemsToHoldOnlyChanges } from '../../src/release/report/only-changes.ts';
import { fragment, policyOf } from './items.ts';

const PARTS = Array.from({ length: 10 }, (_, index) => `backend#part-${index}`);
const ALL = PARTS.map((_, index) => index);

/** A table of releases, each with the parts of these numbers. */
function tableOf(releases: Readonly<Record<string, readonly number[]>>, document?: unknown) {
  const fragments = Object.entries(releases).flatMap(([release, parts]) =>
    parts.map((part) => fragment(release, PARTS[part] ?? '', { date: '2026-01-01T00:00:00Z' })),
  );
  const report = makeReport(
    null,
    { fragments, rejected: [], readAt: '2026-11-20T12:00:00.000Z' },
    policyOf(document),
  ).report;
  return { ...report, hint: seemsToHoldOnlyChanges(report) };
}

const CHANGES = {
  'v1.0.0': ALL,
  'v1.1.0': ALL,
  'v1.2.0': [0, 1],
  'v1.3.0': [2],
  'v1.4.0': [0, 2],
  'v1.5.0': [1],
  'v1.6.0': [3, 4],
};

describe('a table seems to hold only what changed', () => {
  test.each<[string, Readonly<Record<string, readonly number[]>>, unknown]>([
    ['where most releases lack more than half', CHANGES, { releases: 6, lacking: 4, patches: false }],
    [
      'where all that lack it are patches',
      { 'v1.0.0': ALL, 'v1.0.1': [0], 'v1.0.2': [1], 'v1.0.3': [2], 'v1.1.0': ALL, 'v1.1.1': [3], 'v1.1.2': [4] },
      { releases: 5, lacking: 5, patches: true },
    ],
    [
      'of patches alone, where one other release lacks it as well',
      { 'v1.0.0': ALL, 'v1.1.0': ALL, 'v1.1.1': [0], 'v1.1.2': [0], 'v1.2.0': [0] },
      { releases: 2, lacking: 2, patches: true },
    ],
    ['not where all are whole', { 'v1.0.0': ALL, 'v1.1.0': ALL, 'v1.2.0': ALL, 'v1.3.0': ALL, 'v1.4.0': ALL }, null],
    ['not where half are whole', { 'v1.0.0': ALL, 'v1.0.1': ALL, 'v1.0.2': ALL, 'v1.0.3': [1], 'v1.0.4': [2] }, null],
    [
      'not where they lack just half',
      {
        'v1.0.0': ALL,
        'v1.0.1': [0, 1, 2, 3, 4],
        'v1.0.2': [0, 1, 2, 3, 4],
        'v1.0.3': [0, 1, 2, 3, 4],
        'v1.0.4': [0, 1, 2, 3, 4],
      },
      null,
    ],
    ['not by three releases', { 'v1.0.0': ALL, 'v1.0.1': [0], 'v1.0.2': [1], 'v1.0.3': [2] }, null],
    [
      'not by pre-releases',
      { 'v1.0.0': ALL, 'v2.0.0-rc.1': [0], 'v2.0.0-rc.2': [1], 'v2.0.0-rc.3': [2], 'v2.0.0-rc.4': [3] },
      null,
    ],
    ['not of an empty table', {}, null],
  ])('%s', (_, releases, expected) => {
    expect(tableOf(releases).hint).toEqual(expected);
  });

  test.each<[string, Readonly<Record<string, readonly number[]>>]>([
    ['any release', CHANGES],
    ['patches', { 'v1.0.0': ALL, 'v1.0.1': [0], 'v1.0.2': [1], 'v1.0.3': [2], 'v1.0.4': [3] }],
  ])('and no longer once the policy says what was proposed, of %s', (_, releases) => {
    const { hint } = tableOf(releases);
    if (hint === null) throw new Error('it seems to hold only what changed');
    const said = tableOf(releases, JSON.parse(onlyChangesWords(hint).policy));
    expect(said.hint).toBeNull();
    expect(said.rows.filter(({ verdict }) => verdict.result === 'fail')).toEqual([]);
    expect(said.rows[0]?.completeness).toMatchObject({ present: 10, missing: [] });
  });

  test('in words', () => {
    expect(onlyChangesWords({ releases: 9, lacking: 6, patches: false })).toEqual({
      sentence:
        '6 of 9 stable releases lack more than half of what the releases before have: this table seems to hold only what changed. If so, say it in the policy, and the rest is carried over:',
      policy: '{ "roster": [{ "component": "*", "expectation": "carried" }] }',
    });
    expect(onlyChangesWords({ releases: 9, lacking: 6, patches: true })).toEqual({
      sentence:
        '6 of 9 patches lack more than half of what the releases before have: patches seem to hold only what changed. If so, say it in the policy, and the rest is carried over:',
      policy: '{ "patchReleases": "carried" }',
    });
  });
});
