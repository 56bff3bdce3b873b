import { HOST, ORIGIN, of, type RawAttack, type Row } from './raw-attack.ts';

const upgrade = (name: string, status: number | readonly number[], ...headers: readonly string[]): Row => [
  name,
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

/** No browser leaves Origin out. In preview nothing upgrades, and the request is an ordinary one for the page. */
export const DEV_UPGRADE_ATTACKS: readonly RawAttack[] = of('T26', 'the WebSocket of hot updates', [
  upgrade('of a program without Origin', 403, HOST),
  upgrade('of the same origin twice', 403, HOST, ORIGIN, ORIGIN),
]);
