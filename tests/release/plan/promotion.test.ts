import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item } from '../../../src/release/item/item.ts';
import { item } from '../items.ts';
import { type PlanAsked, promotionOf, saidOf } from './planned.ts';

const A = 'a'.repeat(40);
const B = 'b'.repeat(40);
const RC = 'v1.4.0-rc.2';
const ROSTER = { roster: [{ component: 'backend#api' }] };

/** A candidate that passes as stable: the policy expects no more than its api. */
const API = item(RC, 'backend#api', { repo: 'acme/api', commit: A });

function plan(items: readonly Item[], asked: PlanAsked = {}): string[] {
  const { policy = {}, ...more } = asked;
  return saidOf(promotionOf([API, ...items], { ...more, policy: { ...ROSTER, ...(policy as object) } }));
}

/** What is planned of one component more; the api comes with each. */
function ofOne(attributes: Item, more: readonly Item[] = [], key = 'backend#x', asked: PlanAsked = {}): string {
  const lines = plan([item(RC, key, attributes), ...more], asked);
  const place = / acme\/x | backend#x:|frontend#x:|kafka#x:|k8s#x:/;
  return (
    lines.find((line) => place.test(line))?.replace(/^1: .*acme\/api v1.4.0 aaaaaaa \(backend#api\) by release /, '') ??
    ''
  );
}

describe('one component of a candidate', () => {
  const built = { repo: 'acme/x', commit: B };
  test.each<[name: string, attributes: Item, said: string, more?: readonly Item[]]>([
    ['without a tag of its own: the release', built, 'acme/x v1.4.0 bbbbbbb (backend#x) by release'],
    ['in a folder', { ...built, meta: { tag: 'x/v1.4.0-rc.2' } }, 'acme/x x/v1.4.0 bbbbbbb (backend#x)'],
    ['in Python’s spelling', { ...built, meta: { tag: '1.4.0rc2' } }, 'acme/x 1.4.0 bbbbbbb (backend#x)'],
    [
      'of a version of its own',
      { ...built, componentVersion: '2.3.0-beta.1', meta: { tag: 'x@2.3.0-beta.1' } },
      'acme/x x@2.3.0 bbbbbbb (backend#x)',
    ],
    [
      'by its whole commit, where that is known',
      { repo: 'acme/x', commit: 'bbbbbbb', buildSha: B },
      'acme/x v1.4.0 bbbbbbb (backend#x) by release',
    ],
    ['already', built, 'already backend#x: v1.4.0 has it', [item('v1.4.0', 'backend#x', built)]],
    [
      'already, by a short commit',
      built,
      'already backend#x: v1.4.0 has it',
      [item('v1.4.0', 'backend#x', { ...built, commit: 'BBBBBBB' })],
    ],
    [
      'already, as far as anybody can say',
      built,
      'already backend#x: v1.4.0 has it; nothing says whether at the same commit',
      [item('v1.4.0', 'backend#x', { repo: 'acme/x' })],
    ],
    [
      'other-commit',
      built,
      'other-commit backend#x: v1.4.0 has it at aaaaaaa, v1.4.0-rc.2 at bbbbbbb',
      [item('v1.4.0', 'backend#x', { ...built, commit: A })],
    ],
    [
      'other-commit, by another component of its repository',
      built,
      'other-commit backend#x: acme/x has v1.4.0 at aaaaaaa (v1.4.0), and this is bbbbbbb',
      [item('v1.4.0', 'backend#y', { ...built, commit: A })],
    ],
    [
      'other-commit, by a tag of an older release',
      { ...built, componentVersion: '2.3.0-beta.1', meta: { tag: 'x@2.3.0-beta.1' } },
      'other-commit backend#x: acme/x has x@2.3.0 at aaaaaaa (v1.3.0), and this is bbbbbbb',
      [item('v1.3.0', 'backend#x', { ...built, commit: A, meta: { tag: 'x@2.3.0' } })],
    ],
    [
      'tagged: the tag is there, its fragment is not',
      built,
      'tagged backend#x: acme/x has v1.4.0, at this commit, and its fragment is still to come',
      [item('v1.4.0', 'backend#y', built)],
    ],
    [
      'unchanged: a stable version stays',
      { ...built, componentVersion: '2.3.0', meta: { tag: 'x@2.3.0' } },
      'unchanged backend#x: x@2.3.0 is tagged already, and stays: publish it for v1.4.0 again',
    ],
    [
      'unchanged: its stable tag was made for an older release',
      { ...built, componentVersion: '2.3.0-rc.1', meta: { tag: 'x@2.3.0-rc.1' } },
      'unchanged backend#x: acme/x has x@2.3.0 at this commit (v1.3.0): publish it for v1.4.0 again',
      [item('v1.3.0', 'backend#x', { ...built, meta: { tag: 'x@2.3.0' } })],
    ],
    ['no-commit', { repo: 'acme/x' }, 'no-commit backend#x: its commit is unknown'],
    ['no-commit: a branch', { repo: 'acme/x', commit: 'main' }, 'no-commit backend#x: “main” is not a commit'],
    ['no-commit: an option', { repo: 'acme/x', commit: '--force' }, 'no-commit backend#x: “--force” is not a commit'],
    ['no-repo', { commit: B }, 'no-repo backend#x: its repository is unknown'],
    [
      'no-repo: out of its folder',
      { ...built, repo: 'acme/../x' },
      'no-repo backend#x: “acme/../x” is not a repository; expected owner/name',
    ],
    [
      'no-repo: an option',
      { ...built, repo: '--x/y' },
      'no-repo backend#x: “--x/y” is not a repository; expected owner/name',
    ],
    [
      'no-tag-form',
      { ...built, meta: { tag: 'build-42' } },
      'no-tag-form backend#x: its tag “build-42” has no version to raise: give the form by --tag-form',
    ],
    [
      'no-tag-form: nothing that git takes',
      { ...built, meta: { tag: 'a..b/v1.4.0-rc.2' } },
      'no-tag-form backend#x: “a..b/v1.4.0” is not a tag that git takes: give the form by --tag-form',
    ],
    [
      'no-tag-form: several lines',
      { ...built, meta: { tag: 'x\nreboot/v1.4.0-rc.2' } },
      'no-tag-form backend#x: “x\nreboot/v1.4.0” is not a tag that git takes: give the form by --tag-form',
    ],
  ])('%s', (_, attributes, said, more = []) => {
    expect(ofOne(attributes, more)).toBe(said);
  });

  test('by the form that somebody says, where there is none', () => {
    const forms = [
      { matches: (id: string) => id === 'backend#x', form: '{component}@{version}' },
      { matches: () => true, form: 'release-{release}' },
    ];
    const x = { ...built, componentVersion: '2.3.0-rc.1' };
    expect([
      ofOne({ ...x, meta: { tag: 'build-42' } }, [], 'backend#x', { forms }),
      ofOne(x, [], 'backend#x', { forms }),
      ofOne({ ...x, meta: { tag: 'x-v2.3.0-rc.1' } }, [], 'backend#x', { forms }),
      plan([], { forms })[1],
    ]).toEqual(
      [
        'acme/x x@2.3.0 bbbbbbb (backend#x) by option',
        'acme/x x@2.3.0 bbbbbbb (backend#x) by option',
        'acme/x x-v2.3.0 bbbbbbb (backend#x)',
        '1: acme/api release-v1.4.0 aaaaaaa (backend#api) by option',
      ].map((line, at) => (at < 3 ? expect.stringContaining(line) : line)),
    );
  });

  test('carried over: it is not tagged again', () => {
    const policy = { roster: [{ component: 'backend#api' }, { component: 'backend#x', expectation: 'carried' }] };
    expect(plan([item('v1.3.0', 'backend#x', built)], { policy })).toEqual([
      'v1.4.0-rc.2 → v1.4.0: 1 left, 0 done',
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release',
      'carried backend#x: carried over from v1.3.0, so not tagged again',
    ]);
  });

  test('a workload is tagged with its manifests, at the commit that was rolled out last; without one it is not', () => {
    const entry = (environment: string, commit: string, date: string) =>
      item(RC, `k8s#${environment}-deployment/x`, {
        repo: 'acme/deployments',
        commit,
        date,
        replicas: 1,
        readyReplicas: 1,
      });
    expect(plan([entry('qa', A, '2026-11-02'), entry('preprod', B, '2026-11-03')])).toEqual([
      'v1.4.0-rc.2 → v1.4.0: 2 left, 0 done',
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release',
      '2: acme/deployments v1.4.0 bbbbbbb (k8s#x) by release',
    ]);
    expect(ofOne({ replicas: 1, readyReplicas: 1 }, [], 'k8s#preprod-deployment/x')).toBe(
      'no-repo k8s#x: rolled out, not tagged: it has no repository',
    );
  });
});

describe('several components', () => {
  test('of one repository with one tag are one step, in the first of their waves', () => {
    const shared = { repo: 'acme/x', commit: B };
    expect(plan([item(RC, 'frontend#ui', shared), item(RC, 'backend#x', { ...shared, commit: 'bbbbbbb' })])).toEqual([
      'v1.4.0-rc.2 → v1.4.0: 2 left, 0 done',
      '1: acme/x v1.4.0 bbbbbbb (frontend#ui backend#x) by release acme/api v1.4.0 aaaaaaa (backend#api) by release',
    ]);
  });

  test('at two commits cannot have one tag: neither is tagged', () => {
    const policy = { severities: { 'sibling-commit-mismatch': 'off' } };
    const items = [
      item(RC, 'frontend#ui', { repo: 'acme/x', commit: A }),
      item(RC, 'backend#x', { repo: 'acme/x', commit: B }),
    ];
    const words = 'acme/x can have v1.4.0 at one commit only: frontend#ui aaaaaaa, backend#x bbbbbbb';
    expect(plan(items, { policy })).toEqual([
      'v1.4.0-rc.2 → v1.4.0: 1 left, 0 done',
      'blocked: pass frontend#ui backend#x',
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release',
      `other-commit frontend#ui: ${words}`,
      `other-commit backend#x: ${words}`,
    ]);
  });

  test('of one repository: a workload comes with what was built, whatever it was rolled out from', () => {
    const built = item(RC, 'backend#x', { repo: 'acme/x', commit: B });
    const rolledOut = item(RC, 'k8s#preprod-deployment/x', {
      repo: 'acme/x',
      commit: A,
      replicas: 1,
      readyReplicas: 1,
    });
    expect(plan([built, rolledOut])[1]).toBe(
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release acme/x v1.4.0 bbbbbbb (backend#x k8s#x) by release',
    );
    const there = { ...rolledOut, version: 'v1.4.0' };
    expect(plan([built, rolledOut, there]).slice(1)).toEqual([
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release acme/x v1.4.0 bbbbbbb (backend#x) by release',
      'already k8s#x: v1.4.0 has it',
    ]);
  });

  test('of one repository with tags of their own are steps of their own', () => {
    const of = (name: string) =>
      item(RC, `backend#${name}`, { repo: 'acme/x', commit: B, meta: { tag: `${name}/v1.4.0-rc.2` } });
    expect(plan([of('x'), of('y')])[1]).toBe(
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release acme/x x/v1.4.0 bbbbbbb (backend#x) acme/x y/v1.4.0 bbbbbbb (backend#y)',
    );
  });
});

test('it shrinks as the target arrives, and empty means done', () => {
  const x = { repo: 'acme/x', commit: B };
  const candidate = [item(RC, 'backend#x', x), item(RC, 'infra#tf', { repo: 'acme/tf', commit: A })];
  const stable = [
    item('v1.4.0', 'infra#tf', { repo: 'acme/tf', commit: A }),
    item('v1.4.0', 'backend#x', x),
    item('v1.4.0', 'backend#api', { repo: 'acme/api', commit: A }),
  ];
  expect([0, 1, 2, 3].map((come) => plan([...candidate, ...stable.slice(0, come)]).slice(0, 3))).toEqual([
    [
      'v1.4.0-rc.2 → v1.4.0: 3 left, 0 done',
      '1: acme/tf v1.4.0 aaaaaaa (infra#tf) by release',
      '2: acme/api v1.4.0 aaaaaaa (backend#api) by release acme/x v1.4.0 bbbbbbb (backend#x) by release',
    ],
    [
      'v1.4.0-rc.2 → v1.4.0: 2 left, 1 done',
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release acme/x v1.4.0 bbbbbbb (backend#x) by release',
      'already infra#tf: v1.4.0 has it',
    ],
    [
      'v1.4.0-rc.2 → v1.4.0: 1 left, 2 done',
      '1: acme/api v1.4.0 aaaaaaa (backend#api) by release',
      'already backend#x: v1.4.0 has it',
    ],
    ['v1.4.0-rc.2 → v1.4.0: 0 left, 3 done', 'already backend#api: v1.4.0 has it', 'already backend#x: v1.4.0 has it'],
  ]);
});

describe('it is blocked', () => {
  test('while the release does not pass as what it is to become', () => {
    const policy = { roster: [{ component: 'backend#api' }, { component: 'backend#x' }] };
    expect([plan([], { policy }), plan([], { policy: { roster: [] } })].map((lines) => lines.slice(0, 2))).toEqual([
      ['v1.4.0-rc.2 → v1.4.0: 1 left, 0 done', 'blocked: fail missing-component'],
      ['v1.4.0-rc.2 → v1.4.0: 1 left, 0 done', 'blocked: unknown no-roster'],
    ]);
  });

  test('not by what the candidate lacks, once all is done', () => {
    const done = [item('v1.4.0', 'backend#api', { repo: 'acme/api', commit: A })];
    expect(plan(done, { policy: { roster: [] } })).toEqual([
      'v1.4.0-rc.2 → v1.4.0: 0 left, 1 done',
      'already backend#api: v1.4.0 has it',
    ]);
  });
});

test('a later candidate, and commits that are abbreviated, are said', () => {
  const later = item('v1.4.0-rc.3', 'backend#api', { repo: 'acme/api', commit: B });
  expect(plan([later, item(RC, 'backend#x', { repo: 'acme/x', commit: 'bbbbbbb' })]).slice(2)).toEqual([
    'v1.4.0-rc.2 is not the last of its line: v1.4.0-rc.3.',
    'Abbreviated commits, which git takes and GitHub’s API does not: acme/x bbbbbbb. Publish whole ones.',
  ]);
});

describe('waves', () => {
  const of = (key: string, more: Item = {}) =>
    item(RC, key, { repo: `acme/${key.replace(/^.*[#/]/, '')}`, commit: B, replicas: 1, readyReplicas: 1, ...more });
  const waves = (items: readonly Item[], policy: object = {}) =>
    plan(items, { policy }).flatMap((line) => {
      const components = /^\d:/.test(line) ? [...line.matchAll(/\(([^)]*)\)/g)].map(([, one]) => one) : [];
      return components.length === 0 ? [] : [components.join(', ')];
    });
  const ALL = ['frontend#ui', 'backend#x', 'kafka#y', 'infra#tf', 'k8s#prod-deployment/w', 'lambda#z'].map((key) =>
    of(key),
  );

  test('by type; one that nobody knows with the backends', () => {
    expect(waves(ALL)).toEqual(['infra#tf', 'kafka#y', 'backend#api, backend#x, lambda#z', 'frontend#ui', 'k8s#w']);
  });

  test('by the policy; what is in none comes last, and is told', () => {
    const policy = { waves: [['kafka', 'infra#t*'], ['frontend', 'k8s'], ['backend#a*']] };
    expect(waves(ALL, policy)).toEqual([
      'kafka#y, infra#tf',
      'frontend#ui, k8s#w',
      'backend#api',
      'backend#x, lambda#z',
    ]);
    expect(plan(ALL, { policy }).at(-1)).toBe('In none of the policy’s waves, so in the last: backend#x, lambda#z.');
  });

  const schema = (name: string, evolutionPolicy: string | undefined, more: Item = {}) => [
    item('v1.3.0', `kafka#${name}`, { schemaVersion: '2.0.0' }),
    of(`kafka#${name}`, {
      schemaVersion: '2.1.0',
      ...(evolutionPolicy === undefined ? {} : { evolutionPolicy }),
      ...more,
    }),
  ];
  const parties = { producers: ['writer'], consumers: ['reader', 'ui'] };
  const SERVICES = [of('backend#writer'), of('backend#reader'), of('frontend#ui')];

  test.each<[policy: string | undefined, more: Item, waves: string[], words: string]>([
    [
      'BACKWARD',
      parties,
      ['kafka#s', 'backend#api, backend#reader', 'frontend#ui', 'backend#writer'],
      's from 2.0.0 to 2.1.0: BACKWARD, so consumers before producers; consumers reader, ui; producers writer',
    ],
    [
      'backward-transitive',
      parties,
      ['kafka#s', 'backend#api, backend#reader', 'frontend#ui', 'backend#writer'],
      's from 2.0.0 to 2.1.0: BACKWARD_TRANSITIVE, so consumers before producers; consumers reader, ui; producers writer',
    ],
    [
      'FORWARD',
      parties,
      ['kafka#s', 'backend#api, backend#writer', 'backend#reader', 'frontend#ui'],
      's from 2.0.0 to 2.1.0: FORWARD, so producers before consumers; consumers reader, ui; producers writer',
    ],
    [
      'FULL',
      parties,
      ['kafka#s', 'backend#api, backend#reader, backend#writer', 'frontend#ui'],
      's from 2.0.0 to 2.1.0: FULL, so in any order',
    ],
    [
      'NONE',
      parties,
      ['kafka#s', 'backend#api, backend#reader, backend#writer', 'frontend#ui'],
      's from 2.0.0 to 2.1.0: NONE, so no order keeps both sides working: coordinate; consumers reader, ui; producers writer',
    ],
    [
      undefined,
      parties,
      ['kafka#s', 'backend#api, backend#reader, backend#writer', 'frontend#ui'],
      's from 2.0.0 to 2.1.0: its evolution policy is unknown, and so is the order',
    ],
    [
      'SIDEWAYS',
      parties,
      ['kafka#s', 'backend#api, backend#reader, backend#writer', 'frontend#ui'],
      's from 2.0.0 to 2.1.0: “SIDEWAYS” is not an evolution policy, so the order is not known',
    ],
    [
      'BACKWARD',
      { producers: ['writer'] },
      ['kafka#s', 'backend#api, backend#reader, backend#writer', 'frontend#ui'],
      's from 2.0.0 to 2.1.0: BACKWARD, so consumers before producers; nothing says who consumes it; producers writer',
    ],
    [
      'BACKWARD',
      { producers: ['backend#writer', 'gone'], consumers: ['frontend#ui', 'writer'] },
      ['kafka#s', 'backend#api, backend#reader', 'frontend#ui', 'backend#writer'],
      's from 2.0.0 to 2.1.0: BACKWARD, so consumers before producers; consumers frontend#ui, writer; producers backend#writer, gone (not in the release: gone)',
    ],
  ])('of a schema under %s', (evolutionPolicy, more, expected, words) => {
    const items = [...SERVICES, ...schema('s', evolutionPolicy, more)];
    const policy = { severities: { 'schema-policy-missing': 'off', 'schema-breaking': 'off' } };
    expect(waves(items, policy)).toEqual(expected);
    expect(plan(items, { policy }).at(-1)).toBe(words);
  });

  test('of a new major version nobody knows an order; of a schema that did not change there is none', () => {
    const of3 = (version: string) => [...SERVICES, ...schema('s', 'BACKWARD', { ...parties, schemaVersion: version })];
    const policy = { severities: { 'schema-breaking': 'off' } };
    expect(plan(of3('3.0.0'), { policy }).at(-1)).toBe(
      's from 2.0.0 to 3.0.0: a new major version, so no order keeps both sides working whatever BACKWARD says: coordinate; consumers reader, ui; producers writer',
    );
    expect(plan(of3('2.0.0'), { policy }).slice(-1)[0]).toMatch(/^3: acme\/ui/);
    // Of one that says no version, its content tells.
    const unversioned = (commit: string) => [
      ...SERVICES,
      item('v1.3.0', 'kafka#s', { commit: B }),
      item(RC, 'kafka#s', { repo: 'acme/s', commit, evolutionPolicy: 'BACKWARD', ...parties }),
    ];
    expect(plan(unversioned(A)).at(-1)).toBe(
      's: BACKWARD, so consumers before producers; consumers reader, ui; producers writer',
    );
    // What a patch of another line that came out later made of it does not count.
    const dated = of3('2.1.0').map((one) => ({ date: '2026-11-01T12:00:00Z', ...one }));
    const later = item('v1.3.1', 'kafka#s', { schemaVersion: '2.0.9', date: '2026-11-10T12:00:00Z' });
    expect(plan([...dated, later]).at(-1)).toMatch(/^s from 2\.0\.0 to 2\.1\.0/);
    // A withdrawn release is nothing to be compared with.
    const withdrawn = [{ release: 'v1.3.0', reason: 'r', by: 'b', date: '2026-10-01' }];
    expect(plan(unversioned(A), { policy: { withdrawn } }).at(-1)).toMatch(/^3: acme\/ui/);
  });

  test('what runs follows what runs, and what is built what is built', () => {
    const running = ['writer', 'reader'].map((name) =>
      of(`k8s#prod-deployment/${name}`, { repo: `acme/deploy-${name}` }),
    );
    expect(waves([...SERVICES, ...running, ...schema('s', 'FORWARD', parties)])).toEqual([
      'kafka#s',
      'backend#api, backend#writer',
      'backend#reader',
      'frontend#ui',
      'k8s#writer',
      'k8s#reader',
    ]);
  });

  test('of one tag for both sides there is no order', () => {
    const both = ['writer', 'reader'].map((name) => of(`backend#${name}`, { repo: 'acme/mono' }));
    const said = plan([...both, ...schema('s', 'BACKWARD', { producers: ['writer'], consumers: ['reader'] })]);
    expect(said.at(-1)).toBe('kafka#s: its producers and consumers are tagged at once, by one tag.');
  });

  test('a circle is broken at its weakest link, and told', () => {
    const items = [
      ...SERVICES.slice(0, 2),
      ...schema('two', 'BACKWARD_TRANSITIVE', { producers: ['writer'], consumers: ['reader'] }),
      ...schema('one', 'BACKWARD', { producers: ['reader'], consumers: ['writer'] }),
    ];
    expect(waves(items)).toEqual(['kafka#one, kafka#two', 'backend#api, backend#reader', 'backend#writer']);
    expect(plan(items).at(-1)).toBe(
      'kafka#one asks for backend#writer before backend#reader: the order is circular, so it is ignored. Coordinate these.',
    );
  });
});

test('of whatever fragments: each component of the release is in one step or told once, and no tag twice', () => {
  const word = <T>(...words: readonly T[]) => fc.constantFrom(...words);
  const entry = fc.record({
    release: word('v1.3.0', RC, RC, 'v1.4.0'),
    key: word('backend#a', 'backend#b', 'frontend#c', 'kafka#d', 'infra#e', 'lambda#f', 'k8s#prod-deployment/a'),
    repo: word('acme/a', 'acme/b', 'acme/../c', undefined),
    commit: word(A, B, 'bbbbbbb', 'main', undefined),
    tag: word(
      undefined,
      'v1.4.0-rc.2',
      'x/v1.4.0-rc.2',
      'x@2.0.0-rc.1',
      'x@2.0.0',
      'latest',
      '$(reboot)-v1.4.0-rc.2',
      '-v1.4.0-rc.2',
    ),
    schemaVersion: word('1.0.0', '1.1.0', '2.0.0'),
    evolutionPolicy: word('BACKWARD', 'FORWARD', 'FULL', 'NONE'),
    producers: word(['a'], ['b', 'c'], ['nobody']),
    consumers: word(['a', 'b'], ['c'], ['f']),
  });
  fc.assert(
    fc.property(fc.uniqueArray(entry, { selector: ({ release, key }) => release + key, maxLength: 16 }), (entries) => {
      const items = entries.map(({ release, key, tag, ...attributes }) =>
        item(release, key, JSON.parse(JSON.stringify({ ...attributes, meta: { tag } }))),
      );
      const made = promotionOf([API, ...items]);
      if ('fault' in made) throw new Error(made.fault);
      const steps = made.waves.flatMap((wave) => wave.steps);
      const named = [...steps.flatMap(({ components }) => components), ...made.skips.map(({ component }) => component)];
      const held = [API, ...items].filter(({ version }) => version === RC).map((one) => String(one['component#name']));
      expect(named.sort()).toEqual(held.map((key) => key.replace('prod-deployment/', '')).sort());
      const tags = steps.map(({ repo, tag }) => `${repo} ${tag}`);
      expect(new Set(tags).size).toBe(tags.length);
      expect(made.left).toBe(steps.length);
      expect(made.waves.every((wave) => wave.steps.length > 0)).toBe(true);
    }),
    { seed: 43, numRuns: 400 },
  );
});
