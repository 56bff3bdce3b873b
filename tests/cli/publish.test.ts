import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RETRY_LIMIT_MS } from '../../src/store/retry-while-down.ts';
import { awsError, cannedServer } from '../store/canned-server.ts';
import { lossyProxy } from '../store/lossy-proxy.ts';
import { TEST_DYNAMOS, type TestDynamo } from '../store/tables.ts';
import { releaseMatrix } from './command.ts';
import { type RunningTable, runningTable } from './running-table.ts';

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
const BOOKKEEPING = { publishedAt: '2026-11-20T12:00:00.000Z', writeId: expect.any(String) };
const KEYS = { version: 'v1.4.0', 'component#name': 'backend#api' };

describe.each(TEST_DYNAMOS)('against $name', ({ start }) => {
  let dynamo: TestDynamo;
  let table: RunningTable;
  beforeAll(async () => {
    dynamo = await start();
  });
  afterAll(async () => {
    dynamo.client.destroy();
    await dynamo.close();
  });
  beforeEach(async () => {
    table = await runningTable(dynamo);
  });
  afterEach(() => table.drop());

  test('one fragment: published (0), published already (0), conflict (4), replaced (0)', async () => {
    const publish = (commit: string, ...more: string[]) =>
      releaseMatrix([...API, '--commit', commit, ...more, ...table.words]);
    expect(await publish('abcdef1')).toEqual({
      exitCode: 0,
      stdout: 'published          v1.4.0  backend#api\n',
      stderr: '',
    });
    expect(await publish('abcdef1')).toEqual({
      exitCode: 0,
      stdout: 'already published  v1.4.0  backend#api\n',
      stderr: '',
    });
    expect(await publish('abcdef2', '--owner', 'team')).toEqual({
      exitCode: 4,
      stdout: 'conflict           v1.4.0  backend#api\n',
      stderr: [
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
        replaced: [{ commit: 'abcdef1', publishedAt: BOOKKEEPING.publishedAt, replacedAt: '2026-11-20T12:00:00.000Z' }],
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

  test('of 1,000 fragments the bad one costs the others nothing: exit 2, and the line is named', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) =>
      index === 499
        ? '{"release":"v1.4.0","type":"backend","component":"x#y"}'
        : JSON.stringify({ release: `v1.${index % 20}.0`, type: 'backend', component: `c${index}` }),
    );
    const said = await releaseMatrix(['publish', '--input', file('many.ndjson', lines.join('\n')), ...table.words]);
    expect([said.exitCode, said.stdout.match(/^published /gm)?.length]).toEqual([2, 999]);
    expect(said.stderr).toBe(
      'line 500: component is no name: expected no white space, no #, no empty or dotted path segment, received "x#y"\n',
    );
    expect(await table.items()).toHaveLength(999);
    const counters = await table.counters();
    const { total, ...releases } = counters;
    expect(Object.keys(releases)).toHaveLength(20);
    expect(Object.values(releases).reduce((sum: number, count) => sum + Number(count), 0)).toBe(999);
    expect(total).toBeGreaterThanOrEqual(20);
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
          faults: ['commit is no commit: expected 7 to 64 hexadecimal digits, received "main"'],
        },
        { place: 'element 4', outcome: 'invalid', faults: ['expected a fragment (a JSON object), received 7'] },
      ],
      saved: null,
    });
  });

  test('one key twice in an input: in their order, so that the second is the conflict', async () => {
    const base = { release: 'v1.4.0', type: 'backend', component: 'a' };
    const input = file('twice.json', [
      { ...base, owner: 'first' },
      { ...base, owner: 'second' },
    ]);
    expect((await releaseMatrix(['publish', '--input', input, ...table.words])).exitCode).toBe(4);
    expect(await table.items()).toMatchObject([{ owner: 'first' }]);
  });

  test('an answer that is lost: exit 0, published, one record, and counted', async () => {
    const lossy = await lossyProxy(Number(new URL(table.origin).port), 'PutItem');
    const said = await releaseMatrix([...API, '--table', table.table, '--endpoint', lossy.origin]);
    await lossy.close();
    expect(said).toEqual({ exitCode: 0, stdout: 'published          v1.4.0  backend#api\n', stderr: '' });
    expect(lossy.calls()).toContain('PutItem (answer dropped)');
    expect(await table.items()).toEqual([{ ...KEYS, ...BOOKKEEPING }]);
    expect(await table.counters()).toEqual({ total: 1, 'release#v1.4.0': 1 });
  });

  test('stopped in the middle: 130, what is written stays whole, the rest is saved and can be published', async () => {
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
    expect(said.stderr).toContain(`Publish by: release-matrix publish --input ${save}`);
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
  const TABLE = JSON.stringify({
    Table: {
      TableStatus: 'ACTIVE',
      KeySchema: [
        { AttributeName: 'version', KeyType: 'HASH' },
        { AttributeName: 'component#name', KeyType: 'RANGE' },
      ],
      AttributeDefinitions: [
        { AttributeName: 'version', AttributeType: 'S' },
        { AttributeName: 'component#name', AttributeType: 'S' },
      ],
    },
  });

  test('is tried again for a minute at most, then exit 3 with the payload saved', async () => {
    const pauses: number[] = [];
    const elapsed = () => pauses.reduce((sum, ms) => sum + ms, 0);
    const patience = {
      elapsedMs: elapsed,
      pause: async (ms: number) => {
        pauses.push(ms);
      },
      random: () => 0.5,
    };
    const down = () => ({ status: 503, body: '{}' });
    const { exitCode, stdout, stderr, save, calls } = await published(down, { patience });
    expect([exitCode, stdout]).toEqual([3, 'not tried          v1.4.0  backend#api\n']);
    expect(pauses.slice(0, 6)).toEqual([500, 1000, 2000, 4000, 8000, 10_000]);
    expect(elapsed()).toBeLessThanOrEqual(RETRY_LIMIT_MS);
    expect(elapsed()).toBeGreaterThan(RETRY_LIMIT_MS / 2);
    expect(stderr).toContain('DynamoDB is failing');
    expect(calls.length).toBeGreaterThan(10);
    expect(readFileSync(save, 'utf8')).toBe('{"release":"v1.4.0","type":"backend","component":"api"}\n');
  });

  test('for a while costs nothing', async () => {
    let failures = 0;
    const { exitCode, stdout, calls } = await published(({ operation }) => {
      failures += 1;
      if (failures <= 8) return awsError('InternalServerError', 'later', 500);
      return { body: operation === 'DescribeTable' ? TABLE : '{}' };
    });
    expect([exitCode, stdout]).toEqual([0, 'published          v1.4.0  backend#api\n']);
    expect(calls.slice(-3)).toEqual(['PutItem', 'UpdateItem', 'UpdateItem']);
  });

  test('that denies writing: exit 3 at once, with action, resource, role and the policy that mends it', async () => {
    const { exitCode, stderr, calls } = await published(({ operation }) =>
      operation === 'DescribeTable'
        ? { body: TABLE }
        : awsError(
            'AccessDeniedException',
            'User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/ReleaseFragments because no identity-based policy allows it',
          ),
    );
    expect([exitCode, calls]).toEqual([3, ['DescribeTable', 'PutItem', 'UpdateItem'].slice(0, calls.length)]);
    expect(stderr).toContain(
      'dynamodb:PutItem on resource arn:aws:dynamodb:eu-west-1:111122223333:table/ReleaseFragments'.replace(
        'resource ',
        '',
      ),
    );
    expect(stderr).toContain('assumed-role/ci/run');
    expect(stderr).toContain('"dynamodb:LeadingKeys"');
  });

  test('for the counter alone: published all the same, with a warning', async () => {
    const { exitCode, stdout, stderr } = await published(({ operation }) =>
      operation === 'UpdateItem'
        ? awsError('AccessDeniedException', 'no')
        : { body: operation === 'DescribeTable' ? TABLE : '{}' },
    );
    expect([exitCode, stdout]).toEqual([0, 'published          v1.4.0  backend#api\n']);
    expect(stderr).toMatch(/^Written, but not counted as changed/);
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

describe('what is refused before any call: exit 2, nothing on stdout', () => {
  test.each<[string, string[], RegExp]>([
    ['an unknown option', ['--colour', 'red'], /unknown option '--colour'/],
    ['an option given twice', ['--release', 'v1', '--release', 'v2'], /--release.*It is given twice/],
    ['an environment given twice', ['--environment', 'prod', '--environment', 'prod'], /It is given twice/],
    ['no release outside a CI', ['--type', 'backend', '--component', 'x'], /release is missing: name it by --release/],
    ['no type', ['--release', 'v1.0.0', '--component', 'x'], /type is missing: name it by --type/],
    ['no component', ['--release', 'v1.0.0', '--type', 'backend'], /component is missing: name it by --component/],
    ['an empty name', [...API.slice(1, 5), '--component', ''], /component is empty/],
    ['a # in a name', [...API.slice(1, 5), '--component', 'x#y'], /component is no name/],
    ['a release that sorts wrongly', [...API.slice(3), '--release', 'v1.4.0-rc10'], /write v1\.4\.0-rc\.10/],
    ['a meta without value', [...API.slice(1), '--meta', 'a'], /--meta: expected name=value, received "a"/],
    ['a meta without name', [...API.slice(1), '--meta', '=b'], /--meta: expected name=value/],
    ['a reserved name', [...API.slice(1), '--meta', '__proto__=x'], /__proto__ is reserved/],
    ['a meta given twice', [...API.slice(1), '--meta', 'a=1', '--meta', 'a=2'], /"a" is given twice/],
    ['a link that runs', [...API.slice(1), '--link', 'x=javascript:alert(1)'], /links\.x is no https/],
    ['a date in the future', [...API.slice(1), '--date', '2026-11-20T12:11:00Z'], /date is in the future/],
    ['a date that is none', [...API.slice(1), '--date', 'today'], /date is no time: expected ISO 8601/],
    ['a changelog that is not there', [...API.slice(1), '--changelog-file', 'no-such'], /no-such is not there/],
    ['a folder as changelog', [...API.slice(1), '--changelog-file', '/'], /is no file/],
    ['no image', [...API.slice(1), '--image', 'Not One'], /--image: expected an image reference/],
    ['input and tool', ['--input', 'x', '--from', 'npm'], /--input or --from, not both/],
    ['fields beside an input', ['--input', 'x', '--commit', 'abcdef1'], /--commit cannot be given/],
    ['a path without tool', ['--path', 'x'], /--path needs --from/],
    ['an unknown tool', ['--from', 'make'], /Allowed choices are changesets, semantic-release/],
    ['an input that is not there', ['--input', 'no-such'], /no-such cannot be read/],
    [
      'an ambiguous tag',
      [...API.slice(1, 5), '--tag', 'foo-1.2.3-4.5.6'],
      /can be read as .* say which by --tag-pattern/,
    ],
    ['a version of another scheme', [...API.slice(1), '--version', 'x', '--version-scheme', 'pep440'], /PEP 440/],
  ])('%s', async (_, words, expected) => {
    const said = await releaseMatrix(['publish', ...words, '--endpoint', 'http://127.0.0.1:1']);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(expected);
  });

  test('an item over 400 KB: its biggest field is named', async () => {
    const changelog = 'x'.repeat(420_000);
    const input = file('big.json', [{ release: 'v1.4.0', type: 'backend', component: 'a', owner: 'us', changelog }]);
    const said = await releaseMatrix(['publish', '--input', input, '--endpoint', 'http://127.0.0.1:1']);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(/its biggest field is changelog \(420009 bytes\)/);
  });

  test.each<[string, string | Uint8Array, RegExp]>([
    ['5 MB', 'x'.repeat(5 * 1024 * 1024), /has 5242880 bytes/],
    ['binary', new Uint8Array([0x61, 0, 0x62]), /is no text: it holds a NUL/],
    ['not UTF-8', new Uint8Array([0xff, 0xfe, 0x61]), /is no UTF-8 text/],
  ])('a changelog that is %s', async (name, content, expected) => {
    const path = file(`changelog-${name.replaceAll(' ', '-')}`, content);
    const said = await releaseMatrix([...API, '--changelog-file', path, '--endpoint', 'http://127.0.0.1:1']);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(expected);
  });

  test('a pipe as changelog, without waiting for it', async () => {
    const path = join(folder, 'pipe');
    execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]);
    const said = await releaseMatrix([...API, '--changelog-file', path]);
    expect([said.exitCode, said.stderr]).toEqual([2, expect.stringContaining('is no file')]);
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

  test('a long changelog is cut with a mark', async () => {
    const path = file('long.md', `# x\r\n${'é'.repeat(40_000)}`);
    const { changelog } = (await item([...API.slice(1), '--changelog-file', path])).item;
    expect(changelog).toMatch(/^# x\n.*é\n\n\[… cut: 80004 bytes, of which 65536 are kept\]$/su);
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

  test('of a broken event: a warning, and it goes on', async () => {
    const event = file('broken-event.json', '{');
    const said = await item(['--type', 'backend', '--component', 'api'], { ...GITHUB, GITHUB_EVENT_PATH: event });
    expect(said.item).toMatchObject({ version: 'v1.4.0-rc.2', commit: 'a'.repeat(40) });
    expect(said.stderr).toMatch(/^GITHUB_EVENT_PATH cannot be used/);
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

  test('a date of long ago is warned of', async () => {
    expect((await item([...API.slice(1), '--date', '2024-01-01T00:00:00Z'])).stderr).toContain('more than a year ago');
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
  });
});

test('nothing of an input can give the terminal or the CI a command', async () => {
  const hostile = '\u001b]0;pwned\u0007\n::set-env name=PATH::x%0A\u202e';
  const input = file('hostile.json', [
    { release: hostile, type: 'backend', component: '::error::x' },
    { release: 'v1.4.0', type: 'backend', component: '::add-mask::x', owner: hostile },
    { [hostile]: 1 },
  ]);
  for (const format of ['text', 'json']) {
    const said = await releaseMatrix(['publish', '--input', input, '--format', format]);
    expect(said.exitCode).toBe(2);
    const whole = `${said.stdout}${said.stderr}`;
    expect(whole).not.toMatch(/[^\P{Cc}\n]/u);
    expect(whole.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  }
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)(
  'a process that gets %s while the table hangs ends with %i and saves the payload',
  async (signal, code) => {
    let called = () => {};
    const reached = new Promise<void>((resolve) => {
      called = resolve;
    });
    const server = await cannedServer(() => {
      called();
      return { does: 'hang' };
    });
    const save = join(folder, `${signal}.ndjson`);
    const child = spawn(process.execPath, [
      'bin/release-matrix.mjs',
      ...[...API, '--endpoint', server.origin, '--save', save],
    ]);
    const ended = new Promise((resolve) => child.on('exit', (exitCode) => resolve(exitCode)));
    await reached;
    child.kill(signal);
    expect(await ended).toBe(code);
    expect(readFileSync(save, 'utf8')).toContain('"component":"api"');
    await server.close();
  },
  60_000,
);
