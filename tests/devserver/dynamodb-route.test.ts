import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { FORBIDDEN_CALLS, TABLE } from '../attacks/raw-table.ts';
import { answerProof, proofOf } from '../proofs.ts';
import { lines, type RawAnswer, sendRaw } from './raw-request.ts';
import { makeProject, type Served, serve } from './served.ts';

/** Sends a call as the page's SDK does. */
function call(served: Served, target: string, body: string, headers: readonly string[] = []): Promise<RawAnswer> {
  return sendRaw(served.port, callLines(served, target, body, headers));
}

function callLines(served: Served, target: string, body: string, headers: readonly string[] = []): string {
  return lines(
    `POST ${ROUTES.dynamodb}`,
    [
      `Host: 127.0.0.1:${served.port}`,
      `Origin: http://127.0.0.1:${served.port}`,
      `${PROOF_HEADER}: ${proofOf({ key: served.token, path: ROUTES.dynamodb, action: `DynamoDB_20120810.${target}`, body })}`,
      `X-Amz-Target: DynamoDB_20120810.${target}`,
      'Content-Type: application/x-amz-json-1.0',
      'X-Amz-Date: 20261122T000000Z',
      'Authorization: AWS4-HMAC-SHA256 Credential=x/20261122/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
      `Content-Length: ${Buffer.byteLength(body)}`,
      ...headers,
    ],
    body,
  );
}

const named = (more: object = {}): string => JSON.stringify({ TableName: TABLE, ...more });

describe.each(['dev', 'preview'] as const)('the table route over the embedded table, %s', (serving) => {
  const project = makeProject();
  let served: Served;
  /** Nothing here may change it: to read it once more before each call would double the time of the tests. */
  let atStart: string;
  beforeAll(async () => {
    served = await serve(serving, project.root, { SIMULATED_CI: 'off' });
    atStart = await tableState();
  });
  afterAll(async () => {
    await served.close();
    project.remove();
  });

  const tableState = async (): Promise<string> => {
    const [scan, description] = await Promise.all([
      call(served, 'Scan', named()),
      call(served, 'DescribeTable', named()),
    ]);
    return `${scan.status} ${scan.body} ${description.status} ${description.body}`;
  };

  test('the page is told its source', () => {
    expect(served.start).toEqual({
      token: expect.stringMatching(/^[\w-]{43}$/),
      secret: expect.stringMatching(/^[\w-]{43}$/),
      ticket: null,
      source: { kind: 'embedded', data: expect.any(String), simulatedCi: false },
      name: TABLE,
      table: TABLE,
      others: [],
      chosen: null,
      region: 'us-east-1',
      keyNames: null,
      policy: null,
      pollIntervalMs: 5000,
      readUnitsPerHour: null,
    });
  });

  test.each([
    ['DescribeTable', named()],
    ['Scan', named({ Limit: 5 })],
    [
      'Query',
      named({
        KeyConditionExpression: '#v = :v',
        ExpressionAttributeNames: { '#v': 'version' },
        ExpressionAttributeValues: { ':v': { S: '1.0.0' } },
      }),
    ],
    ['GetItem', named({ Key: { version: { S: '1.0.0' }, 'component#name': { S: 'backend#x' } } })],
    [
      'BatchGetItem',
      JSON.stringify({
        RequestItems: { [TABLE]: { Keys: [{ version: { S: '1' }, 'component#name': { S: 'b#x' } }] } },
      }),
    ],
  ])('%s passes', async (target, body) => {
    const answer = await call(served, target, body);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-amz-json-1.0']);
    expect(JSON.parse(answer.body)).toBeTypeOf('object');
    expect([...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  test('of a key that stands twice, what was checked is what is executed', async () => {
    const answer = await call(served, 'Scan', `{"TableName":"Other","TableName":"${TABLE}"}`);
    expect(answer.status).toBe(200);
  });

  test.each(FORBIDDEN_CALLS)('%s %s does not pass', async (target, body) => {
    const answer = await call(served, target, body);
    expect([answer.status, JSON.parse(answer.body).Code]).toEqual([400, 'NotAllowed']);
    expect(await tableState()).toBe(atStart);
  });

  test('every answer proves that it is of this run, a refusal too', async () => {
    for (const [target, body] of [
      ['DescribeTable', named()],
      ['PutItem', named()],
    ] as const) {
      const request = callLines(served, target, body);
      const proof = new RegExp(`${PROOF_HEADER}: (\\S+)`).exec(request)?.[1] ?? '';
      const answer = await sendRaw(served.port, request);
      expect(answer.headers.get(PROOF_HEADER)).toBe(answerProof(served.token, proof, answer.status, answer.body));
    }
  });

  test('an answer to nobody in particular proves nothing', async () => {
    const own = [`Host: 127.0.0.1:${served.port}`, `Origin: http://127.0.0.1:${served.port}`, 'Content-Length: 2'];
    const answer = await sendRaw(served.port, lines(`POST ${ROUTES.dynamodb}`, own, '{}'));
    expect([answer.status, answer.headers.has(PROOF_HEADER)]).toEqual([401, false]);
  });

  test('a call of more than 1 MB is refused, whether it says its length or not', async () => {
    const big = named({ Pad: 'x'.repeat(1024 * 1024) });
    expect((await call(served, 'Scan', big)).status).toBe(413);
    const chunked = lines(
      `POST ${ROUTES.dynamodb}`,
      [
        `Host: 127.0.0.1:${served.port}`,
        `Origin: http://127.0.0.1:${served.port}`,
        `${PROOF_HEADER}: ${proofOf({ key: served.token, path: ROUTES.dynamodb })}`,
        'Transfer-Encoding: chunked',
      ],
      `${big.length.toString(16)}\r\n${big}\r\n0\r\n\r\n`,
    );
    expect((await sendRaw(served.port, chunked)).status).toBe(413);
  });

  test('two hundred aborted uploads leave the server alive', async () => {
    const head = lines(
      `POST ${ROUTES.dynamodb}`,
      [
        `Host: 127.0.0.1:${served.port}`,
        `Origin: http://127.0.0.1:${served.port}`,
        `${PROOF_HEADER}: ${proofOf({ key: served.token, path: ROUTES.dynamodb })}`,
        'X-Amz-Target: DynamoDB_20120810.Scan',
        'Content-Length: 1000',
      ],
      '{"Ta',
    );
    const abort = (): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(served.port, '127.0.0.1', () => {
          socket.write(head, () => socket.resetAndDestroy());
        });
        socket.on('error', () => undefined);
        socket.on('close', () => resolve());
      });
    await Promise.all(Array.from({ length: 200 }, abort));
    expect((await call(served, 'DescribeTable', named())).status).toBe(200);
  });

  test('the route of credentials is not there', async () => {
    const own = [`Host: 127.0.0.1:${served.port}`, `Origin: http://127.0.0.1:${served.port}`];
    const request = lines(`POST ${ROUTES.credentials}`, [
      ...own,
      `${PROOF_HEADER}: ${proofOf({ key: served.token, path: ROUTES.credentials })}`,
    ]);
    expect((await sendRaw(served.port, request)).status).toBe(404);
  });
});

describe('the table route over an emulator', () => {
  const project = makeProject();
  const seen: { headers: NodeJS.Dict<string | string[]>; body: string }[] = [];
  let silent = false;
  let emulator: Server;
  let endpoint: string;
  let served: Served;
  beforeAll(async () => {
    emulator = createServer(async (request, response) => {
      let body = '';
      for await (const part of request) body += String(part);
      seen.push({ headers: request.headers, body });
      if (silent) return;
      response.writeHead(200, {
        'Content-Type': 'application/x-amz-json-1.0',
        'X-Amz-Crc32': '1',
        'Access-Control-Allow-Origin': '*',
        'Set-Cookie': 'a=b',
      });
      response.end('{"Items":[],"Count":0}');
    });
    await new Promise<void>((resolve) => emulator.listen(0, '127.0.0.1', resolve));
    const address = emulator.address();
    if (typeof address !== 'object' || address === null) throw new Error('The emulator does not listen.');
    endpoint = `http://127.0.0.1:${address.port}`;
    served = await serve('dev', project.root, { DYNAMODB_ENDPOINT: endpoint });
  });
  afterAll(async () => {
    await served.close();
    emulator.close();
    project.remove();
  });

  test('hands a reading call on, without the token, and its answer back without CORS headers', async () => {
    const answer = await call(served, 'Scan', named());
    expect([answer.status, answer.body, answer.headers.get('x-amz-crc32')]).toEqual([
      200,
      '{"Items":[],"Count":0}',
      '1',
    ]);
    expect([...answer.headers.keys()].filter((name) => /^access-control-|^set-cookie/.test(name))).toEqual([]);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.body).toBe(named());
    expect(Object.keys(seen[0]?.headers ?? {}).sort()).toEqual([
      'accept-encoding',
      'authorization',
      'connection',
      'content-length',
      'content-type',
      'host',
      'x-amz-date',
      'x-amz-target',
    ]);
    expect(JSON.stringify(seen)).not.toContain(served.token);
  });

  test('a writing call does not reach the emulator', async () => {
    const before = seen.length;
    expect((await call(served, 'PutItem', named())).status).toBe(400);
    expect(seen).toHaveLength(before);
  });

  test('a call whose asker has left is ended', async () => {
    const asked = seen.length;
    const asker = connect(served.port, '127.0.0.1');
    const ended = new Promise((resolve) => {
      emulator.once('request', (_, response) => response.once('close', () => resolve(response.writableFinished)));
    });
    silent = true;
    asker.write(callLines(served, 'Scan', named()));
    await expect.poll(() => seen.length).toBe(asked + 1);
    asker.destroy();
    expect(await ended).toBe(false);
    silent = false;
  });

  test('an emulator that is gone is named', async () => {
    emulator.closeAllConnections();
    await new Promise((resolve) => emulator.close(resolve));
    const answer = await call(served, 'Scan', named());
    expect(answer.status).toBe(502);
    expect(JSON.parse(answer.body)).toEqual({
      Code: 'EndpointUnreachable',
      Message: `${endpoint} does not answer. Is the emulator running?`,
    });
  });
});
