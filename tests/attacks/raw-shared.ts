import { ROUTES, TOKEN_HEADER } from '../../src/store/local-server.ts';
import { lines } from '../devserver/raw-request.ts';
import { EMPTY, HOST, NAVIGATION, ORIGIN, of, type RawAttack, type Row } from './raw-attack.ts';

const S = ROUTES.start;
const BROWSER = ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty'];

/** A request for the start, with the headers of the page forged. */
const start = (name: string, authorization: readonly string[], status = 401, headers: readonly string[] = []): Row => [
  name,
  lines(`POST ${S}`, [HOST, ORIGIN, EMPTY, ...BROWSER, ...authorization, ...headers]),
  status,
];

/** What another user of this machine can send, who may forge every header but has not seen the terminal. */
export const SHARED_ATTACKS: readonly RawAttack[] = of('T52', 'another user of this machine (one-time code)', [
  // The page itself may come: nothing is in it. The token is among the marks that no answer may hold.
  ['GET of the page', lines('GET /', [HOST]), 200],
  ['GET of the page as a browser', lines('GET /', [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION]), 200],
  ['GET of the page with a guessed code', lines('GET /?c=AAAA', [HOST, 'Sec-Fetch-Site: none', ...NAVIGATION]), 200],
  start('no authorization', []),
  start('an empty code', ['Authorization: Code ']),
  start('a wrong code', [`Authorization: Code ${'A'.repeat(32)}`]),
  start('a used code', ['Authorization: Code {USED}']),
  start('a used code twice', ['Authorization: Code {USED}', 'Authorization: Code {USED}']),
  start('a used code as bearer', ['Authorization: Bearer {USED}']),
  start('an expired code', ['Authorization: Code {EXPIRED}']),
  start('a wrong token', [`Authorization: Bearer ${'A'.repeat(43)}`]),
  start('all but the last letter of the token', ['Authorization: Bearer {T-}']),
  start('the token as code', ['Authorization: Code {T}']),
  start('the token in a cookie', ['Cookie: token={T}']),
  start('the token in the other header', [`${TOKEN_HEADER}: {T}`]),
  start('the right token from another site', ['Authorization: Bearer {T}'], 403, ['Sec-Fetch-Site: cross-site']),
  [
    'the right token, with a body',
    lines(`POST ${S}`, [HOST, ORIGIN, 'Authorization: Bearer {T}', 'Content-Length: 2'], '{}'),
    413,
  ],
  ['the right token, without Origin', lines(`POST ${S}`, [HOST, EMPTY, 'Authorization: Bearer {T}']), 403],
  ['the right token by GET', lines(`GET ${S}`, [HOST, ORIGIN, 'Authorization: Bearer {T}']), 405],
  ['the right token in the address', lines(`POST ${S}?t={T}`, [HOST, ORIGIN, EMPTY]), 404],
  [
    'the right token at a rebound name',
    lines(`POST ${S}`, ['Host: evil.com:{P}', 'Origin: http://evil.com:{P}', EMPTY, 'Authorization: Bearer {T}']),
    421,
  ],
  [
    'a call with a guessed token',
    lines(
      `POST ${ROUTES.dynamodb}`,
      [HOST, ORIGIN, ...BROWSER, `${TOKEN_HEADER}: ${'A'.repeat(43)}`, 'Content-Length: 2'],
      '{}',
    ),
    401,
  ],
  [
    'a call with a used code',
    lines(`POST ${ROUTES.dynamodb}`, [HOST, ORIGIN, ...BROWSER, `${TOKEN_HEADER}: {USED}`, 'Content-Length: 2'], '{}'),
    401,
  ],
]);
