import { Readable } from 'node:stream';
import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { FetchHttpHandler } from '@smithy/fetch-http-handler';
import { afterEach, expect, test, vi } from 'vitest';
import { type PageStart, REFUSED_HEADER } from '../../src/contract/local-server.ts';
import { proverOf } from '../../src/contract/proof.ts';
import { ReadFault } from '../../src/contract/read-fault.ts';
import type { TableData } from '../../src/live/table-data.ts';
import { tableReader } from '../../src/live/table-reader.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { DYNAMODB_ERRORS, type FaultServer, startFaultServer } from '../browser/fault-server.ts';
import { TRUSTING } from '../proofs.ts';
import { cannedServer } from '../store/canned-server.ts';
import { START } from './read-tables.ts';
import { told } from './told.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const CREDENTIALS = async (): Promise<Response> =>
  Response.json({
    AccessKeyId: 'good',
    SecretAccessKey: 's',
    Token: 't',
    Profile: 'p',
    Scope: 'session',
    ExpiresInMs: 900_000,
    ServerTime: new Date().toISOString(),
  });

/**
 * A reader of a real table, which stands behind an endpoint that can be made to fail.
 *
 * @param inAws it is called as AWS is, with credentials, and not through the local server
 */
async function watched(start: Partial<PageStart> = {}, inAws = false) {
  const server: FaultServer = await startFaultServer();
  closing.push(() => server.stop());
  const origin = server.url;
  let now = Date.now();
  const reader = inAws
    ? tableReader(
        { ...START, source: { kind: 'aws', profile: 'p', endpoint: server.url }, ...start },
        { origin, ...TRUSTING, fetch: CREDENTIALS, now: () => now, requestHandler: new FetchHttpHandler() },
      )
    : tableReader({ ...START, ...start }, { origin, ...TRUSTING, fetch, now: () => now });
  const put = (release: string, component: string, more: object = {}) =>
    server.table.client.send(
      new PutCommand({ TableName: START.table, Item: { version: release, 'component#name': component, ...more } }),
    );
  const policy = (document: unknown) => put('policy', 'policy#release-matrix', { document });
  const read = (before: TableData | null = null) => {
    now += START.pollIntervalMs;
    return reader.read(before, () => {}, new AbortController().signal);
  };
  await put('v1.0.0', 'k8s#live-deployment/api');
  return { server, read, put, policy };
}

const LIVE = { environments: { order: ['dev', 'live'] } };
const environments = ({ fragments }: TableData) => fragments.map((fragment) => fragment.environments);

test('the defaults hold where there is neither file nor item; asking for it costs half a unit; the counter that is not there costs nothing here', async () => {
  const { read, server } = await watched();
  const { table } = await read();
  expect(table.policy.source).toBe('defaults');
  expect(environments(table)).toEqual([['prod']]);
  expect(table.readUnits).toBe(1);
  expect(server.takeCalls().sort()).toEqual(['DescribeTable', 'GetItem', 'Query', 'Scan']);
});

test('of AWS the policy and the counters are asked for along with the description of the table, and the items behind them', async () => {
  const { read, server } = await watched({}, true);
  server.hold();
  const reading = read();
  const asked: string[] = [];
  await vi.waitFor(() => {
    asked.push(...server.takeCalls());
    expect(asked.toSorted()).toEqual(['DescribeTable', 'GetItem', 'Query']);
  });
  server.release();
  await reading;
  expect(server.takeCalls()).toEqual(['Scan']);
});

test('a table with other keys than those that were guessed is asked again by its own', async () => {
  const { read, server, policy } = await watched({ keyNames: { release: 'pk', component: 'sk' } }, true);
  await policy(LIVE);
  const { table } = await read();
  expect([table.keyNames, environments(table)]).toEqual([DOCUMENTED_KEYS, [['live']]]);
  expect(server.takeCalls().toSorted()).toEqual(['DescribeTable', 'GetItem', 'GetItem', 'Query', 'Query', 'Scan']);
});

test('a table that did not answer is asked for one thing at a time', async () => {
  const { read, server } = await watched({}, true);
  server.fail(DYNAMODB_ERRORS.missing);
  await expect(read()).rejects.toMatchObject({ code: 'table-missing' });
  expect(server.takeCalls().toSorted()).toEqual(['DescribeTable', 'GetItem', 'Query']);
  await expect(read()).rejects.toMatchObject({ code: 'table-missing' });
  expect(server.takeCalls()).toEqual(['DescribeTable']);
});

test('the table’s policy names its environments from the first reading on', async () => {
  const { read, policy } = await watched();
  await policy(LIVE);
  const { table } = await read();
  expect(table.policy).toMatchObject({ source: 'table', policy: { environments: { order: ['dev', 'live'] } } });
  expect(environments(table)).toEqual([['live']]);
});

test('an unchanged policy is the same object; a changed one reads every fragment anew, without news', async () => {
  const { read, policy } = await watched();
  await policy(LIVE);
  const { table: first } = await read();
  const { table: second } = await read(first);
  expect(second.policy).toBe(first.policy);
  expect(second.fragments).toBe(first.fragments);
  await policy({});
  const third = await read(second);
  expect(environments(third.table)).toEqual([['prod']]);
  expect(told(third.table.change)).toEqual([[], [], []]);
});

test('a policy that was deleted is no longer in force', async () => {
  const { read, policy, server } = await watched();
  await policy(LIVE);
  const { table: first } = await read();
  const Key = { version: 'policy', 'component#name': 'policy#release-matrix' };
  await server.table.client.send(new DeleteCommand({ TableName: START.table, Key }));
  const { table } = await read(first);
  expect([table.policy.source, environments(table)]).toEqual(['defaults', [['prod']]]);
});

test('a broken policy holds with its faults', async () => {
  const { read, policy } = await watched();
  await policy('{ "graceMinutes": ');
  const { table } = await read();
  expect(table.policy.source).toBe('table');
  expect(table.policy.policy.faults).toEqual([{ path: '', reason: expect.stringMatching(/^is not JSON/) }]);
});

test('a policy file wins, and the table is not asked', async () => {
  const { read, policy, server } = await watched({ policy: { graceMinutes: 7 } });
  await policy(LIVE);
  const { table } = await read();
  expect(table.policy).toMatchObject({ source: 'file', policy: { graceMinutes: 7 } });
  expect(environments(table)).toEqual([['prod']]);
  // For the change counter.
  expect(server.takeCalls()).toEqual(['DescribeTable', 'Query', 'Scan']);
});

test('where GetItem is denied the policy is found in the Scan, and not asked for again', async () => {
  const { read, policy, server } = await watched();
  await policy(LIVE);
  server.fail({ ...DYNAMODB_ERRORS.denied, message: 'User is not authorized to perform: dynamodb:GetItem' }, [
    'GetItem',
  ]);
  const { table: first } = await read();
  expect([first.policy.source, environments(first)]).toEqual(['table', [['live']]]);
  server.takeCalls();
  const { table: second } = await read(first);
  expect(second.fragments).toBe(first.fragments);
  expect(server.takeCalls()).toEqual(['Scan']);
});

test('where the policy cannot be had for another reason, the reading fails', async () => {
  const { read, server } = await watched();
  server.fail({ ...DYNAMODB_ERRORS.missing }, ['GetItem']);
  await expect(read()).rejects.toMatchObject({ code: 'table-missing' });
});

/** Sends calls on, but for those signed with a key that has been revoked. */
class AwsOfRevoked extends FetchHttpHandler {
  override async handle(...call: Parameters<FetchHttpHandler['handle']>) {
    if (!call[0].headers.authorization?.includes('Credential=revoked/')) return await super.handle(...call);
    const body = JSON.stringify({ __type: 'com.amazon.coral.service#ExpiredTokenException' });
    const headers = { 'content-type': 'application/x-amz-json-1.0' };
    return {
      response: Object.assign((await super.handle(...call)).response, {
        statusCode: 400,
        headers,
        body: Readable.from([body]),
      }),
    };
  }
}

test('F12, F13: credentials that AWS refuses are asked for anew, in this reading and at the start of the next one', async () => {
  const server = await startFaultServer();
  closing.push(() => server.stop());
  const asked: boolean[] = [];
  /** The local server keeps what it has as long as nobody says that it is refused, and then until somebody signs in. */
  let signedIn = false;
  let key = 'revoked';
  const local = async (_: unknown, { headers }: RequestInit = {}): Promise<Response> => {
    const refused = new Headers(headers).has(REFUSED_HEADER);
    asked.push(refused);
    if (refused && signedIn) key = 'good';
    return Response.json({
      AccessKeyId: key,
      SecretAccessKey: 's',
      Token: 't',
      Profile: 'p',
      Scope: 'session',
      ExpiresInMs: 900_000,
      ServerTime: new Date().toISOString(),
    });
  };
  const reader = tableReader(
    { ...START, source: { kind: 'aws', profile: 'p', endpoint: server.url } },
    {
      origin: 'http://127.0.0.1',
      ...TRUSTING,
      fetch: local,
      now: Date.now,
      requestHandler: new AwsOfRevoked(),
    },
  );
  const read = () => reader.read(null, () => {}, new AbortController().signal);
  await expect(read()).rejects.toMatchObject({ code: 'credentials-expired' });
  expect(asked.splice(0)).toEqual([false, true]);
  signedIn = true;
  await read();
  expect(asked).toEqual([true]);
});

/** Notes by which key calls are signed. */
class Noting extends FetchHttpHandler {
  readonly keyIds = new Set<string | undefined>();

  override async handle(...call: Parameters<FetchHttpHandler['handle']>) {
    this.keyIds.add(/Credential=([^/]+)\//.exec(call[0].headers.authorization ?? '')?.[1]);
    return await super.handle(...call);
  }
}

test('N11: an emulator is called by the key that the local server names, as it may keep its tables apart by it', async () => {
  const server = await startFaultServer();
  closing.push(() => server.stop());
  const requestHandler = new Noting();
  const source = { kind: 'loopback', endpoint: 'http://127.0.0.1:8000', keyId: 'fakeMyKeyId' } as const;
  const reader = tableReader(
    { ...START, source },
    { origin: server.url, ...TRUSTING, fetch, now: Date.now, requestHandler },
  );
  await reader.read(null, () => {}, new AbortController().signal);
  expect([...requestHandler.keyIds]).toEqual(['fakeMyKeyId']);
});

test('what answers without a proof is asked who it is, and gets nothing else until it is ours', async () => {
  const taken = await cannedServer(() => ({ status: 401, body: '{"Code":"Refused","Message":"refused"}' }));
  const answering: ('ours' | 'foreign' | 'silent')[] = ['foreign', 'foreign', 'ours', 'silent', 'foreign'];
  const prover = proverOf('the-token');
  const reader = tableReader(START, {
    origin: taken.origin,
    prover,
    whoAnswers: async () => answering.shift() ?? 'silent',
    fetch,
    now: Date.now,
  });
  const outcomes: [unknown, number][] = [];
  for (let time = 0; time < 5; time++) {
    const code = await reader
      .read(null, () => {}, new AbortController().signal)
      .then(
        () => null,
        (error: unknown) => (error instanceof ReadFault ? error.code : error),
      );
    outcomes.push([code, taken.calls.length]);
  }
  await taken.close();
  expect(outcomes).toEqual([
    ['local-server-foreign', 1],
    // While it is another program no call goes there.
    ['local-server-foreign', 1],
    ['local-server-restarted', 1],
    ['local-server-stopped', 2],
    ['local-server-foreign', 3],
  ]);
  expect(answering).toEqual([]);
  expect(JSON.stringify(taken.calls)).not.toContain('the-token');
});
