import type { BrowserAttack, Run } from './browser-attack.ts';

const rebound = (threat: string, name: string, run: Run): BrowserAttack => ({
  threat,
  from: 'a rebound name',
  name,
  run,
});

/** The page believes itself same-origin with the server, and reads every answer: none may hold anything. */
const reads = (path: string, init: RequestInit = {}): Run =>
  `(prey) => fetch(prey[${JSON.stringify(path)}] ?? ${JSON.stringify(path)}, ${JSON.stringify(init)})
    .then(async (answer) => answer.status === 421 && (await answer.text()) === '{"Code":"Refused","Message":"refused"}'
      ? 'refused' : 'status ' + answer.status, () => 'refused')`;

/** What a page can try whose name was rebound to this machine after it had been loaded, with our own port. */
export const REBOUND_ATTACKS: readonly BrowserAttack[] = [
  ...[
    '/index.html',
    '/deep/link',
    '/@vite/client',
    '/src/main.js',
    '/assets/main.js',
    '/.env',
    '/__open-in-editor',
  ].map((path) => rebound('T2', `reads ${path}`, reads(path))),
  ...['credentials', 'dynamodb', 'signIn', 'start'].flatMap((route) => [
    rebound('T1', `asks ${route}`, reads(route, { method: 'POST', headers: { authorization: 'Bearer x' } })),
    rebound('T1', `asks ${route} by GET`, reads(route)),
  ]),
  rebound(
    'T26',
    'a WebSocket',
    () =>
      new Promise((done) => {
        const socket = new WebSocket(location.origin.replace('http', 'ws'), 'vite-hmr');
        socket.onopen = () => done('an open socket');
        socket.onerror = () => done('refused');
      }),
  ),
];
