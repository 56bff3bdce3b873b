import { describe, expect, test } from 'vitest';
import { describeCell } from '../../src/release/cell-words.ts';
import type { Item } from '../../src/release/item.ts';
import { reportOf } from './checks/said.ts';
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
    ['v1.5.0-beta.1', { roster: 'policy 1/1', verdict: 'pass' }],
    // No SemVer is in no range.
    ['main', { roster: 'policy 1/1', verdict: 'pass' }],
  ])('a range holds pre-releases: ~1.4 and %s', (tag, expected) => {
    expect(judged(releases(`${tag}: a`), [row('a'), row('b', 'required', '~1.4')], tag)).toEqual(expected);
  });
});

describe('where the policy does not say what to expect', () => {
  test.each<[name: string, items: Item[], roster: unknown[], expected: Expected]>([
    [
      'wildcards alone, and nothing lower is stable: they would expect what is there',
      releases('v1.4.0: a', 'v1.4.0-rc.1: a b'),
      [row('*')],
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
    expect(cells(items, CARRIED)[1]).toBe(cell);
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
