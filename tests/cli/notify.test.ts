import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { CLAIM_MS, claimNews } from '../../src/store/notify-state.ts';
import { CASES } from '../release/cases.ts';
import { awsError, cannedServer, DESCRIBED_TABLE } from '../store/canned-server.ts';
import { type Ran, releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-notify-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const WHOLE = CASES.find(({ name }) => name === 'a whole and consistent stable release passes')?.items ?? [];
const SECRET = '/services/T0/B0/secret';
const NOW = '2026-11-20T12:00:00.000Z';

const wireOf = (item: object) =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, typeof value === 'number' ? { N: `${value}` } : { S: value }]),
  );

/** A Slack of its own: says what it is told to, and keeps what it was sent. */
async function slack(answers: readonly { status: number; headers?: Record<string, string>; body?: string }[] = []) {
  const posts: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      posts.push(JSON.parse(Buffer.concat(chunks).toString('utf8')));
      const { status, headers, body } = answers[posts.length - 1] ?? { status: 200 };
      response.writeHead(request.url === SECRET ? status : 404, headers);
      response.end(body ?? (status === 200 ? 'ok' : 'no'));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    posts,
    address: `http://127.0.0.1:${port}${SECRET}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

eachTable((table, dynamo) => {
  let server: Awaited<ReturnType<typeof slack>>;
  beforeEach(async () => {
    server = await slack();
    for (const item of WHOLE) await put(item);
  });
  afterEach(() => server.close());

  const put = (item: object) => dynamo.client.send(new PutCommand({ TableName: table.table, Item: { ...item } }));
  const remove = (key: string) =>
    dynamo.client.send(
      new DeleteCommand({ TableName: table.table, Key: { version: 'v1.4.0', 'component#name': key } }),
    );
  const notify = async (...more: string[]): Promise<Ran> => {
    const now = more.includes('--now') ? [] : ['--now', NOW];
    const words = ['notify', 'v1.4.0', ...table.words, ...now, ...more];
    const ran = await releaseMatrix(words, { RELEASE_MATRIX_WEBHOOK: server.address });
    expect(`${ran.stdout}${ran.stderr}`).not.toContain('secret');
    return ran;
  };
  const POSTED = (verdict: string) => ({ exitCode: 0, stdout: `Posted: v1.4.0 is ${verdict}.\n`, stderr: '' });
  const NOTHING_NEW = (verdict: string) => ({
    exitCode: 0,
    stdout: `Nothing new of v1.4.0: ${verdict}, as was posted.\n`,
    stderr: '',
  });

  test('posts another verdict and another set of what blocks, once each, and nothing else', async () => {
    const [auth] = WHOLE.filter(
      (item) => item.version === 'v1.4.0' && item['component#name'] === 'backend#auth-service',
    );
    const [shell] = WHOLE.filter((item) => item.version === 'v1.4.0' && item['component#name'] === 'frontend#shell');
    expect(await notify()).toEqual(POSTED('pass'));
    expect(await notify()).toEqual(NOTHING_NEW('pass'));
    await remove('backend#auth-service');
    expect(await notify('--link', 'https://releases.example/?r={release}')).toEqual(POSTED('fail'));
    expect(await notify()).toEqual(NOTHING_NEW('fail'));
    await remove('frontend#shell');
    expect(await notify()).toEqual(POSTED('fail'));
    await put({ ...auth });
    expect(await notify()).toEqual(POSTED('fail'));
    await put({ ...shell, owner: 'web' });
    expect(await notify()).toEqual(POSTED('pass'));
    expect(server.posts.map((post) => (post as { text: string }).text)).toEqual([
      '✅ PASS v1.4.0 (stable)',
      '❌ FAIL v1.4.0 (stable): 1 error',
      '❌ FAIL v1.4.0 (stable): 2 errors',
      '❌ FAIL v1.4.0 (stable): 1 error',
      '✅ PASS v1.4.0 (stable)',
    ]);
    expect(JSON.stringify(server.posts[1])).toContain('<https://releases.example/?r=v1.4.0|Open the release>');
  });

  test('what it remembers is not a release, and no part of an export', async () => {
    await notify();
    const exported = await releaseMatrix(['export', '-', ...table.words]);
    expect(exported.stdout.trim().split('\n')).toHaveLength(WHOLE.length);
    const { stdout } = await releaseMatrix(['check', 'v1.4.0', ...table.words, '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ verdict: 'pass', findings: [], fragments: 5 });
  });

  test('the message is that of --dry-run and of check --format slack; a dry run posts and remembers nothing', async () => {
    const dry = await notify('--dry-run');
    expect(server.posts).toEqual([]);
    const words = ['check', 'v1.4.0', ...table.words, '--now', NOW, '--format', 'slack'];
    expect(dry.stdout).toBe((await releaseMatrix(words)).stdout);
    expect(await notify()).toEqual(POSTED('pass'));
    expect(server.posts).toEqual([JSON.parse(dry.stdout)]);
  });

  test('of many jobs at once one posts', async () => {
    const ran = await Promise.all(Array.from({ length: 8 }, () => notify()));
    expect(server.posts).toHaveLength(1);
    expect(ran.filter(({ stdout }) => stdout.startsWith('Posted'))).toHaveLength(1);
    expect(ran.map(({ exitCode }) => exitCode)).toEqual(Array(8).fill(0));
  });

  test('a claim whose job was killed is taken over once it is old', async () => {
    const described = { table: table.table, keys: DOCUMENTED_KEYS };
    const at = (ms: number) => new Date(Date.parse(NOW) - ms).toISOString();
    const claim = { claimId: 'killed', now: at(CLAIM_MS - 1_000) };
    const news = { release: 'v1.4.0', state: 'x', readAt: at(CLAIM_MS) };
    expect(await claimNews(dynamo.client, described, news, claim)).toEqual({ outcome: 'claimed' });
    expect((await notify()).stdout).toBe('Another job is posting, or has posted, of v1.4.0.\n');
    expect(server.posts).toEqual([]);
    const later = { now: () => new Date(Date.parse(NOW) + 2_000).toISOString() };
    const words = ['notify', 'v1.4.0', ...table.words];
    const ran = await releaseMatrix(words, { RELEASE_MATRIX_WEBHOOK: server.address }, later);
    expect([ran, server.posts.length]).toEqual([POSTED('pass'), 1]);
  });

  test('an older reading does not undo a newer one', async () => {
    await notify();
    await remove('backend#auth-service');
    const older = await notify('--now', '2026-11-20T11:59:59Z');
    expect([older.exitCode, older.stdout]).toEqual([0, 'Another job is posting, or has posted, of v1.4.0.\n']);
  });

  test.each([
    ['asks for patience', [{ status: 429, headers: { 'retry-after': '3' } }], 3_000],
    ['is down for a while', [{ status: 500 }, { status: 503 }], 3_000],
  ])('a webhook that %s is tried again', async (_, answers, atLeastMs) => {
    const busy = await slack(answers);
    let waitedMs = 0;
    const patience = {
      elapsedMs: () => waitedMs,
      random: () => 0.5,
      pause: async (ms: number) => {
        waitedMs += ms;
      },
    };
    const words = ['notify', 'v1.4.0', ...table.words];
    const ran = await releaseMatrix(words, { RELEASE_MATRIX_WEBHOOK: busy.address }, { patience });
    await busy.close();
    expect([ran, busy.posts.length, waitedMs]).toEqual([POSTED('pass'), answers.length + 1, atLeastMs]);
  });

  test.each<[string, { status: number; headers?: Record<string, string>; body?: string }[], number, string]>([
    ['refuses', [{ status: 404, body: 'no_service' }], 2, 'refused the message: 404 no_service\n'],
    ['refuses in words of its own', [{ status: 404, body: 'no_service\u001b[2J' }], 2, 'refused the message: 404\n'],
    [
      'refuses with a page that names its address',
      [{ status: 404, body: `<pre>Cannot POST ${SECRET}</pre>` }],
      2,
      'refused the message: 404\n',
    ],
    [
      'redirects',
      [{ status: 302, headers: { location: 'http://127.0.0.1:1/' }, body: `Found. Go to ${SECRET}/` }],
      2,
      'refused the message: 302\n',
    ],
    [
      'stays down',
      Array.from({ length: 40 }, () => ({ status: 500, body: `POST ${SECRET} failed` })),
      3,
      'could not be posted: 500\n',
    ],
    ['is busy for long', [{ status: 429, headers: { 'retry-after': '3600' } }], 3, 'could not be posted: 429\n'],
  ])('a webhook that %s: nothing is remembered, and the next run posts', async (_, answers, exitCode, words) => {
    const failing = await slack(answers);
    const ran = await releaseMatrix(['notify', 'v1.4.0', ...table.words], { RELEASE_MATRIX_WEBHOOK: failing.address });
    await failing.close();
    expect([ran.exitCode, ran.stdout]).toEqual([exitCode, '']);
    expect(ran.stderr).toContain(words);
    expect(`${ran.stdout}${ran.stderr}`).not.toContain('secret');
    expect(await notify()).toEqual(POSTED('pass'));
  });

  test('a role that may read and not remember: exit 3 before anything is posted, with the policy that fixes it', async () => {
    const webhook = await slack();
    const items = JSON.stringify({ Items: WHOLE.map((item) => wireOf(item)), Count: WHOLE.length });
    const server = await cannedServer(({ operation, input }) => {
      if (operation === 'DescribeTable') return { body: DESCRIBED_TABLE };
      if (operation === 'Scan') return { body: items };
      if (operation === 'GetItem' || operation === 'Query') return { body: JSON.stringify({ Items: [], Count: 0 }) };
      expect([operation, JSON.stringify(input)]).toEqual(['PutItem', expect.stringContaining('release-matrix:notify')]);
      return awsError(
        'AccessDeniedException',
        'User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/ReleaseFragments because no identity-based policy allows it',
      );
    });
    const said = await releaseMatrix(['notify', 'v1.4.0', '--endpoint', server.origin, '--now', NOW], {
      RELEASE_MATRIX_WEBHOOK: webhook.address,
    });
    await server.close();
    await webhook.close();
    expect([said.exitCode, said.stdout, webhook.posts]).toEqual([3, '', []]);
    expect(said.stderr).toContain('is not allowed for arn:aws:sts::111122223333:assumed-role/ci/run.');
    expect(said.stderr).toContain('"RememberWhatWasPosted"');
  });

  test('a webhook that cannot be reached ends with 3, its address unsaid', async () => {
    await server.close();
    expect(await notify()).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: 'The message could not be posted: ECONNREFUSED\n',
    });
    server = await slack();
    const webhook = join(folder, 'webhook');
    writeFileSync(webhook, `${server.address}\n`);
    const ran = await releaseMatrix(['notify', 'v1.4.0', ...table.words, '--webhook-file', webhook]);
    expect([ran, server.posts.length]).toEqual([POSTED('pass'), 1]);
  });

  test('stopped while the webhook hangs it ends with 130, and the next run posts', async () => {
    const stop = new AbortController();
    const hanging = createServer(() => stop.abort('SIGINT'));
    await new Promise<void>((resolve) => hanging.listen(0, '127.0.0.1', resolve));
    const { port } = hanging.address() as AddressInfo;
    const webhook = { RELEASE_MATRIX_WEBHOOK: `http://127.0.0.1:${port}${SECRET}` };
    const ran = await releaseMatrix(['notify', 'v1.4.0', ...table.words], webhook, { stop: stop.signal });
    hanging.closeAllConnections();
    await new Promise((resolve) => hanging.close(resolve));
    expect([ran.exitCode, ran.stdout]).toEqual([130, '']);
    expect(await notify()).toEqual(POSTED('pass'));
  });

  test('of a release without a fragment nothing is posted; an unknown verdict is posted, and ends with 3', async () => {
    const words = [...table.words, '--now', NOW];
    const secret = { RELEASE_MATRIX_WEBHOOK: server.address };
    expect(await releaseMatrix(['notify', 'v9.9.9', ...words], secret)).toEqual({
      exitCode: 3,
      stdout: 'There is no fragment of v9.9.9: nothing is posted.\n',
      stderr: '',
    });
    expect(server.posts).toEqual([]);
    const first = await releaseMatrix(['notify', 'v1.2.0', ...words], secret);
    const posted = 'Posted: v1.2.0 is unknown: nothing says what belongs to it.\n';
    expect([first.exitCode, first.stdout, server.posts.length]).toEqual([3, posted, 1]);
  });
});

test.each<[string, Record<string, string>, string[], string]>([
  ['no webhook', {}, [], 'RELEASE_MATRIX_WEBHOOK: expected the address of a Slack webhook, received nothing.'],
  ['plain http', { RELEASE_MATRIX_WEBHOOK: 'http://evil.example/secret' }, [], 'a value of 26 characters, not shown'],
  ['another scheme', { RELEASE_MATRIX_WEBHOOK: 'ftp://127.0.0.1/secret' }, [], 'not shown'],
  ['a password', { RELEASE_MATRIX_WEBHOOK: 'https://a:secret@hooks.example/x' }, [], 'not shown'],
  ['no address', { RELEASE_MATRIX_WEBHOOK: 'secret' }, [], 'not shown'],
  ['a file that is not there', {}, ['--webhook-file', '/no/such/file'], '/no/such/file cannot be read'],
  ['the address for the file', {}, ['--webhook-file', 'https://hooks.example/secret'], '--webhook-file: expected'],
  ['the address in quotes', { RELEASE_MATRIX_WEBHOOK: '"https://hooks.example/secret"' }, [], 'not shown'],
  ['a file of items', { RELEASE_MATRIX_WEBHOOK: 'https://x.example/' }, ['--from', 'x'], 'only --dry-run takes a file'],
  ['a format', {}, ['--format', 'json'], "unknown option '--format'"],
])('what cannot be used ends with 2: %s', async (_, environment, more, words) => {
  const ran = await releaseMatrix(['notify', 'v1.4.0', '--endpoint', 'http://127.0.0.1:1', ...more], environment);
  expect([ran.exitCode, ran.stdout]).toEqual([2, '']);
  expect(ran.stderr).toContain(words);
  expect(ran.stderr).not.toContain('secret');
});
