import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { ALL_CHECKS } from '../../src/devserver/checks.ts';
import { CODE_LIFE_MS, oneTimeCodes } from '../../src/devserver/one-time-code.ts';
import { createPageToken } from '../../src/devserver/page-token.ts';
import { ownRoutes, type RouteOptions } from '../../src/devserver/routes.ts';
import type { TableAnswer } from '../../src/devserver/table-port.ts';
import { REFUSED_HEADER, ROUTES, TOKEN_HEADER, type TokenedStart } from '../../src/store/local-server.ts';
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
    token,
    locked: null,
    credentials: null,
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

const token = createPageToken();
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
  const answer = await sendRaw(port, post(port, target, [`Authorization: Bearer ${token.value}`]));
  if (outcome === 'not ours') expect([answer.status, answer.body]).toEqual([200, 'not ours']);
  else expect(said(answer)).toEqual([outcome, REFUSED]);
});

test.each([
  [ROUTES.credentials, `Authorization: Bearer ${token.value}`],
  [ROUTES.dynamodb, `${TOKEN_HEADER}: ${token.value}`],
  [ROUTES.start, `Authorization: Bearer ${token.value}`],
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
    const request = post(port, ROUTES.credentials, [`Authorization: Bearer ${token.value}`, ...headers]);
    const answer = await sendRaw(port, request);
    expect([said(answer), asked]).toEqual([[200, given], [refused]]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('are told to be asked for later, with a status and words for both', async () => {
    const port = await start({
      credentials: async () => given,
      checks: { ...ALL_CHECKS, credentials: { late: () => ({ status: 429, reason: 'x', retryAfterSeconds: 7 }) } },
    });
    const answer = await sendRaw(port, post(port, ROUTES.credentials, [`Authorization: Bearer ${token.value}`]));
    expect(said(answer)).toEqual([429, { Code: 'RateLimited', Message: 'Asked too often; ask again in 7 s.' }]);
    expect(answer.headers.get('retry-after')).toBe('7');
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
  const CALL = [
    `${TOKEN_HEADER}: ${token.value}`,
    'X-Amz-Target: DynamoDB_20120810.Scan',
    'Content-Type: application/x-amz-json-1.0',
  ];

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
    const answer = await sendRaw(port, post(port, ROUTES.dynamodb, [...CALL, ...more], '{ "TableName": "Releases" }'));
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
    const answer = await sendRaw(port, post(port, ROUTES.dynamodb, CALL, body));
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
    ['no token', []],
    ['a wrong one', [`${TOKEN_HEADER}: wrong`]],
    ['two', [`${TOKEN_HEADER}: ${token.value}`, `${TOKEN_HEADER}: ${token.value}`]],
    ['that of the other routes', [`Authorization: Bearer ${token.value}`]],
  ])('is handed nothing by %s', async (_, headers) => {
    const port = await startTable(async () => expect.unreachable());
    const request = post(
      port,
      ROUTES.dynamodb,
      [...headers, 'X-Amz-Target: DynamoDB_20120810.Scan'],
      '{"TableName":"Releases"}',
    );
    expect(said(await sendRaw(port, request))).toEqual([401, REFUSED]);
  });

  test('that cannot be reached is told, in the words of the start', async () => {
    const port = await startTable(() => Promise.reject(new Error('secret')));
    const answer = await sendRaw(port, post(port, ROUTES.dynamodb, CALL, '{"TableName":"Releases"}'));
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
    const socket = connect(port, '127.0.0.1', () =>
      socket.write(post(port, ROUTES.dynamodb, CALL, '{"TableName":"Releases"}')),
    );
    await expect.poll(() => handed.length).toBe(1);
    expect(handed[0]?.signal?.aborted).toBe(false);
    socket.destroy();
    await expect.poll(() => handed[0]?.signal?.aborted).toBe(true);
    answerNow(ANSWER);
  });
});

describe('the start, where others use this machine', () => {
  const START = { token: token.value, table: 'Releases' } as unknown as TokenedStart;
  async function locked() {
    const clock = { now: 0 };
    const codes = oneTimeCodes(ALL_CHECKS.code, () => clock.now);
    const port = await start({ locked: { start: START, codes } });
    const ask = async (authorization: string, more: readonly string[] = []) =>
      said(await sendRaw(port, post(port, ROUTES.start, [`Authorization: ${authorization}`, ...more])));
    return { codes, clock, ask };
  }
  const refused = (Code: string) => [401, { Code, Message: 'refused' }];

  test('is given once for a code, and then by its token', async () => {
    const { codes, ask } = await locked();
    const code = codes.issue();
    expect(await ask(`Code ${code}`)).toEqual([200, START]);
    expect(await ask(`Code ${code}`)).toEqual(refused('CodeUsed'));
    expect(await ask(`Bearer ${token.value}`)).toEqual([200, START]);
  });

  test('is not given for a code that has expired, was never issued, or a wrong token', async () => {
    const { codes, clock, ask } = await locked();
    const code = codes.issue();
    clock.now += CODE_LIFE_MS;
    expect(await ask(`Code ${code}`)).toEqual(refused('CodeExpired'));
    expect(await ask('Code never')).toEqual(refused('Refused'));
    expect(await ask('Bearer wrong')).toEqual(refused('Refused'));
    expect(await ask(`Bearer ${code}`)).toEqual(refused('Refused'));
  });

  test('a request that is refused for another reason does not use up its code', async () => {
    const { codes, ask } = await locked();
    const code = codes.issue();
    expect(await ask(`Code ${code}`, ['Sec-Fetch-Site: cross-site'])).toEqual([403, REFUSED]);
    expect(await ask(`Code ${code}`, ['Sec-Fetch-Mode: navigate'])).toEqual([403, REFUSED]);
    expect(await ask(`Code ${code}`)).toEqual([200, START]);
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
  const guess = (route: string) => sendRaw(port, post(port, route, ['Authorization: Bearer x', `${TOKEN_HEADER}: x`]));
  for (let i = 0; i < 10; i++) await Promise.all([guess(ROUTES.credentials), guess(ROUTES.dynamodb)]);
  expect([waits, log]).toEqual([[], []]);
  await guess(ROUTES.credentials);
  clock.now = 9_999;
  await guess(ROUTES.dynamodb);
  expect([waits, log]).toEqual([[1000, 1000], ['Many requests with a wrong token: answers are held back.']]);
  clock.now = 20_000;
  await guess(ROUTES.credentials);
  expect(waits).toHaveLength(2);
});

test('what is refused for another reason is no guess', async () => {
  const waits: number[] = [];
  const port = await start({ delay: async (ms) => void waits.push(ms) });
  const request = post(port, ROUTES.credentials, ['Sec-Fetch-Site: cross-site', 'Authorization: Bearer x']);
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
    const surroundings = { checks: ALL_CHECKS, token, locked: null, credentials: null, table: null };
    const routes = ownRoutes({ ...surroundings, log: (line) => void log.push(line) });
    const made = createServer((request, response) => void routes(request, response));
    server = made;
    await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
    const { port } = made.address() as AddressInfo;
    const guess = () => sendRaw(port, post(port, ROUTES.credentials, ['Authorization: Bearer x']));
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
