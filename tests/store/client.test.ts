import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { dynamoEndpoint, partitionOf, REGION_PATTERN } from '../../src/contract/aws-region.ts';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { PROOF_HEADER, proverOf, REQUEST_PROOF } from '../../src/contract/proof.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { connectTable, httpOptions, localRoute, routeOf, type TableConnection } from '../../src/store/client.ts';
import { describeTable } from '../../src/store/table-keys.ts';
import { answerProof } from '../proofs.ts';
import { type Answer, awsError, type Call, cannedClient, cannedServer, HTTP_HANDLERS } from './canned-server.ts';

let server: Awaited<ReturnType<typeof cannedServer>> | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const DESCRIPTION = {
  Table: {
    TableName: 'Fragments',
    TableStatus: 'ACTIVE',
    ItemCount: 7,
    TableSizeBytes: 4096,
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'pk', AttributeType: 'S' },
    ],
  },
};

/** Answers that are proved as the local server does. */
const provenBy =
  (token: string, answer: () => { readonly status?: number; readonly body: string }) =>
  ({ headers }: Call): Answer => {
    const { status = 200, body } = answer();
    const proof = answerProof(token, String(headers[PROOF_HEADER]), status, body);
    return { status, body, headers: { [PROOF_HEADER]: proof } };
  };

describe.each(HTTP_HANDLERS)('the local route (%s)', (handler) => {
  test.each([
    [200, 'without a proof', {}],
    [401, 'without a proof', {}],
    [502, 'without a proof', {}],
    [200, 'with another proof', { [PROOF_HEADER]: 'A'.repeat(43) }],
  ])('an answer of %i %s is not believed, and not asked for again', async (status, _, headers) => {
    server = await cannedServer(() => ({ status, body: JSON.stringify(DESCRIPTION), headers }));
    const connection = localRoute(server.origin, 'eu-central-1', proverOf('the-token'));
    const client = cannedClient(server.origin, handler, { ...connection, maxAttempts: 3 });
    await expect(describeTable(client, { table: 'Fragments', configuredKeys: null })).rejects.toMatchObject({
      code: 'local-server-foreign',
    });
    expect(server.calls).toHaveLength(1);
  });

  test('of a table that is named besides is called by its own path', async () => {
    server = await cannedServer(provenBy('the-token', () => ({ body: JSON.stringify(DESCRIPTION) })));
    const connection = localRoute(server.origin, 'eu-central-1', proverOf('the-token'), undefined, 'prod');
    const client = cannedClient(server.origin, handler, connection);
    expect(await routeOf(client)).toBe('local-server');
    await describeTable(client, { table: 'Fragments', configuredKeys: null });
    expect(server.calls.map(({ url }) => url)).toEqual(['/__release-matrix/dynamodb/prod']);
  });

  test('is called by its exact path, with a proof outside of the signature', async () => {
    server = await cannedServer(provenBy('the-token', () => ({ body: JSON.stringify(DESCRIPTION) })));
    const connection = localRoute(server.origin, 'eu-central-1', proverOf('the-token'));
    const client = cannedClient(server.origin, handler, connection);
    expect(await routeOf(client)).toBe('local-server');
    expect(await describeTable(client, { table: 'Fragments', configuredKeys: null })).toEqual({
      table: 'Fragments',
      keys: { release: 'pk', component: 'sk' },
      keysFrom: 'table',
      denied: null,
      itemCount: 7,
      sizeBytes: 4096,
      status: 'ACTIVE',
    });
    const [call] = server.calls;
    expect(call?.url).toBe('/__release-matrix/dynamodb');
    expect(call?.headers[PROOF_HEADER]).toMatch(REQUEST_PROOF);
    expect(JSON.stringify(call)).not.toContain('the-token');
    expect(call?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=releasematrix\/.*SignedHeaders=[a-z0-9;-]+, /,
    );
    expect(call?.headers.authorization).not.toContain(PROOF_HEADER);
  });

  test('N11 names the key by which an emulator behind it keeps its tables', async () => {
    server = await cannedServer(provenBy('t', () => ({ body: JSON.stringify(DESCRIPTION) })));
    const client = cannedClient(
      server.origin,
      handler,
      localRoute(server.origin, 'eu-west-1', proverOf('t'), 'fakeMyKeyId'),
    );
    await describeTable(client, { table: 'Fragments', configuredKeys: null });
    expect(server.calls[0]?.headers.authorization).toMatch(/ Credential=fakeMyKeyId\/\d+\/eu-west-1\//);
  });

  test.each([
    [401, { Code: 'Refused', Message: 'refused' }, { code: 'local-server-restarted', fix: null }],
    [403, { Code: 'Refused', Message: 'refused' }, { code: 'local-server-refused', fix: null }],
    [400, { Code: 'NotAllowed', Message: 'reading only' }, { code: 'local-call-not-allowed', message: 'reading only' }],
    [429, { Code: 'RateLimited', Message: 'slow' }, { code: 'local-server-busy' }],
    [
      502,
      { Code: 'EndpointUnreachable', Message: 'gone', Fix: 'start it' },
      { code: 'endpoint-unreachable', fix: 'start it' },
    ],
    [500, { Code: 'Internal', Message: 'oops' }, { code: 'local-server-failing' }],
  ])('%i %j', async (status, body, fault) => {
    server = await cannedServer(provenBy('t', () => ({ status, body: JSON.stringify(body) })));
    const client = cannedClient(server.origin, handler, localRoute(server.origin, 'eu-central-1', proverOf('t')));
    await expect(describeTable(client, { table: 'Fragments', configuredKeys: null })).rejects.toMatchObject(fault);
  });

  test('a server that is gone', async () => {
    server = await cannedServer(() => ({ does: 'hang' }));
    const client = cannedClient(server.origin, handler, localRoute(server.origin, 'eu-central-1', proverOf('t')));
    await server.close();
    await expect(describeTable(client, { table: 'Fragments', configuredKeys: null })).rejects.toMatchObject({
      code: 'local-server-stopped',
    });
  });
});

/** What a client asks of its handler of HTTP, which gives no answer. */
async function asked(more: Partial<TableConnection>) {
  const requests: { readonly path: string; readonly headers: Record<string, string> }[] = [];
  const handle = async (request: (typeof requests)[number]) => {
    requests.push(request);
    throw Object.assign(new Error('lost'), { code: 'ECONNRESET' });
  };
  const client = connectTable({
    region: 'eu-central-1',
    credentials: EMULATOR_CREDENTIALS,
    requestHandler: { handle, updateHttpClientConfig: () => {}, httpHandlerConfigs: () => ({}) },
    ...more,
  });
  await client.send(new ListTablesCommand({})).catch(() => null);
  return requests;
}

describe('a call', () => {
  test.each([1, 2])('is tried as often as is said: %i', async (maxAttempts) => {
    expect(await asked({ maxAttempts })).toHaveLength(maxAttempts);
  });

  test('says which program it is of, and nothing more than DynamoDB needs', async () => {
    for (const { headers } of await asked({ maxAttempts: 2 })) {
      expect(headers['user-agent']).toMatch(/^release-matrix /);
      expect(headers).not.toHaveProperty('amz-sdk-invocation-id');
      expect(headers).not.toHaveProperty('amz-sdk-request');
      expect(headers.authorization).toMatch(/SignedHeaders=content-length;content-type;host;x-amz-[^,]*, /);
    }
  });

  test("is signed at the time by AWS's clock", async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2026-11-20T12:00:00Z') });
    onTestFinished(() => void vi.useRealTimers());
    const [request] = await asked({ maxAttempts: 1, clockOffsetMs: 7_200_000 });
    expect(request?.headers['x-amz-date']).toBe('20261120T140000Z');
  });

  test('of an endpoint with a path has that, as the SDK ends it', async () => {
    const [request] = await asked({ maxAttempts: 1, endpoint: 'http://127.0.0.1:8000/dynamo' });
    expect(request?.path).toBe('/dynamo/');
  });

  test('of a table inside this process has no proof, and needs none', async () => {
    const [request] = await asked({ ...localRoute('http://127.0.0.1:1', 'eu-central-1', null), maxAttempts: 1 });
    expect(request?.path).toBe('/__release-matrix/dynamodb');
    expect(request?.headers).not.toHaveProperty(PROOF_HEADER);
  });

  test.each([
    ['AWS', {}, 'default'],
    ['the local server', { prover: proverOf('t') }, 'no-store'],
  ])('of a browser to %s takes no cookies along', async (_, connection, cache) => {
    const requests: Request[] = [];
    const customFetch = async (request: unknown) => {
      if (request instanceof Request) requests.push(request);
      throw new Error('lost');
    };
    const requestHandler = new FetchHttpHandler({ ...httpOptions(connection), customFetch });
    await cannedClient('http://127.0.0.1:1', 'node', { ...connection, requestHandler })
      .send(new ListTablesCommand({}))
      .catch(() => null);
    expect(requests).toMatchObject([{ credentials: 'omit', cache }]);
  });
});

describe('describeTable', () => {
  const denied = awsError(
    'AccessDeniedException',
    'User: me is not authorized to perform: dynamodb:DescribeTable on resource: arn:aws:dynamodb:eu-central-1:1:table/F',
  );
  test.each([
    [
      'denied, names configured',
      denied,
      { release: 'pk', component: 'sk' },
      { release: 'pk', component: 'sk' },
      'settings',
      'access-denied',
    ],
    ['denied, nothing configured', denied, null, DOCUMENTED_KEYS, 'documentation', 'access-denied'],
    [
      'unknown to the endpoint',
      awsError('UnknownOperationException', 'no'),
      null,
      DOCUMENTED_KEYS,
      'documentation',
      'request-refused',
    ],
  ])('%s', async (_, answer, configuredKeys, keys, keysFrom, code) => {
    server = await cannedServer(() => answer);
    const described = await describeTable(cannedClient(server.origin), { table: 'F', configuredKeys });
    expect(described).toEqual({
      table: 'F',
      keys,
      keysFrom,
      denied: expect.objectContaining({ code }),
      itemCount: null,
      sizeBytes: null,
      status: null,
    });
  });

  test.each([
    ['being made', { ...DESCRIPTION.Table, TableStatus: 'CREATING' }, 'table-not-ready'],
    ['without a table', undefined, 'unexpected-answer'],
    ['without a key schema', { TableStatus: 'ACTIVE' }, 'keys-unsuitable'],
    ['without the type of a key', { ...DESCRIPTION.Table, AttributeDefinitions: [] }, 'keys-unsuitable'],
  ])('%s', async (_, Table, code) => {
    server = await cannedServer(() => ({ body: JSON.stringify({ Table }) }));
    const described = describeTable(cannedClient(server.origin), { table: 'F', configuredKeys: null });
    await expect(described).rejects.toMatchObject({ code });
  });
});

describe('regions', () => {
  test.each([
    ['eu-central-1', 'aws'],
    ['us-east-1', 'aws'],
    ['ap-southeast-2', 'aws'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['cn-north-1', 'aws-cn'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-east-1', 'aws-iso-b'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])("%s has the SDK's own endpoint", async (region, partition) => {
    const asked: string[] = [];
    const client = new DynamoDBClient({
      region,
      credentials: EMULATOR_CREDENTIALS,
      accountIdEndpointMode: 'disabled',
      maxAttempts: 1,
      requestHandler: {
        handle: async (request: { protocol: string; hostname: string }) => {
          asked.push(`${request.protocol}//${request.hostname}`);
          throw new Error('asked enough');
        },
      },
    });
    await client.send(new ListTablesCommand({})).catch(() => null);
    expect([dynamoEndpoint(region), partitionOf(region)]).toEqual([asked[0], partition]);
    expect(REGION_PATTERN.test(region)).toBe(true);
    const connected = connectTable({ region, credentials: EMULATOR_CREDENTIALS });
    expect(await routeOf(connected)).toBe('direct');
  });
});
