import { NONCE_HEADER, REFUSED_HEADER, ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { lines } from '../devserver/raw-request.ts';
import { PROXY_HEADS } from './proxy-heads.ts';
import { EMPTY, GOOD, HOST, NAVIGATION, ORIGIN, of, PROOF, type RawAttack, type Row } from './raw-attack.ts';

const C = ROUTES.credentials;
/** That of the settings: a table has its own name. */
const PROFILE_NAME = 'canary-profile';

/** A credential request that is right but for its Host. */
const host = (value: string): Row => [
  `Host ${value}`,
  lines(`POST ${C}`, [`Host: ${value}`, `Origin: http://${value}`, PROOF, EMPTY]),
  421,
];
const origin = (value: string): Row => [
  `Origin ${value}`,
  lines(`POST ${C}`, [HOST, `Origin: ${value}`, PROOF, EMPTY]),
  403,
];
const unproven = (name: string, ...headers: string[]): Row => [
  `proof: ${name}`,
  lines(`POST ${C}`, [HOST, ORIGIN, EMPTY, ...headers]),
  401,
];
const NONCE = `${NONCE_HEADER}: ${'A'.repeat(22)}`;
const asked = (name: string, status: number, ...headers: string[]): Row => [
  `asked ${name}`,
  lines(`POST ${ROUTES.identity}`, [HOST, ORIGIN, EMPTY, ...headers]),
  status,
];
const added = (status: number, ...headers: string[]): Row => [
  `with ${headers.join(', ')}`,
  lines(`POST ${C}`, [...GOOD, ...headers]),
  status,
];
const target = (value: string, status: number | readonly number[]): Row => [
  `target ${value}`,
  lines(`POST ${value}`, GOOD),
  status,
];
const method = (name: string, status: number): Row => [`method ${name}`, lines(`${name} ${C}`, GOOD), status];
const version = (name: string, first: string, headers: readonly string[]): Row => [
  `${name} ${first}`,
  [`${first} ${name}`, ...headers, '', ''].join('\r\n'),
  505,
];
const signIn = (
  name: string,
  status: number,
  body: string,
  headers: readonly string[] = [HOST, ORIGIN, PROOF],
  path: string = ROUTES.signIn,
): Row => [name, lines(`POST ${path}`, [...headers, `Content-Length: ${body.length}`], body), status];
const START = '{"do":"start"}';
const get = (path: string, headers: readonly string[], status: number): Row => [
  `GET ${path} with ${headers.join(', ')}`,
  lines(`GET ${path}`, headers),
  status,
];

/** Requests for what the local server hands out, or serves, that are wrong in one thing each. */
export const CREDENTIAL_ATTACKS: readonly RawAttack[] = [
  ...of('T1 to T5', 'rebinding, other names of this machine, look-alikes, no or two Hosts', [
    ...[
      'evil.com:{P}',
      'evil.com',
      '192.168.1.7:{P}',
      '8.8.8.8:{P}',
      '0.0.0.0:{P}',
      '[::1]:{P}',
      '[::ffff:127.0.0.1]:{P}',
      'localhost:{P}',
      'evil.localhost:{P}',
      'localhost.:{P}',
      '127.1:{P}',
      '2130706433:{P}',
      '0x7f.1:{P}',
      '127.0.0.1.:{P}',
      '127.0.0.1:{P}.evil.com',
      '127.0.0.1:{P}@evil.com',
      'x-extension:evil',
      'file:evil',
      '127.0.0.1',
      '127.0.0.1:1',
      '127.0.0.1:0{P}',
      '127.0.0.1:{P},127.0.0.1:{P}',
    ].map(host),
    ['Host empty', lines(`POST ${C}`, ['Host:', ORIGIN, PROOF, EMPTY]), 421],
    ['no Host (HTTP/1.0)', `POST ${C} HTTP/1.0\r\n${[ORIGIN, PROOF, EMPTY].join('\r\n')}\r\n\r\n`, 421],
    ['no Host (HTTP/1.1)', lines(`POST ${C}`, [ORIGIN, PROOF, EMPTY]), 400],
    ['two Hosts', lines(`POST ${C}`, [HOST, ...GOOD]), 421],
    ['two Hosts, the second foreign', lines(`POST ${C}`, [HOST, 'Host: evil.com', ORIGIN, PROOF, EMPTY]), 421],
    ...['/', '/index.html', '/deep/link', '/@vite/client', '/src/main.js', '/assets/main.js'].map((path) =>
      get(path, ['Host: evil.com:{P}'], 421),
    ),
  ]),
  ...of('T6, T37', 'target forms', [
    target(`http://evil.com${C}`, 400),
    target(`http://127.0.0.1:{P}${C}`, 400),
    target(`/${C}`, 400),
    target(`/x/..${C}`, 400),
    target(`/%2e%2e${C}`, 400),
    target(`/.${C}`, 400),
    target(`\\${C.slice(1)}`, 400),
    target(`${C}%2f`, 404),
    target(`${C}%00`, 400),
    target(`${C}#x`, 400),
    target(`${C};x`, 404),
    target(`${C}?x`, 404),
    target(`${C}?profile=prod`, 404),
    target(`${C}/`, 404),
    target(C.toUpperCase(), 404),
    target(C.replace('credentials', '%63redentials'), 404),
    target('*', 404), // Connect hands it to no middleware at all, neither the guard nor Vite's
    target('/', 405),
    target('/src/main.js', 405),
  ]),
  ...of('T7 to T9', 'origins', [
    ...[
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://localhost:{P}',
      'http://evil.localhost:{P}',
      'https://localhost',
      'https://127.0.0.1:{P}',
      'http://127.0.0.1',
      'null',
      'chrome-extension://abcdefghijklmnop',
      'file://',
      'http://127.0.0.1:{P}/',
      'HTTP://127.0.0.1:{P}',
      'http://127.0.0.1:{P} http://evil.com',
      'http://127.0.0.1:{P}, http://127.0.0.1:{P}',
      'http://127.0.0.1:{P}.evil.com',
      'http://user@127.0.0.1:{P}',
      '',
    ].map(origin),
    ['no Origin', lines(`POST ${C}`, [HOST, PROOF, EMPTY]), 403],
    ['two Origins', lines(`POST ${C}`, [...GOOD, 'Origin: http://evil.com']), 403],
    ['the same Origin twice', lines(`POST ${C}`, [...GOOD, ORIGIN]), 403],
    [
      'preflight of another app',
      lines(`OPTIONS ${C}`, [HOST, 'Origin: http://localhost:3000', 'Access-Control-Request-Method: POST']),
      405,
    ],
  ]),
  ...of('T11 to T13, T15', 'what browsers send for tags, forms, frames', [
    added(403, 'Sec-Fetch-Site: cross-site'),
    added(403, 'Sec-Fetch-Site: same-site'),
    added(403, 'Sec-Fetch-Site: none', 'Sec-Fetch-Dest: empty'),
    added(403, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: same-origin'),
    added(403, 'Sec-Fetch-Site: none'),
    added(403, 'Sec-Fetch-Mode: no-cors'),
    added(403, 'Sec-Fetch-Dest: script'),
    added(403, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site'),
    added(403, 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Mode: no-cors'),
    added(403, 'Sec-Fetch-Dest: empty', 'Sec-Fetch-Dest: script'),
    added(403, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document'),
    get('/', [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'], 403),
    get('/', [HOST, 'Sec-Fetch-Site: none', 'Sec-Fetch-Dest: script'], 403),
    get(
      '/@vite/client',
      [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: script'],
      403,
    ),
    get('/src/main.js', [HOST, 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: script'], 403),
  ]),
  ...of('T2, T7, T13', 'the page', [
    get('/', [HOST, 'Origin: http://localhost:3000'], 403),
    get('/', [HOST, 'Origin: null'], 403),
    get('/', [HOST, ORIGIN, 'Origin: http://localhost:3000'], 403),
    get('/', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION, 'Sec-Fetch-Mode: no-cors'], 403),
    get('/', [HOST, 'Sec-Fetch-Site: cross-site', ...NAVIGATION, 'Sec-Fetch-Dest: iframe'], 403),
    get('/', [HOST, 'Sec-Fetch-Site: same-site', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty'], 403),
    get('/', [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image'], 403),
    get('/', [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: object'], 403),
    get('/', [HOST, 'Sec-Fetch-Site: cross-site', 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: embed'], 403),
    get('http://evil.com/', [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION], 400),
    get('//evil.com/', [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION], 400),
    get(`${C}/x`, [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION], 404),
    get(C, [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION], 405),
    get('/', [HOST, 'Via: 1.1 tunnel'], 403),
    get('/', ['Host: 192.168.1.7:{P}', 'Sec-Fetch-Site: none', ...NAVIGATION], 421),
  ]),
  ...of('T22', 'a neighbour in the network', [
    ...['10.0.0.9', '192.168.1.7', '::ffff:10.0.0.9', 'fe80::1', '0.0.0.0'].flatMap((peer): readonly Row[] => [
      [`credentials for ${peer}`, lines(`POST ${C}`, GOOD), 403, { peer }],
      [`the page for ${peer}`, lines('GET /', [HOST]), 403, { peer }],
    ]),
  ]),
  ...of('T16', 'proofs of the token', [
    unproven('none'),
    unproven('empty', `${PROOF_HEADER}:`),
    unproven('the token itself', `${PROOF_HEADER}: {T}`),
    unproven('the token as bearer', 'Authorization: Bearer {T}'),
    unproven('wrong', `${PROOF_HEADER}: ${'A'.repeat(22)}.${'A'.repeat(43)}`),
    unproven('a nonce alone', `${PROOF_HEADER}: ${'A'.repeat(22)}.`),
    unproven('a code alone', `${PROOF_HEADER}: .${'A'.repeat(43)}`),
    unproven('suffix', `${PROOF_HEADER}: {PROOF}x`),
    unproven('two proofs in a line', `${PROOF_HEADER}: {PROOF}, {PROOF}`),
    unproven('two lines', PROOF, PROOF),
    unproven('two lines, the second wrong', PROOF, `${PROOF_HEADER}: x`),
    unproven('7,000 letters', `${PROOF_HEADER}: ${'a'.repeat(7000)}`),
    unproven('not ASCII', `${PROOF_HEADER}: pröof`),
    unproven('in a cookie', `Cookie: ${PROOF_HEADER}={PROOF}`),
    unproven('in the other header', 'Authorization: {PROOF}'),
    unproven('under an empty key', `${PROOF_HEADER}: {PROOF key=}`),
    unproven('under all but the last letter of the token', `${PROOF_HEADER}: {PROOF key={T-}}`),
    unproven('of a short nonce', `${PROOF_HEADER}: {PROOF nonce=AAAA}`),
    unproven('of no nonce', `${PROOF_HEADER}: {PROOF nonce=}`),
    unproven('of another path', `${PROOF_HEADER}: {PROOF path=${ROUTES.dynamodb}}`),
    unproven('of another method', `${PROOF_HEADER}: {PROOF method=GET}`),
    unproven('of another action', `${PROOF_HEADER}: {PROOF action=DynamoDB_20120810.Scan}`),
    unproven('of another body', `${PROOF_HEADER}: {PROOF body={}}`),
    unproven(
      'of a request that says nothing of refused ones',
      `${PROOF_HEADER}: {PROOF refused=}`,
      `${REFUSED_HEADER}: true`,
    ),
    ['a request that was sent before', lines(`POST ${C}`, GOOD), 401, { replayed: true }],
  ]),
  ...of('T16, T57', 'who answers here', [
    asked('without a nonce', 400),
    asked('with an empty nonce', 400, `${NONCE_HEADER}:`),
    asked('with a short nonce', 400, `${NONCE_HEADER}: AAAA`),
    asked('with a nonce of 7,000 letters', 400, `${NONCE_HEADER}: ${'A'.repeat(7000)}`),
    asked('with two nonces', 400, NONCE, NONCE),
    asked('of another site', 403, NONCE, 'Sec-Fetch-Site: cross-site'),
    asked('by a tag', 403, NONCE, 'Sec-Fetch-Dest: script'),
    asked('by a proxy', 403, NONCE, 'X-Forwarded-For: 10.0.0.1'),
    ['asked without Origin', lines(`POST ${ROUTES.identity}`, [HOST, EMPTY, NONCE]), 403],
    ['asked by GET', lines(`GET ${ROUTES.identity}`, [HOST, ORIGIN, NONCE]), 405],
    ['asked with a body', lines(`POST ${ROUTES.identity}`, [HOST, ORIGIN, NONCE, 'Content-Length: 2'], '{}'), 413],
  ]),
  ...of('T19', 'methods', [
    ...(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'] as const).map((name) =>
      method(name, 405),
    ),
    added(405, 'X-HTTP-Method-Override: PUT'),
  ]),
  ...of('T20, T37', 'bodies', [
    ['a body', lines(`POST ${C}`, [HOST, ORIGIN, PROOF, 'Content-Length: 2'], '{}'), 413],
    [
      'a body naming a profile',
      lines(`POST ${C}`, [HOST, ORIGIN, PROOF, 'Content-Length: 18'], '{"profile":"prod"}'),
      413,
    ],
    ['1 MB of body', lines(`POST ${C}`, [HOST, ORIGIN, PROOF, 'Content-Length: 1000000'], 'x'.repeat(1_000_000)), 413],
    [
      'a chunked body',
      lines(`POST ${C}`, [HOST, ORIGIN, PROOF, 'Transfer-Encoding: chunked'], '2\r\n{}\r\n0\r\n\r\n'),
      413,
    ],
    ['length and chunks', lines(`POST ${C}`, [...GOOD, 'Transfer-Encoding: chunked'], '0\r\n\r\n'), 400],
  ]),
  ...of('T21', 'tunnels and proxies', [
    ...PROXY_HEADS.map(([head]) => added(403, head)),
    added(403, 'x-FORWARDED-for: 10.0.0.1'),
    get('/', [HOST, 'X-Real-IP: 203.0.113.7', 'Sec-Fetch-Site: none', ...NAVIGATION], 403),
    version('HTTP/1.0', `POST ${C}`, GOOD),
    version('HTTP/1.0', 'GET /', [HOST, 'Connection: close']),
    version('HTTP/1.0', 'GET /', [HOST, 'Connection: close', 'Sec-Fetch-Site: none', ...NAVIGATION]),
    version('HTTP/0.9', `POST ${C}`, GOOD),
    version('HTTP/2.0', `POST ${C}`, [...GOOD, 'Connection: close']),
    [
      'the line before a request by which a proxy tells the asker',
      `PROXY TCP4 203.0.113.7 10.0.0.1 50123 80\r\n${lines(`POST ${C}`, GOOD)}`,
      400,
    ],
    [
      'header lines beyond those Node keeps',
      lines(`POST ${C}`, ['Connection: close', ...GOOD, ...Array(140).fill('X-Pad: 1'), 'Via: x']),
      431,
    ],
  ]),
  ...of('T25', 'service workers', [
    get('/sw.js', [HOST, 'Service-Worker: script'], 403),
    added(403, 'Service-Worker: script'),
  ]),
  ...of('T28', 'programs started from a request', [
    get('/__open-in-editor?file=/no/such/file', [HOST], 403),
    get('/__open-in-editor?file=/no/such/file', [HOST, 'Sec-Fetch-Site: same-origin'], 403),
    // Connect compares addresses without regard to case.
    get('/__Open-In-Editor?file=/no/such/file', [HOST], 403),
    get('/__OPEN-IN-EDITOR/?file=/no/such/file', [HOST, 'Sec-Fetch-Site: same-origin'], 403),
  ]),
  ...of('T37', 'a table that the settings do not name', [
    ...['prod', PROFILE_NAME, '', '..', 'constructor', '%70rod'].map(
      (name): Row => [`credentials for the table ${name}`, lines(`POST ${C}/${name}`, GOOD), name === '..' ? 400 : 404],
    ),
  ]),
  ...of('T29', 'a route that is not there', [
    ['the other route', lines(`POST ${ROUTES.dynamodb}`, [HOST, ORIGIN, PROOF, 'Content-Length: 2'], '{}'), 404],
  ]),
  ...of('T37, T62', 'a sign-in that the person did not ask for', [
    signIn('started without a proof', 401, START, [HOST, ORIGIN]),
    signIn('started by the proof of another wish', 401, START, [
      HOST,
      ORIGIN,
      `${PROOF_HEADER}: {PROOF body={"do":"cancel"}}`,
    ]),
    signIn('started by the proof of another route', 401, START, [HOST, ORIGIN, `${PROOF_HEADER}: {PROOF path=${C}}`]),
    signIn('started under another token', 401, START, [HOST, ORIGIN, `${PROOF_HEADER}: {PROOF key={T-}}`]),
    signIn('started by another app', 403, START, [HOST, 'Origin: http://localhost:3000', PROOF]),
    signIn('started without Origin', 403, START, [HOST, PROOF]),
    signIn('started at a rebound name', 421, START, ['Host: evil.com:{P}', 'Origin: http://evil.com:{P}', PROOF]),
    signIn('started by a form', 403, START, [HOST, ORIGIN, PROOF, 'Sec-Fetch-Mode: no-cors']),
    signIn('started through a proxy', 403, START, [HOST, ORIGIN, PROOF, 'X-Forwarded-For: 10.0.0.1']),
    ['started by GET', lines(`GET ${ROUTES.signIn}`, GOOD), 405],
    signIn('of another profile, by the body', 400, '{"do":"start","profile":"prod"}'),
    signIn('of another profile, by the address', 404, START, [HOST, ORIGIN, PROOF], `${ROUTES.signIn}?profile=prod`),
    signIn('of another profile, below the address', 404, START, [HOST, ORIGIN, PROOF], `${ROUTES.signIn}/prod`),
    signIn('another command', 400, '{"do":"configure"}'),
    signIn('no wish at all', 400, ''),
    signIn('a code with a second line', 400, String.raw`{"do":"code","code":"AAAAAAAA\ny"}`),
    signIn('a code that is an option', 400, '{"do":"code","code":"--endpoint-url"}'),
    signIn('a code of 9,000 letters', 413, `{"do":"code","code":"${'A'.repeat(9000)}"}`),
    [
      'started by a request that was sent before',
      lines(`POST ${ROUTES.signIn}`, [HOST, ORIGIN, PROOF, `Content-Length: ${START.length}`], START),
      401,
      { replayed: true },
    ],
  ]),
  // Last, as it uses up what the others of this kind would be let in by.
  ...of('T33', 'floods', [
    ['the 61st request for credentials in a minute', lines(`POST ${C}`, GOOD), 429, { times: 61 }],
    [
      'the 241st question in a minute who answers here',
      lines(`POST ${ROUTES.identity}`, [HOST, ORIGIN, EMPTY, NONCE]),
      429,
      { times: 241 },
    ],
    [
      'the 61st wish about the sign-in in a minute',
      lines(`POST ${ROUTES.signIn}`, [HOST, ORIGIN, PROOF, `Content-Length: ${START.length}`], START),
      429,
      { times: 61 },
    ],
  ]),
];
