import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeFinding } from '../../src/release/finding/finding-words.ts';
import type { Fragment } from '../../src/release/item/fragment.ts';
import { describeCell } from '../../src/release/report/cell-words.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import type { Report } from '../../src/release/report/report.ts';
import { fragment } from './items.ts';

const READ_AT = '2026-11-20T12:00:00.000Z';
const report = (fragments: readonly Fragment[]) =>
  makeReport(null, { fragments, rejected: [], readAt: READ_AT }).report;

/** `v1.2.0: a b` → a backend fragment per name. */
function releases(...lines: string[]): Fragment[] {
  return lines.flatMap((line) => {
    const [release = '', names = ''] = line.split(': ');
    return names.split(' ').map((name) => fragment(release, `backend#${name}`, { componentVersion: '1.0.0' }));
  });
}

/** The matrix as the sentences of its cells. */
function said({ rows, components }: Report): string[] {
  return rows.flatMap(({ release, cells }) =>
    components.map((component, column) => describeCell(component, release, cells[column] ?? null)),
  );
}

test('fragments become a matrix: newest release first, types in their order, one column per workload', () => {
  const { rows, components, environments } = report([
    fragment('v1.1.0', 'k8s#staging-deployment/api', { imageRef: 'api:1.1.0' }),
    fragment('v1.1.0', 'k8s#prod-deployment/api', { imageRef: 'api:1.1.0-rc.1' }),
    fragment('v1.1.0', 'tooling#x'),
    fragment('v1.1.0', 'frontend#shell', { npmVersion: '2.0.0' }),
    fragment('v1.2.0', 'frontend#Shell', { npmVersion: '2.0.0' }),
    fragment('v1.2.0', 'backend#api'),
    fragment('v1.2.0', 'k8s#prod-deployment/api', { imageRef: 'api:1.2.0' }),
  ]);
  expect(components.map(({ id }) => id)).toEqual([
    'frontend#Shell',
    'frontend#shell',
    'backend#api',
    'k8s#api',
    'tooling#x',
  ]);
  expect(rows.map(({ release }) => release.tag)).toEqual(['v1.2.0', 'v1.1.0']);
  expect(rows.map(({ cells }) => cells.map((cell) => cell && `${cell.state} ${cell.text}`))).toEqual([
    // frontend#shell came as frontend#Shell.
    ['new 2.0.0', 'renamed renamed', 'new 1.2.0', 'changed 1.2.0', 'missing missing'],
    [null, 'unchanged 2.0.0', null, 'unchanged 1.1.0 / 1.1.0-rc.1', 'unchanged 1.1.0'],
  ]);
  expect(rows[1]?.cells[3]?.entries.map((entry) => entry.environments)).toEqual([['staging'], ['prod']]);
  expect(environments).toEqual(['staging', 'prod']);
});

describe('missing-component', () => {
  const stables = releases('v1.2.0: a b', 'v1.1.0: a b');
  test.each([
    ['v1.3.0', 'error'],
    ['v1.3.0-rc.1', 'error'],
    ['v1.3.0-beta.1', 'warning'],
    ['v1.3.0-alpha.1', 'info'],
    ['v1.3.0-next.1', 'info'],
    ['v1.3.0-hotfix.1', 'error'],
  ])('in %s weighs %s', (tag, severity) => {
    const { findings } = report([...stables, ...releases(`${tag}: a`)]).rows[0] ?? {};
    expect(findings?.filter(({ code }) => code !== 'invalid-version')).toEqual([
      {
        code: 'missing-component',
        severity,
        release: tag,
        component: 'backend#b',
        environment: null,
        details: {
          lastSeenIn: 'v1.2.0',
          lastSeenAt: null,
          expectedBy: { releases: ['v1.2.0', 'v1.1.0'] },
          arriving: false,
          perhapsRetired: false,
        },
        waived: null,
      },
    ]);
  });

  test.each([
    ['2026-11-20T11:00:01Z', 'arriving', 'info'],
    ['2026-11-20T11:00:00Z', 'missing', 'error'],
    ['2026-11-20T12:10:00Z', 'arriving', 'info'],
    ['2026-11-20T13:00:00Z', 'missing', 'error'],
  ])('in a release begun at %s the cell reads %s', (date, text, severity) => {
    const young = fragment('v1.3.0', 'backend#a', { date });
    const row = report([...stables, young]).rows[0];
    expect([row?.cells[1]?.text, row?.findings[0]?.severity]).toEqual([text, severity]);
  });

  test('says what, why and what to do', () => {
    const [finding] = report([...stables, ...releases('v1.3.0: a')]).rows[0]?.findings ?? [];
    expect(finding && describeFinding(finding)).toEqual({
      title: 'b is missing from v1.3.0',
      why: 'The stable releases before have it (v1.2.0, v1.1.0); last seen in v1.2.0.',
      whatToDo: 'Publish the fragment of b for v1.3.0, or look into its pipeline.',
    });
  });

  test('nothing is missing from a release that holds all of its roster, or of which nothing is known', () => {
    const rejected = [{ id: 'x', release: 'v1.3.0', key: 'a', reason: 'holds no #', item: {} }];
    const { rows } = makeReport(null, { fragments: stables, rejected, readAt: READ_AT }).report;
    expect(rows.map(({ release, findings }) => [release.tag, findings])).toEqual([
      ['v1.3.0', []],
      ['v1.2.0', []],
      ['v1.1.0', []],
    ]);
  });
});

test('cells speak in sentences', () => {
  expect(said(report(releases('v1.3.0: a', 'v1.2.0: a b', 'v1.1.0: a b', 'v1.0.0: c')))).toEqual([
    'a in v1.3.0: 1.0.0',
    'b in v1.3.0: missing',
    'c in v1.3.0: not part of this release',
    'a in v1.2.0: 1.0.0',
    'b in v1.2.0: 1.0.0',
    'c in v1.2.0: not part of this release',
    'a in v1.1.0: 1.0.0',
    'b in v1.1.0: 1.0.0',
    'c in v1.1.0: missing',
    'a in v1.0.0: not part of this release',
    'b in v1.0.0: not part of this release',
    'c in v1.0.0: 1.0.0',
  ]);
});

test('the order in which items come does not matter', () => {
  const fragments = [
    ...releases('v1.3.0: a b', 'v1.3.0-rc.1: a b c', 'v1.2.0: a c', 'v1.1.0: b c', 'main: a'),
    ...['prod', 'qa', 'prod-eu'].map((env) => fragment('v1.3.0', `k8s#${env}-deployment/api`)),
    fragment('v1.3.0', 'k8s#prod-statefulset/api', { imageRef: 'api:1.2.0' }),
  ];
  const expected = report(fragments);
  fc.assert(
    fc.property(fc.shuffledSubarray(fragments, { minLength: fragments.length }), (shuffled) => {
      expect(report(shuffled)).toEqual(expected);
    }),
  );
});

test('a report is plain data', () => {
  const made = report([
    ...releases('v1.3.0: a', 'v1.2.0: a b', 'v1.1.0: b'),
    fragment('v1.3.0', 'k8s#prod-deployment/api'),
  ]);
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
});
