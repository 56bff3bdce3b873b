import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CredentialFault } from '../../src/aws/credential-fault.ts';
import { ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { ALL_CHECKS } from '../../src/devserver/checks.ts';
import { assertFirst, guardUpgrades, installFirst, limitRequests } from '../../src/devserver/guard/guard-install.ts';
import { identity } from '../../src/devserver/guard/identity.ts';
import { proofKeeper } from '../../src/devserver/guard/proof-check.ts';
import { createRunSecret, ticketOf } from '../../src/devserver/guard/run-secret.ts';
import { slidingWindow } from '../../src/devserver/guard/sliding-window.ts';
import { ownRoutes, type RouteOptions } from '../../src/devserver/routes.ts';
import { proofOf } from '../proofs.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';

describe('the routes alone', () => {
  const token = 'the-token';
  const log: string[] = [];
  const waits: number[] = [];
  let clock = 0;
  let server: Server;
  let port = 0;
  let credentials: RouteOptions['credentials'] = null;

  beforeEach(async () => {
    clock = 0;
    log.length = 0;
    waits.length = 0;
    const routes = ownRoutes({
      checks: ALL_CHECKS,
      locked: null,
      proofs: proofKeeper(token),
      identify: identity('secret', { ticket: null }),
      signIn: null,
      others: new Map(),
      demo: null,
      credentials: () => (credentials === null ? Promise.reject(new Error('secret text')) : credentials()),
      table: null,
      log: (line) => log.push(line),
      now: () => clock,
      delay: async (ms) => {
        waits.push(ms);
      },
    });
    server = createServer((request, response) => void routes(request, response));
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterEach(() => {
    server.close();
  });

  const ask = (key: string): Promise<RawAnswer> =>
    sendRaw(
      port,
      lines(`POST ${ROUTES.credentials}`, [
        `Host: 127.0.0.1:${port}`,
        `Origin: http://127.0.0.1:${port}`,
        `${PROOF_HEADER}: ${proofOf({ key, path: ROUTES.credentials })}`,
      ]),
    );

  test('after twenty wrong proofs in ten seconds answers are held back, and one line says so', async () => {
    for (let i = 0; i < 20; i++) await ask('wrong');
    expect([waits, log]).toEqual([[], []]);
    for (let i = 0; i < 3; i++) expect((await ask('wrong')).status).toBe(401);
    expect([waits, log]).toEqual([[1000, 1000, 1000], ['Many requests without proof: answers are delayed.']]);
    clock += 10_000;
    await ask('wrong');
    expect(waits).toHaveLength(3);
  });

  test('the right token is not held back by guesses', async () => {
    for (let i = 0; i < 30; i++) await ask('wrong');
    const before = waits.length;
    expect((await ask(token)).status).toBe(500);
    expect(waits).toHaveLength(before);
  });

  test('an unexpected error is told without its text', async () => {
    const answer = await ask(token);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([500, { Code: 'Internal', Message: 'Unexpected error.' }]);
  });

  test('a cause is told with its fix', async () => {
    credentials = () => Promise.reject(new CredentialFault('SsoExpired', 'Expired.', 'aws sso login --profile x'));
    const answer = await ask(token);
    credentials = null;
    expect(answer.status).toBe(422);
    expect(JSON.parse(answer.body)).toEqual({
      Code: 'SsoExpired',
      Message: 'Expired.',
      Fix: 'aws sso login --profile x',
    });
  });

  test('sixty a minute, then the time to wait', async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push((await ask(token)).status);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
    clock += 20_000;
    expect((await ask(token)).headers.get('retry-after')).toBe('40');
    clock += 40_000;
    expect((await ask(token)).status).toBe(500);
  });
});

test('a window forgets what is older than it', () => {
  let now = 0;
  const window = slidingWindow(100, () => now);
  expect([window.note(), window.note()]).toEqual([1, 2]);
  now = 99;
  expect(window.note()).toBe(3);
  now = 100;
  expect(window.note()).toBe(2);
});

test('E13: secrets of a run are new each time and given from nowhere, long, and compared whole', () => {
  const [one, two] = [createRunSecret(), createRunSecret()];
  expect(one.value).toMatch(/^[\w-]{43}$/);
  expect([one.matches(one.value), one.matches(two.value), one.matches(null), one.matches('')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect([ticketOf('Ticket abc'), ticketOf('ticket abc'), ticketOf(null)]).toEqual(['abc', null, null]);
});

test('a guard that is not first stops the start', () => {
  const guard = () => undefined;
  const stack: { route: string; handle: () => void }[] = [];
  const middlewares = Object.assign(() => undefined, { stack });
  // Connect's type has much more; only the stack is looked at.
  const connect = middlewares as unknown as Parameters<typeof assertFirst>[0];
  stack.push({ route: '', handle: () => undefined });
  expect(() => assertFirst(connect, guard)).toThrow('must be the first');
  installFirst(connect, guard);
  expect(() => assertFirst(connect, guard)).not.toThrow();
  stack.unshift({ route: '', handle: () => undefined });
  expect(() => assertFirst(connect, guard)).toThrow('must be the first');
});

describe('a connection is not held', () => {
  let server: Server;
  let port = 0;
  const begin = async (made: Server): Promise<void> => {
    server = made;
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    port = (server.address() as AddressInfo).port;
  };
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });
  /** Connections that the server still has, those that it has handed over included. */
  const open = (): Promise<number> =>
    new Promise((resolve) => server.getConnections((_, count) => resolve(count ?? Number.NaN)));

  test.each([
    ['nothing at all', ''],
    ['a first line', 'GET / HTTP/1.1\r\n'],
    ['half a head', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: '],
    ['half a body', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\nhalf'],
  ])('by whoever sends %s', async (_, bytes) => {
    const made = createServer((request) => request.resume());
    limitRequests(made, { headMs: 100, wholeMs: 200, lookEveryMs: 10 });
    await begin(made);
    expect((await sendRaw(port, bytes)).status).toBe(408);
    await expect.poll(open).toBe(0);
  });

  const upgrade = ['GET / HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: h2c', '', ''].join('\r\n');
  const first = ['GET / HTTP/1.1', 'Host: x', '', ''].join('\r\n');

  test.each([
    ['that nobody takes', {}, upgrade, 400],
    ['that nobody takes, after another request', {}, first + upgrade, 400],
    ['that is refused', { no: () => ({ status: 403, reason: 'x' }) as const }, upgrade, 403],
  ])('by an upgrade %s, of whoever leaves it open', async (_, checks, bytes, status) => {
    const made = createServer((_request, response) => response.end('first'));
    made.on('upgrade', () => undefined);
    guardUpgrades(made, { checks, onRefusal: () => undefined });
    await begin(made);
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(bytes));
    let text = '';
    socket.setEncoding('utf8').on('data', (part) => {
      text += part;
    });
    await expect.poll(() => text).toContain(`HTTP/1.1 ${status} Refused`);
    await expect.poll(open).toBe(0);
    socket.destroy();
  });

  test('by an upgrade that is taken, until the other end leaves', async () => {
    const made = createServer();
    made.on('upgrade', (_request, socket) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
    guardUpgrades(made, { checks: {}, onRefusal: () => undefined });
    await begin(made);
    expect((await sendRaw(port, upgrade)).status).toBe(101);
  });
});

test('a head has ten seconds and a request fifteen, half a second more or less', () => {
  const server = createServer();
  limitRequests(server);
  const { headersTimeout, requestTimeout, maxHeadersCount } = server;
  expect([headersTimeout, requestTimeout, maxHeadersCount]).toEqual([10_000, 15_000, 64]);
  expect(server).toHaveProperty('connectionsCheckingInterval', 500);
});
