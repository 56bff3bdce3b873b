import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { awsError, cannedServer, DESCRIBED_TABLE } from '../store/canned-server.ts';
import { lossyProxy } from '../store/lossy-proxy.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';
import { runningTable } from './running-table.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-publish-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content));
  return path;
}

const API = ['publish', '--release', 'v1.4.0', '--type', 'backend', '--component', 'api'];
const GORELEASER = new URL('../fixtures/publish/goreleaser/goreleaser-2', import.meta.url).pathname;
const OCI_LABELS = { 'org.opencontainers.image.version': '1.2.0' };
const BOOKKEEPING = { publishedAt: '2026-11-20T12:00:00.000Z', writeId: expect.any(String) };
const KEYS = { version: 'v1.4.0', 'component#name': 'backend#api' };
const NO_DATE =
  'the fragment: no date is known, as there is no CI, and no checkout of what was built. Give it by --date.\n';
const NO_COMMIT_NO_DATE = NO_DATE.replace('no date', 'no commit and no date').replace('it by', 'them by --commit and');

eachTable((table, dynamo) => {
  test('one fragment: published (0), published already (0), conflict (4), replaced (0)', async () => {
    const publish = (commit: string, ...more: string[]) =>
      releaseMatrix([...API, '--commit', commit, ...more, ...table.words]);
    expect(await publish('abcdef1')).toEqual({
      exitCode: 0,
      stdout: 'published          v1.4.0  backend#api\n',
      stderr: NO_DATE,
    });
    expect(await publish('abcdef1')).toEqual({
      exitCode: 0,
      stdout: 'already published  v1.4.0  backend#api\n',
      stderr: NO_DATE,
    });
    expect(await publish('abcdef2', '--owner', 'team')).toEqual({
      exitCode: 4,
      stdout: 'conflict           v1.4.0  backend#api\n',
      stderr: [
        NO_DATE.trimEnd(),
        'the fragment: v1.4.0 backend#api is published already, and says something else. --replace would replace it.',
        '  commit: published "abcdef1", offered "abcdef2"',
        '  owner: published nothing, offered "team"',
        '',
      ].join('\n'),
    });
    expect(await table.items()).toEqual([{ ...KEYS, ...BOOKKEEPING, commit: 'abcdef1' }]);
    expect(await publish('abcdef2', '--replace')).toMatchObject({ exitCode: 0, stdout: /^replaced / });
    expect(await table.items()).toEqual([
      {
        ...KEYS,
        ...BOOKKEEPING,
        commit: 'abcdef2',
        // The first of them keeps its mark.
        replaced: [{ commit: 'abcdef1', ...BOOKKEEPING, replacedAt: '2026-11-20T12:00:00.000Z' }],
      },
    ]);
    expect(await table.counters()).toEqual({ total: 2, 'release#v1.4.0': 2 });
  });

  test('an item that another client put is compared like our own', async () => {
    await dynamo.client.send(
      new PutCommand({ TableName: table.table, Item: { ...KEYS, Commit: 'abcdef1', readyReplicas: 3 } }),
    );
    const words = [...API, ...table.words, '--commit', 'abcdef1', '--ready-replicas', '3'];
    expect(await releaseMatrix(words)).toMatchObject({ exitCode: 0, stdout: /^already published/ });
    expect(await table.counters()).toEqual({});
  });

  test('a table that names its keys otherwise', async () => {
    const other = await runningTable(dynamo, { release: 'pk', component: 'sk' });
    expect((await releaseMatrix([...API, ...other.words])).exitCode).toBe(0);
    expect(await other.items()).toEqual([{ pk: 'v1.4.0', sk: 'backend#api', ...BOOKKEEPING }]);
    await other.drop();
  });

  test('an array, with a conflict, a broken element and a good one: exit 4, and the same as JSON', async () => {
    const base = { release: 'v1.4.0', type: 'backend' };
    await releaseMatrix([
      'publish',
      '--input',
      file('one.json', [{ ...base, component: 'a', owner: 'x' }]),
      ...table.words,
    ]);
    const input = file('mixed.json', [
      { ...base, component: 'a', owner: 'y' },
      { ...base, component: 'b' },
      { ...base, component: 'c', commit: 'main' },
      7,
    ]);
    const said = await releaseMatrix(['publish', '--input', input, '--format', 'json', ...table.words]);
    expect(said.exitCode).toBe(4);
    expect(JSON.parse(said.stdout)).toEqual({
      schema: 1,
      results: [
        {
          place: 'element 1',
          release: 'v1.4.0',
          key: 'backend#a',
          outcome: 'conflict',
          differences: [{ name: 'owner', stored: 'x', offered: 'y' }],
        },
        { place: 'element 2', release: 'v1.4.0', key: 'backend#b', outcome: 'published' },
        {
          place: 'element 3',
          outcome: 'invalid',
          faults: ['commit is not a commit: expected 7 to 64 hexadecimal digits, received "main"'],
        },
        { place: 'element 4', outcome: 'invalid', faults: ['expected a fragment (a JSON object), received 7'] },
      ],
      saved: null,
    });
  });

  test('in several forms at once: here, and into files that are emptied before anything is written', async () => {
    const saved = join(folder, `said-${table.table}.json`);
    const words = [...API, ...table.words, '--format', 'text', '--format', `json=${saved}`];
    expect(await releaseMatrix(words)).toMatchObject({
      exitCode: 0,
      stdout: 'published          v1.4.0  backend#api\n',
    });
    const results = [{ place: 'the fragment', release: 'v1.4.0', key: 'backend#api', outcome: 'published' }];
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toEqual({ schema: 1, results, saved: null });
  });

  test.each([
    { formats: ['json', 'text'], words: 'only one can go to standard output' },
    { formats: ['json=/nowhere/said.json'], words: '/nowhere/said.json cannot be written: ENOENT' },
    { formats: ['yaml'], words: 'Allowed choices are text, json.' },
  ])('nothing is published where it could not be told: $formats', async ({ formats, words }) => {
    const said = await releaseMatrix([...API, ...table.words, ...formats.flatMap((one) => ['--format', one])]);
    expect(said).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(words) });
    expect(await table.items()).toEqual([]);
  });

  test.each([[], ['--replace']])(
    'one key twice in an input, with other content: neither is written, exit 2, both places named (%s)',
    async (...more) => {
      const base = { release: 'v1.4.0', type: 'backend', component: 'a' };
      const input = file('contradicting.json', [
        { ...base, owner: 'first' },
        { ...base, component: 'b' },
        { ...base, owner: 'second', repo: 'acme/a' },
        { ...base, owner: 'first' },
      ]);
      const faults = [
        ['element 1', 'element 3, element 4'],
        ['element 3', 'element 1, element 4'],
        ['element 4', 'element 1, element 3'],
      ].map(
        ([place, others]) =>
          `${place}: v1.4.0 backend#a is also in ${others}, and they differ (owner, repo): expected one fragment per key\n`,
      );
      expect(await releaseMatrix(['publish', '--input', input, ...more, ...table.words])).toEqual({
        exitCode: 2,
        stdout: 'published          v1.4.0  backend#b\n',
        stderr: faults.join(''),
      });
      expect(await table.items()).toMatchObject([{ 'component#name': 'backend#b' }]);
    },
  );

  test('one key twice in an input, with the same content: one item, exit 0', async () => {
    const base = { release: 'v1.4.0', type: 'backend', component: 'a' };
    const input = file('twice.json', [
      { ...base, producers: ['x', 'y'] },
      { ...base, producers: ['y', 'x'] },
    ]);
    expect(await releaseMatrix(['publish', '--input', input, '--replace', ...table.words])).toEqual({
      exitCode: 0,
      stdout: 'published          v1.4.0  backend#a\nalready published  v1.4.0  backend#a\n',
      stderr: '',
    });
    expect(await table.counters()).toEqual({ total: 1, 'release#v1.4.0': 1 });
  });

  test('F25: an answer that is lost: exit 0, published, one record, and counted', async () => {
    const lossy = await lossyProxy(Number(new URL(table.origin).port), 'PutItem');
    const said = await releaseMatrix([...API, '--table', table.table, '--endpoint', lossy.origin]);
    await lossy.close();
    expect(said).toEqual({
      exitCode: 0,
      stdout: 'published          v1.4.0  backend#api\n',
      stderr: NO_COMMIT_NO_DATE,
    });
    expect(lossy.calls()).toContain('PutItem (answer dropped)');
    expect(await table.items()).toEqual([{ ...KEYS, ...BOOKKEEPING }]);
    expect(await table.counters()).toEqual({ total: 1, 'release#v1.4.0': 1 });
  });

  test('C19: stopped in the middle: 130, what is written stays whole, the rest is saved and can be published', async () => {
    const stop = new AbortController();
    const input = Array.from({ length: 60 }, (_, index) => ({
      release: 'v1.4.0',
      type: 'backend',
      component: `c${String(index).padStart(2, '0')}`,
    }));
    const save = join(folder, `stopped-${table.table}.ndjson`);
    let writes = 0;
    const said = await releaseMatrix(
      ['publish', '--input', file('stopped.json', input), '--save', save, ...table.words],
      {},
      {
        stop: stop.signal,
        newId: () => {
          writes += 1;
          if (writes === 20) stop.abort('SIGINT');
          return `write-${writes}`;
        },
      },
    );
    expect(said.exitCode).toBe(130);
    const written = said.stdout.match(/^published /gm)?.length ?? 0;
    expect(written).toBeLessThan(20);
    const left = readFileSync(save, 'utf8').trimEnd().split('\n');
    expect(left).toHaveLength(60 - written);
    expect(said.stderr).toContain(`Publish with: release-matrix publish --input ${save}`);
    // Those that were under way may be there or not; again finds out.
    expect((await releaseMatrix(['publish', '--input', save, ...table.words])).exitCode).toBe(0);
    expect((await table.items()).map((item) => item['component#name']).toSorted()).toEqual(
      input.map(({ component }) => `backend#${component}`),
    );
  });
});

describe('a table that is down', () => {
  const published = async (
    answer: Parameters<typeof cannedServer>[0],
    more: Parameters<typeof releaseMatrix>[2] = {},
  ) => {
    const server = await cannedServer(answer);
    const save = join(folder, 'down.ndjson');
    rmSync(save, { force: true });
    const said = await releaseMatrix([...API, '--endpoint', server.origin, '--save', save], {}, more);
    await server.close();
    return { ...said, save, calls: server.calls.map(({ operation }) => operation) };
  };

  test('for a while costs nothing', async () => {
    let failures = 0;
    const { exitCode, stdout, calls } = await published(({ operation }) => {
      failures += 1;
      if (failures <= 8) return awsError('InternalServerError', 'later', 500);
      return { body: operation === 'DescribeTable' ? DESCRIBED_TABLE : '{}' };
    });
    expect([exitCode, stdout]).toEqual([0, 'published          v1.4.0  backend#api\n']);
    expect(calls.slice(-3)).toEqual(['PutItem', 'UpdateItem', 'UpdateItem']);
  });

  test('for the counter alone: published all the same, with a warning', async () => {
    const { exitCode, stdout, stderr } = await published(({ operation }) =>
      operation === 'UpdateItem'
        ? awsError('AccessDeniedException', 'no')
        : { body: operation === 'DescribeTable' ? DESCRIBED_TABLE : '{}' },
    );
    expect([exitCode, stdout]).toEqual([0, 'published          v1.4.0  backend#api\n']);
    expect(stderr).toMatch(/^Written, but not counted as changed/m);
  });

  test('prints the command that publishes what it saved, with the options that decide on it', async () => {
    const save = join(folder, 'again.ndjson');
    const down = ['--endpoint', 'http://127.0.0.1:1', '--table', 'Other', '--region', 'eu-west-1'];
    const nosemver = ['publish', '--release', 'nosemver', '--type', 'backend', '--component', 'api'];
    const said = await releaseMatrix([...nosemver, '--allow-any-release', '--replace', ...down, '--save', save]);
    expect(said.exitCode).toBe(3);
    expect(said.stderr).toContain(
      `1 not written; saved as ${save}. Publish with: release-matrix publish --input ${save} --allow-any-release --replace --table Other --region eu-west-1 --endpoint http://127.0.0.1:1\n`,
    );
    const server = await cannedServer(({ operation }) => ({
      body: operation === 'DescribeTable' ? DESCRIBED_TABLE : '{}',
    }));
    const [, printed = ''] = /Publish with: release-matrix (.*)/.exec(said.stderr) ?? [];
    const again = await releaseMatrix(printed.replace('http://127.0.0.1:1', server.origin).split(' '));
    await server.close();
    expect(again).toEqual({ exitCode: 0, stdout: 'published          nosemver  backend#api\n', stderr: '' });
  });

  test('prints a command that a shell takes as it is meant', async () => {
    const save = join(folder, "it's here.ndjson");
    const said = await releaseMatrix([...API, '--endpoint', 'http://127.0.0.1:1', '--save', save]);
    const quoted = `'${folder}/it'"'"'s here.ndjson'`;
    expect(said.stderr).toContain(`Publish with: release-matrix publish --input ${quoted} --endpoint`);
  });

  test('keeps what an earlier run saved', async () => {
    const first = await published(() => ({ status: 503, body: '{}' }));
    const again = await releaseMatrix([...API, '--endpoint', 'http://127.0.0.1:1', '--save', first.save]);
    expect([again.exitCode, readFileSync(join(folder, 'down-2.ndjson'), 'utf8')]).toEqual([
      3,
      readFileSync(first.save, 'utf8'),
    ]);
  });
});

describe('what would be written (--dry-run)', () => {
  const item = async (words: string[], environment = {}, more: Parameters<typeof releaseMatrix>[2] = {}) => {
    const said = await releaseMatrix(['publish', '--dry-run', ...words], environment, more);
    if (said.exitCode !== 0) throw new Error(said.stderr);
    return { item: JSON.parse(said.stdout), stderr: said.stderr };
  };
  const GITHUB = {
    GITHUB_ACTIONS: 'true',
    GITHUB_REPOSITORY: 'acme/api',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '42',
    GITHUB_SHA: 'a'.repeat(40),
    GITHUB_REF_TYPE: 'tag',
    GITHUB_REF_NAME: 'v1.4.0-rc.2',
  };
  const answersOf = (answers: Record<string, string>) => ({
    git: async (words: readonly string[]) => answers[words.join(' ')] ?? null,
  });

  test('the options of all kinds', async () => {
    const words = ['--image', `ghcr.io/acme/api:1.4.0@sha256:${'ab'.repeat(32)}`, '--version', 'v2.0.0'];
    const more = ['--producers', 'a, b', '--replicas', '3', '--link', 'x=https://a.example/?a=b', '--meta', 'a=b=c'];
    expect((await item([...API.slice(1), ...words, ...more])).item).toEqual({
      ...KEYS,
      componentVersion: '2.0.0',
      artifact: `ghcr.io/acme/api:1.4.0@sha256:${'ab'.repeat(32)}`,
      digest: `sha256:${'ab'.repeat(32)}`,
      producers: ['a', 'b'],
      replicas: 3,
      links: { x: 'https://a.example/?a=b' },
      meta: { a: 'b=c' },
    });
  });

  test('a workload', async () => {
    const words = ['--release', 'v1.4.0', '--type', 'k8s', '--component', 'api', '--kind', 'deployment'];
    expect((await item([...words, '--environment', 'prod', '--image', 'ghcr.io/acme/api:1.4.0'])).item).toEqual({
      version: 'v1.4.0',
      'component#name': 'k8s#prod-deployment/api',
      environment: 'prod',
      imageRef: 'ghcr.io/acme/api:1.4.0',
    });
  });

  test.each<[string, string[], object]>([
    ['@acme/ui@1.2.0', [], { 'component#name': 'frontend#@acme/ui', componentVersion: '1.2.0' }],
    ['ui-v1.2.0-rc.1', [], { 'component#name': 'frontend#ui', componentVersion: '1.2.0-rc.1' }],
    [
      'services/ui/v1.2.0',
      ['--tag-pattern', 'services/{component}/v{version}'],
      { 'component#name': 'frontend#ui', componentVersion: '1.2.0' },
    ],
    [
      'ui-1.2.0rc1',
      ['--version-scheme', 'pep440'],
      { 'component#name': 'frontend#ui', componentVersion: '1.2.0-rc.1' },
    ],
    ['v2.0.0', ['--component', 'ui'], { 'component#name': 'frontend#ui', componentVersion: '2.0.0' }],
  ])('a monorepo’s tag %s', async (tag, more, expected) => {
    const words = ['--release', 'v1.4.0', '--type', 'frontend', '--tag', tag, ...more];
    expect((await item(words)).item).toEqual({ version: 'v1.4.0', ...expected, meta: { tag } });
  });

  test('the facts of GitHub Actions: tag, repository, the tag’s commit by git, its date', async () => {
    const git = answersOf({
      'rev-parse --verify --quiet refs/tags/v1.4.0-rc.2^{commit}': 'b'.repeat(40),
      [`show --no-patch --format=%cI ${'b'.repeat(40)}`]: '2026-11-19T12:00:00+01:00',
    });
    expect(await item(['--type', 'backend', '--component', 'api'], GITHUB, git)).toEqual({
      item: {
        version: 'v1.4.0-rc.2',
        'component#name': 'backend#api',
        repo: 'acme/api',
        commit: 'b'.repeat(40),
        date: '2026-11-19T11:00:00.000Z',
      },
      stderr: '',
    });
  });

  test('of a GitHub release: its tag and its date', async () => {
    const event = file('event.json', { release: { tag_name: 'v1.4.0', published_at: '2026-11-18T10:00:00Z' } });
    const said = await item(['--type', 'backend', '--component', 'api'], { ...GITHUB, GITHUB_EVENT_PATH: event });
    expect(said.item).toMatchObject({ version: 'v1.4.0', date: '2026-11-18T10:00:00.000Z', commit: 'a'.repeat(40) });
  });

  test('the facts of GitLab CI', async () => {
    const environment = {
      GITLAB_CI: 'true',
      CI_PROJECT_PATH: 'acme/group/api',
      CI_COMMIT_SHA: 'c'.repeat(40),
      CI_COMMIT_TAG: 'v1.4.0',
      CI_COMMIT_TIMESTAMP: '2026-11-19T12:00:00+00:00',
    };
    expect((await item(['--type', 'backend', '--component', 'api'], environment)).item).toEqual({
      ...KEYS,
      repo: 'acme/group/api',
      commit: 'c'.repeat(40),
      date: '2026-11-19T12:00:00.000Z',
    });
  });

  const RELEASE_PLZ = '[{"package_name":"orders","version":"1.2.0","tag":"orders-v1.2.0"}]';
  const BUILT = JSON.stringify({ tags: ['ghcr.io/acme/orders:1.2.0'], labels: OCI_LABELS });
  test.each<[string, string[]]>([
    ['goreleaser', ['--path', GORELEASER]],
    ['release-plz', ['--json', RELEASE_PLZ]],
    ['docker', ['--json', BUILT]],
  ])('--version goes before the output of %s, and the tag names no other component', async (tool, output) => {
    const words = ['--from', tool, ...output, '--release', 'v2.0.0'];
    const own = (await item(words)).item;
    expect(own.componentVersion).not.toBe('9.9.9');
    const tagged = ['--version', '9.9.9', '--tag', 'other-v1.2.0'];
    const said = (await item([...words, ...tagged])).item;
    expect(said).toEqual({ ...own, componentVersion: '9.9.9', meta: { tag: 'other-v1.2.0' } });
  });

  test('with any release allowed', async () => {
    const words = ['--release', 'autumn', '--type', 'backend', '--component', 'api'];
    expect((await item([...words, '--allow-any-release'])).item).toMatchObject({ version: 'autumn' });
  });
});

test('a plain checkout: an annotated tag’s commit, its date and the repository of its remote, by the real git', async () => {
  const checkout = join(folder, 'checkout');
  mkdirSync(checkout);
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@a.example', ...words], {
      cwd: checkout,
      encoding: 'utf8',
      env: { PATH: process.env.PATH, GIT_COMMITTER_DATE: '2026-11-19T12:00:00Z', GIT_CONFIG_GLOBAL: '/dev/null' },
    }).trim();
  git('init', '--quiet');
  git('remote', 'add', 'origin', 'git@github.com:acme/api.git');
  git('commit', '--quiet', '--allow-empty', '--message', 'first');
  git('tag', '--annotate', '--message', 'x', 'v1.4.0');
  const run = async (words: readonly string[]) => {
    try {
      return git(...words);
    } catch {
      return null;
    }
  };
  const said = await releaseMatrix(
    ['publish', '--dry-run', '--type', 'backend', '--component', 'api'],
    {},
    { git: run },
  );
  expect(JSON.parse(said.stdout)).toEqual({
    ...KEYS,
    repo: 'acme/api',
    commit: git('rev-parse', 'HEAD'),
    date: '2026-11-19T12:00:00.000Z',
    changes: { commits: [`${git('rev-parse', 'HEAD')} first`] },
  });
});
