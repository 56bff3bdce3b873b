import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { planDocument } from '../../src/release/plan/plan-document.ts';
import { planAsScript } from '../../src/release/plan/plan-script.ts';
import { plantedItems, rawIn } from '../release/planted-estate.ts';
import { releaseMatrix } from './command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-plan-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(content));
  return path;
}

const A = 'a'.repeat(40);
const RC = 'v1.4.0-rc.2';
const item = (version: string, key: string, attributes: object = {}) => ({
  version,
  'component#name': key,
  ...attributes,
});
const of = (version: string, name: string, more: object = {}) =>
  item(version, `backend#${name}`, { repo: `acme/${name}`, commit: A, ...more });
const runs = (version: string, name: string, date: string) =>
  item(version, `k8s#prod-deployment/${name}`, {
    imageRef: `ghcr.io/acme/${name}:${version.slice(1)}`,
    replicas: 1,
    readyReplicas: 1,
    date,
  });
const POLICY = { roster: [{ component: 'backend#api' }] };
const PASSES = [
  of(RC, 'api'),
  item(RC, 'infra#tf', { repo: 'acme/tf', commit: A }),
  item(RC, 'frontend#ui', { commit: A }),
];

async function plan(items: readonly object[], words: readonly string[], policy: unknown = POLICY) {
  const from = file('items.json', items);
  const more = ['--from', from, '--policy', file('policy.json', policy), '--now', '2026-11-20T12:00:00Z'];
  const { stdout, stderr, exitCode } = await releaseMatrix(['plan', ...words, ...more]);
  return { exitCode, said: `${stdout}${stderr}`.replaceAll(`${folder}/`, '').split('\n').slice(0, -1) };
}

const TO_STABLE = [RC, '--to', 'stable'];

test('as text: what is to be tagged, in waves, and what is not', async () => {
  expect(await plan(PASSES, TO_STABLE)).toEqual({
    exitCode: 0,
    said: [
      'v1.4.0-rc.2 → v1.4.0: 2 tags left, 0 done',
      '',
      'wave 1: infra',
      '  acme/tf  v1.4.0  aaaaaaaaaaaa  infra#tf',
      '',
      'wave 2: backend',
      '  acme/api  v1.4.0  aaaaaaaaaaaa  backend#api',
      '',
      'not tagged',
      '  no-repo: frontend#ui: its repository is unknown',
      '',
      'read 2026-11-20T12:00:00.000Z',
    ],
  });
});

test('as a script: each wave waits for what it tagged, in the table that was read', async () => {
  expect(await plan(PASSES, [...TO_STABLE, '--format', 'sh', '--wait', '90s'])).toEqual({
    exitCode: 0,
    said: [
      '#!/bin/sh',
      '# v1.4.0-rc.2 → v1.4.0: 2 left, 0 done, read 2026-11-20T12:00:00.000Z',
      '# no-repo: frontend#ui: its repository is unknown',
      'set -eu',
      '',
      '# wave 1 of 2: infra',
      `gh api --method POST repos/acme/tf/git/refs -f ref=refs/tags/v1.4.0 -f sha=${A}`,
      "release-matrix check v1.4.0 --only 'infra#tf' --wait 90s --from items.json --policy policy.json",
      '',
      '# wave 2 of 2: backend',
      `gh api --method POST repos/acme/api/git/refs -f ref=refs/tags/v1.4.0 -f sha=${A}`,
      "release-matrix check v1.4.0 --only 'backend#api' --wait 90s --from items.json --policy policy.json",
      '',
      '# Then: release-matrix check v1.4.0',
    ],
  });
});

test('as Markdown, in which nothing of somebody else’s is rendered, and as JSON into a file', async () => {
  const json = join(folder, 'plan.json');
  const odd = of(RC, 'x|<b>@team', { repo: 'acme/x' });
  const { exitCode, said } = await plan(
    [...PASSES, odd],
    [...TO_STABLE, '--format', 'markdown', '--format', `json=${json}`],
  );
  expect(exitCode).toBe(0);
  expect(said).toEqual([
    '## `v1.4.0-rc.2` → `v1.4.0`: 3 tags left, 0 done',
    '',
    '### Wave 1: `infra`',
    '',
    '| Repository | Tag | Commit | Components |',
    '| --- | --- | --- | --- |',
    '| `acme/tf` | `v1.4.0` | `aaaaaaaaaaaa` | `infra#tf` |',
    '',
    '### Wave 2: `backend`',
    '',
    '| Repository | Tag | Commit | Components |',
    '| --- | --- | --- | --- |',
    '| `acme/api` | `v1.4.0` | `aaaaaaaaaaaa` | `backend#api` |',
    '| `acme/x` | `v1.4.0` | `aaaaaaaaaaaa` | `backend#x⟨U+007C⟩<b>@team` |',
    '',
    '### Not tagged',
    '',
    '- **no-repo** `frontend#ui`: its repository is unknown',
    '',
    '<sub>Read 2026-11-20T12:00:00.000Z</sub>',
  ]);
  expect(planDocument.parse(JSON.parse(readFileSync(json, 'utf8')))).toMatchObject({ kind: 'promotion', left: 3 });
});

describe('a release that does not pass', () => {
  const policy = { roster: [{ component: 'backend#api' }, { component: 'backend#gone' }] };
  const BLOCKED = [
    'BLOCKED',
    '  check v1.4.0-rc.2 --as stable is FAIL',
    '  missing-component: gone is missing from v1.4.0-rc.2',
    '  --force tells the tag all the same.',
  ];

  test('is told why first, and its tags are not told', async () => {
    expect(await plan([of(RC, 'api')], TO_STABLE, policy)).toEqual({
      exitCode: 1,
      said: ['v1.4.0-rc.2 → v1.4.0: 1 tag left, 0 done', ...BLOCKED, '', 'read 2026-11-20T12:00:00.000Z'],
    });
    const { exitCode, said } = await plan([of(RC, 'api')], [...TO_STABLE, '--format', 'json'], policy);
    expect([exitCode, JSON.parse(said.join('\n'))]).toMatchObject([1, { waves: [], left: 1, forced: false }]);
  });

  test('has a script that does nothing, and says so', async () => {
    expect(await plan([of(RC, 'api')], [...TO_STABLE, '--format', 'sh'], policy)).toEqual({
      exitCode: 1,
      said: [
        '#!/bin/sh',
        '# v1.4.0-rc.2 → v1.4.0: 1 left, 0 done, read 2026-11-20T12:00:00.000Z',
        'set -eu',
        "echo 'v1.4.0-rc.2 is blocked from becoming v1.4.0: nothing is tagged.' >&2",
        'exit 1',
      ],
    });
  });

  test('is planned all the same where that is asked for, and marked', async () => {
    const forced = await plan([of(RC, 'api')], [...TO_STABLE, '--force'], policy);
    expect([forced.exitCode, forced.said.slice(1, 6)]).toEqual([
      0,
      ['BLOCKED, and told as it was forced', ...BLOCKED.slice(1, 3), '', 'wave 1: backend'],
    ]);
    const { said } = await plan([of(RC, 'api')], [...TO_STABLE, '--force', '--format', 'sh'], policy);
    expect(said.slice(2, 4)).toEqual(['set -eu', '# v1.4.0-rc.2 is blocked from becoming v1.4.0; this was forced.']);
  });

  test('ends with 3 where nobody can tell', async () => {
    expect(await plan([of(RC, 'api')], TO_STABLE, {})).toEqual({
      exitCode: 3,
      said: [
        'v1.4.0-rc.2 → v1.4.0: 1 tag left, 0 done',
        'BLOCKED',
        '  check v1.4.0-rc.2 --as stable is UNKNOWN: nothing says what belongs to it',
        '  --force tells the tag all the same.',
        '',
        'read 2026-11-20T12:00:00.000Z',
      ],
    });
  });

  test('ends with 1 where a tag is at another commit, whatever the verdict', async () => {
    const { exitCode, said } = await plan([...PASSES, of('v1.4.0', 'api', { commit: 'b'.repeat(40) })], TO_STABLE);
    expect([exitCode, said.slice(0, 4)]).toEqual([
      1,
      [
        'v1.4.0-rc.2 → v1.4.0: 1 tag left, 0 done',
        'BLOCKED',
        '  at another commit: backend#api',
        '  --force tells the tag all the same.',
      ],
    ]);
  });

  test('may lack what comes with the roll-out', async () => {
    const later = { roster: [{ component: 'backend#api' }, { component: 'k8s#api' }] };
    const codes = [[], ['--not-yet', 'k8s']].map(
      async (more) => (await plan(PASSES, [...TO_STABLE, ...more], later)).exitCode,
    );
    expect(await Promise.all(codes)).toEqual([1, 0]);
  });
});

describe('the way back', () => {
  const ESTATE = [
    ...['v1.3.0', 'v1.4.0'].flatMap((version, at) => [of(version, 'api'), runs(version, 'api', `2026-1${at}-01`)]),
    runs('v1.4.0', 'new', '2026-11-01'),
  ];

  test('as text', async () => {
    expect(await plan(ESTATE, ['v1.3.0', '--environment', 'production'])).toEqual({
      exitCode: 0,
      said: [
        'prod back to v1.3.0: 1 workload left, 0 done',
        '',
        'wave 1: backend',
        '  k8s#api (deployment)  ghcr.io/acme/api:1.4.0 (v1.4.0)  → ghcr.io/acme/api:1.3.0',
        '',
        'not rolled back',
        '  not-part: k8s#new: v1.3.0 does not have it: it stays as it is (v1.4.0)',
        '',
        'read 2026-11-20T12:00:00.000Z',
      ],
    });
  });

  test('as a script: by the command that is said, else nothing but what is to be done', async () => {
    const words = ['v1.3.0', '--environment', 'prod', '--format', 'sh'];
    const { said } = await plan(ESTATE, [...words, '--command', 'kubectl set image {kind}/{name} app={image}']);
    expect(said.slice(3)).toEqual([
      'set -eu',
      '',
      '# wave 1 of 1: backend',
      'kubectl set image deployment/api app=ghcr.io/acme/api:1.3.0',
      '',
      '# Then publish what runs, so that the table says so.',
    ]);
    expect((await plan(ESTATE, words)).said.slice(5)).toEqual([
      '# wave 1 of 1: backend',
      '# To do: deployment api in prod is to run ghcr.io/acme/api:1.3.0',
      '',
      "echo 'Nothing was done: give the command of a step by --command.' >&2",
      'exit 1',
    ]);
    // What the command needs and the table does not say is done by hand.
    const lacking = await plan(ESTATE, [
      ...words,
      '--command',
      'kubectl -n {namespace} set image {kind}/{name} app={image}',
    ]);
    expect(lacking.said[6]).toBe(
      '# By hand, as not all that the command needs is a plain word: deployment api in prod is to run ghcr.io/acme/api:1.3.0',
    );
  });
});

test.each<[words: string[], exitCode: number, said: string]>([
  [[RC], 2, 'Expected --to stable, rc, beta or a release, to promote; or --environment, to go back.'],
  [
    [...TO_STABLE, '--environment', 'prod'],
    2,
    'Expected --to stable, rc, beta or a release, to promote; or --environment, to go back.',
  ],
  [[RC, '--environment', 'prod', '--force'], 2, '--force is for a promotion, by --to.'],
  [[RC, '--to', 'rc'], 2, '--to rc: v1.4.0-rc.2 is rc already.'],
  [['v9.0.0-rc.1', '--to', 'stable'], 3, 'There is no fragment of v9.0.0-rc.1. The newest are v1.4.0-rc.2.'],
  [[RC, '--environment', 'prod'], 3, 'No workload is known to run in prod. Environments: none.'],
  [
    [...TO_STABLE, '--command', 'git tag {tags}'],
    2,
    '--command: {tags} stands for nothing here: expected {repo}, {tag}, {commit}, {release}.',
  ],
  [
    [...TO_STABLE, '--command', 'git push'],
    2,
    '--command: Expected a command with {tag}; there are {repo}, {tag}, {commit}, {release}.',
  ],
  [[...TO_STABLE, '--command', 'git tag {tag}\nreboot'], 2, '--command: Expected a command on one line.'],
  [
    [...TO_STABLE, '--tag-form', 'v1.4.0'],
    2,
    "error: option '--tag-form <form>' argument 'v1.4.0' is invalid. Expected a form with {version} or {release}, and {component} where it names one, such as {component}@{version}.",
  ],
  [
    [...TO_STABLE, '--wait', 'long'],
    2,
    "error: option '--wait <duration>' argument 'long' is invalid. Expected a duration of up to 24h, such as 90s, 10m or 1h.",
  ],
  [
    [...TO_STABLE, '--format', 'sh', '--format', 'text'],
    2,
    '--format: only one can go to standard output; name a file for the others, such as --format json=report.json.',
  ],
])('%j', async (words, exitCode, said) => {
  expect(await plan(PASSES, words)).toEqual({ exitCode, said: [said] });
});

test('an environment that is behind the release is no way back', async () => {
  const estate = [of('v1.3.0', 'api'), runs('v1.3.0', 'api', '2026-10-01'), of('v1.4.0', 'api')];
  expect(await plan(estate, ['v1.4.0', '--environment', 'prod'])).toEqual({
    exitCode: 2,
    said: ['v1.4.0 comes after v1.3.0, the newest that runs in prod: --environment is for a roll-back.'],
  });
});

test('forms of tags are for the components that they name', async () => {
  const items = [of(RC, 'api', { componentVersion: '2.0.0-rc.1' }), of(RC, 'x', { meta: { tag: 'build-42' } })];
  const forms = ['--tag-form', 'backend#a*={component}@{version}', '--tag-form', '{component}-{release}'];
  const { said } = await plan(items, [...TO_STABLE, ...forms]);
  expect(said.slice(2, 5)).toEqual([
    'wave 1: backend',
    '  acme/api  api@2.0.0  aaaaaaaaaaaa  backend#api',
    '  acme/x    x-v1.4.0   aaaaaaaaaaaa  backend#x',
  ]);
});

test('what was read of standard input cannot be waited for', async () => {
  const made = await plan(PASSES, [...TO_STABLE, '--format', 'json']);
  const read = planDocument.parse(JSON.parse(made.said.join('\n')));
  const script = planAsScript(read, { command: 'tag {repo} {tag} {commit}', wait: '30m', table: null });
  expect(script.split('\n').slice(5, 8)).toEqual([
    '# wave 1 of 2: infra',
    `tag acme/tf v1.4.0 ${A}`,
    '# Standard input cannot be read again: wait here for infra#tf.',
  ]);
});

test.each(['text', 'json', 'markdown', 'sh'])('whatever cannot be seen is shown, as %s', async (format) => {
  const items = plantedItems().map((one, at) => ({
    ...one,
    ...(one.version === 'v1.1.0' ? { version: RC } : {}),
    ...(at % 3 === 0 ? { repo: 'acme/x', commit: A, meta: { tag: `x${at}/${one.version}` } } : {}),
  }));
  const { said } = await plan(items, [...TO_STABLE, '--force', '--format', format]);
  expect(rawIn(said.join('\n'), '\n')).toEqual([]);
  expect(said.length).toBeGreaterThan(10);
});
