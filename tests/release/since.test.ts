import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Finding, findingName } from '../../src/release/finding/finding.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import type { Estate } from '../../src/release/matrix/estate.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import { basisOf, rowNamed, sinceBasis } from '../../src/release/report/since.ts';
import { sinceWords } from '../../src/release/report/since-words.ts';
import { NOW } from './checks/said.ts';
import { HISTORY, ITEMS, POLICY } from './estates.ts';
import { item, policyOf } from './items.ts';

function madeOf(items: readonly Item[], document?: unknown) {
  const policy = policyOf(document);
  const { report, survey } = makeReport(
    null,
    { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: NOW },
    policy,
  );
  const rowAt = (row: number) => {
    const of = report.rows[row];
    if (of === undefined) throw new Error(`there is no row ${row}`);
    return of;
  };
  return { estate: survey.estate, rows: report.rows, rowAt };
}

function named(estate: Estate, tag: string): number {
  const row = rowNamed(estate, tag);
  if (row === null) throw new Error(`there is no ${tag}`);
  return row;
}

const tagAt = ({ matrix }: Estate, row: number | null) => (row === null ? null : matrix.releases[row]?.tag);

describe('the basis', () => {
  const api = (...releases: string[]) => releases.map((release) => item(release, 'backend#api'));
  const LINE = api('v1.2.0', 'v1.3.0', 'v1.4.0-alpha.1', 'v1.4.0-beta.1', 'v1.4.0-rc.1', 'v1.4.0-rc.2', 'v1.4.0');

  test.each<[of: string, release: string, items: Item[], basis: string | null]>([
    ['a candidate: the one before it', 'v1.4.0-rc.2', LINE, 'v1.4.0-rc.1'],
    ['a candidate: of whatever stage', 'v1.4.0-rc.1', LINE, 'v1.4.0-beta.1'],
    ['the first of a line: the last predecessor', 'v1.4.0-alpha.1', LINE, 'v1.3.0'],
    ['a stable release: its predecessor, not its candidate', 'v1.4.0', LINE, 'v1.3.0'],
    ['the first stable release: none', 'v1.2.0', LINE, null],
    ['the first candidate of all: none', 'v1.0.0-rc.1', api('v1.0.0-rc.1'), null],
    ['what has no number order: none', 'main', api('v1.0.0', 'main'), null],
    ['a patch', 'v1.3.1', [...LINE, ...api('v1.3.1')], 'v1.3.0'],
    [
      'a candidate: not one of which only unreadable items are there',
      'v1.4.0-rc.2',
      [...api('v1.4.0-beta.1', 'v1.4.0-rc.2'), item('v1.4.0-rc.1', 'nothing')],
      'v1.4.0-beta.1',
    ],
    [
      'a candidate: of two spellings the fuller',
      'v1.4.0-rc.2',
      [...api('v1.4.0-rc.1', '1.4.0-rc.1', 'v1.4.0-rc.2'), item('v1.4.0-rc.1', 'backend#web')],
      'v1.4.0-rc.1',
    ],
    [
      'a candidate: not a hotfix that sorts before it and came days later',
      'v1.4.0-rc.1',
      [
        item('v1.4.0-beta.1', 'backend#api', { date: '2026-11-01T00:00:00Z' }),
        item('v1.4.0-hotfix.1', 'backend#api', { date: '2026-11-18T00:00:00Z' }),
        item('v1.4.0-rc.1', 'backend#api', { date: '2026-11-05T00:00:00Z' }),
      ],
      'v1.4.0-beta.1',
    ],
    [
      'a stable release: no patch of an older line that came later',
      'v1.4.0',
      [
        item('v1.3.0', 'backend#api', { date: '2026-10-01T00:00:00Z' }),
        item('v1.3.9', 'backend#api', { date: '2026-11-18T00:00:00Z' }),
        item('v2.0.0', 'backend#api', { date: '2026-11-05T00:00:00Z' }),
        item('v1.4.0', 'backend#api', { date: '2026-11-05T00:00:00Z' }),
      ],
      'v1.3.0',
    ],
  ])('of %s', (_, release, items, basis) => {
    const { estate } = madeOf(items);
    expect(tagAt(estate, basisOf(estate, named(estate, release)))).toBe(basis);
  });

  test('is found by its tag, or by its version where one release has it', () => {
    const { estate } = madeOf([...LINE, ...api('v1.5.0-rc.1', 'v1.5.0-rc1'), item('v1.6.0', 'nothing')]);
    const found = ['v1.3.0', '1.3.0', 'v1.5.0-rc1', '1.5.0-rc.1', 'v1.6.0', 'v9.9.9', ''].map((tag) =>
      tagAt(estate, rowNamed(estate, tag)),
    );
    expect(found).toEqual(['v1.3.0', 'v1.3.0', 'v1.5.0-rc1', null, null, null, null]);
  });
});

/** The roll-out of a workload that is not finished, and of one that is. */
const DOWN = { replicas: 2, readyReplicas: 0 };
const UP = { replicas: 2, readyReplicas: 2 };
/** An artifact of another version than the component's. */
const WRONG = { componentVersion: '1.0.0', artifact: 'acme/x:0.9.0' };
const RIGHT = { componentVersion: '1.0.0', artifact: 'acme/x:1.0.0' };

describe('what became of the findings', () => {
  const HISTORY_OF_RC_2 = [
    item('v1.3.0', 'backend#old', WRONG),
    item('v1.3.0', 'backend#gap', WRONG),
    item('v1.3.0', 'k8s#qa-deployment/api', UP),
    item('v1.4.0-beta.1', 'backend#old', WRONG),
    item('v1.4.0-beta.1', 'backend#gap', RIGHT),
    item('v1.4.0-beta.1', 'k8s#qa-deployment/api', UP),
    item('v1.4.0-rc.1', 'backend#old', WRONG),
    item('v1.4.0-rc.1', 'backend#gap', WRONG),
    item('v1.4.0-rc.1', 'backend#mended', WRONG),
    item('v1.4.0-rc.1', 'k8s#qa-deployment/api', DOWN),
    item('v1.4.0-rc.1', 'k8s#prod-deployment/api', DOWN),
    item('v1.4.0-rc.2', 'backend#old', WRONG),
    item('v1.4.0-rc.2', 'backend#gap', WRONG),
    item('v1.4.0-rc.2', 'backend#mended', RIGHT),
    item('v1.4.0-rc.2', 'backend#broken', WRONG),
    item('v1.4.0-rc.2', 'k8s#qa-deployment/api', UP),
  ];
  const ONLY = ['version-mismatch', 'not-ready'];
  const short = ({ code, component, environment }: Finding) =>
    [code, component, ...(environment === null ? [] : [environment])].join(' ');

  function told(items: readonly Item[], release: string, basis: string) {
    const { estate, rowAt } = madeOf(items, { roster: [{ component: '*', expectation: 'optional' }] });
    const since = sinceBasis(estate, rowAt, named(estate, release), named(estate, basis));
    const looked = (findings: readonly Finding[]) => findings.filter(({ code }) => ONLY.includes(code));
    return {
      new: looked(since.new).map(short),
      still: since.still
        .filter(({ finding }) => ONLY.includes(finding.code))
        .map(({ finding, since: first }) => `${short(finding)} since ${first}`),
      fixed: looked(since.fixed).map(short),
      unknown: looked(since.unknown).map(short),
    };
  }

  test('a candidate: new, still since the first without a gap, fixed; of what it does not hold nothing is known', () => {
    expect(told(HISTORY_OF_RC_2, 'v1.4.0-rc.2', 'v1.4.0-rc.1')).toEqual({
      new: ['version-mismatch backend#broken'],
      // What v1.4.0-beta.1 did not have began anew with rc.1.
      still: ['version-mismatch backend#gap since v1.4.0-rc.1', 'version-mismatch backend#old since v1.3.0'],
      fixed: ['version-mismatch backend#mended', 'not-ready k8s#api qa'],
      unknown: ['not-ready k8s#api prod'],
    });
  });

  test('any other basis by name', () => {
    expect(told(HISTORY_OF_RC_2, 'v1.4.0-rc.2', 'v1.3.0')).toEqual({
      new: ['version-mismatch backend#broken'],
      still: ['version-mismatch backend#gap since v1.3.0', 'version-mismatch backend#old since v1.3.0'],
      fixed: [],
      unknown: [],
    });
  });

  test('a component that is not there, came back, or came under another name', () => {
    const items = [
      ...['a', 'b', 'c', 'd', 'e', 'f', 'auth-api'].flatMap((name) => [
        item('v1.2.0', `backend#${name}`),
        item('v1.3.0', `backend#${name}`),
      ]),
      ...['c', 'd', 'e', 'f'].map((name) => item('v1.4.0-rc.1', `backend#${name}`)),
      ...['b', 'c', 'd', 'e', 'f', 'auth_api'].map((name) => item('v1.4.0-rc.2', `backend#${name}`)),
    ];
    const { estate, rowAt } = madeOf(items);
    const since = sinceBasis(estate, rowAt, named(estate, 'v1.4.0-rc.2'), named(estate, 'v1.4.0-rc.1'));
    expect({
      new: since.new.map(short),
      still: since.still.map(({ finding, since: first }) => `${short(finding)} since ${first}`),
      fixed: since.fixed.map(short),
      unknown: since.unknown.map(short),
    }).toEqual({
      new: ['near-duplicate-name backend#auth-api'],
      still: ['missing-component backend#a since v1.4.0-rc.1'],
      fixed: ['missing-component backend#auth-api', 'missing-component backend#b'],
      unknown: [],
    });
  });

  test('what a component carries over is looked at as its own', () => {
    const policy = { roster: [{ component: 'backend#x', expectation: 'carried' }, { component: '*' }] };
    const items = [
      item('v1.0.0', 'backend#x', RIGHT),
      item('v1.0.0', 'backend#y'),
      item('v1.1.0-rc.1', 'backend#x', WRONG),
      item('v1.1.0-rc.1', 'backend#y'),
      item('v1.1.0-rc.2', 'backend#y'),
    ];
    const { estate, rowAt } = madeOf(items, policy);
    const since = sinceBasis(estate, rowAt, named(estate, 'v1.1.0-rc.2'), named(estate, 'v1.1.0-rc.1'));
    expect([since.fixed.map(short), since.unknown]).toEqual([['version-mismatch backend#x'], []]);
  });
});

describe('for any estate', () => {
  const ESTATE = fc.record({ items: fc.oneof(ITEMS, HISTORY), policy: fc.oneof(POLICY, fc.constant<Item>({})) });
  const namesOf = (findings: readonly Finding[]) => findings.map(findingName).sort();

  test('new and still are what is found now; fixed and unknown are what was and is not; a basis is lower', () => {
    let compared = 0;
    fc.assert(
      fc.property(ESTATE, fc.nat(), ({ items, policy }, other) => {
        const { estate, rows, rowAt } = madeOf(items, policy);
        rows.forEach((row, at) => {
          const own = basisOf(estate, at);
          if (own !== null) expect(own).toBeGreaterThan(at);
          for (const basis of [own, other % rows.length]) {
            if (basis === null) continue;
            const since = sinceBasis(estate, rowAt, at, basis);
            const [now, then] = [new Set(namesOf(row.findings)), new Set(namesOf(rowAt(basis).findings))];
            const kept = since.still.map(({ finding }) => finding);
            expect(namesOf([...since.new, ...kept])).toEqual(namesOf(row.findings));
            expect(kept.every((finding) => then.has(findingName(finding)))).toBe(true);
            expect(since.new.some((finding) => then.has(findingName(finding)))).toBe(false);
            const gone = [...since.fixed, ...since.unknown];
            expect(gone.some((finding) => now.has(findingName(finding)))).toBe(false);
            expect(new Set([...namesOf(gone), ...namesOf(kept)])).toEqual(then);
            compared += gone.length + kept.length;
          }
        });
      }),
      { numRuns: 60 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  test('beside itself everything is still there', () => {
    fc.assert(
      fc.property(ESTATE, ({ items, policy }) => {
        const { estate, rows, rowAt } = madeOf(items, policy);
        rows.forEach(({ findings }, at) => {
          const since = sinceBasis(estate, rowAt, at, at);
          expect([since.new, since.fixed, since.unknown]).toEqual([[], [], []]);
          expect(since.still.map(({ finding }) => finding)).toEqual(findings);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('still is since a release of the chain of bases that has it, and the one before that one has it not', () => {
    fc.assert(
      fc.property(ESTATE, ({ items, policy }) => {
        const { estate, rows, rowAt } = madeOf(items, policy);
        rows.forEach((_, at) => {
          const basis = basisOf(estate, at);
          if (basis === null) return;
          for (const { finding, since } of sinceBasis(estate, rowAt, at, basis).still) {
            const has = (row: number) => namesOf(rowAt(row).findings).includes(findingName(finding));
            let first = basis;
            for (let next = basisOf(estate, first); next !== null && has(next); next = basisOf(estate, next))
              first = next;
            expect(since).toBe(rowAt(first).release.tag);
          }
        });
      }),
      { numRuns: 40 },
    );
  });
});

test.each([
  [{ fixed: 2, still: ['v1.3.0'], new: 1, unknown: 0 }, 'fixed 2, still 1 (since v1.3.0), new 1'],
  [{ fixed: 0, still: [], new: 0, unknown: 0 }, 'fixed 0, still 0, new 0'],
  [
    { fixed: 0, still: ['v1.4.0-rc.1', 'v1.3.0', 'v1.10.0'], new: 0, unknown: 0 },
    'fixed 0, still 3 (the oldest since v1.3.0), new 0',
  ],
  [
    { fixed: 1, still: [], new: 0, unknown: 2 },
    'fixed 1, still 0, new 0, unknown 2 (it does not hold what they are about)',
  ],
])('in words: %j', ({ still, ...counts }, words) => {
  const many = (count: number) => Array.from({ length: count });
  const lists = { fixed: many(counts.fixed), new: many(counts.new), unknown: many(counts.unknown) };
  expect(sinceWords({ ...lists, still: still.map((since) => ({ since })) })).toBe(words);
});
