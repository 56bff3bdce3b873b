import { ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { lines } from '../devserver/raw-request.ts';
import { HOST, ORIGIN, of, PROOF, type RawAttack, type Row } from './raw-attack.ts';

export const TABLE = 'ReleaseFragments';
/** Another table of the same store, which must not be read. */
export const OTHER = 'Other';

const named = (more: object = {}): string => JSON.stringify({ TableName: TABLE, ...more });
const KEY = { version: { S: 'v9.9.9' }, 'component#name': { S: 'backend#planted' } };

/** Calls with everything that a writing call needs: let through, each of these changes the table. */
const WRITES = [
  ['PutItem', named({ Item: { ...KEY, date: { S: '2026-01-01T00:00:00Z' } } })],
  ['UpdateItem', named({ Key: KEY, UpdateExpression: 'SET a = :a', ExpressionAttributeValues: { ':a': { S: 'x' } } })],
  ['DeleteItem', named({ Key: { version: { S: 'v1.0.0' }, 'component#name': { S: 'backend#auth' } } })],
  ['BatchWriteItem', JSON.stringify({ RequestItems: { [TABLE]: [{ PutRequest: { Item: KEY } }] } })],
  ['BatchWriteItem', JSON.stringify({ TableName: TABLE, RequestItems: { [TABLE]: [{ PutRequest: { Item: KEY } }] } })],
  ['DeleteTable', named()],
] as const;

/** Calls that must not pass: action of the target, and body. */
export const FORBIDDEN_CALLS: readonly (readonly [action: string, body: string])[] = [
  ...WRITES,
  ...[
    'TransactWriteItems',
    'TransactGetItems',
    'CreateTable',
    'UpdateTable',
    'ListTables',
    'ExecuteStatement',
    'BatchExecuteStatement',
    'ExecuteTransaction',
    'CreateBackup',
    'ExportTableToPointInTime',
    'PutResourcePolicy',
    'EnableKinesisStreamingDestination',
    'TagResource',
    'UpdateTimeToLive',
    'scan',
    'Scan.DeleteTable',
    'Scan,DeleteTable',
    '',
  ].map((action) => [action, named()] as const),
  ['Scan', '{"TableName":"Other"}'],
  ['Query', '{"TableName":"Other"}'],
  ['GetItem', '{"TableName":"Other"}'],
  ['DescribeTable', '{"TableName":"Other"}'],
  ['Scan', `{"TableName":["${TABLE}"]}`],
  ['Scan', `{"tablename":"${TABLE}"}`],
  ['Scan', `{"__proto__":{"TableName":"${TABLE}"}}`],
  ['Scan', `{"TableName":"${TABLE}","TableName":"Other"}`],
  ['Scan', `{"TableName":"arn:aws:dynamodb:us-east-1:123456789012:table/${TABLE}"}`],
  ['Scan', ''],
  ['Scan', 'null'],
  ['Scan', `[${named()}]`],
  ['Scan', `${named()}x`],
  ['Scan', `${'['.repeat(200_000)}`],
  ['BatchGetItem', named()],
  ['BatchGetItem', '{"RequestItems":{}}'],
  ['BatchGetItem', `{"RequestItems":{"${TABLE}":{"Keys":[]},"Other":{"Keys":[]}}}`],
  [
    'BatchGetItem',
    '{"RequestItems":{"Other":{"Keys":[{"version":{"S":"v1"},"component#name":{"S":"backend#other"}}]}}}',
  ],
  ['BatchGetItem', `{"RequestItems":[{"${TABLE}":{}}]}`],
];

const SENT = 'Content-Type: application/x-amz-json-1.0';
const OWN = [HOST, ORIGIN, PROOF, SENT];

const call = (action: string, body: string, headers: readonly string[] = OWN): string =>
  lines(
    `POST ${ROUTES.dynamodb}`,
    [...headers, `X-Amz-Target: DynamoDB_20120810.${action}`, `Content-Length: ${Buffer.byteLength(body)}`],
    body,
  );

const scanWith = (name: string, status: number, ...headers: readonly string[]): Row => [
  name,
  call('Scan', named(), headers),
  status,
];

const clipped = (text: string): string => (text.length > 90 ? `${text.slice(0, 90)}…` : text);

const demo = (name: string, status: number, body: string, headers: readonly string[] = [HOST, ORIGIN, PROOF]): Row => [
  name,
  lines(`POST ${ROUTES.demo}`, [...headers, `Content-Length: ${body.length}`], body),
  status,
];
const STEP = '{"do":"step"}';

/** Requests to the route of a table on this machine, most of them with the right token in hand. */
export const TABLE_ATTACKS: readonly RawAttack[] = [
  ...of(
    'T29, T30',
    'writes, other tables, PartiQL',
    FORBIDDEN_CALLS.map(([action, body]) => [clipped(`${action} ${body}`), call(action, body), 400]),
  ),
  ...of('T29, T30', 'writes, other tables, PartiQL', [
    [
      'another protocol version',
      lines(`POST ${ROUTES.dynamodb}`, [...OWN, 'X-Amz-Target: DynamoDB_20111205.Scan', 'Content-Length: 2'], '{}'),
      400,
    ],
    ['no target', lines(`POST ${ROUTES.dynamodb}`, [...OWN, 'Content-Length: 2'], '{}'), 400],
    ['two targets', call('Scan', named(), [...OWN, 'X-Amz-Target: DynamoDB_20120810.PutItem']), 400],
    ['more than 1 MB', call('Scan', named({ Pad: 'x'.repeat(1024 * 1024) })), 413],
  ]),
  ...of('T63', 'a demo that others steer', [
    demo('a step without a proof', 401, STEP, [HOST, ORIGIN]),
    demo('a step by the proof of another wish', 401, STEP, [HOST, ORIGIN, `${PROOF_HEADER}: {PROOF body={}}`]),
    demo('a step by another app', 403, STEP, [HOST, 'Origin: http://localhost:3000', PROOF]),
    demo('a step by a form', 403, STEP, [HOST, ORIGIN, PROOF, 'Sec-Fetch-Mode: no-cors']),
    demo('a step at a rebound name', 421, STEP, ['Host: evil.com:{P}', 'Origin: http://evil.com:{P}', PROOF]),
    demo('another table', 400, '{"do":"step","table":"Other"}'),
    demo('a speed that there is not', 400, '{"do":"speed","speed":"9999"}'),
    ['a step by GET', lines(`GET ${ROUTES.demo}`, [HOST, ORIGIN, PROOF]), 405],
  ]),
  ...of('T16', 'proofs of the token', [
    scanWith('a call without a proof', 401, HOST, ORIGIN, SENT),
    scanWith(
      'a call with a wrong proof',
      401,
      HOST,
      ORIGIN,
      SENT,
      `${PROOF_HEADER}: ${'A'.repeat(22)}.${'A'.repeat(43)}`,
    ),
    scanWith('a call with two proofs', 401, ...OWN, `${PROOF_HEADER}: x`),
    scanWith('a call with the token itself', 401, HOST, ORIGIN, SENT, `${PROOF_HEADER}: {T}`),
    scanWith('a call with the token as bearer', 401, HOST, ORIGIN, SENT, 'Authorization: Bearer {T}'),
    scanWith('a call with the proof in a cookie', 401, HOST, ORIGIN, SENT, `Cookie: ${PROOF_HEADER}={PROOF}`),
    scanWith(
      'a call with the proof of another action',
      401,
      HOST,
      ORIGIN,
      SENT,
      `${PROOF_HEADER}: {PROOF action=DynamoDB_20120810.Query}`,
    ),
    scanWith('a call with the proof of another body', 401, HOST, ORIGIN, SENT, `${PROOF_HEADER}: {PROOF body={}}`),
    scanWith('a call with the proof of no body', 401, HOST, ORIGIN, SENT, `${PROOF_HEADER}: {PROOF body=}`),
    scanWith(
      'a call with the proof of another path',
      401,
      HOST,
      ORIGIN,
      SENT,
      `${PROOF_HEADER}: {PROOF path=${ROUTES.credentials}}`,
    ),
    scanWith('a call with a proof under an empty key', 401, HOST, ORIGIN, SENT, `${PROOF_HEADER}: {PROOF key=}`),
    ['a call that was sent before', call('Scan', named()), 401, { replayed: true }],
  ]),
  ...of('T7 to T9', 'origins', [
    scanWith('a call without Origin', 403, HOST, PROOF),
    scanWith('a call of another port', 403, HOST, 'Origin: http://127.0.0.1:3000', PROOF),
    scanWith('a call of Origin null', 403, HOST, 'Origin: null', PROOF),
  ]),
  ...of('T1 to T5', 'rebinding, other names of this machine, look-alikes, no or two Hosts', [
    scanWith('a call to a rebound name', 421, 'Host: evil.com:{P}', 'Origin: http://evil.com:{P}', PROOF),
    scanWith('a call to localhost', 421, 'Host: localhost:{P}', 'Origin: http://localhost:{P}', PROOF),
  ]),
  ...of('T11 to T13, T15', 'what browsers send for tags, forms, frames', [
    scanWith('a call of another site', 403, ...OWN, 'Sec-Fetch-Site: cross-site'),
    scanWith('a call by a form', 403, ...OWN, 'Sec-Fetch-Site: same-origin', 'Sec-Fetch-Mode: navigate'),
    scanWith('a call by a tag', 403, ...OWN, 'Sec-Fetch-Dest: script'),
  ]),
  ...of('T19', 'methods', [
    ...['GET', 'PUT', 'DELETE', 'OPTIONS'].map(
      (method): Row => [`method ${method} on the table`, call('Scan', named()).replace(/^POST/, method), 405],
    ),
  ]),
  ...of('T21', 'tunnels and proxies', [scanWith('a call through a proxy', 403, ...OWN, 'X-Forwarded-For: 10.0.0.1')]),
  ...of('T36, T37', 'a route that is not there', [
    ['credentials, where the source needs none', lines(`POST ${ROUTES.credentials}`, [HOST, ORIGIN, PROOF]), 404],
    ['the start, where the page carries it', lines(`POST ${ROUTES.start}`, [HOST, ORIGIN, PROOF]), 404],
  ]),
  // Last, as it uses up what the others of this kind would be let in by.
  ...of('T33', 'floods', [
    [
      'the 61st wish about the demo in a minute',
      lines(`POST ${ROUTES.demo}`, [HOST, ORIGIN, PROOF, `Content-Length: ${STEP.length}`], STEP),
      429,
      { times: 61 },
    ],
  ]),
];
