import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DemoAsk } from '../../src/contract/demo.ts';
import { NONCE_HEADER, REFUSED_HEADER, ROUTES, type TokenedStart } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import type { SignInAsk, SignInState } from '../../src/contract/sign-in.ts';
import { ALL_CHECKS } from '../../src/devserver/checks.ts';
import { identity } from '../../src/devserver/guard/identity.ts';
import { oneTimeCodes } from '../../src/devserver/guard/one-time-code.ts';
import { proofKeeper } from '../../src/devserver/guard/proof-check.ts';
import { createRunSecret } from '../../src/devserver/guard/run-secret.ts';
import { ownRoutes, type RouteOptions, type TableRoutes } from '../../src/devserver/routes.ts';
import type { TableAnswer } from '../../src/devserver/table/table-port.ts';
import { MAX_CODE_MS } from '../../src/limits/limits.ts';
import { newNonce, proofOf, type SignedParts, unsealed } from '../proofs.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';

// Our routes without guard and Vite, on a plain server: what they pass on, what they answer, and what they refuse.

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function start(options: Partial<RouteOptions>): Promise<number> {
  const routes = ownRoutes({
    checks: ALL_CHECKS,
    proofs: proofKeeper(TOKEN),
    identify: identity(SECRET, { ticket: 'the-ticket' }),
    locked: null,
    credentials: null,
    signIn: null,
    others: new Map(),
    demo: null,
    table: null,
    log: () => undefined,
    now: () => 0,
    delay: async () => undefined,
    ...options,
  });
  const made = createServer(async (request, response) => {
    if (!(await routes(request, response))) response.end('not ours');
  });
  server = made;
  await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
  return (made.address() as AddressInfo).port;
}

const TOKEN = 'the-token';
const SECRET = Buffer.alloc(32, 7).toString('base64url');
const proof = (path: string, more: Partial<SignedParts> = {}) =>
  `${PROOF_HEADER}: ${proofOf({ key: TOKEN, path, ...more })}`;
const post = (port: number, route: string, headers: readonly string[], body = '') =>
  lines(
    `POST ${route}`,
    [`Host: 127.0.0.1:${port}`, `Origin: http://127.0.0.1:${port}`, `Content-Length: ${body.length}`, ...headers],
    body,
  );
const said = ({ status, body }: RawAnswer) => [status, JSON.parse(body)];
const REFUSED = { Code: 'Refused', Message: 'refused' };

test.each([
  ['/', 'not ours'],
  ['/x/__release-matrix/credentials', 'not ours'],
  ['/__RELEASE-MATRIX/credentials', 404],
  ['/__release-matrix', 404],
  ['/__release-matrix/credentials?profile=x', 404],
  ['/__release-matrix/credentials/', 404],
  ['/__release%2Dmatrix/x', 404],
  ['/__release-matrix/%', 404],
  ['/%', 'not ours'],
])('%s is %s', async (target, outcome) => {
  const port = await start({});
  const answer = await sendRaw(port, post(port, target, [proof(target)]));
  if (outcome === 'not ours') expect([answer.status, answer.body]).toEqual([200, 'not ours']);
  else expect(said(answer)).toEqual([outcome, REFUSED]);
});

test.each([
  [ROUTES.credentials, proof(ROUTES.credentials)],
  [ROUTES.dynamodb, proof(ROUTES.dynamodb)],
  [ROUTES.signIn, proof(ROUTES.signIn)],
  [ROUTES.demo, proof(ROUTES.demo)],
  [ROUTES.start, 'Authorization: Ticket x'],
])('%s is not there where nothing is behind it', async (route, header) => {
  const port = await start({});
  expect(said(await sendRaw(port, post(port, route, [header])))).toEqual([404, REFUSED]);
});

test('a method that is not taken is told the one that is', async () => {
  const port = await start({});
  const answer = await sendRaw(port, lines(`GET ${ROUTES.credentials}`, [`Host: 127.0.0.1:${port}`]));
  expect([...said(answer), answer.headers.get('allow')]).toEqual([405, REFUSED, 'POST']);
});

describe('credentials', () => {
  const given = { AccessKeyId: 'a' } as unknown as Awaited<ReturnType<NonNullable<RouteOptions['credentials']>>>;

  test.each([
    ['as they are', [], false],
    ['others, where AWS has refused them', [`${REFUSED_HEADER}: 1`], true],
  ])('are handed out %s', async (_, headers, refused) => {
    const asked: (boolean | undefined)[] = [];
    const port = await start({
      credentials: async (isRefused) => {
        asked.push(isRefused);
        return given;
      },
    });
    const answer = await sendRaw(
      port,
      post(port, ROUTES.credentials, [proof(ROUTES.credentials, { refused }), ...headers]),
    );
    expect([said(answer), asked]).toEqual([[200, given], [refused]]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('are told to be asked for later, with a status and words for both', async () => {
    const port = await start({
      credentials: async () => given,
      checks: { ...ALL_CHECKS, credentials: { late: () => ({ status: 429, reason: 'x', retryAfterSeconds: 7 }) } },
    });
    const answer = await sendRaw(port, post(port, ROUTES.credentials, [proof(ROUTES.credentials)]));
    expect(said(answer)).toEqual([429, { Code: 'RateLimited', Message: 'Asked too often; ask again in 7 s.' }]);
    expect(answer.headers.get('retry-after')).toBe('7');
  });
});

describe('tables that are named besides', () => {
  const credentialsOf = (name: string) => async () =>
    ({ AccessKeyId: name }) as unknown as Awaited<ReturnType<NonNullable<RouteOptions['credentials']>>>;
  const portOf = (name: string) => ({
    handle: async () => ({ status: 200, headers: {}, body: Buffer.from(JSON.stringify(name)) }),
    close: async () => undefined,
  });
  const deskOf = (name: string) => ({
    ask: async () => ({ number: 0, step: 'failed', message: name, fix: null }) as const,
    end: () => undefined,
  });
  const routesOf = (name: string) => ({
    credentials: credentialsOf(name),
    signIn: deskOf(name),
    table: { port: portOf(name), name, unreachable: '' },
  });
  const open = () =>
    start({
      ...routesOf('first'),
      others: new Map<string, TableRoutes>([
        ['prod', routesOf('prod')],
        ['bare', { credentials: null, signIn: null, table: null }],
      ]),
    });
  const ACTION = 'DynamoDB_20120810.Scan';
  const asks = {
    credentials: (port: number, path: string) => post(port, path, [proof(path)]),
    signIn: (port: number, path: string) =>
      post(port, path, [proof(path, { body: '{"do":"start"}' })], '{"do":"start"}'),
    dynamodb(port: number, path: string, table = 'prod') {
      const body = JSON.stringify({ TableName: table });
      return post(port, path, [`X-Amz-Target: ${ACTION}`, proof(path, { action: ACTION, body })], body);
    },
  };

  test('are reached behind their names, each with what is its own', async () => {
    const port = await open();
    const of = async (request: string) => said(await sendRaw(port, request));
    expect(await of(asks.credentials(port, ROUTES.credentials))).toEqual([200, { AccessKeyId: 'first' }]);
    expect(await of(asks.credentials(port, `${ROUTES.credentials}/prod`))).toEqual([200, { AccessKeyId: 'prod' }]);
    expect(await of(asks.signIn(port, `${ROUTES.signIn}/prod`))).toMatchObject([200, { message: 'prod' }]);
    expect(await of(asks.dynamodb(port, `${ROUTES.dynamodb}/prod`))).toEqual([200, 'prod']);
    expect(await of(asks.dynamodb(port, ROUTES.dynamodb, 'first'))).toEqual([200, 'first']);
    const message = 'Only reading calls on the table prod pass here.';
    const other = asks.dynamodb(port, `${ROUTES.dynamodb}/prod`, 'first');
    expect(await of(other)).toEqual([400, { Code: 'NotAllowed', Message: message }]);
  });

  test.each(['none', 'first', 'PROD', 'prod/', 'prod/x', 'pro%64', '..', 'constructor', ''])(
    'are not there by another name: %s',
    async (name) => {
      const port = await open();
      for (const route of ['credentials', 'signIn', 'dynamodb'] as const) {
        expect(said(await sendRaw(port, asks[route](port, `${ROUTES[route]}/${name}`)))).toEqual([404, REFUSED]);
      }
    },
  );

  test('have no routes but those that they need', async () => {
    const port = await open();
    for (const route of ['credentials', 'signIn', 'dynamodb'] as const) {
      expect(said(await sendRaw(port, asks[route](port, `${ROUTES[route]}/bare`)))).toEqual([404, REFUSED]);
    }
  });

  test('are reached by a proof of their own address alone', async () => {
    const port = await open();
    const path = `${ROUTES.credentials}/prod`;
    expect(said(await sendRaw(port, post(port, path, [proof(ROUTES.credentials)])))).toEqual([401, REFUSED]);
    expect(said(await sendRaw(port, post(port, ROUTES.credentials, [proof(path)])))).toEqual([401, REFUSED]);
  });

  test('share the sixty credentials of a minute', async () => {
    const port = await open();
    for (let index = 0; index < 30; index++) {
      expect((await sendRaw(port, asks.credentials(port, ROUTES.credentials))).status).toBe(200);
      expect((await sendRaw(port, asks.credentials(port, `${ROUTES.credentials}/prod`))).status).toBe(200);
    }
    expect((await sendRaw(port, asks.credentials(port, `${ROUTES.credentials}/prod`))).status).toBe(429);
  });
});

describe('the demo', () => {
  async function open() {
    const asked: DemoAsk[] = [];
    const clock = { now: 0 };
    const demo = async (ask: DemoAsk) => {
      asked.push(ask);
      return { speed: 'slow', said: null } as const;
    };
    const port = await start({ now: () => clock.now, demo });
    const request = (body: string, more: Partial<SignedParts> = {}) =>
      post(port, ROUTES.demo, [proof(ROUTES.demo, { body, ...more })], body);
    return { port, asked, clock, request, send: (body: string) => sendRaw(port, request(body)) };
  }

  test.each<[string, DemoAsk]>([
    ['{"do":"look"}', { do: 'look' }],
    ['{"do":"step"}', { do: 'step' }],
    ...(['paused', 'slow', 'fast'] as const).map((speed): [string, DemoAsk] => [
      `{"do":"speed","speed":"${speed}"}`,
      { do: 'speed', speed },
    ]),
  ])('is steered by %s', async (body, ask) => {
    const { asked, send } = await open();
    expect([said(await send(body)), asked]).toEqual([[200, { speed: 'slow', said: null }], [ask]]);
  });

  test.each([
    '',
    'null',
    '[]',
    '7',
    '{}',
    '{"do":"stop"}',
    '{"do":"step","count":9}',
    '{"do":"look","speed":"fast"}',
    '{"do":"speed"}',
    '{"do":"speed","speed":"faster"}',
    '{"do":"speed","speed":["fast"]}',
    '{"do":"speed","speed":"fast","table":"x"}',
    '{"do":"step","speed":"fast"}',
  ])('is not steered by %s', async (body) => {
    const { asked, send } = await open();
    const message =
      'The demo is looked at, has its next step taken, or gets another speed; nothing else is chosen here.';
    expect([said(await send(body)), asked]).toEqual([[400, { Code: 'NotAllowed', Message: message }], []]);
  });

  test('is not steered without a proof of this very wish, nor by more than eight kilobytes', async () => {
    const { port, asked, request, send } = await open();
    const wish = '{"do":"step"}';
    for (const wrong of [
      post(port, ROUTES.demo, [], wish),
      request(wish, { key: 'other' }),
      request(wish, { path: ROUTES.signIn }),
      request(wish, { body: '' }),
    ]) {
      expect(said(await sendRaw(port, wrong))).toEqual([401, REFUSED]);
    }
    expect(said(await send(wish.padEnd(8193)))).toEqual([413, REFUSED]);
    expect(asked).toEqual([]);
    expect((await send(wish.padEnd(8192))).status).toBe(200);
  });

  test('is steered sixty times a minute, and then later', async () => {
    const { clock, send } = await open();
    for (let index = 0; index < 60; index++) expect((await send('{"do":"step"}')).status).toBe(200);
    expect((await send('{"do":"step"}')).status).toBe(429);
    clock.now = 60_000;
    expect((await send('{"do":"step"}')).status).toBe(200);
  });
});

describe('the sign-in', () => {
  const STATE = { number: 3, step: 'starting' } as const;
  async function desk(answer: (left: AbortSignal) => Promise<SignInState> = async () => STATE) {
    const asked: SignInAsk[] = [];
    const clock = { now: 0 };
    const port = await start({
      now: () => clock.now,
      signIn: {
        ask(ask, left) {
          asked.push(ask);
          return answer(left);
        },
        end: () => undefined,
      },
    });
    const request = (body: string, more: Partial<SignedParts> = {}) =>
      post(port, ROUTES.signIn, [proof(ROUTES.signIn, { body, ...more })], body);
    return { port, asked, clock, request, send: (body: string) => sendRaw(port, request(body)) };
  }

  test.each<[string, SignInAsk]>([
    ['{"do":"start"}', { do: 'start' }],
    [' { "do" : "cancel" } ', { do: 'cancel' }],
    ['{"do":"watch","seen":0}', { do: 'watch', seen: 0 }],
    [`{"do":"code","code":"${'A'.repeat(4096)}=="}`, { do: 'code', code: `${'A'.repeat(4096)}==` }],
    ['{"do":"code","code":"abc+/XYZ0"}', { do: 'code', code: 'abc+/XYZ0' }],
  ])('is asked as the page says: %#', async (body, ask) => {
    const { asked, send } = await desk();
    expect([said(await send(body)), asked]).toEqual([[200, STATE], [ask]]);
  });

  test.each([
    '',
    'null',
    '[]',
    '"start"',
    '7',
    '{}',
    '{"do":"start"',
    '{"do":"Start"}',
    '{"do":"constructor"}',
    '{"do":["start"]}',
    '{"do":"start","profile":"prod"}',
    '{"do":"start","seen":1}',
    '{"do":"cancel","code":"AAAAAAAA"}',
    '{"do":"watch"}',
    '{"do":"watch","seen":"1"}',
    '{"do":"watch","seen":1.5}',
    '{"do":"watch","seen":1,"profile":"prod"}',
    '{"do":"code"}',
    '{"do":"code","code":7}',
    '{"do":"code","code":["AAAAAAAA"]}',
    '{"do":"code","code":"AAAAAAA"}',
    `{"do":"code","code":"${'A'.repeat(4097)}"}`,
    '{"do":"code","code":"AAAAAAAA==="}',
    '{"do":"code","code":"AAAA AAAA"}',
    '{"do":"code","code":"AAAAAAAA\\ny"}',
    '{"do":"code","code":"--profile"}',
    '{"do":"code","code":"AAAAAAAA","seen":1}',
  ])('is asked nothing by %s', async (body) => {
    const { asked, send } = await desk();
    const message = 'A sign-in is started, watched, cancelled or given its code; nothing else is chosen here.';
    expect([said(await send(body)), asked]).toEqual([[400, { Code: 'NotAllowed', Message: message }], []]);
  });

  test('is asked nothing without a proof of this very wish', async () => {
    const { port, asked, request } = await desk();
    const wish = '{"do":"start"}';
    for (const wrong of [
      post(port, ROUTES.signIn, [], wish),
      request(wish, { key: 'other' }),
      request(wish, { path: ROUTES.credentials }),
      request(wish, { body: '{"do":"cancel"}' }),
      request(wish, { body: '' }),
    ]) {
      expect(said(await sendRaw(port, wrong))).toEqual([401, REFUSED]);
    }
    const once = request(wish);
    expect([(await sendRaw(port, once)).status, (await sendRaw(port, once)).status]).toEqual([200, 401]);
    expect(asked).toEqual([{ do: 'start' }]);
  });

  test('takes eight kilobytes, and no more', async () => {
    const { asked, send } = await desk();
    const padded = (length: number) => '{"do":"start"}'.padEnd(length);
    expect((await send(padded(8192))).status).toBe(200);
    expect(said(await send(padded(8193)))).toEqual([413, REFUSED]);
    expect(asked).toHaveLength(1);
  });

  test('is asked sixty times a minute, and then later', async () => {
    const { clock, send } = await desk();
    for (let index = 0; index < 60; index++) expect((await send('{"do":"start"}')).status).toBe(200);
    const late = await send('{"do":"start"}');
    expect(said(late)).toEqual([429, { Code: 'RateLimited', Message: 'Asked too often; ask again in 60 s.' }]);
    clock.now = 60_000;
    expect((await send('{"do":"start"}')).status).toBe(200);
  });

  test('is told that a page has left while it waits for an answer', async () => {
    const signals: AbortSignal[] = [];
    let answerNow = (_: SignInState) => {};
    const { port, request } = await desk((left) => {
      signals.push(left);
      return new Promise((resolve) => {
        answerNow = resolve;
      });
    });
    const socket = connect(port, '127.0.0.1', () => socket.write(request('{"do":"watch","seen":1}')));
    await expect.poll(() => signals.length).toBe(1);
    expect(signals[0]?.aborted).toBe(false);
    socket.destroy();
    await expect.poll(() => signals[0]?.aborted).toBe(true);
    answerNow(STATE);
  });
});

describe('the table', () => {
  const ANSWER: TableAnswer = {
    status: 201,
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-crc32': '1',
      'access-control-allow-origin': '*',
      'set-cookie': 'x',
    },
    body: Buffer.from('{"Items":[]}'),
  };
  const ACTION = 'DynamoDB_20120810.Scan';
  const BODY = '{"TableName":"Releases"}';
  const CALL = [`X-Amz-Target: ${ACTION}`, 'Content-Type: application/x-amz-json-1.0'];
  const signed = (more: Partial<SignedParts> = {}) => proof(ROUTES.dynamodb, { action: ACTION, body: BODY, ...more });
  const call = (port: number, body = BODY, more: readonly string[] = []) =>
    post(port, ROUTES.dynamodb, [...CALL, signed({ body }), ...more], body);

  interface Handed {
    readonly body: string;
    readonly headers: Record<string, string>;
    readonly signal: AbortSignal | undefined;
  }
  async function startTable(handle: (handed: Handed) => Promise<TableAnswer>): Promise<number> {
    const port = {
      handle: (body: Buffer, headers: Record<string, string>, signal?: AbortSignal) =>
        handle({ body: String(body), headers, signal }),
      close: async () => undefined,
    };
    return start({ table: { port, name: 'Releases', unreachable: 'Nobody is there.' } });
  }

  test('is handed a call with the heads that it needs, and its answer is passed on with those that the page needs', async () => {
    const handed: Handed[] = [];
    const port = await startTable(async (one) => {
      handed.push(one);
      return ANSWER;
    });
    const more = [
      'Authorization: AWS4',
      'X-Amz-Date: d',
      'X-Amz-Content-Sha256: h',
      'X-Amz-Security-Token: s',
      'X-Other: o',
    ];
    const answer = await sendRaw(port, call(port, '{ "TableName": "Releases" }', more));
    expect([answer.status, answer.body]).toEqual([201, '{"Items":[]}']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-crc32': '1',
      'cache-control': 'no-store',
      'content-length': '12',
    });
    expect([...answer.headers.keys()].filter((name) => /cookie|access-control/.test(name))).toEqual([]);
    expect(handed.map(({ body, headers }) => ({ body, headers }))).toEqual([
      {
        body: '{"TableName":"Releases"}',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'DynamoDB_20120810.Scan',
          authorization: 'AWS4',
          'x-amz-date': 'd',
          'x-amz-content-sha256': 'h',
          'x-amz-security-token': 's',
        },
      },
    ]);
  });

  test.each([
    ['no call', 'x', 400],
    ['a call on another table', '{"TableName":"Other"}', 400],
    ['as long as it may be', JSON.stringify({ TableName: 'Releases', Pad: 'x'.repeat(1024 * 1024 - 33) }), 201],
    ['longer', JSON.stringify({ TableName: 'Releases', Pad: 'x'.repeat(1024 * 1024 - 32) }), 413],
  ])('is handed %s: %#', async (_, body, status) => {
    const port = await startTable(async () => ANSWER);
    const answer = await sendRaw(port, call(port, body));
    expect(answer.status).toBe(status);
    if (status === 400) {
      expect(JSON.parse(answer.body)).toEqual({
        Code: 'NotAllowed',
        Message: 'Only reading calls on the table Releases pass here.',
      });
    }
    if (status === 413) expect(JSON.parse(answer.body)).toEqual(REFUSED);
  });

  test.each([
    ['no proof', []],
    ['one under another token', [signed({ key: 'other' })]],
    ['two', [signed(), signed()]],
    ['that of another route', [signed({ path: ROUTES.credentials })]],
    ['that of another call', [signed({ action: 'DynamoDB_20120810.Query' })]],
    ['that of another body', [signed({ body: '{"TableName":"Other"}' })]],
    ['the token itself', [`${PROOF_HEADER}: ${TOKEN}`, `Authorization: Bearer ${TOKEN}`]],
  ])('is handed nothing by %s', async (_, headers) => {
    const port = await startTable(async () => expect.unreachable());
    expect(said(await sendRaw(port, post(port, ROUTES.dynamodb, [...CALL, ...headers], BODY)))).toEqual([401, REFUSED]);
  });

  test('is handed a call once, however often it is sent', async () => {
    const handed: Handed[] = [];
    const port = await startTable(async (one) => {
      handed.push(one);
      return ANSWER;
    });
    const request = call(port);
    const statuses = [(await sendRaw(port, request)).status, (await sendRaw(port, request)).status];
    expect([statuses, handed.length]).toEqual([[201, 401], 1]);
  });

  test('that cannot be reached is told, in the words of the start', async () => {
    const port = await startTable(() => Promise.reject(new Error('secret')));
    const answer = await sendRaw(port, call(port));
    expect(said(answer)).toEqual([502, { Code: 'EndpointUnreachable', Message: 'Nobody is there.' }]);
  });

  test('is told that a page has left in the middle of a call, and its answer goes nowhere', async () => {
    let answerNow = (_: TableAnswer) => {};
    const handed: Handed[] = [];
    const port = await startTable((one) => {
      handed.push(one);
      return new Promise((resolve) => {
        answerNow = resolve;
      });
    });
    const socket = connect(port, '127.0.0.1', () => socket.write(call(port)));
    await expect.poll(() => handed.length).toBe(1);
    expect(handed[0]?.signal?.aborted).toBe(false);
    socket.destroy();
    await expect.poll(() => handed[0]?.signal?.aborted).toBe(true);
    answerNow(ANSWER);
  });
});

describe('the start, where others use this machine', () => {
  const START = { token: TOKEN, table: 'Releases' } as unknown as TokenedStart;
  async function locked() {
    const clock = { now: 0 };
    const waits: number[] = [];
    const codes = oneTimeCodes(ALL_CHECKS.code, () => clock.now);
    const ticket = createRunSecret();
    const delay = async (ms: number) => void waits.push(ms);
    const port = await start({ locked: { start: START, codes, ticket }, delay });
    const ask = async (authorization: string, more: readonly string[] = [], body = '') =>
      said(await sendRaw(port, post(port, ROUTES.start, [`Authorization: ${authorization}`, ...more], body)));
    return { codes, clock, ask, ticket: ticket.value, waits };
  }
  const refused = (Code: string) => [401, { Code, Message: 'refused' }];

  test('is given once for a code, and by the ticket as often as a tab is reloaded', async () => {
    const { codes, ask, ticket } = await locked();
    const code = codes.issue();
    expect(await ask(`Code ${code}`)).toEqual([200, START]);
    expect(await ask(`Code ${code}`)).toEqual(refused('CodeUsed'));
    expect(await ask(`Ticket ${ticket}`)).toEqual([200, START]);
    expect(await ask(`Ticket ${ticket}`)).toEqual([200, START]);
  });

  test('is not given for a code that has expired, was never issued, or what is not the ticket', async () => {
    const { codes, clock, ask, ticket } = await locked();
    const code = codes.issue();
    clock.now += MAX_CODE_MS;
    expect(await ask(`Code ${code}`)).toEqual(refused('CodeExpired'));
    expect(await ask('Code never')).toEqual(refused('Refused'));
    expect(await ask(`Code ${ticket}`)).toEqual(refused('Refused'));
    for (const other of ['Ticket wrong', `Ticket ${TOKEN}`, `Ticket ${code}`, `Bearer ${ticket}`, ticket]) {
      expect(await ask(other)).toEqual(refused('Refused'));
    }
  });

  test('a request that is refused for another reason does not use up its code', async () => {
    const { codes, ask } = await locked();
    const code = codes.issue();
    expect(await ask(`Code ${code}`, ['Sec-Fetch-Site: cross-site'])).toEqual([403, REFUSED]);
    expect(await ask(`Code ${code}`, ['Sec-Fetch-Mode: navigate'])).toEqual([403, REFUSED]);
    expect(await ask(`Code ${code}`, [], 'body')).toEqual([413, REFUSED]);
    expect(await ask(`Code ${code}`)).toEqual([200, START]);
  });

  test('guesses at its codes and tickets are held back after twenty, a good one is not', async () => {
    const { codes, ask, waits } = await locked();
    for (let index = 0; index < 10; index++) await Promise.all([ask('Code wrong'), ask('Ticket wrong')]);
    expect(waits).toEqual([]);
    await ask('Ticket wrong');
    expect(waits).toEqual([1000]);
    expect(await ask(`Code ${codes.issue()}`)).toEqual([200, START]);
    expect(waits).toEqual([1000]);
  });
});

describe('who answers', () => {
  const ask = (port: number, nonces: readonly string[]) =>
    sendRaw(
      port,
      post(
        port,
        ROUTES.identity,
        nonces.map((nonce) => `${NONCE_HEADER}: ${nonce}`),
      ),
    );

  test('is told without a proof, under the secret, for this port and what was asked', async () => {
    const port = await start({});
    const nonce = newNonce();
    const [status, { sealed, ...rest }] = said(await ask(port, [nonce]));
    expect([status, rest]).toEqual([200, {}]);
    expect(unsealed(SECRET, port, nonce, sealed)).toEqual({ ticket: 'the-ticket' });
  });

  test.each([
    ['nothing', []],
    ['too little', ['x']],
    ['two things', [newNonce(), newNonce()]],
  ])('is not told to those who ask with %s', async (_, nonces) => {
    const port = await start({});
    expect(said(await ask(port, nonces))).toEqual([400, REFUSED]);
  });

  test('is told 240 times a minute, and then later', async () => {
    const clock = { now: 0 };
    const port = await start({ now: () => clock.now });
    for (let round = 0; round < 6; round++) {
      const answers = await Promise.all(Array.from({ length: 40 }, () => ask(port, [newNonce()])));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    }
    const late = await ask(port, [newNonce()]);
    expect(said(late)).toEqual([429, { Code: 'RateLimited', Message: 'Asked too often; ask again in 60 s.' }]);
    expect(late.headers.get('retry-after')).toBe('60');
    clock.now = 60_000;
    expect((await ask(port, [newNonce()])).status).toBe(200);
  });
});

test('guesses are counted over all routes, and held back by a second after twenty in ten seconds', async () => {
  const clock = { now: 0 };
  const waits: number[] = [];
  const log: string[] = [];
  const port = await start({
    now: () => clock.now,
    delay: async (ms) => void waits.push(ms),
    log: (line) => void log.push(line),
    table: { port: { handle: () => expect.unreachable(), close: async () => undefined }, name: 'x', unreachable: '' },
  });
  const guess = (route: string) => sendRaw(port, post(port, route, [proof(route, { key: 'x' })]));
  for (let i = 0; i < 10; i++) await Promise.all([guess(ROUTES.credentials), guess(ROUTES.dynamodb)]);
  expect([waits, log]).toEqual([[], []]);
  await guess(ROUTES.credentials);
  clock.now = 9_999;
  await guess(ROUTES.dynamodb);
  expect([waits, log]).toEqual([[1000, 1000], ['Many requests without proof: answers are delayed.']]);
  clock.now = 20_000;
  await guess(ROUTES.credentials);
  expect(waits).toHaveLength(2);
});

test('what is refused for another reason is no guess', async () => {
  const waits: number[] = [];
  const port = await start({ delay: async (ms) => void waits.push(ms) });
  const request = post(port, ROUTES.credentials, [
    'Sec-Fetch-Site: cross-site',
    proof(ROUTES.credentials, { key: 'x' }),
  ]);
  for (let i = 0; i < 25; i++) expect((await sendRaw(port, request)).status).toBe(403);
  expect(waits).toEqual([]);
});

test('a refusal names methods only where the method was wrong', async () => {
  const port = await start({});
  const answer = await sendRaw(port, post(port, ROUTES.credentials, []));
  expect([answer.status, answer.headers.has('allow')]).toEqual([401, false]);
});

test('by the clock and the timers of the process, where no others are given', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    const log: string[] = [];
    const routes = ownRoutes({
      checks: ALL_CHECKS,
      proofs: proofKeeper(TOKEN),
      identify: identity(SECRET, { ticket: null }),
      locked: null,
      credentials: null,
      signIn: null,
      others: new Map(),
      demo: null,
      table: null,
      log: (line) => void log.push(line),
    });
    const made = createServer((request, response) => void routes(request, response));
    server = made;
    await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
    const { port } = made.address() as AddressInfo;
    const guess = () => sendRaw(port, post(port, ROUTES.credentials, [proof(ROUTES.credentials, { key: 'x' })]));
    for (let i = 0; i < 20; i++) await guess();
    expect(log).toEqual([]);
    let answered = false;
    const held = guess().then(() => {
      answered = true;
    });
    while (log.length === 0) await new Promise((resolve) => setImmediate(resolve));
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(answered).toBe(false);
    vi.advanceTimersByTime(1_000);
    await held;
  } finally {
    vi.useRealTimers();
  }
});
