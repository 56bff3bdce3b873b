import { EventEmitter } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { FAULT_STATUS } from '../../src/devserver/fault-status.ts';
import { describeRequest, proveAnswer, REFUSED, sendError, sendJson } from '../../src/devserver/guard/answer.ts';
import { findProxyHead, PROXY_HEADS } from '../../src/devserver/guard/proxy-heads.ts';
import { readBody } from '../../src/devserver/guard/request-body.ts';
import { createRunSecret, ticketOf } from '../../src/devserver/guard/run-secret.ts';
import { contentSecurityPolicy, FIXED_HEADERS } from '../../src/devserver/guard/security-headers.ts';
import { slidingWindow } from '../../src/devserver/guard/sliding-window.ts';
import { stopwatch } from '../../src/devserver/guard/stopwatch.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';

// The small parts that guard, routes and page are made of.

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown;
let close = () => {};
afterEach(() => close());

/** Has one server take one request. */
async function ask(handler: Handler, bytes: (port: number) => string | Buffer): Promise<RawAnswer> {
  const server = createServer((request, response) => void handler(request, response));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  close = () => {
    server.closeAllConnections();
    server.close();
  };
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return sendRaw(port, bytes(port));
}

test('a request is described as it came over the wire, with every line of its head', async () => {
  let port = 0;
  const { body } = await ask(
    (request, response) => response.end(JSON.stringify(describeRequest(request))),
    (given) => {
      port = given;
      return lines('POST //a?b', ['Host: x', 'X-Two: 1', 'x-two: 2']);
    },
  );
  expect(JSON.parse(body)).toEqual({
    peer: '127.0.0.1',
    port,
    version: '1.1',
    method: 'POST',
    target: '//a?b',
    headers: [
      ['host', 'x'],
      ['x-two', '1'],
      ['x-two', '2'],
      ['connection', 'close'],
    ],
  });
});

test('a request of a connection that is gone is described as nobody’s', () => {
  const request = { rawHeaders: ['Host', 'x', 'Odd'], socket: {}, httpVersion: '1.1' };
  // Only these are looked at.
  expect(describeRequest(request as unknown as IncomingMessage)).toEqual({
    peer: '',
    port: 0,
    version: '1.1',
    method: '',
    target: '',
    headers: [['host', 'x']],
  });
});

describe('what is answered', () => {
  test('JSON that no cache keeps', async () => {
    const answer = await ask(
      (_, response) => sendJson(response, 201, { a: 'é' }, { 'X-More': '1' }),
      () => lines('GET /', ['Host: x']),
    );
    expect([answer.status, answer.body]).toEqual([201, '{"a":"é"}']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-length': '10',
      'x-more': '1',
    });
  });

  test('a refusal, which ends the connection and names its code to the SDK', async () => {
    const answer = await ask(
      (_, response) => sendError(response, 405, REFUSED, { Allow: 'POST' }),
      () => ['PUT / HTTP/1.1', 'Host: x', 'Connection: keep-alive', '', ''].join('\r\n'),
    );
    expect([answer.status, answer.body]).toEqual([405, '{"Code":"Refused","Message":"refused"}']);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      connection: 'close',
      'x-amzn-errortype': 'Refused',
      allow: 'POST',
    });
  });

  test('with its proof, where one was asked for: of its status and of its bytes', async () => {
    const seen: unknown[] = [];
    const answer = await ask(
      (_, response) => {
        proveAnswer(response, (status, body) => {
          seen.push([status, String(body)]);
          return 'the-proof';
        });
        sendError(response, 403, REFUSED);
      },
      () => lines('GET /', ['Host: x']),
    );
    expect(answer.headers.get(PROOF_HEADER)).toBe('the-proof');
    expect(seen).toEqual([[403, answer.body]]);
  });

  test('without one, where none was', async () => {
    const answer = await ask(
      (_, response) => sendError(response, 403, REFUSED),
      () => lines('GET /', ['Host: x']),
    );
    expect(answer.headers.has(PROOF_HEADER)).toBe(false);
  });

  test('once only, and to nobody where nobody is left', async () => {
    const answer = await ask(
      (_, response) => {
        sendJson(response, 200, { first: true });
        sendJson(response, 500, { second: true });
      },
      () => lines('GET /', ['Host: x']),
    );
    expect(answer.text.match(/HTTP\/1\.1|first|second/g)).toEqual(['HTTP/1.1', 'first']);
    const gone = { headersSent: false, destroyed: true };
    expect(() => sendJson(gone as unknown as ServerResponse, 200, {})).not.toThrow();
  });
});

describe('a body', () => {
  const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;
  const taken: Handler = async (request, response) => {
    const body = await readBody(request, 5);
    response.end(body.kind === 'whole' ? `whole ${body.bytes}` : body.kind);
  };

  test.each([
    ['none', lines('POST /', ['Host: x']), 'whole '],
    ['as long as it may be', lines('POST /', ['Host: x', 'Content-Length: 5'], '12345'), 'whole 12345'],
    ['that says it is longer', lines('POST /', ['Host: x', 'Content-Length: 6'], '123456'), 'too-long'],
    [
      'in chunks',
      lines('POST /', ['Host: x', 'Transfer-Encoding: chunked'], `${chunk('12')}${chunk('345')}0\r\n\r\n`),
      'whole 12345',
    ],
    [
      'in chunks that are longer',
      lines(
        'POST /',
        ['Host: x', 'Transfer-Encoding: chunked'],
        `${chunk('123')}${chunk('456')}${chunk('7')}0\r\n\r\n`,
      ),
      'too-long',
    ],
  ])('%s', async (_, request, text) => {
    expect((await ask(taken, () => request)).body).toBe(text);
  });

  test('that says it is longer is not waited for', async () => {
    const request = lines('POST /', ['Host: x', 'Content-Length: 6']);
    expect((await ask(taken, () => request)).body).toBe('too-long');
  });

  test.each(['error', 'close'])('whose end is told by %s alone', async (event) => {
    const request = Object.assign(new EventEmitter(), { headers: {}, resume: () => undefined });
    // Only these parts of it are used.
    const body = readBody(request as unknown as IncomingMessage, 5);
    request.emit(event, new Error('gone'));
    expect(await body).toEqual({ kind: 'aborted' });
  });

  test('that is cut off', async () => {
    const kinds: string[] = [];
    const server = createServer(async (request) => {
      kinds.push((await readBody(request, 100)).kind);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    close = () => server.close();
    const address = server.address();
    const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1', () =>
      socket.write(lines('POST /', ['Host: x', 'Content-Length: 50'], 'half'), () => socket.resetAndDestroy()),
    );
    await expect.poll(() => kinds).toEqual(['aborted']);
  });
});

describe('a window of a hundred milliseconds', () => {
  const opened = () => {
    const clock = { now: 0 };
    return { clock, window: slidingWindow(100, () => clock.now) };
  };

  test('lets in as many as it is told, and says how long to wait for room', () => {
    const { clock, window } = opened();
    expect([window.admit(2), window.admit(2), window.admit(2)]).toEqual([0, 0, 100]);
    clock.now = 99.5;
    expect(window.admit(2)).toBe(1); // never 0, which would say that it was let in
    clock.now = 100;
    expect([window.admit(2), window.admit(2), window.admit(2)]).toEqual([0, 0, 100]);
    expect(window.admit(0)).toBe(100);
  });

  test('of which none is let in, lets the first one in all the same: there is no time to wait for', () => {
    expect(opened().window.admit(0)).toBe(0);
  });
});

test.each([
  ['Ticket abc-_9', 'abc-_9'],
  [`Ticket ${'a'.repeat(256)}`, 'a'.repeat(256)],
  [`Ticket ${'a'.repeat(257)}`, null],
  ['Ticket ', null],
  ['Ticket  abc', null],
  ['xTicket abc', null],
  ['Ticket abc x', null],
  ['Ticket a.b', null],
  ['ticket abc', null],
  ['Code abc', null],
  ['Bearer abc', null],
  ['', null],
  [null, null],
])('the ticket of %j is %j', (header, ticket) => {
  expect(ticketOf(header)).toBe(ticket);
});

test('a secret of a run is 32 bytes, another one each time, and compared whole', () => {
  const { value, matches } = createRunSecret();
  expect(value).toMatch(/^[\w-]{43}$/);
  expect(createRunSecret().value).not.toBe(value);
  const others = [value.slice(1), value.slice(0, -1), `${value}x`, `x${value.slice(1)}`, value.toUpperCase(), '', null];
  expect([value, ...others].map(matches)).toEqual([true, ...others.map(() => false)]);
});

test.each([
  // A name that only resembles one is let in: browsers and pages may send it.
  ['forwarded', 'forwarded'],
  ['x-forwarded-for', 'x-forwarded-for'],
  ['x-forwardedness', null],
  ['via', 'via'],
  ['x-via', 'x-via'],
  ['viaduct', null],
  ['x-viaduct', null],
  ['proxy-connection', 'proxy-connection'],
  ['x-proxy-id', 'x-proxy-id'],
  ['unproxy', null],
  ['max-forwards', 'max-forwards'],
  ['xmax-forwards', null],
  ['max-forwards-x', null],
  ['x-real-ip', 'x-real-ip'],
  ['real-ip', 'real-ip'],
  ['surreal-ip', null],
  ['x-original-host', 'x-original-host'],
  ['y-x-original-host', null],
  ['x-host', 'x-host'],
  ['x-hostname', null],
  ['cf-ray', 'cf-ray'],
  ['x-cf-ray', 'x-cf-ray'],
  ['cfx', null],
  ['y-cf-ray', null],
  ['x-envoy', 'x-envoy'],
  ['host', null],
  ['traceparent', null],
  ['x-request-id', null],
])('%s tells of a proxy: %s', (name, told) => {
  expect(findProxyHead(['host', name])).toBe(told);
});

test('the first trace is told, cut to forty letters, and only of the kinds that are asked', () => {
  expect(findProxyHead(['x', 'cf-ray', 'via'])).toBe('cf-ray');
  expect(findProxyHead([`cf-${'x'.repeat(50)}`])).toBe(`cf-${'x'.repeat(37)}`);
  expect(findProxyHead(['cf-ray'], { step: PROXY_HEADS.step })).toBeNull();
  expect(findProxyHead([])).toBeNull();
});

test('the policy of an answer, whole', () => {
  const options = { serving: 'preview', port: 5179, dynamodbOrigins: [], inline: null } as const;
  const policy = (scripts: string, styles: string, connect: string) =>
    `default-src 'none'; script-src ${scripts}; style-src ${styles}; img-src 'self'; font-src 'self'; ` +
    `connect-src ${connect}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'; ` +
    `worker-src 'self'; require-trusted-types-for 'script'; trusted-types release-matrix-engine`;
  expect(contentSecurityPolicy(options)).toBe(policy("'self'", "'self'", "'self'"));
  const inline = { scriptDigests: ['sha256-a=', 'sha256-b='], styleNonce: 'n' };
  expect(
    contentSecurityPolicy({ ...options, serving: 'dev', dynamodbOrigins: ['https://d', 'https://d'], inline }),
  ).toBe(policy("'self' 'sha256-a=' 'sha256-b='", "'self' 'nonce-n'", "'self' ws://127.0.0.1:5179 https://d"));
});

test('the headers of every answer, whole', () => {
  expect(FIXED_HEADERS).toEqual({
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), local-network=(), loopback-network=()',
  });
});

test('the status of each cause: 4xx for what the person can fix here', () => {
  expect(FAULT_STATUS).toEqual({
    ProfileMissing: 422,
    ProfileBroken: 422,
    SsoExpired: 422,
    MfaNeeded: 422,
    HelperFailed: 502,
    HelperTimeout: 504,
    StsDenied: 422,
    StsUnreachable: 502,
    Unscopable: 422,
    Internal: 500,
  });
});

describe('a stopwatch', () => {
  test.each([
    ['both go on', 10.4, 10, 10],
    ['the monotonic one stood still, as in sleep', 0, 5000, 5000],
    ['the clock was set back', 10, -5000, 10],
  ])('%s', (_, monotonic, wall, passed) => {
    vi.spyOn(performance, 'now').mockReturnValue(100);
    vi.spyOn(Date, 'now').mockReturnValue(1_000_000);
    const read = stopwatch();
    vi.spyOn(performance, 'now').mockReturnValue(100 + monotonic);
    vi.spyOn(Date, 'now').mockReturnValue(1_000_000 + wall);
    expect(read()).toBe(passed);
    vi.restoreAllMocks();
  });
});
