import type { BrowserAttack, Run } from './browser-attack.ts';
import { OUTSIDE_ATTACKS } from './own-page-outside.ts';
import { SINK_ATTACKS } from './own-page-sinks.ts';
import { FORBIDDEN_CALLS } from './raw-table.ts';

const own = (threat: string, name: string, run: Run): BrowserAttack => ({ threat, from: 'our own page', name, run });

/** Source of a function that proves a request as the page does, by the token in its hand. */
const SIGN = `async (token, method, path, action, body) => {
    const bytes = (text) => new TextEncoder().encode(text);
    const url64 = (raw) => btoa(String.fromCharCode(...new Uint8Array(raw))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    const nonce = url64(crypto.getRandomValues(new Uint8Array(16)));
    const digest = url64(await crypto.subtle.digest('SHA-256', bytes(body)));
    const key = await crypto.subtle.importKey('raw', bytes(token), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
    const text = ['request', nonce, method, path, action, '', digest].join('\\n');
    return nonce + '.' + url64(await crypto.subtle.sign('HMAC', key, bytes(text)));
  }`;

/** A call with the token that the page was given, as its own SDK makes it. */
const call = (action: string, body: string): Run =>
  `async (prey) => {
    const [action, body] = ${JSON.stringify([`DynamoDB_20120810.${action}`, body])};
    const proof = await (${SIGN})(prey.token, 'POST', prey.dynamodb, action, body);
    const answer = await fetch(prey.dynamodb, {
      method: 'POST',
      headers: { [prey.proofHeader]: proof, 'x-amz-target': action, 'content-type': 'application/x-amz-json-1.0' },
      body,
    });
    return answer.status === 400 && (await answer.json()).Code === 'NotAllowed' ? 'refused' : 'status ' + answer.status;
  }`;

/** An address that the page may ask and must not get, whatever the token. */
const asks = (path: string, init: RequestInit, withToken = true): Run =>
  `async (prey) => {
    const init = ${JSON.stringify(init)};
    const path = ${JSON.stringify(path)}.replace('{C}', prey.credentials).replace('{D}', prey.dynamodb).replace('{S}', prey.signIn);
    // The route of credentials takes no body, and so it looks at the proof of none.
    const body = path.startsWith(prey.credentials) ? '' : (init.body ?? '');
    const proof = await (${SIGN})(prey.token, init.method ?? 'GET', path, '', body);
    if (${withToken}) init.headers = { ...init.headers, [prey.proofHeader]: proof };
    const answer = await fetch(path, init)
      .catch(() => null);
    return answer === null || answer.status >= 400 ? 'refused' : 'status ' + answer.status + ' ' + (await answer.text()).slice(0, 80);
  }`;

const clipped = (text: string): string => (text.length > 70 ? `${text.slice(0, 70)}…` : text);
const POST = { method: 'POST' } as const;
const SIGN_IN = { ...POST, body: '{"do":"start"}' } as const;

/** What script in our own page can try, if some ever gets in there: the token is in its hand. */
export const OWN_PAGE_ATTACKS: readonly BrowserAttack[] = [
  ...FORBIDDEN_CALLS.map(([action, body]) => own('T29, T30', clipped(`${action} ${body}`), call(action, body))),
  own('T37', 'credentials of another profile, by the address', asks('{C}?profile=prod', POST)),
  own('T37', 'credentials of another profile, by a body', asks('{C}', { ...POST, body: '{"profile":"prod"}' })),
  own('T37, T62', 'a sign-in of another profile, by the address', asks('{S}?profile=prod', SIGN_IN)),
  own('T37, T62', 'a sign-in of another profile, below the address', asks('{S}/prod', SIGN_IN)),
  own(
    'T37, T62',
    'a sign-in of another profile, by the body',
    asks('{S}', { ...POST, body: '{"do":"start","profile":"prod"}' }),
  ),
  own('T62', 'another command of the AWS CLI', asks('{S}', { ...POST, body: '{"do":"configure"}' })),
  own('T62', 'a sign-in without the token', asks('{S}', SIGN_IN, false)),
  own('T37', 'credentials of a table that the settings do not name', asks('{C}/prod', POST)),
  own(
    'T30',
    'a call on a table that the settings do not name',
    asks('{D}/Other', { ...POST, body: '{"TableName":"Other"}' }),
  ),
  own('T19', 'credentials by GET', asks('{C}', {})),
  own('T19', 'a call by PUT', asks('{D}', { method: 'PUT' })),
  own('T19', 'a method that is overridden', asks('{D}', { ...POST, headers: { 'x-http-method-override': 'PUT' } })),
  own('T16', 'a call without the token', asks('{D}', { ...POST, body: '{}' }, false)),
  own('T28', 'an editor that is started', asks('/__open-in-editor?file=/no/such/file', {})),
  ...[
    '/@fs/etc/passwd',
    '/@fs/etc/passwd?raw',
    '/@fs/etc/passwd?import&raw',
    '/.env?raw',
    '/notes.txt?raw',
    '/.aws/credentials?raw',
  ].map((path) => own('T27', `reads ${path}`, asks(path, {}))),
  own('T26', 'a file read by the WebSocket of hot updates', async ({ own: origin }) => {
    const client = await fetch('/@vite/client').then((answer) => answer.text());
    const token = /wsToken = "([^"]+)"/.exec(client)?.[1];
    if (token === undefined) return 'refused'; // in preview there is none
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/?token=${token}`, 'vite-hmr');
    const answers: string[] = [];
    return new Promise((done) => {
      socket.onerror = () => done('refused');
      socket.onmessage = ({ data }) => {
        answers.push(String(data));
        if (answers.length === 1) {
          for (const [at, id] of [
            '/etc/passwd?raw',
            'file:///etc/passwd?raw',
            '/@fs/etc/passwd?raw',
            '/.env?raw',
          ].entries()) {
            const invoke = { name: 'fetchModule', id: `send:${at}`, data: [id, null, {}] };
            socket.send(JSON.stringify({ type: 'custom', event: 'vite:invoke', data: invoke }));
          }
        }
        if (answers.length >= 5) done(/root:.:0|can{1}ary/.test(answers.join()) ? 'a file' : 'refused');
      };
    });
  }),
  own('T18', 'cookies', () => (document.cookie === '' ? 'refused' : document.cookie)),
  ...OUTSIDE_ATTACKS,
  ...SINK_ATTACKS,
];
