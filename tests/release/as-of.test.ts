import { expect, test } from 'vitest';
import { asOf, observationsOf } from '../../src/release/deployed/as-of.ts';
import { deploymentsOf } from '../../src/release/deployed/deployments.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';
import { item } from './items.ts';

/** Noon of a day of November 2026. */
const day = (of: number) => `2026-11-${String(of).padStart(2, '0')}T12:00:00.000Z`;

/** What was seen to run in prod; `on`: the day of the last observation, null: nobody says. */
function runs(release: string, name: string, on: number | null, attributes: Item = {}): Item {
  return item(release, `k8s#prod-deployment/${name}`, {
    imageRef: `acme/${name}:${release.slice(1)}`,
    replicas: 1,
    readyReplicas: 1,
    ...(on === null ? {} : { publishedAt: day(on) }),
    ...attributes,
  });
}

const read = (items: readonly Item[]) => readItems(items, DOCUMENTED_KEYS, DEFAULT_POLICY.environments);

/** "a 1.0.0 of v1.0.0" for each cell, and what is not known. */
function then(items: readonly Item[], on: number) {
  const { report, notKnown, undated } = asOf(read(items), DEFAULT_POLICY, day(on));
  const cells = deploymentsOf(report).rows.flatMap((row) =>
    row.cells.flatMap((cell) => (cell === null ? [] : `${row.component.name} ${cell.version} of ${cell.release}`)),
  );
  const unknown = notKnown.map(({ component, environment, since }) => `${component} in ${environment} till ${since}`);
  return { cells, unknown, undated };
}

const KNOWN = { unknown: [], undated: 0 };

/** Seen on the 2nd, replaced on the 5th by what was seen last on the 9th. */
const REPLACED = runs('v1.0.0', 'a', 9, {
  imageRef: 'acme/a:second',
  replaced: [{ imageRef: 'acme/a:first', replicas: 1, readyReplicas: 1, publishedAt: day(2), replacedAt: day(5) }],
});

test.each<[name: string, items: Item[], on: number, expected: ReturnType<typeof then>]>([
  ['nothing is there', [], 3, { cells: [], ...KNOWN }],
  [
    'what had been observed by then',
    [runs('v1.0.0', 'a', 2), runs('v1.1.0', 'a', 4)],
    3,
    { cells: ['a 1.0.0 of v1.0.0'], ...KNOWN },
  ],
  [
    'the moment itself counts',
    [runs('v1.0.0', 'a', 2), runs('v1.1.0', 'a', 4)],
    4,
    { cells: ['a 1.1.0 of v1.1.0'], ...KNOWN },
  ],
  [
    'a roll-back, before it was one',
    [runs('v1.1.0', 'a', 4), runs('v1.0.0', 'a', 6)],
    5,
    { cells: ['a 1.1.0 of v1.1.0'], ...KNOWN },
  ],
  [
    'where nothing had been observed, it is not known what was there',
    [runs('v1.1.0', 'a', 4), runs('v1.0.0', 'a', 6), runs('v1.0.0', 'b', 2)],
    3,
    { cells: ['b 1.0.0 of v1.0.0'], unknown: [`k8s#a in prod till ${day(4)}`], undated: 0 },
  ],
  ['what was replaced since', [REPLACED], 3, { cells: ['a first of v1.0.0'], ...KNOWN }],
  // It was last seen on the 9th, and came on the 5th.
  ['what took the place of another, seen again since', [REPLACED], 7, { cells: ['a second of v1.0.0'], ...KNOWN }],
  [
    'before all that the item keeps',
    [REPLACED],
    1,
    { cells: [], unknown: [`k8s#a in prod till ${day(2)}`], undated: 0 },
  ],
  [
    'the date stands in for the time of publication',
    [runs('v1.0.0', 'a', null, { date: day(2) }), runs('v1.1.0', 'a', null, { date: day(4) })],
    3,
    { cells: ['a 1.0.0 of v1.0.0'], ...KNOWN },
  ],
  [
    'what says no time is not in it',
    [runs('v1.0.0', 'a', null), runs('v1.0.0', 'b', 2)],
    3,
    { cells: ['b 1.0.0 of v1.0.0'], unknown: [], undated: 1 },
  ],
  [
    'a replaced content that cannot be read, and one in another environment',
    [
      item('v1.0.0', 'docs#guide', {
        environment: 'prod',
        publishedAt: day(8),
        replaced: ['?', { environment: 'qa', publishedAt: day(2), replacedAt: day(5) }],
      }),
    ],
    3,
    { cells: ['guide 1.0.0 of v1.0.0'], unknown: [`docs#guide in prod till ${day(5)}`], undated: 0 },
  ],
])('as of a moment: %s', (_, items, on, expected) => {
  expect(then(items, on)).toEqual(expected);
});

test('the findings are those of then', () => {
  const { report } = asOf(
    read([
      runs('v1.0.0', 'a', 8, {
        replaced: [{ imageRef: 'acme/a:1.0.0', replicas: 1, publishedAt: day(2), replacedAt: day(5) }],
      }),
    ]),
    DEFAULT_POLICY,
    day(3),
  );
  expect(report.rows.flatMap(({ findings }) => findings.map(({ code }) => code))).toContain('not-ready');
  expect(report.readAt).toBe(day(3));
});

test('all that was observed, the earliest first', () => {
  const { fragments } = read([runs('v1.1.0', 'b', 7), REPLACED, item('v1.0.0', 'backend#a', { publishedAt: day(1) })]);
  expect(observationsOf(fragments, DEFAULT_POLICY.environments)).toEqual([
    { component: 'k8s#a', environment: 'prod', release: 'v1.0.0', at: day(2) },
    { component: 'k8s#a', environment: 'prod', release: 'v1.0.0', at: day(5) },
    { component: 'k8s#b', environment: 'prod', release: 'v1.1.0', at: day(7) },
  ]);
});
