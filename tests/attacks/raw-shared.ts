import { NONCE_HEADER, ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { lines } from '../devserver/raw-request.ts';
import { EMPTY, HOST, NAVIGATION, ORIGIN, of, type RawAttack, type Row } from './raw-attack.ts';

const S = ROUTES.start;
const TICKET = 'Authorization: Ticket {TICKET}';
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
  start('a used code as ticket', ['Authorization: Ticket {USED}']),
  start('an expired code', ['Authorization: Code {EXPIRED}']),
  start('a wrong ticket', [`Authorization: Ticket ${'A'.repeat(43)}`]),
  start('all but the last letter of the ticket', ['Authorization: Ticket {TICKET-}']),
  start('the ticket and one letter', ['Authorization: Ticket {TICKET}A']),
  start('the ticket twice', ['Authorization: Ticket {TICKET}', 'Authorization: Ticket {TICKET}']),
  start('the ticket as code', ['Authorization: Code {TICKET}']),
  start('the ticket as bearer', ['Authorization: Bearer {TICKET}']),
  start('the ticket in a cookie', ['Cookie: ticket={TICKET}']),
  start('the token as ticket', ['Authorization: Ticket {T}']),
  start('the token as bearer', ['Authorization: Bearer {T}']),
  start('the token as code', ['Authorization: Code {T}']),
  start('a proof of the token', [`${PROOF_HEADER}: {PROOF}`]),
  start('the right ticket from another site', ['Authorization: Ticket {TICKET}'], 403, ['Sec-Fetch-Site: cross-site']),
  ['the right ticket, with a body', lines(`POST ${S}`, [HOST, ORIGIN, TICKET, 'Content-Length: 2'], '{}'), 413],
  ['the right ticket, without Origin', lines(`POST ${S}`, [HOST, EMPTY, TICKET]), 403],
  ['the right ticket by GET', lines(`GET ${S}`, [HOST, ORIGIN, TICKET]), 405],
  ['the right ticket in the address', lines(`POST ${S}?t={TICKET}`, [HOST, ORIGIN, EMPTY]), 404],
  [
    'the right ticket at a rebound name',
    lines(`POST ${S}`, ['Host: evil.com:{P}', 'Origin: http://evil.com:{P}', EMPTY, TICKET]),
    421,
  ],
  [
    'a call with a guessed proof',
    lines(
      `POST ${ROUTES.dynamodb}`,
      [HOST, ORIGIN, ...BROWSER, `${PROOF_HEADER}: ${'A'.repeat(22)}.${'A'.repeat(43)}`, 'Content-Length: 2'],
      '{}',
    ),
    401,
  ],
  [
    'a call proved by a used code',
    lines(
      `POST ${ROUTES.dynamodb}`,
      [HOST, ORIGIN, ...BROWSER, `${PROOF_HEADER}: {PROOF key={USED}}`, 'Content-Length: 2'],
      '{}',
    ),
    401,
  ],
  [
    'a call proved by the ticket',
    lines(
      `POST ${ROUTES.dynamodb}`,
      [HOST, ORIGIN, ...BROWSER, `${PROOF_HEADER}: {PROOF key={TICKET}}`, 'Content-Length: 2'],
      '{}',
    ),
    401,
  ],
  // Whoever asks may know who answers, and gets what he cannot open: the ticket is among the marks that no answer may hold.
  [
    'the question who answers, as a page asks it',
    lines(`POST ${ROUTES.identity}`, [HOST, ORIGIN, EMPTY, ...BROWSER, `${NONCE_HEADER}: ${'A'.repeat(22)}`]),
    200,
  ],
]);
