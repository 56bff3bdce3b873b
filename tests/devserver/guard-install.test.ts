import { createServer, IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { afterEach, describe, expect, test } from 'vitest';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { proveAnswer } from '../../src/devserver/guard/answer.ts';
import { REQUEST_CHECKS, type Refusal } from '../../src/devserver/guard/guard.ts';
import { assertFirst, guardMiddleware, guardUpgrades } from '../../src/devserver/guard/guard-install.ts';
import { FIXED_HEADERS } from '../../src/devserver/guard/security-headers.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';

// The guard in front of a server of its own: what it answers, and what it passes on.

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Has a guarded server take one request; what is behind the guard answers with `passed`. */
async function ask(bytes: (port: number) => string) {
  const told: Refusal[] = [];
  const guard = guardMiddleware({
    checks: REQUEST_CHECKS,
    policyFor: (port) => `policy of ${port}`,
    proveAnswer: ({ target }, response) => proveAnswer(response, (status) => `proof of ${target} ${status}`),
    onRefusal: (refusal) => told.push(refusal),
  });
  const made = createServer((request, response) => guard(request, response, () => void response.end('passed')));
  server = made;
  await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
  const { port } = made.address() as AddressInfo;
  const answer: RawAnswer = await sendRaw(port, bytes(port));
  return { port, answer, told };
}

const headersOf = ({ headers }: RawAnswer) => Object.fromEntries(headers);
const always = Object.fromEntries(Object.entries(FIXED_HEADERS).map(([name, value]) => [name.toLowerCase(), value]));

describe('a request', () => {
  test('that is let in is passed on, with the fixed headers and the policy of its port', async () => {
    const { answer, port, told } = await ask((own) => lines('GET /', [`Host: 127.0.0.1:${own}`]));
    expect([answer.status, answer.body, told]).toEqual([200, 'passed', []]);
    expect(headersOf(answer)).toMatchObject({ ...always, 'content-security-policy': `policy of ${port}` });
  });

  test('that is not is answered with its status and nothing more; the terminal is told why', async () => {
    const { answer, told, port } = await ask(() => lines('GET /', ['Host: evil.com']));
    expect([answer.status, answer.body]).toEqual([421, '{"Code":"Refused","Message":"refused"}']);
    expect(headersOf(answer)).toMatchObject({ ...always, connection: 'close', 'cache-control': 'no-store' });
    expect(headersOf(answer)).not.toHaveProperty('allow');
    const reason = `Host is not 127.0.0.1:${port}, or is not given exactly once`;
    expect(told).toEqual([{ status: 421, reason }]);
  });

  test('has its answer proved before anything is asked of it, so that a page believes a refusal, too', async () => {
    const { answer } = await ask(() => lines('GET /x', ['Host: evil.com']));
    expect([answer.status, answer.headers.get(PROOF_HEADER)]).toEqual([421, 'proof of /x 421']);
  });

  test('by a method that is not taken is told those that are', async () => {
    const { answer } = await ask((own) => lines('PUT /', [`Host: 127.0.0.1:${own}`]));
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  });

  test('for localhost is sent to the literal address, which nothing keeps', async () => {
    const { answer, port, told } = await ask((own) => lines('GET /x?y', [`Host: localhost:${own}`]));
    expect([answer.status, answer.body, told]).toEqual([308, '', []]);
    expect(headersOf(answer)).toMatchObject({
      location: `http://127.0.0.1:${port}/x?y`,
      'cache-control': 'no-store',
      'content-length': '0',
    });
  });

  test('of a connection that is gone is answered and told to nobody', () => {
    const told: Refusal[] = [];
    const guard = guardMiddleware({
      checks: REQUEST_CHECKS,
      policyFor: () => '',
      proveAnswer: () => undefined,
      onRefusal: (refusal) => told.push(refusal),
    });
    const request = { rawHeaders: [], socket: {}, httpVersion: '1.1', method: 'GET', url: '/' };
    let destroyed = 0;
    const response = { setHeader: () => undefined, destroy: () => (destroyed += 1) };
    // Only these parts of them are used.
    guard(request as unknown as IncomingMessage, response as unknown as ServerResponse, () => expect.unreachable());
    expect([destroyed, told]).toEqual([1, []]);
  });
});

describe('an upgrade', () => {
  const NO: Refusal = { status: 403, reason: 'x' };
  const upgrade = (port: number) =>
    ['GET / HTTP/1.1', `Host: 127.0.0.1:${port}`, 'Connection: Upgrade', 'Upgrade: x', '', ''].join('\r\n');

  async function upgraded(refusal: Refusal | null, take: (socket: Duplex) => void) {
    const told: Refusal[] = [];
    const made = createServer();
    server = made;
    let seen = 0;
    made.on('upgrade', (_request, socket) => {
      seen += 1;
      take(socket);
    });
    guardUpgrades(made, { checks: { only: () => refusal }, onRefusal: (one) => told.push(one) });
    await new Promise<void>((listening) => made.listen(0, '127.0.0.1', listening));
    const { port } = made.address() as AddressInfo;
    const answer = await sendRaw(port, upgrade(port));
    return { answer, told, seen };
  }

  test('that is refused reaches no listener, and is told', async () => {
    const { answer, told, seen } = await upgraded(NO, () => undefined);
    expect(answer.text).toBe('HTTP/1.1 403 Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    expect([told, seen]).toEqual([[NO], 0]);
  });

  test('that nobody takes is refused, and told', async () => {
    const { answer, told, seen } = await upgraded(null, () => undefined);
    const untaken = { status: 400, reason: 'an upgrade to something that is not here' };
    expect([answer.status, told, seen]).toEqual([400, [untaken], 1]);
  });

  test.each([
    ['answered', (socket: Duplex) => socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n'), 101],
    ['answered and ended', (socket: Duplex) => socket.end('HTTP/1.1 426 No\r\n\r\n'), 426],
    ['closed', (socket: Duplex) => socket.destroy(), 0],
  ] as const)('that is %s by its listener is left alone', async (_, take, status) => {
    const { answer, told } = await upgraded(null, take);
    expect([answer.status, told]).toEqual([status, []]);
  });

  test('counts as heard, and a connection that breaks afterwards breaks nothing else', () => {
    const made = createServer();
    guardUpgrades(made, { checks: { only: () => NO }, onRefusal: () => undefined });
    const socket = new Duplex({ read: () => undefined, write: (_part, _encoding, done) => done() });
    expect(made.emit('upgrade', new IncomingMessage(new Socket()), socket, Buffer.alloc(0))).toBe(true);
    expect(() => socket.emit('error', new Error('reset'))).not.toThrow();
  });

  test('of what is no request or no connection reaches no listener; other events do', () => {
    const made = createServer();
    const seen: unknown[][] = [];
    for (const event of ['upgrade', 'other']) made.on(event, (...values: unknown[]) => seen.push([event, ...values]));
    guardUpgrades(made, { checks: {}, onRefusal: () => expect.unreachable() });
    expect(made.emit('upgrade', {}, new Duplex())).toBe(true);
    expect(made.emit('other', 1, 2)).toBe(true);
    expect(made.emit('unheard')).toBe(false);
    expect(seen).toEqual([['other', 1, 2]]);
  });
});

test.each([
  ['nothing stands at all', [], false],
  ['it stands for one path alone', [['/x', 'guard']], false],
  [
    'another one stands first',
    [
      ['', 'other'],
      ['', 'guard'],
    ],
    false,
  ],
  [
    'it stands first',
    [
      ['', 'guard'],
      ['', 'other'],
    ],
    true,
  ],
] as const)('where %s', (_, stack, isFirst) => {
  const handles = { guard: () => undefined, other: () => undefined };
  const layers = stack.map(([route, name]) => ({ route, handle: handles[name] }));
  // Connect's type has much more; only the stack is looked at.
  const middlewares = { stack: layers } as unknown as Parameters<typeof assertFirst>[0];
  const asserted = expect(() => assertFirst(middlewares, handles.guard));
  if (isFirst) asserted.not.toThrow();
  else
    asserted.toThrow('The guard must be the first middleware of the local server, but another one stands before it.');
});
