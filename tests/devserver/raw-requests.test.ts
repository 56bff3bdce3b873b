import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ROUTES, TOKEN_HEADER } from '../../src/store/local-server.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';
import { makeProject, type Served, serve } from './served.ts';
import { STUB_SESSION, type StsStub, startSts } from './sts-stub.ts';

const PROFILE = 'canary-profile';
const LONG_LIVED = { id: 'AKIACANARY0000000001', secret: 'canary-long-lived-secret' } as const;
const C = ROUTES.credentials;

/** Fills `{P}` with the port, `{T}` with the token and `{T-}` with all of it but the last letter. */
const filled = (text: string, served: Served): string =>
  text
    .replaceAll('{P}', String(served.port))
    .replaceAll('{T}', served.token)
    .replaceAll('{T-}', served.token.slice(0, -1));

const HOST = 'Host: 127.0.0.1:{P}';
const ORIGIN = 'Origin: http://127.0.0.1:{P}';
const BEARER = 'Authorization: Bearer {T}';
const EMPTY = 'Content-Length: 0';
const GOOD = [HOST, ORIGIN, BEARER, EMPTY];
const NAVIGATION = ['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'];

type Row = readonly [name: string, request: string, status: number | readonly number[]];

/** A credential request that is right but for its Host. */
const host = (value: string): Row => [
  `Host ${value}`,
  lines(`POST ${C}`, [`Host: ${value}`, `Origin: http://${value}`, BEARER, EMPTY]),
  421,
];
const origin = (value: string): Row => [
  `Origin ${value}`,
  lines(`POST ${C}`, [HOST, `Origin: ${value}`, BEARER, EMPTY]),
  403,
];
const authorization = (name: string, ...headers: string[]): Row => [
  `token: ${name}`,
  lines(`POST ${C}`, [HOST, ORIGIN, EMPTY, ...headers]),
  401,
];
const added = (status: number, ...headers: string[]): Row => [
  `with ${headers.join(', ')}`,
  lines(`POST ${C}`, [...GOOD, ...headers]),
  status,
];
const target = (value: string, status: number | readonly number[]): Row => [
  `target ${value}`,
  lines(`POST ${value}`, GOOD),
  status,
];
const method = (name: string, status: number): Row => [`method ${name}`, lines(`${name} ${C}`, GOOD), status];
const get = (path: string, headers: readonly string[], status: number): Row => [
  `GET ${path} with ${headers.join(', ')}`,
  lines(`GET ${path}`, headers),
  status,
];

const REFUSED: readonly Row[] = [
  // T1 to T5: rebinding, other names of this machine, look-alikes, no or two Hosts
  ...[
    'evil.com:{P}',
    'evil.com',
    '192.168.1.7:{P}',
    '8.8.8.8:{P}',
    '0.0.0.0:{P}',
    '[::1]:{P}',
    '[::ffff:127.0.0.1]:{P}',
    'localhost:{P}',
    'evil.localhost:{P}',
    'localhost.:{P}',
    '127.1:{P}',
    '2130706433:{P}',
    '0x7f.1:{P}',
    '127.0.0.1.:{P}',
    '127.0.0.1:{P}.evil.com',
    '127.0.0.1:{P}@evil.com',
    'x-extension:evil',
    'file:evil',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1:0{P}',
    '127.0.0.1:{P},127.0.0.1:{P}',
  ].map(host),
  ['Host empty', lines(`POST ${C}`, ['Host:', ORIGIN, BEARER, EMPTY]), 421],
  ['no Host (HTTP/1.0)', `POST ${C} HTTP/1.0\r\n${[ORIGIN, BEARER, EMPTY].join('\r\n')}\r\n\r\n`, 421],
  ['no Host (HTTP/1.1)', lines(`POST ${C}`, [ORIGIN, BEARER, EMPTY]), 400],
  ['two Hosts', lines(`POST ${C}`, [HOST, ...GOOD]), 421],
  ['two Hosts, the second foreign', lines(`POST ${C}`, [HOST, 'Host: evil.com', ORIGIN, BEARER, EMPTY]), 421],
  ...['/', '/index.html', '/deep/link', '/@vite/client', '/src/main.js', '/assets/main.js'].map((path) =>
    get(path, ['Host: evil.com:{P}'], 421),
  ),
  // T6, T37: target forms
  target(`http://evil.com${C}`, 400),
  target(`http://127.0.0.1:{P}${C}`, 400),
  target(`/${C}`, 400),
  target(`/x/..${C}`, 400),
  target(`/%2e%2e${C}`, 400),
  target(`/.${C}`, 400),
  target(`\\${C.slice(1)}`, 400),
  target(`${C}%2f`, 404),
  target(`${C}%00`, 400),
  target(`${C}#x`, 400),
  target(`${C};x`, 404),
  target(`${C}?x`, 404),
  target(`${C}?profile=prod`, 404),
  target(`${C}/`, 404),
  target(C.toUpperCase(), 404),
  target(C.replace('credentials', '%63redentials'), 404),
  target('*', 404), // Connect hands it to no middleware at all, neither the guard nor Vite's
  target('/', 405),
  target('/src/main.js', 405),
  // T7 to T9: origins
  ...[
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://localhost:{P}',
    'http://evil.localhost:{P}',
    'https://localhost',
    'https://127.0.0.1:{P}',
    'http://127.0.0.1',
    'null',
    'chrome-extension://abcdefghijklmnop',
    'file://',
    'http://127.0.0.1:{P}/',
    'HTTP://127.0.0.1:{P}',
    'http://127.0.0.1:{P} http://evil.com',
    'http://127.0.0.1:{P}, http://127.0.0.1:{P}',
    'http://127.0.0.1:{P}.evil.com',
    'http://user@127.0.0.1:{P}',
    '',
  ].map(origin),
  ['no Origin', lines(`POST ${C}`, [HOST, BEARER, EMPTY]), 403],
  ['two Origins', lines(`POST ${C}`, [...GOOD, 'Origin: http://evil.com']), 403],
  ['the same Origin twice', lines(`POST ${C}`, [...GOOD, ORIGIN]), 403],
  [
    'preflight of another app',
    lines(`OPTIONS ${C}`, [HOST, 'Origin: http://localhost:3000', 'Access-Control-Request-Method: POST']),
    405,
  ],
  // T11 to T13, T15: what browsers send for tags, forms, frames
  added(403, 'Sec-Fetch-Site: cross-site'),
  added(403, 'Sec-Fetch-Site: same-site'),
  added(403, 'Sec-Fetch-Site: none', 'Sec-Fetch-Dest: empty'),
  added(403, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: same-origin'),
  added(403, 'Sec-Fetch-Site: none'),
  added(403, 'Sec-Fetch-Mode: no-cors'),
  added(403, 'Sec-Fetch-Dest: script'),
  added(403, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'),
  get('/', [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'], 403),
  get('/', [HOST, 'Sec-Fetch-Site: none', 'Sec-Fetch-Dest: script'], 403),
  get('/@vite/client', [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script'], 403),
  get('/src/main.js', [HOST, 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: script'], 403),
  // T16: tokens
  authorization('none'),
  authorization('empty', 'Authorization:'),
  authorization('scheme only', 'Authorization: Bearer'),
  authorization('wrong', `Authorization: Bearer ${'A'.repeat(43)}`),
  authorization('prefix', 'Authorization: Bearer {T-}'),
  authorization('last letter wrong', 'Authorization: Bearer {T-}!'),
  authorization('suffix', 'Authorization: Bearer {T}x'),
  authorization('lower-case scheme', 'Authorization: bearer {T}'),
  authorization('Basic', 'Authorization: Basic {T}'),
  authorization('two spaces', 'Authorization: Bearer  {T}'),
  authorization('twice in a line', 'Authorization: Bearer {T}, Bearer {T}'),
  authorization('two lines', BEARER, BEARER),
  authorization('7,000 letters', `Authorization: Bearer ${'a'.repeat(7000)}`),
  authorization('not ASCII', 'Authorization: Bearer tökén'),
  authorization('in a cookie', 'Cookie: token={T}'),
  authorization('in the other header', `${TOKEN_HEADER}: {T}`),
  // T19: methods
  ...(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'] as const).map((name) =>
    method(name, 405),
  ),
  added(405, 'X-HTTP-Method-Override: PUT'),
  // T20, T37: bodies
  ['a body', lines(`POST ${C}`, [HOST, ORIGIN, BEARER, 'Content-Length: 2'], '{}'), 413],
  [
    'a body naming a profile',
    lines(`POST ${C}`, [HOST, ORIGIN, BEARER, 'Content-Length: 18'], '{"profile":"prod"}'),
    413,
  ],
  ['1 MB of body', lines(`POST ${C}`, [HOST, ORIGIN, BEARER, 'Content-Length: 1000000'], 'x'.repeat(1_000_000)), 413],
  [
    'a chunked body',
    lines(`POST ${C}`, [HOST, ORIGIN, BEARER, 'Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n'),
    413,
  ],
  ['length and chunks', lines(`POST ${C}`, [...GOOD, 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 400],
  // T21: tunnels and proxies
  added(403, 'X-Forwarded-For: 10.0.0.1'),
  added(403, 'X-Forwarded-Host: evil.com'),
  added(403, 'x-forwarded-anything: 1'),
  added(403, 'Forwarded: for=10.0.0.1'),
  added(403, 'Via: 1.1 proxy'),
  ['header lines beyond those Node keeps', lines(`POST ${C}`, [...GOOD, ...Array(70).fill('X-Pad: 1'), 'Via: x']), 431],
  // T25: service workers
  get('/sw.js', [HOST, 'Service-Worker: script'], 403),
  added(403, 'Service-Worker: script'),
  // T28: programs started from a request
  get('/__open-in-editor?file=/etc/passwd', [HOST], 403),
  get('/__OPEN-IN-EDITOR?file=/etc/passwd', [HOST, 'Sec-Fetch-Site: same-origin'], 403),
  // T29: the table's route is not there while the page calls AWS itself
  [
    'the other route',
    lines(`POST ${ROUTES.dynamodb}`, [HOST, ORIGIN, `${TOKEN_HEADER}: {T}`, 'Content-Length: 2'], '{}'),
    404,
  ],
];

/** Files that a development server might read out (T27). None may come, whatever the status. */
const FILES = [
  '/.env',
  '/.env?raw',
  '/.env?import&raw',
  '/.env?import&raw??',
  '/.env.local?url&raw',
  '/.env::$DATA?raw',
  '/.ENV?raw',
  '/%2eenv?raw',
  '/.aws/credentials',
  '/.aws/credentials?raw',
  '/.git/config?import&raw',
  '/src/server.pem?raw',
  '/src/server.pem?import&url',
  '/src/store.sqlite?raw',
  '/package.json',
  '/package.json?raw',
  '/package.json?import',
  '/notes.txt',
  '/notes.txt?raw',
  '/notes.txt?import&raw',
  '/src/../notes.txt?raw',
  '/src/%2e%2e/notes.txt?raw',
  '/src/..%2fnotes.txt?raw',
  '/@fs{ROOT}/.env',
  '/@fs{ROOT}/.env?raw??',
  '/@fs{ROOT}/.aws/credentials?import&raw',
  '/@fs{ROOT}/notes.txt?raw',
  '/@fs{ROOT}/src/../notes.txt?raw',
  '/@fs/etc/passwd',
  '/@fs/etc/passwd?raw??',
  '/@fs/etc/passwd?import&raw',
  '/@fs//etc/passwd?raw',
  '/@id/{ROOT}/notes.txt?raw',
  '/@id/__x00__{ROOT}/.env?raw',
  '/node_modules/../notes.txt?raw',
  '/node_modules/.vite/deps/../../../notes.txt.map',
  '/../notes.txt.map',
] as const;
const MARKS = ['canary', 'root:x:0', STUB_SESSION.id, STUB_SESSION.secret, STUB_SESSION.token];

describe.each(['dev', 'preview'] as const)('raw requests, %s', (serving) => {
  const project = makeProject();
  let sts: StsStub;
  let served: Served;

  beforeAll(async () => {
    sts = await startSts();
    const config = join(project.root, 'aws-config');
    writeFileSync(
      config,
      `[profile ${PROFILE}]\naws_access_key_id = ${LONG_LIVED.id}\naws_secret_access_key = ${LONG_LIVED.secret}\n`,
    );
    const env = {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: join(project.root, 'none'),
      AWS_ENDPOINT_URL_STS: sts.endpoint,
      AWS_PROFILE: PROFILE,
      AWS_REGION: 'eu-central-1',
    };
    Object.assign(process.env, env);
    served = await serve(serving, project.root, env);
  });
  afterAll(async () => {
    await served.close();
    await sts.close();
    project.remove();
  });

  const send = (request: string): Promise<RawAnswer> => sendRaw(served.port, filled(request, served));

  /** What holds for every answer, whatever its status. */
  const expectClean = (answer: RawAnswer): void => {
    for (const mark of [...MARKS, PROFILE, LONG_LIVED.id, LONG_LIVED.secret, served.token]) {
      expect(answer.text).not.toContain(mark);
    }
    expect([...answer.headers.keys()].filter((name) => /^access-control-|^set-cookie/.test(name))).toEqual([]);
  };

  describe('refused', () => {
    beforeEach(() => {
      sts.calls.length = 0;
    });
    test.each(REFUSED)('%s', async (_, request, status) => {
      const answer = await send(request);
      expect(answer.status).toBe(status);
      expectClean(answer);
      expect(sts.calls).toEqual([]);
    });
  });

  test.each(FILES)('does not read out %s', async (path) => {
    const answer = await send(lines(`GET ${path.replace('{ROOT}', project.root)}`, [HOST]));
    expect([400, 403, 404]).toContain(answer.status);
    expectClean(answer);
  });

  test.each(serving === 'dev' ? ['/src/main.js', '/src/main.js?raw'] : ['/assets/main.js'])(
    'reads out %s, which belongs to the page',
    async (path) => {
      const answer = await send(lines(`GET ${path}`, [HOST, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Dest: script']));
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('started');
      expectClean(answer);
    },
  );

  test('gives the page a credential, narrowed by AWS', async () => {
    sts.calls.length = 0;
    const answer = await send(
      lines(`POST ${C}`, [...GOOD, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty']),
    );
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toEqual({
      AccessKeyId: STUB_SESSION.id,
      SecretAccessKey: STUB_SESSION.secret,
      Token: STUB_SESSION.token,
      Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      ExpiresInMs: expect.any(Number),
      ServerTime: expect.stringMatching(/Z$/),
      Profile: PROFILE,
      Scope: 'session',
    });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(sts.calls.map(({ action }) => action)).toEqual(['GetCallerIdentity', 'GetFederationToken']);
  });

  test('a flood costs one exchange, and is cut off at sixty a minute', async () => {
    sts.calls.length = 0;
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(lines(`POST ${C}`, GOOD))));
    const limited = answers.filter(({ status }) => status === 429);
    // The test before took one of the sixty.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(59);
    expect(limited).toHaveLength(41);
    expect(Number(limited[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(sts.calls).toEqual([]);
  });

  test.each([
    ['/', [HOST]],
    ['/index.html', [HOST]],
    ['/?view=matrix', [HOST]],
    ['/', [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION]],
    ['/', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION]],
    ['/deep/link', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION]],
    ['/src/main.js', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION]],
  ] as const)('serves the page for %s with %j', async (path, headers) => {
    const { status, body, headers: answered } = await send(lines(`GET ${path}`, headers));
    expect(status).toBe(200);
    expect(body).toContain('<title>Scratch</title>');
    expect(body).toContain(served.token);
    expect(body).not.toContain('__CSP_NONCE__');
    expect(answered.get('cache-control')).toBe('no-store');
    expect(answered.get('content-security-policy')).toContain("default-src 'none'");
    expect(answered.get('content-security-policy')).toContain('https://dynamodb.eu-central-1.amazonaws.com');
    expect(answered.get('referrer-policy')).toBe('no-referrer');
    expect([...answered.keys()].filter((name) => /^access-control-|^set-cookie/.test(name))).toEqual([]);
  });

  test('HEAD of the page has its headers and no body', async () => {
    const answer = await send(lines('HEAD /', [HOST]));
    expect([answer.status, answer.body, answer.headers.get('cache-control')]).toEqual([200, '', 'no-store']);
  });

  test.each([
    ['/', [], 308, '/'],
    ['/?a=b', NAVIGATION, 308, '/?a=b'],
    ['/', ['Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty'], 421, null],
    ['//evil.com', [], 421, null],
    ['/', ['X-Forwarded-For: 1.1.1.1'], 421, null],
    ['/', ['Origin: http://localhost:{P}'], 421, null],
  ] as const)('localhost: %s with %j → %i', async (path, headers, status, location) => {
    const answer = await send(lines(`GET ${path}`, ['Host: localhost:{P}', ...headers]));
    expect(answer.status).toBe(status);
    expect(answer.headers.get('location')).toBe(
      location === null ? undefined : `http://127.0.0.1:${served.port}${location}`,
    );
    expectClean(answer);
  });

  test('guards the upgrade to a WebSocket', async () => {
    const upgrade = (...headers: string[]): Promise<RawAnswer> =>
      send(
        [
          'GET / HTTP/1.1',
          'Connection: Upgrade',
          'Upgrade: websocket',
          'Sec-WebSocket-Version: 13',
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
          'Sec-WebSocket-Protocol: vite-hmr',
          ...headers,
          '',
          '',
        ].join('\r\n'),
      );
    const statuses = await Promise.all(
      [
        [HOST, 'Origin: http://evil.com'],
        [HOST, 'Origin: http://localhost:{P}'],
        ['Host: evil.com:{P}', 'Origin: http://evil.com:{P}'],
        ['Host: localhost:{P}', 'Origin: http://localhost:{P}'],
        [HOST, ORIGIN, 'Via: x'],
      ].map(async (headers) => (await upgrade(...headers)).status),
    );
    expect(statuses).toEqual([403, 403, 421, 421, 403]);
    // In preview nothing upgrades; the request is then an ordinary one for the page.
    if (serving === 'dev') expect((await upgrade(HOST)).status).toBe(403);
  });
});
