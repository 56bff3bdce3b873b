import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readChangeQuery } from '../../src/release/history/change-query.ts';
import { commitGraph } from '../../src/release/history/commit-graph.ts';
import { findChange } from '../../src/release/history/find-change.ts';
import { foundDocument } from '../../src/release/history/find-document.ts';
import { stripWords, unseenWords } from '../../src/release/history/find-words.ts';
import type { Item } from '../../src/release/item/item.ts';
import { reportOf } from './checks/said.ts';
import { fragment, item } from './items.ts';

const sha = (of: string) => of.repeat(40).slice(0, 40);
const [A, B, C, D, E, F] = ['a', 'b', 'c', 'd', 'e', 'f'].map(sha) as [string, string, string, string, string, string];

/** A fragment at a commit that lists others since a base. */
const at = (release: string, commit: string, base: string | null, listed: readonly string[], more: Item = {}) =>
  item(release, 'backend#orders', {
    repo: 'acme/orders',
    commit,
    changes: { commits: listed, ...(base === null ? {} : { since: 'x', base }), ...(more.changes as object) },
    ...Object.fromEntries(Object.entries(more).filter(([name]) => name !== 'changes')),
  });

function strips(items: readonly Item[], text: string, policy?: unknown): string[] {
  const query = readChangeQuery(text);
  if (query === null) throw new Error(`${text} is nothing that is looked for`);
  const found = findChange(reportOf(items, { policy }), text, query);
  // What is found is the document that is published.
  expect(foundDocument.parse(found)).toEqual(found);
  return found.components.map((of) => `${of.component}: ${stripWords(of)}`);
}

describe('where a commit is', () => {
  const LINE = [
    at('v1.3.0', A, null, [`${A} first`]),
    at('v1.4.0-alpha.2', B, A, [`${B} two`]),
    at('v1.4.0-alpha.3', D, B, [`${D} four\t#7 PAY-812`, `${C} three (#6)`]),
    at('v1.4.0-beta.1', E, D, [`${E} five PAY-812`]),
    // Built from an older commit by mistake.
    at('v1.4.0-rc.1', B, A, [`${B} two`]),
    at('v1.4.0-rc.2', E, E, []),
    at('v1.4.0', E, E, []),
  ];

  test.each<[what: string, text: string, expected: string[]]>([
    [
      'a commit: from release to release, by the commit of the tag before',
      C,
      [
        'backend#orders: first in v1.4.0-alpha.3, in v1.4.0-beta.1, v1.4.0-rc.2, v1.4.0, not in v1.4.0-rc.1: it is at bbbbbbb, which does not have it',
      ],
    ],
    ['its beginning', C.slice(0, 7), [expect.stringMatching(/^backend#orders: first in v1\.4\.0-alpha\.3, /)]],
    [
      'the commit of a release itself',
      A,
      [expect.stringMatching(/^backend#orders: first in v1\.3\.0, in v1\.4\.0-alpha\.2, /)],
    ],
    ['the number of a request', '#6', [expect.stringMatching(/^backend#orders: first in v1\.4\.0-alpha\.3, /)]],
    ['of another repository', 'acme/web#6', []],
    [
      'a ticket of which the release has one commit of two, by reference and by subject',
      'pay-812',
      [
        'backend#orders: first in v1.4.0-alpha.3 (it has 1 of 2 commits), in v1.4.0-beta.1, v1.4.0-rc.2, v1.4.0, not in v1.4.0-rc.1: it is at bbbbbbb, which does not have it',
      ],
    ],
    ['a part of a key is no ticket', 'AY-812', []],
    ['nobody has it', F, []],
  ])('%s', (_, text, expected) => {
    expect(strips(LINE, text)).toEqual(expected);
  });

  test.each<[what: string, items: Item[], expected: string]>([
    [
      'the fragment between says nothing',
      [at('v1.0.0', A, null, [`${A} a`]), item('v1.1.0', 'backend#orders', { commit: C })],
      'first in v1.0.0, unknown in v1.1.0: it is at ccccccc, and its fragment lists no changes',
    ],
    [
      'a list that is cut',
      [at('v1.0.0', A, null, [`${A} a`]), at('v1.1.0', C, B, [`${C} c`], { changes: { cut: 3 } })],
      'first in v1.0.0, unknown in v1.1.0: it is at ccccccc, and its list of changes is cut',
    ],
    [
      'a shallow checkout',
      [at('v1.0.0', A, null, [`${A} a`]), at('v1.1.0', C, null, [`${C} c`], { changes: { shallow: true } })],
      'first in v1.0.0, unknown in v1.1.0: it is at ccccccc, and its list of changes is of a shallow checkout',
    ],
    [
      'the tag before was not published',
      [at('v1.0.0', A, null, [`${A} a`]), at('v1.1.0', C, B, [`${C} c`])],
      'first in v1.0.0, unknown in v1.1.0: it is at ccccccc, and no fragment is of the tag before',
    ],
    [
      'a list of another client, which does not say since when',
      [at('v1.0.0', A, null, [`${A} a`]), item('v1.1.0', 'backend#orders', { commit: C, changes: [`${C} c`] })],
      'first in v1.0.0, unknown in v1.1.0: it is at ccccccc, and no fragment is of the tag before',
    ],
    [
      'all commits are listed, and it is none of them',
      [at('v1.0.0', A, null, [`${A} a`]), at('v1.1.0', C, null, [`${C} c`])],
      'first in v1.0.0, not in v1.1.0: it is at ccccccc, which does not have it',
    ],
    [
      'no commit at all',
      [at('v1.0.0', A, null, [`${A} a`]), item('v1.1.0', 'backend#orders')],
      'first in v1.0.0, unknown in v1.1.0: its fragment says no commit',
    ],
    [
      'no commit, but a list that has it',
      [item('v1.0.0', 'backend#orders', { changes: [`${A} a`] })],
      'first in v1.0.0',
    ],
    [
      'a component that is missing',
      [
        ...['v1.0.0', 'v1.1.0', 'v1.2.0'].map((tag) => item(tag, 'backend#web')),
        at('v1.0.0', B, null, []),
        at('v1.1.0', A, null, [`${A} a`]),
      ],
      'first in v1.1.0, not in v1.2.0: it is missing there',
    ],
  ])('what is not known is said: %s', (_, items, expected) => {
    expect(strips(items, A)).toEqual([`backend#orders: ${expected}`]);
  });

  test('a version that Git described says its commit', () => {
    const items = [
      item('v1.6.0', 'backend#orders', { componentVersion: '1.6.0-3-g9F3C2AB' }),
      item('v1.7.0', 'backend#orders'),
    ];
    expect(strips(items, 'v1.6.0-3-g9f3c2ab')).toEqual([
      'backend#orders: first in v1.6.0, unknown in v1.7.0: its fragment does not say',
    ]);
  });

  test('what is carried over is had', () => {
    const items = [...LINE.slice(0, 1), item('v1.4.0', 'backend#web')];
    const policy = { roster: [{ component: 'backend#orders', expectation: 'carried' }, { component: '*' }] };
    expect(strips(items, A, policy)).toEqual(['backend#orders: first in v1.3.0, in v1.4.0']);
  });

  test('a commit of one repository is told of each of its components, and is listed once', () => {
    const both = ['backend#orders', 'frontend#shop'].map((key) =>
      item('v1.0.0', key, { repo: 'acme/mono', commit: B, changes: { commits: [`${A} fix`] } }),
    );
    const found = findChange(reportOf(both), A, { kind: 'commit', hex: A });
    expect(found.commits).toEqual([{ repo: 'acme/mono', sha: A, subject: 'fix', refs: [] }]);
    expect(found.components.map(({ component, first }) => [component, first])).toEqual([
      ['frontend#shop', 'v1.0.0'],
      ['backend#orders', 'v1.0.0'],
    ]);
  });

  test('#123 of two repositories: both are told', () => {
    const items = ['a', 'b'].map((name) =>
      item('v1.0.0', `backend#${name}`, {
        repo: `acme/${name}`,
        commit: A,
        changes: { commits: [`${sha(name)} x (#123)`] },
      }),
    );
    const found = findChange(reportOf(items), '#123', { kind: 'request', ref: '#123', repo: null });
    expect(found.commits.map(({ repo }) => repo)).toEqual(['acme/a', 'acme/b']);
    expect(strips(items, 'acme/b#123')).toEqual(['backend#b: first in v1.0.0']);
  });
});

describe('where it runs', () => {
  const image = (version: string) => `ghcr.io/acme/orders:${version}`;
  const runs = (release: string, environment: string, version: string) =>
    item(release, `k8s#${environment}-deployment/orders-api`, {
      imageRef: image(version),
      replicas: 1,
      readyReplicas: 1,
    });
  const BUILT = [
    at('v1.3.0', A, null, [`${A} a`], { componentVersion: '1.3.0', artifact: image('1.3.0') }),
    at('v1.4.0', B, A, [`${B} b`], { componentVersion: '1.4.0', artifact: image('1.4.0') }),
  ];

  test('by the workloads that run its image, where they are of the release', () => {
    const items = [
      ...BUILT,
      runs('v1.3.0', 'prod', '1.3.0'),
      runs('v1.4.0', 'dev', '1.4.0'),
      runs('v1.4.0', 'qa', '1.4.0'),
    ];
    expect(strips(items, B)).toEqual(['backend#orders: first in v1.4.0; runs in dev, qa; not in prod']);
    expect(strips(items, A)).toEqual(['backend#orders: first in v1.3.0, in v1.4.0; runs in dev, qa, prod']);
  });

  test('and where the image is another: that of the release it is of, or nobody knows', () => {
    const items = [...BUILT, runs('v1.4.0', 'qa', '1.3.0'), runs('v1.4.0', 'prod', '9.9.9')];
    expect(strips(items, B)).toEqual(['backend#orders: first in v1.4.0; not in qa; unknown in prod']);
  });

  test('a digest: the component and the workload that hold it', () => {
    const digest = `sha256:${'1'.repeat(64)}`;
    const items = [
      item('v1.3.0', 'backend#orders', { artifact: image('1.3.0') }),
      item('v1.4.0', 'backend#orders', { artifact: image('1.4.0'), digest, componentVersion: '1.4.0' }),
      item('v1.5.0', 'backend#orders', { artifact: image('1.5.0'), componentVersion: '1.5.0' }),
      item('v1.4.0', 'k8s#qa-deployment/orders', { imageRef: `${image('1.4.0')}@${digest}` }),
    ];
    expect(strips(items, digest)).toEqual([
      'backend#orders: first in v1.4.0, not in v1.5.0: it holds 1.5.0; runs in qa',
      'k8s#orders: first in v1.4.0; runs in qa',
    ]);
  });

  test('a version: that of a component, or of what says none of its own in a release', () => {
    expect(strips(BUILT, '1.4.0')).toEqual(['backend#orders: first in v1.4.0']);
    const items = [item('v1.0.0', 'backend#a'), item('v1.0.0', 'backend#b', { componentVersion: '2.0.0' })];
    expect(strips(items, 'v1.0.0')).toEqual(['backend#a: first in v1.0.0']);
    expect(strips(items, '2.0.0')).toEqual(['backend#b: first in v1.0.0']);
  });

  const DIGEST = `sha256:${'1'.repeat(64)}`;
  const SHOP = [
    item('v1.3.0', 'backend#orders', { repo: 'acme/orders', commit: A, artifact: image('1.3.0') }),
    item('v1.4.0', 'backend#orders', { repo: 'acme/orders', commit: B, artifact: image('1.4.0'), digest: DIGEST }),
    item('v1.4.0', 'k8s#qa-deployment/orders-api', { imageRef: image('1.4.0') }),
    item('v1.4.0', 'k8s#prod-deployment/orders-api', { imageRef: image('1.3.0') }),
    item('v1.4.0', 'frontend#web-shell', { repo: 'acme/web', npmVersion: '2.1.0', artifact: '@acme/web-shell@2.1.0' }),
    item('v1.4.0', 'backend#ledger', { componentVersion: '7.0.0' }),
  ];
  const ORDERS = 'backend#orders: first in v1.4.0; runs in qa; not in prod';
  const NEW = [ORDERS, 'k8s#orders-api: first in v1.4.0; runs in qa; not in prod'];
  const WEB = ['frontend#web-shell: first in v1.4.0'];

  test.each<[what: string, text: string, expected: string[]]>([
    ['its image, and what runs it', image('1.4.0'), NEW],
    ['with a v', image('v1.4.0'), NEW],
    ['by its commit as the tag', image(`sha-${B.slice(0, 7)}`), [ORDERS]],
    [
      'whatever its tag',
      'ghcr.io/acme/orders',
      [
        'backend#orders: first in v1.3.0, in v1.4.0; runs in qa, prod',
        'k8s#orders-api: first in v1.4.0; runs in qa, prod',
      ],
    ],
    ['from a mirror', 'mirror.example:5000/ghcr.io/acme/orders:1.4.0', NEW],
    ['by the end of the repository', 'acme/orders:1.4.0', NEW],
    ['by its name, where nobody says an image', 'r.example/acme/ledger:7.0.0', ['backend#ledger: first in v1.4.0']],
    ['a tag that nobody has', image('9.9.9'), []],
    ['an image that nobody has', 'ghcr.io/acme/nobody:1.4.0', []],
    ['a digest', `${image('1.4.0')}@${DIGEST}`, NEW],
    [
      'a digest that nobody says: by the tag before it',
      `${image('1.3.0')}@sha256:${'2'.repeat(64)}`,
      [
        'backend#orders: first in v1.3.0, not in v1.4.0: it holds 1.4.0; runs in prod; not in qa',
        'k8s#orders-api: first in v1.4.0; runs in prod; not in qa',
      ],
    ],
    ['a package', '@acme/web-shell@2.1.0', WEB],
    ['a package by its address', 'pkg:npm/%40acme/web-shell@2.1.0', WEB],
    ['a package by its name alone', '@other/web-shell@2.1.0', WEB],
    ['a component', 'frontend#web-shell@2.1.0', WEB],
    ['by part of its name', 'shell@2.1.0', WEB],
    ['at another version', 'web-shell@2.2.0', []],
    ['the tag of a repository', 'https://github.com/acme/orders/releases/tag/v1.4.0', [ORDERS]],
    ['its own version', 'https://github.com/Acme/Web/releases/tag/v2.1.0', WEB],
    ['the release’s, where that is its tag', 'https://github.com/acme/web/tree/v1.4.0', WEB],
    ['the tag of a repository that nobody has', 'https://github.com/acme/nobody/tree/v1.4.0', []],
  ])('an image, a package, a tag: %s', (_, text, expected) => {
    expect(strips(SHOP, text)).toEqual(expected);
  });
});

test('what could not be looked at', () => {
  const items = [
    at('v1.0.0', A, null, []),
    at('v1.1.0', B, A, [], { changes: { cut: 1, shallow: true } }),
    item('v1.0.0', 'frontend#shop'),
    item('v1.0.0', 'k8s#prod-deployment/orders'),
  ];
  const { unseen } = findChange(reportOf(items), F, { kind: 'commit', hex: F });
  expect(unseen).toEqual({ without: ['frontend#shop'], cut: ['backend#orders'], shallow: ['backend#orders'] });
  const of = findChange(reportOf(items), 'x', { kind: 'request', ref: '#9', repo: 'acme/other' }).unseen;
  expect(of).toEqual({ without: ['frontend#shop'], cut: [], shallow: [] });
  expect(unseenWords(unseen)).toBe(
    'Not looked at: fragments that list no changes: frontend#shop; lists that are cut: backend#orders; lists of shallow checkouts: backend#orders.',
  );
  expect(unseenWords({ without: [], cut: [], shallow: [] })).toBe('');
});

describe('for any history', () => {
  /** A history of commits, some of them tagged and published: numbers from the first on, each upon the one before. */
  const HISTORY = fc.record({
    length: fc.integer({ min: 1, max: 30 }),
    tagged: fc.uniqueArray(fc.nat(29), { minLength: 1, maxLength: 8 }),
    lost: fc.array(fc.nat(7)),
    short: fc.array(fc.nat(7)),
  });
  const shaOf = (number: number) => `${String(number).padStart(2, '0')}${'abcdef'[number % 6]}`.repeat(14).slice(0, 40);

  test('what is said is true, and everything is said where every fragment lists its changes', () => {
    fc.assert(
      fc.property(HISTORY, ({ length, tagged, lost, short }) => {
        const tags = tagged.filter((number) => number < length).sort((a, b) => a - b);
        const fragments = tags.map((number, index) => {
          const before = tags[index - 1];
          const commits = Array.from({ length: number - (before ?? -1) }, (_, back) => `${shaOf(number - back)} x`);
          const commit = short.includes(index) ? shaOf(number).slice(0, 12) : shaOf(number);
          const changes = { commits, ...(before === undefined ? {} : { since: 't', base: shaOf(before) }) };
          return fragment(`v1.${index}.0`, 'backend#a', lost.includes(index) ? { commit } : { commit, changes });
        });
        const graph = commitGraph(fragments);
        const isWhole = tags.every((_, index) => !lost.includes(index));
        for (const number of tags) {
          for (let change = 0; change < length; change++) {
            const said = graph.has(shaOf(number), shaOf(change));
            if (said !== null) expect([number, change, said]).toEqual([number, change, change <= number]);
            // Later than all that was published it is listed nowhere, and so in none.
            if (isWhole) expect(said).not.toBeNull();
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});
