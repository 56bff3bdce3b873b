import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type NamedStart,
  NONCE_HEADER,
  PAGE_START_ID,
  ROUTES,
  type TokenedStart,
} from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { ALL_CHECKS } from '../../src/devserver/checks.ts';
import { installMiddleware, type MiddlewareOptions } from '../../src/devserver/middleware.ts';
import { answerProof, newNonce, proofOf, unsealed } from '../proofs.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';

// Guard, routes and page in front of something that stands for Vite: what comes to it, and what does not.

const START: NamedStart = {
  name: 'Releases',
  source: { kind: 'aws', profile: 'x', endpoint: 'https://dynamodb.eu-central-1.amazonaws.com' },
  table: 'Releases',
  region: 'eu-central-1',
  keyNames: null,
  policy: null,
  pollIntervalMs: 5000,
  readUnitsPerHour: null,
};
const EMBEDDED: NamedStart = { ...START, source: { kind: 'embedded', data: 'demo', simulatedCi: false } };
const SECRET = Buffer.alloc(32, 7).toString('base64url');
const HTML = '<html><head><script>1</script></head><body>page</body></html>';

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

type Handle = (request: IncomingMessage, response: ServerResponse, next: () => void) => void;

/** Starts a front; what it passes on is answered with `vite`. */
async function open(options: Partial<MiddlewareOptions> = {}) {
  const log: string[] = [];
  const passedOn: string[] = [];
  const stack: { route: string; handle: Handle }[] = [];
  const made = createServer((request, response) => {
    const run = (index: number): void => {
      const layer = stack[index];
      if (layer === undefined) {
        passedOn.push(request.url ?? '');
        response.end('vite');
      } else layer.handle(request, response, () => run(index + 1));
    };
    run(0);
  });
  server = made;
  // Connect's type has much more; only the stack is used.
  const middlewares = Object.assign(() => undefined, { stack }) as unknown as MiddlewareOptions['middlewares'];
  const front = installMiddleware({
    serving: 'preview',
    middlewares,
    server: made,
    readHtml: async () => HTML,
    start: START,
    secret: SECRET,
    sharedMachine: null,
    credentials: null,
    signIn: null,
    others: [],
    demo: null,
    port: null,
    context: { checks: ALL_CHECKS, now: () => 0, log: (line) => log.push(line) },
    ...options,
  });
  await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
  const { port } = made.address() as AddressInfo;
  const ask = (first: string, headers: readonly string[] = [], body = '') =>
    sendRaw(port, lines(first, [`Host: 127.0.0.1:${port}`, ...headers], body));
  const own = [`Origin: http://127.0.0.1:${port}`];
  return { ask, front, stack, log, port, own, passedOn };
}

const startIn = (page: string): TokenedStart =>
  JSON.parse(new RegExp(`id="${PAGE_START_ID}">(.*?)</script>`).exec(page)?.[1] ?? '');
const VALUE = /^[\w-]{43}$/;

describe('the page', () => {
  test('is sent with its start, token, secret and policy, and no cache keeps it', async () => {
    const { ask } = await open();
    const answer = await ask('GET /');
    expect(answer.status).toBe(200);
    const given = { others: [], chosen: null, token: expect.stringMatching(VALUE), secret: SECRET, ticket: null };
    expect(startIn(answer.body)).toEqual({ ...START, ...given });
    expect(answer.body).toContain('<body>page</body>');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'text/html; charset=utf-8',
      'content-length': String(answer.body.length),
    });
    const policy = answer.headers.get('content-security-policy');
    expect(policy).toContain("connect-src 'self' https://dynamodb.eu-central-1.amazonaws.com;");
    expect(policy).toContain("script-src 'self';");
  });

  test('of more tables is told each, and allowed to call each', async () => {
    const china: NamedStart = {
      ...START,
      name: 'china',
      source: { kind: 'aws', profile: 'y', endpoint: 'https://dynamodb.cn-north-1.amazonaws.com.cn' },
    };
    const others = [china, { ...EMBEDDED, name: 'demo' }].map((start) => ({
      start,
      credentials: null,
      signIn: null,
      port: null,
    }));
    const { ask } = await open({ others });
    const answer = await ask('GET /t/china');
    expect(startIn(answer.body)).toMatchObject({ name: 'Releases', others: [china, { name: 'demo' }], chosen: null });
    expect(answer.headers.get('content-security-policy')).toContain(
      "connect-src 'self' https://dynamodb.eu-central-1.amazonaws.com https://dynamodb.cn-north-1.amazonaws.com.cn;",
    );
  });

  test('of a table behind the server is allowed to call nothing else', async () => {
    const { ask } = await open({ start: EMBEDDED });
    expect((await ask('GET /')).headers.get('content-security-policy')).toContain("connect-src 'self';");
  });

  test('in dev allows what stands in it, and its styles by a nonce of this answer', async () => {
    const { ask } = await open({ serving: 'dev' });
    const [one, two] = [await ask('GET /'), await ask('GET /')].map(
      ({ headers }) => headers.get('content-security-policy') ?? '',
    );
    const own = /script-src 'self' 'sha256-[\w+/=]+'; style-src 'self' 'nonce-[\w-]{24}'/;
    expect([one, two]).toEqual([expect.stringMatching(own), expect.stringMatching(own)]);
    expect(one).not.toBe(two);
  });

  test('is not in the answer to HEAD', async () => {
    const { ask } = await open();
    const answer = await ask('HEAD /');
    expect([answer.status, answer.body]).toEqual([200, '']);
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(HTML.length);
  });

  test('that cannot be read is told without a word of why, which the terminal says', async () => {
    const { ask, log } = await open({ readHtml: () => Promise.reject(new Error('ENOENT /home/me/index.html')) });
    const answer = await ask('GET /');
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      500,
      { Code: 'Internal', Message: 'The local server failed; its terminal says why.' },
    ]);
    expect(log).toEqual(['The page could not be served: ENOENT /home/me/index.html']);
  });
});

describe('where others use this machine', () => {
  async function opened() {
    const used: string[] = [];
    const { ask, front, own } = await open({ sharedMachine: { onCodeUsed: () => used.push('used') } });
    const start = (authorization: string) => ask(`POST ${ROUTES.start}`, [...own, `Authorization: ${authorization}`]);
    return { ask, front, own, start, used };
  }

  test('the page holds nothing; a code gets its start, once, and is then told as used', async () => {
    const { ask, front, start, used } = await opened();
    expect(startIn((await ask('GET /')).body)).toBeNull();
    const code = front.issueCode();
    expect(code).toMatch(/^[\w-]{32}$/);
    expect([(await start('Code wrong')).status, used]).toEqual([401, []]);
    expect(JSON.parse((await start(`Code ${code}`)).body)).toEqual({
      ...START,
      others: [],
      chosen: null,
      token: expect.stringMatching(VALUE),
      secret: SECRET,
      ticket: expect.stringMatching(VALUE),
    });
    expect([(await start(`Code ${code}`)).status, used]).toEqual([401, ['used']]);
  });

  test('the ticket of the start gets it again, as often as a tab is reloaded; the token, the secret and a code do not', async () => {
    const { front, start, used } = await opened();
    const code = front.issueCode();
    const given: TokenedStart = JSON.parse((await start(`Code ${code}`)).body);
    expect(given.ticket).not.toBe(given.token);
    for (let reload = 0; reload < 2; reload++) {
      expect(JSON.parse((await start(`Ticket ${given.ticket}`)).body)).toEqual(given);
    }
    for (const other of [given.token, given.secret, code]) {
      expect((await start(`Ticket ${other}`)).status).toBe(401);
    }
    expect(used).toEqual(['used']);
  });

  test('who answers brings the ticket, for those alone who know the secret', async () => {
    const { ask, front, own, start } = await opened();
    const nonce = newNonce();
    const port = Number(own[0]?.split(':').at(-1));
    const { sealed } = JSON.parse((await ask(`POST ${ROUTES.identity}`, [...own, `${NONCE_HEADER}: ${nonce}`])).body);
    const { ticket } = JSON.parse((await start(`Code ${front.issueCode()}`)).body);
    expect(unsealed(SECRET, port, nonce, sealed)).toEqual({ ticket });
    expect(() => unsealed('A'.repeat(43), port, nonce, sealed)).toThrow();
  });
});

describe('where nobody else uses this machine', () => {
  test('the start has no route, whatever code is shown', async () => {
    const { ask, front, own } = await open();
    const redeem = ask(`POST ${ROUTES.start}`, [...own, `Authorization: Code ${front.issueCode()}`]);
    expect((await redeem).status).toBe(404);
  });

  test('who answers brings no ticket', async () => {
    const { ask, own, port } = await open();
    const nonce = newNonce();
    const { sealed } = JSON.parse((await ask(`POST ${ROUTES.identity}`, [...own, `${NONCE_HEADER}: ${nonce}`])).body);
    expect(unsealed(SECRET, port, nonce, sealed)).toEqual({ ticket: null });
  });
});

describe('a request that is proved by the token in the page', () => {
  const SCAN = 'DynamoDB_20120810.Scan';
  const BODY = '{"TableName":"Releases"}';
  const table = {
    handle: async () => ({ status: 200, headers: {}, body: Buffer.from('{"Items":[]}') }),
    close: async () => undefined,
  };

  /** A call as the page sends it. @returns the answer, and whether it proves to be of whoever has the token */
  async function call(
    front: Awaited<ReturnType<typeof open>>,
    { more = [] as readonly string[], path = ROUTES.dynamodb as string, token = '' } = {},
  ) {
    if (token === '') token = startIn((await front.ask('GET /')).body).token;
    const proof = proofOf({ key: token, path, action: SCAN, body: BODY });
    const heads = [
      ...front.own,
      `${PROOF_HEADER}: ${proof}`,
      `X-Amz-Target: ${SCAN}`,
      `Content-Length: ${BODY.length}`,
    ];
    const send = () => front.ask(`POST ${path}`, [...heads, ...more], BODY);
    const isProven = ({ status, headers, body }: RawAnswer) =>
      headers.get(PROOF_HEADER) === answerProof(token, proof, status, body);
    return { send, isProven };
  }

  test('is answered once, and what answers it proves the same, its refusal, too', async () => {
    const { send, isProven } = await call(await open({ start: EMBEDDED, port: table }));
    const [first, again] = [await send(), await send()];
    expect([first.status, first.body, isProven(first)]).toEqual([200, '{"Items":[]}', true]);
    expect([again.status, isProven(again)]).toEqual([401, true]);
  });

  test.each([
    ['that the guard refuses', ['Via: 1.1 x'], ROUTES.dynamodb, 403],
    ['that the route refuses', ['Sec-Fetch-Mode: navigate'], ROUTES.dynamodb, 403],
    ['that is for no route of ours', [], '/x', 405],
  ])('gets a proof of its refusal, so that the page believes it: one %s', async (_, more, path, status) => {
    const { send, isProven } = await call(await open({ start: EMBEDDED, port: table }), { more, path });
    const answer = await send();
    expect([answer.status, isProven(answer)]).toEqual([status, true]);
  });

  test('finds no route where no table is behind the server', async () => {
    const { send } = await call(await open());
    expect((await send()).status).toBe(404);
  });

  test('is good for the run of its token alone', async () => {
    const first = await open({ start: EMBEDDED, port: table });
    const { token } = startIn((await first.ask('GET /')).body);
    server?.closeAllConnections();
    server?.close();
    const second = await open({ start: EMBEDDED, port: table });
    expect((await (await call(second, { token })).send()).status).toBe(401);
    expect((await (await call(second)).send()).status).toBe(200);
  });
});

describe('what is passed on', () => {
  test('is what the guard lets in and is neither ours nor the page', async () => {
    const { ask } = await open();
    const answers = [await ask('GET /src/main.ts'), await ask('HEAD /src/main.ts')];
    expect(answers.map(({ status, body }) => [status, body])).toEqual([
      [200, 'vite'],
      [200, ''],
    ]);
  });

  test.each([
    ['by POST', 'POST /src/main.ts', [], 405, 'GET, HEAD'],
    ['by PUT', 'PUT /', [], 405, 'GET, HEAD, POST'],
    ['through a proxy', 'GET /src/main.ts', ['Via: 1.1 x'], 403, undefined],
    ['below our own prefix', 'GET /__release-matrix/x', [], 404, undefined],
  ])('is nothing that comes %s', async (_, first, headers, status, allow) => {
    const { ask, passedOn } = await open();
    const answer = await ask(first, headers);
    expect([answer.status, answer.body, answer.headers.get('allow')]).toEqual([
      status,
      '{"Code":"Refused","Message":"refused"}',
      allow,
    ]);
    expect(passedOn).toEqual([]);
  });
});

describe('what is told in the terminal', () => {
  test('is each reason once, twenty at most', async () => {
    const { ask, log } = await open();
    await ask('PUT /');
    await ask('PUT /');
    expect(log).toEqual(['Refused a request: method PUT, or a header that overrides it.']);
    for (let index = 0; index < 25; index++) await ask('GET /', [`X-Forwarded-${index}: x`]);
    expect(log).toHaveLength(20);
    expect(new Set(log).size).toBe(20);
  });

  test('is the refusal of an upgrade, too', async () => {
    const { port, log } = await open();
    // Node takes no upgrade where nobody listens for one.
    server?.on('upgrade', () => expect.unreachable());
    const upgrade = ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: Upgrade', 'Upgrade: websocket', '', ''];
    expect((await sendRaw(port, upgrade.join('\r\n'))).status).toBe(403);
    expect(log).toEqual(['Refused a request: Origin is missing or is not given exactly once.']);
  });
});

describe('a table that cannot be reached', () => {
  const port = { handle: () => Promise.reject(new Error('secret')), close: async () => undefined };
  test.each([
    [EMBEDDED, 'The embedded table does not answer.'],
    [
      { ...START, source: { kind: 'loopback', endpoint: 'http://127.0.0.1:8000', keyId: 'k' } } as const,
      'http://127.0.0.1:8000 does not answer. Is the emulator running?',
    ],
  ])('is named', async (start, message) => {
    const { ask, own } = await open({ start, port });
    const { token } = startIn((await ask('GET /')).body);
    const body = '{"TableName":"Releases"}';
    const action = 'DynamoDB_20120810.Scan';
    const proof = proofOf({ key: token, path: ROUTES.dynamodb, action, body });
    const headers = [...own, `${PROOF_HEADER}: ${proof}`, `X-Amz-Target: ${action}`];
    const answer = await ask(`POST ${ROUTES.dynamodb}`, [...headers, `Content-Length: ${body.length}`], body);
    expect(JSON.parse(answer.body)).toEqual({ Code: 'EndpointUnreachable', Message: message });
  });
});

describe('the guard', () => {
  test('stands first, then the routes and the page', async () => {
    const { front, stack } = await open();
    expect(stack.map(({ route }) => route)).toEqual(['', '']);
    expect(front.assertFirst).not.toThrow();
    stack.unshift({ route: '', handle: (_request, response) => response.end('other') });
    expect(front.assertFirst).toThrow('The guard must be the first middleware of the local server');
  });

  test('that is not first when the server listens ends the start', async () => {
    const { stack } = await open();
    stack.reverse();
    expect(() => server?.emit('listening')).toThrow('must be the first middleware');
  });

  test('holds no connection longer than ten seconds for a head', async () => {
    await open();
    expect([server?.headersTimeout, server?.requestTimeout]).toEqual([10_000, 15_000]);
  });
});
