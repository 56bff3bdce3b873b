import { HOST, ORIGIN, of, type RawAttack, type Row } from './raw-attack.ts';

const WEB_SOCKET = ['Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='];

// By this one Vite asks whether it is there; unlike the other it takes no token of Vite's own.
const PROTOCOL = 'Sec-WebSocket-Protocol: vite-ping';

const upgrade = (name: string, status: number | readonly number[], ...headers: readonly string[]): Row => [
  name,
  ['GET / HTTP/1.1', 'Connection: Upgrade', ...WEB_SOCKET, PROTOCOL, ...headers, '', ''].join('\r\n'),
  status,
];

/** Upgrades to a WebSocket: Vite's channel of hot updates in dev; in preview there is none. */
export const UPGRADE_ATTACKS: readonly RawAttack[] = of('T26', 'the WebSocket of hot updates', [
  upgrade('of another site', 403, HOST, 'Origin: http://evil.com'),
  upgrade('of another port', 403, HOST, 'Origin: http://127.0.0.1:3000'),
  upgrade('of localhost', 403, HOST, 'Origin: http://localhost:{P}'),
  upgrade('of no origin in particular', 403, HOST, 'Origin: null'),
  upgrade('of two origins', 403, HOST, ORIGIN, 'Origin: http://evil.com'),
  upgrade('at a rebound name', 421, 'Host: evil.com:{P}', 'Origin: http://evil.com:{P}'),
  upgrade('at localhost', 421, 'Host: localhost:{P}', 'Origin: http://localhost:{P}'),
  upgrade('through a proxy', 403, HOST, ORIGIN, 'Via: x'),
  upgrade('of a frame', 403, HOST, ORIGIN, 'Sec-Fetch-Site: cross-site'),
]);

/** An upgrade that is right but for one thing, so that nobody takes it: no connection may be left open then. */
const untaken = (name: string, first: string, ...headers: readonly string[]): Row => [
  name,
  [first, HOST, ORIGIN, 'Connection: Upgrade', ...headers, '', ''].join('\r\n'),
  400,
];
const HTTP_2 = 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA';

/** In preview nothing upgrades, and each of these is an ordinary request. */
export const DEV_UPGRADE_ATTACKS: readonly RawAttack[] = of('T26', 'the WebSocket of hot updates', [
  // No browser leaves Origin out.
  upgrade('of a program without Origin', 403, HOST),
  upgrade('of the same origin twice', 403, HOST, ORIGIN, ORIGIN),
  untaken('to HTTP/2', 'GET / HTTP/1.1', 'Upgrade: h2c', HTTP_2),
  untaken('to HTTP/2, by POST', 'POST / HTTP/1.1', 'Content-Length: 0', 'Upgrade: h2c', HTTP_2),
  untaken('to TLS', 'GET / HTTP/1.1', 'Upgrade: TLS/1.0'),
  untaken('to a WebSocket of no kind', 'GET / HTTP/1.1', ...WEB_SOCKET),
  untaken('to a WebSocket of another kind', 'GET / HTTP/1.1', ...WEB_SOCKET, 'Sec-WebSocket-Protocol: graphql-ws'),
  untaken('to a WebSocket at another address', 'GET /x HTTP/1.1', ...WEB_SOCKET, 'Sec-WebSocket-Protocol: vite-hmr'),
  untaken(
    'to HTTP/2 that passes for a WebSocket',
    'GET / HTTP/1.1',
    'Upgrade: h2c',
    'Sec-WebSocket-Protocol: vite-hmr',
  ),
  untaken('without the token of Vite', 'GET / HTTP/1.1', ...WEB_SOCKET, 'Sec-WebSocket-Protocol: vite-hmr'),
]);
