import { describe, expect, test } from 'vitest';
import type { Item } from '../../src/release/item/item.ts';
import { describeCell } from '../../src/release/report/cell-words.ts';
import { type Asked, reportOf, rowOf } from './checks/said.ts';
import { item } from './items.ts';

/** `v1.4.0: a b` → a backend fragment per name; a name with # is a key of its own. */
function releases(...lines: string[]): Item[] {
  return lines.flatMap((line) => {
    const [release = '', names = ''] = line.split(': ');
    return names
      .split(' ')
      .map((name) => item(release, name.includes('#') ? name : `backend#${name}`, { componentVersion: '1.0.0' }));
  });
}

const shorten = (component: string) => component.replace(/^backend#/, '');

interface Expected {
  /** `policy 1/2`: where the roster comes from, present of expected. */
  readonly roster: string;
  readonly missing?: string;
  readonly unexpected?: string;
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

function judged(items: readonly Item[], roster: readonly unknown[], tag = 'v1.4.0'): Expected {
  const row = reportOf(items, { policy: { roster } }).rows.find(({ release }) => release.tag === tag);
  if (row === undefined) throw new Error('the release that is looked at has no item');
  const { roster: source, present, expected, missing } = row.completeness;
  const unexpected = row.findings.filter(({ code }) => code === 'unexpected-component');
  return {
    roster: `${source} ${present}/${expected}`,
    ...(missing.length > 0 ? { missing: missing.map(shorten).join(' ') } : {}),
    ...(unexpected.length > 0 ? { unexpected: unexpected.map((of) => shorten(of.component ?? '')).join(' ') } : {}),
    verdict: row.verdict.result,
  };
}

const row = (component: string, expectation?: string, range?: string) => ({
  component: component.includes('#') || component === '*' ? component : `backend#${component}`,
  ...(expectation === undefined ? {} : { expectation }),
  ...(range === undefined ? {} : { releases: range }),
});

describe('the policy’s roster', () => {
  test.each<[name: string, items: Item[], roster: unknown[], expected: Expected]>([
    [
      'a literal row: required, whether it was ever seen or not',
      releases('v1.4.0: a'),
      [row('a'), row('b')],
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
    ],
    [
      'literal rows that are all there',
      releases('v1.4.0: a b'),
      [row('a'), row('b')],
      { roster: 'policy 2/2', verdict: 'pass' },
    ],
    [
      'a literal row for a workload: its environments fold into it',
      releases('v1.4.0: k8s#prod-deployment/api'),
      [row('k8s#api')],
      { roster: 'policy 1/1', verdict: 'pass' },
    ],
    [
      'a wildcard requires what the lower stables have of it',
      releases('v1.4.0: a', 'v1.3.0: a b', 'v1.2.0: a b'),
      [row('*')],
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
    ],
    [
      'and what the release has of it, though it is new',
      releases('v1.4.0: a c', 'v1.3.0: a'),
      [row('*')],
      { roster: 'policy 2/2', verdict: 'pass' },
    ],
    [
      'but nothing of what only one of three has',
      releases('v1.4.0: a', 'v1.3.0: a b', 'v1.2.0: a', 'v1.1.0: a'),
      [row('*')],
      { roster: 'policy 1/1', verdict: 'pass' },
    ],
    [
      'the first row that matches wins',
      releases('v1.4.0: a', 'v1.3.0: a b c'),
      [row('b', 'optional'), row('*'), row('c', 'optional')],
      { roster: 'policy 1/2', missing: 'c', verdict: 'fail' },
    ],
    [
      'a literal row behind a wildcard is expected, by the wildcard’s word',
      releases('v1.4.0: a'),
      [row('*', 'required'), row('z', 'optional')],
      { roster: 'policy 1/2', missing: 'z', verdict: 'fail' },
    ],
    [
      'optional: there or not',
      releases('v1.4.0: a', 'v1.3.0: a b'),
      [row('b', 'optional'), row('*')],
      { roster: 'policy 1/1', verdict: 'pass' },
    ],
    [
      'a component that no row matches is unexpected, and not expected',
      releases('v1.4.0: a x', 'v1.3.0: a x y'),
      [row('a')],
      { roster: 'policy 1/1', unexpected: 'x', verdict: 'pass' },
    ],
    [
      'a range: the row does not apply below it',
      releases('v1.4.0: a'),
      [row('a'), row('b', 'required', '>=1.5')],
      { roster: 'policy 1/1', verdict: 'pass' },
    ],
    [
      'a range: the row applies within it',
      releases('v1.4.0: a'),
      [row('a'), row('b', 'required', '>=1.4')],
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
    ],
    [
      'a row out of its range leaves the component to the next one',
      releases('v1.4.0: a', 'v1.3.0: a b'),
      [row('b', 'optional', '<1.4.0-0'), row('*')],
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
    ],
    [
      'a component called as JavaScript calls things',
      releases('v1.4.0: a'),
      [row('a'), row('constructor'), row('__proto__')],
      { roster: 'policy 1/3', missing: '__proto__ constructor', verdict: 'fail' },
    ],
  ])('%s', (_, items, roster, expected) => expect(judged(items, roster)).toEqual(expected));

  test.each<[tag: string, expected: Expected]>([
    ['v1.4.0', { roster: 'policy 1/2', missing: 'b', verdict: 'fail' }],
    ['v1.4.0-rc.1', { roster: 'policy 1/2', missing: 'b', verdict: 'fail' }],
    ['v1.4.3+build.5', { roster: 'policy 1/2', missing: 'b', verdict: 'fail' }],
    ['1.4.0.7', { roster: 'policy 1/2', missing: 'b', verdict: 'fail' }],
    ['v1.5.0-rc.1', { roster: 'policy 1/1', verdict: 'pass' }],
    // A key without number order is in no range.
    ['main', { roster: 'policy 1/1', verdict: 'pass' }],
  ])('a range is asked of the line: ~1.4 and %s', (tag, expected) => {
    expect(judged(releases(`${tag}: a`), [row('a'), row('b', 'required', '~1.4')], tag)).toEqual(expected);
  });

  test.each<[range: string, holds: string]>([
    ['>=1.4.0 <1.5.0', 'v1.4.0-rc.1 v1.4.0-rc.2 v1.4.0 v1.4.7'],
    ['<1.4.0', ''],
    ['1.4.0', 'v1.4.0-rc.1 v1.4.0-rc.2 v1.4.0'],
    ['^1.4.0', 'v1.4.0-rc.1 v1.4.0-rc.2 v1.4.0 v1.4.7 v1.5.0-rc.1'],
    ['*', 'v1.4.0-rc.1 v1.4.0-rc.2 v1.4.0 v1.4.7 v1.5.0-rc.1'],
    // One that itself names a pre-release is asked of the whole version.
    ['>=1.4.0-rc.2', 'v1.4.0-rc.2 v1.4.0 v1.4.7 v1.5.0-rc.1'],
    ['<=1.4.0-rc.1', 'v1.4.0-rc.1'],
    ['<1.4.0 || 1.4.0-rc.2', 'v1.4.0-rc.1 v1.4.0-rc.2'],
  ])('the range %s holds %s', (range, holds) => {
    const tags = ['v1.4.0-rc.1', 'v1.4.0-rc.2', 'v1.4.0', 'v1.4.7', 'v1.5.0-rc.1'];
    const roster = [row('a'), row('z', 'required', range)];
    const held = tags.filter((tag) => judged(releases(`${tag}: a`), roster, tag).missing === 'z');
    expect(held.join(' ')).toBe(holds);
  });
});

const inferred = (items: readonly Item[], asked: Asked = {}): string => {
  const { completeness, verdict } = rowOf(items, asked);
  const { roster, present, expected, missing } = completeness;
  const lacks = missing.length === 0 ? '' : `, lacks ${missing.map(shorten).join(' ')}`;
  return `${roster} ${present}/${expected}${lacks}: ${[verdict.result, ...verdict.unknown].join(' ')}`;
};

describe('the inferred roster: what is in two of the last three whole predecessors', () => {
  test.each<[name: string, items: Item[], expected: string, asked?: Asked]>([
    ['no predecessor', releases('v1.4.0: a'), 'none 0/0: unknown no-roster'],
    ['one: all of it', releases('v1.4.0: a', 'v1.3.0: a b'), 'inferred 1/2, lacks b: fail'],
    ['two: what is in both', releases('v1.4.0: a', 'v1.3.0: a b', 'v1.2.0: a b c'), 'inferred 1/2, lacks b: fail'],
    ['nothing in common', releases('v1.4.0: a', 'v1.3.0: a', 'v1.2.0: b'), 'none 0/0: unknown no-roster'],
    [
      'three: what is in two',
      releases('v1.4.0: a', 'v1.3.0: a b', 'v1.2.0: a c', 'v1.1.0: b d'),
      'inferred 1/2, lacks b: fail',
    ],
    [
      'more than three: only the last three',
      releases('v1.4.0: a', 'v1.3.0: a', 'v1.2.0: a', 'v1.1.0: a', 'v1.0.0: a z', 'v0.9.0: a z'),
      'inferred 1/1: pass',
    ],
    ['higher releases say nothing', releases('v1.4.0: a', 'v1.3.0: a', 'v2.0.0: a b'), 'inferred 1/1: pass'],
    ['alphas and betas say nothing', releases('v1.4.0: a', 'v1.3.0: a', 'v1.4.0-beta.1: a b'), 'inferred 1/1: pass'],
    ['another word says nothing', releases('v1.4.0: a', 'v1.3.0: a', 'v1.3.1-hotfix.1: a b'), 'inferred 1/1: pass'],
    [
      'a word that the policy calls stable does',
      releases('v1.4.0: a', 'v1.3.1-hotfix.1: a b'),
      'inferred 1/2, lacks b: fail',
      { policy: { stages: { hotfix: 'stable' } } },
    ],
    [
      'a spelling of the version itself is no predecessor',
      releases('v1.4.0: a', '1.4.0: a b'),
      'none 0/0: unknown no-roster',
    ],
    [
      'spellings of one version count once, by the one with most fragments',
      releases('v1.4.0: a', 'v1.3.0: a', '1.3.0: a b', '1.3: a b c', 'v1.2.0: a b c'),
      'inferred 1/3, lacks b c: fail',
    ],
    [
      'builds of one version are two',
      releases('v1.4.0: a', 'v1.3.0+build.2: a b', 'v1.3.0+build.1: a b', 'v1.2.0: a'),
      'inferred 1/2, lacks b: fail',
    ],
    [
      'a build of the version itself is before it',
      releases('v1.4.0+build.10: a b', 'v1.4.0+build.9: a b', 'v1.3.0: a b'),
      'inferred 2/2: pass',
      { release: 'v1.4.0+build.10' },
    ],
    ['calendar versions', releases('2024.10: a', '2024.9: a b'), 'inferred 1/2, lacks b: fail', { release: '2024.10' }],
    [
      'a key without number order',
      releases('main: a', 'v1.3.0: a b'),
      'none 0/0: unknown no-roster',
      { release: 'main' },
    ],
  ])('%s', (_, items, expected, asked) => expect(inferred(items, asked)).toBe(expected));
});

describe('a patch that holds less than three quarters of its roster teaches none', () => {
  test.each<[name: string, items: Item[], expected: string]>([
    [
      'two hotfixes of a part',
      releases('v1.4.0: a', 'v1.3.2: a', 'v1.3.1: b', 'v1.3.0: a b c d'),
      'inferred 1/4, lacks b c d: fail',
    ],
    [
      'patches that are whole teach',
      releases('v1.4.0: a b c e', 'v1.3.2: a b c e', 'v1.3.1: a b c e', 'v1.3.0: a b c d'),
      'inferred 4/4: pass',
    ],
    ['three of four are whole', releases('v1.4.0: a b c', 'v1.3.1: a b c', 'v1.3.0: a b c d'), 'inferred 3/3: pass'],
    [
      'a look-alike counts as held',
      releases('v1.4.0: a_a b c', 'v1.3.2: a_a b c', 'v1.3.1: a_a b c', 'v1.3.0: a-a b c d'),
      'inferred 3/3: pass',
    ],
    [
      'a release that is no patch teaches, whatever it holds',
      releases('v1.4.0: a', 'v1.3.0: a', 'v1.2.0: a b c d'),
      'inferred 1/1: pass',
    ],
    [
      'the first of all is whole, though it is a patch',
      releases('v1.4.0: a', 'v1.3.1: a b'),
      'inferred 1/2, lacks b: fail',
    ],
    [
      'a build of a part is a patch',
      releases('v1.4.0: a', 'v1.3.0+build.5: a', 'v1.3.0: a b c d'),
      'inferred 1/4, lacks b c d: fail',
    ],
  ])('%s', (_, items, expected) => expect(inferred(items)).toBe(expected));

  test('under patches that carry over as well, by what they tag themselves', () => {
    const items = releases('v1.4.0: a', 'v1.3.2: a', 'v1.3.1: b', 'v1.3.0: a b c d');
    expect(inferred(items, { policy: { patchReleases: 'carried' } })).toBe('inferred 1/4, lacks b c d: fail');
  });
});

describe('the candidates of a stable release say what belongs to it, workloads left out', () => {
  test.each<[name: string, items: Item[], expected: string, asked?: Asked]>([
    [
      'what the last candidate has',
      releases('v1.4.0: a', 'v1.4.0-rc.1: a n', 'v1.3.0: a'),
      'inferred 1/2, lacks n: fail',
    ],
    [
      'the first release of a product',
      releases('v1.0.0: a', 'v1.0.0-rc.1: a b'),
      'inferred 1/2, lacks b: fail',
      { release: 'v1.0.0' },
    ],
    [
      'not what only an earlier one had',
      releases('v1.4.0: a', 'v1.4.0-rc.2: a', 'v1.4.0-rc.1: a n', 'v1.3.0: a'),
      'inferred 1/1: pass',
    ],
    [
      'one of a part adds to the one before it',
      releases('v1.4.0: a b c', 'v1.4.0-rc.2: a m', 'v1.4.0-rc.1: a b c n', 'v1.3.0: a b c'),
      'inferred 3/5, lacks m n: fail',
    ],
    [
      'and on, until one that is whole',
      releases('v1.0.0: a b c', 'v1.0.0-rc.3: a', 'v1.0.0-rc.2: b', 'v1.0.0-rc.1: a b c n', 'v1.0.0-rc.0: a b c z'),
      'inferred 3/4, lacks n: fail',
      { release: 'v1.0.0' },
    ],
    [
      'workloads are left out: preprod may hold what production never will',
      releases('v1.4.0: a', 'v1.4.0-rc.1: a k8s#preprod-deployment/x', 'v1.3.0: a'),
      'inferred 1/1: pass',
    ],
    [
      'and out of whether a candidate is one of a part',
      releases('v1.4.0: a k8s#x k8s#y', 'v1.4.0-rc.2: a', 'v1.4.0-rc.1: a n', 'v1.3.0: a k8s#x k8s#y'),
      'inferred 3/3: pass',
    ],
    [
      'a candidate is not held against others',
      releases('v1.4.0-rc.2: a', 'v1.4.0-rc.1: a n', 'v1.3.0: a'),
      'inferred 1/1: pass',
      { release: 'v1.4.0-rc.2' },
    ],
    [
      'those of another line say nothing',
      releases('v1.4.0: a', 'v1.5.0-rc.1: a n', 'v1.3.0: a', 'v1.3.1-rc.1: a n'),
      'inferred 1/1: pass',
    ],
    [
      'nor one that is dated more than a day later',
      [
        ...releases('v1.4.0: a', 'v1.4.0-rc.1: a n', 'v1.3.0: a'),
        item('v1.4.0', 'backend#d', { date: '2026-11-01' }),
        item('v1.4.0-rc.1', 'backend#d', { date: '2026-11-03' }),
      ],
      'inferred 1/1: pass',
    ],
    [
      'rc1 and RC1 are candidates',
      releases('v1.4.0: a', 'v1.4.0-RC1: a n', 'v1.3.0: a'),
      'inferred 1/2, lacks n: fail',
    ],
  ])('%s', (_, items, expected, asked) => expect(inferred(items, asked)).toBe(expected));
});

describe('patches that carry over', () => {
  const CARRIED = { patchReleases: 'carried' };
  test.each<[name: string, items: Item[], expected: string, policy: Item]>([
    ['what they do not tag', releases('v1.4.1: a', 'v1.4.0: a b c'), 'inferred 3/3: pass', CARRIED],
    ['not where patches are whole', releases('v1.4.1: a b c', 'v1.4.0: a b c d'), 'inferred 3/4, lacks d: fail', {}],
    [
      'by the rows of the policy too',
      releases('v1.4.1: a', 'v1.4.0: a b c'),
      'policy 3/3: pass',
      { ...CARRIED, roster: [row('*')] },
    ],
    [
      'only what a release before has',
      releases('v1.4.1: a', 'v1.4.0: a'),
      'policy 1/2, lacks b: fail',
      { ...CARRIED, roster: [row('b'), row('*')] },
    ],
    [
      'over several patches',
      releases('v1.4.3: a', 'v1.4.2: b', 'v1.4.1: c', 'v1.4.0: a b c'),
      'inferred 3/3: pass',
      CARRIED,
    ],
  ])('%s', (_, items, expected, policy) => {
    const [first] = items;
    expect(inferred(items, { release: String(first?.version), policy })).toBe(expected);
  });

  test('a release that is no patch is whole all the same', () => {
    expect(inferred(releases('v1.4.0: a', 'v1.3.0: a b'), { policy: CARRIED })).toBe('inferred 1/2, lacks b: fail');
  });
});

describe('types that are not asked for yet', () => {
  const items = [...releases('v1.4.0: a', 'v1.3.0: a b k8s#x k8s#y', 'v1.2.0: a b k8s#x k8s#y')];
  test.each<[notYet: string[], expected: string]>([
    [[], 'inferred 1/4, lacks b k8s#x k8s#y: fail'],
    [['k8s'], 'inferred 1/2, lacks b: fail'],
    [['k8s', 'backend'], 'inferred 1/1: pass'],
    [['infra'], 'inferred 1/4, lacks b k8s#x k8s#y: fail'],
  ])('%j', (notYet, expected) => expect(inferred(items, { notYet })).toBe(expected));

  test('what is there is asked as ever, and what would be carried over is not', () => {
    const policy = { roster: [row('k8s#*', 'carried'), row('*')] };
    const half = [...items, item('v1.4.0', 'k8s#x')];
    expect(inferred(half, { policy })).toBe('policy 3/4, lacks b: fail');
    expect(inferred(half, { policy, notYet: ['k8s'] })).toBe('policy 2/3, lacks b: fail');
  });
});

describe('where the policy does not say what to expect', () => {
  test.each<[name: string, items: Item[], roster: unknown[], expected: Expected]>([
    [
      'wildcards alone, and nothing lower is stable: they would expect what is there',
      releases('v1.4.0: a', 'v1.4.0-beta.1: a b'),
      [row('*')],
      { roster: 'none 1/1', verdict: 'unknown' },
    ],
    [
      'wildcards alone, and a candidate',
      releases('v1.4.0: a', 'v1.4.0-rc.1: a b'),
      [row('*')],
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
    ],
    [
      'wildcards that expect nothing of what the releases before have',
      releases('v1.4.0: a x#b', 'v1.3.0: a'),
      [row('a', 'optional'), row('*')],
      { roster: 'none 1/1', verdict: 'unknown' },
    ],
    [
      'wildcards, and candidates of what is ignored',
      releases('v1.4.0: a', 'v1.4.0-rc.1: x#b'),
      [row('x#*', 'ignored'), row('*')],
      { roster: 'none 1/1', verdict: 'unknown' },
    ],
    [
      'components that are only optional or ignored',
      releases('v1.4.0: a'),
      [row('a', 'optional'), row('b', 'ignored')],
      { roster: 'none 0/0', verdict: 'unknown' },
    ],
    [
      'the same beside wildcards, and nothing lower is stable',
      releases('v1.4.0: a'),
      [row('b', 'ignored'), row('*')],
      { roster: 'none 1/1', verdict: 'unknown' },
    ],
    [
      'rows that only ignore, over stables: nothing is expected, so nothing is whole',
      releases('v1.4.0: a', 'v1.3.0: a b'),
      [row('k8s#*', 'ignored')],
      { roster: 'none 0/0', unexpected: 'a', verdict: 'unknown' },
    ],
    [
      'no row applies to the release: it is inferred',
      releases('v1.4.0: a', 'v1.3.0: a b'),
      [row('*', 'required', '>=2')],
      { roster: 'inferred 1/2', missing: 'b', verdict: 'fail' },
    ],
    [
      'no row applies, and nothing lower is stable',
      releases('v1.4.0: a'),
      [row('z', 'required', '>=2')],
      { roster: 'none 0/0', verdict: 'unknown' },
    ],
  ])('%s', (_, items, roster, expected) => expect(judged(items, roster)).toEqual(expected));
});

describe('carried', () => {
  const cells = (items: readonly Item[], roster: readonly unknown[], tag = 'v1.4.0') => {
    const report = reportOf(items, { policy: { roster } });
    const at = report.rows.find(({ release }) => release.tag === tag);
    return report.components.map((component, column) =>
      at === undefined ? '' : describeCell(component, at.release, at.cells[column] ?? null),
    );
  };
  const version = (release: string, componentVersion: string) => item(release, 'backend#b', { componentVersion });
  const CARRIED = [row('b', 'carried'), row('*')];

  test.each<[name: string, items: Item[], expected: Expected, cell: string]>([
    [
      'inherited from the newest lower stable that has it',
      [...releases('v1.4.0: a', 'v1.3.0: a'), version('v1.3.0', '2.1.0'), version('v1.2.0', '2.0.0')],
      { roster: 'policy 2/2', verdict: 'pass' },
      'b in v1.4.0: 2.1.0, carried over from v1.3.0',
    ],
    [
      'over several releases, out of the inferred roster’s sight',
      [...releases('v1.4.0: a', 'v1.3.0: a', 'v1.2.0: a', 'v1.1.0: a', 'v1.0.0: a'), version('v1.0.0', '2.0.0')],
      { roster: 'policy 2/2', verdict: 'pass' },
      'b in v1.4.0: 2.0.0, carried over from v1.0.0',
    ],
    [
      'not from a patch of an earlier line that came later',
      [
        ...releases('v1.4.0: a', 'v1.3.0: a'),
        version('v1.3.0', '2.0.0'),
        item('v1.3.1', 'backend#b', { componentVersion: '2.1.0', date: '2026-11-10' }),
        item('v1.4.0', 'backend#d', { date: '2026-11-01' }),
      ],
      { roster: 'policy 3/3', verdict: 'pass' },
      'b in v1.4.0: 2.0.0, carried over from v1.3.0',
    ],
    [
      'not where a look-alike came',
      [...releases('v1.4.0: a B', 'v1.3.0: a b')],
      { roster: 'policy 2/2', verdict: 'pass' },
      'b in v1.4.0: renamed',
    ],
    [
      'not from a pre-release',
      [...releases('v1.4.0: a', 'v1.3.0: a'), version('v1.4.0-rc.1', '2.1.0')],
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
      'b in v1.4.0: missing',
    ],
    [
      'not from a higher release',
      [...releases('v1.4.0: a', 'v1.3.0: a'), version('v1.5.0', '2.1.0')],
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
      'b in v1.4.0: missing',
    ],
    [
      'tagged again: its own',
      [...releases('v1.4.0: a', 'v1.3.0: a'), version('v1.4.0', '2.2.0'), version('v1.3.0', '2.1.0')],
      { roster: 'policy 2/2', verdict: 'pass' },
      'b in v1.4.0: 2.2.0',
    ],
    [
      'never seen',
      releases('v1.4.0: a', 'v1.3.0: a'),
      { roster: 'policy 1/2', missing: 'b', verdict: 'fail' },
      'b in v1.4.0: missing',
    ],
  ])('%s', (_, items, expected, cell) => {
    expect(judged(items, CARRIED)).toEqual(expected);
    expect(cells(items, CARRIED)).toContain(cell);
  });

  test('a wildcard carries whatever any lower stable has', () => {
    const items = releases('v1.4.0: a', 'v1.3.0: a', 'v1.2.0: a', 'v1.1.0: a', 'v1.0.0: a b c');
    expect(judged(items, [row('*', 'carried')])).toEqual({ roster: 'policy 3/3', verdict: 'pass' });
    expect(cells(items, [row('*', 'carried')])).toEqual([
      'a in v1.4.0: 1.0.0',
      'b in v1.4.0: 1.0.0, carried over from v1.0.0',
      'c in v1.4.0: 1.0.0, carried over from v1.0.0',
    ]);
  });

  test('a pre-release inherits too', () => {
    const items = releases('v1.4.0-rc.1: a', 'v1.3.0: a b');
    expect(judged(items, CARRIED, 'v1.4.0-rc.1')).toEqual({ roster: 'policy 2/2', verdict: 'pass' });
  });
});

describe('columns', () => {
  const columns = (roster: readonly unknown[]) =>
    reportOf(releases('v1.4.0: a', 'v1.3.0: a'), { policy: { roster } }).components.map(({ id }) => id);

  test.each<[expectation: string, columns: string[]]>([
    ['required', ['backend#a', 'backend#z']],
    ['carried', ['backend#a', 'backend#z']],
    ['optional', ['backend#a', 'backend#z']],
    ['ignored', ['backend#a']],
  ])('a component that only the policy names, %s', (expectation, expected) => {
    expect(columns([row('z', expectation), row('*')])).toEqual(expected);
  });
});

test('an ignored component has no findings whatever it holds, and a release of it alone is unknown', () => {
  const roster = [row('bad', 'ignored'), row('Bad', 'ignored'), row('k8s#bad', 'ignored'), row('a'), row('*')];
  const bad: Item = {
    componentVersion: '0.1.0-alpha.1',
    artifact: 'acme/bad:7',
    repo: 'acme/mono',
    commit: 'def2',
    date: '2027-01-01T00:00:00Z',
    changelog: 4,
  };
  const good = ['v1.4.0', 'v1.3.0'].map((release) => item(release, 'backend#a', { repo: 'acme/mono', commit: 'abc1' }));
  const items = [
    ...good,
    item('v1.4.0', 'backend#bad', bad),
    item('v1.4.0', 'backend#Bad'),
    item('v1.3.0', 'backend#bad', { componentVersion: '2.0.0' }),
    item('v1.4.0', 'k8s#prod-deployment/bad', { imageRef: 'acme/a:1.0.0', replicas: 2 }),
    item('v1.4.0', 'k8s#qa-deployment/bad', { imageRef: 'acme/a:2.0.0', replicas: 0 }),
    item('v1.5.0', 'backend#bad', bad),
  ];
  const { rows } = reportOf(items, { policy: { roster } });
  expect(rows.map(({ release, findings, verdict }) => [release.tag, findings, verdict.result])).toEqual([
    ['v1.5.0', [], 'unknown'],
    ['v1.4.0', [], 'pass'],
    ['v1.3.0', [], 'pass'],
  ]);
});
