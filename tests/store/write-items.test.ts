import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import type { Item } from '../../src/release/item/item.ts';
import { connectTable } from '../../src/store/client.ts';
import { createReleaseTable, putItems } from '../../src/store/write-items.ts';
import { awsError, type Call, cannedClient, cannedServer } from './canned-server.ts';

let server: Awaited<ReturnType<typeof cannedServer>> | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

const items: Item[] = Array.from({ length: 60 }, (_, index) => ({
  version: 'v1.0.0',
  'component#name': `backend#${index}`,
}));

/** Component keys of a BatchWriteItem call, and its raw requests. */
function batchOf(call: Call) {
  const tables = call.input.RequestItems as Record<string, { PutRequest: { Item: Record<string, { S: string }> } }[]>;
  const requests = tables.Fragments ?? [];
  return { requests, keys: requests.map((request) => request.PutRequest.Item['component#name']?.S) };
}

test('what the table does not take is put again, and nothing else', async () => {
  const tries = new Map<string | undefined, number>();
  server = await cannedServer((call) => {
    const { requests, keys } = batchOf(call);
    for (const key of keys) tries.set(key, (tries.get(key) ?? 0) + 1);
    // The first two of every full batch are refused once.
    const refused = requests.length > 2 ? requests.slice(0, 2) : [];
    return { body: JSON.stringify({ UnprocessedItems: refused.length > 0 ? { Fragments: refused } : {} }) };
  });
  const progress: number[] = [];
  const written = await putItems(cannedClient(server.origin), 'Fragments', items, {
    concurrency: 1,
    firstPauseMs: 1,
    onProgress: (step) => progress.push(step.written),
  });
  expect([written, progress]).toEqual([60, [25, 50, 60]]);
  expect(server.calls.map((call) => batchOf(call).keys.length)).toEqual([25, 2, 25, 2, 10, 2]);
  expect(items.filter((item) => !tries.has(String(item['component#name'])))).toEqual([]);
  expect([...tries].filter(([, count]) => count === 2).map(([key]) => key)).toEqual(
    [0, 1, 25, 26, 50, 51].map((index) => `backend#${index}`),
  );
});

test('a table that takes nothing is given up as throttled', async () => {
  server = await cannedServer((call) => ({ body: JSON.stringify({ UnprocessedItems: call.input.RequestItems }) }));
  const writing = putItems(cannedClient(server.origin), 'Fragments', items.slice(0, 3), { firstPauseMs: 1 });
  await expect(writing).rejects.toMatchObject({
    code: 'throttled',
    message: '3 items were refused for lack of capacity.',
  });
  expect(server.calls).toHaveLength(8);
});

test('a refused batch ends the writing', async () => {
  server = await cannedServer(() => awsError('ValidationException', 'no'));
  const writing = putItems(cannedClient(server.origin), 'Fragments', items, { concurrency: 1 });
  await expect(writing).rejects.toMatchObject({ code: 'request-refused' });
  expect(server.calls).toHaveLength(1);
});

test('a writing that was stopped before makes no call', async () => {
  server = await cannedServer(() => ({ body: '{}' }));
  const writing = putItems(cannedClient(server.origin), 'Fragments', items, { signal: AbortSignal.abort() });
  await expect(writing).rejects.toMatchObject({ code: 'cancelled' });
  expect(server.calls).toEqual([]);
});

test('a table that never becomes active is given up', async () => {
  server = await cannedServer(() => ({ body: JSON.stringify({ Table: { TableStatus: 'CREATING' } }) }));
  const keyNames = { release: 'pk', component: 'sk' };
  const creating = createReleaseTable(cannedClient(server.origin), 'Fragments', keyNames, {
    lookEveryMs: 1,
    limitMs: 3,
  });
  await expect(creating).rejects.toMatchObject({
    code: 'timed-out',
    message: 'Table Fragments was not active after 3 ms.',
  });
  expect(server.calls.map((call) => call.operation)).toEqual(['CreateTable', ...Array(4).fill('DescribeTable')]);
});

test('a table that is not told of yet is looked at again', async () => {
  server = await cannedServer((_, index) => ({
    body: JSON.stringify(index < 2 ? {} : { Table: { TableStatus: 'ACTIVE' } }),
  }));
  const keyNames = { release: 'pk', component: 'sk' };
  await createReleaseTable(cannedClient(server.origin), 'Fragments', keyNames, { lookEveryMs: 1 });
  expect(server.calls.map((call) => call.operation)).toEqual(['CreateTable', 'DescribeTable', 'DescribeTable']);
});

test.each(['CreateTable', 'DescribeTable', 'BatchWriteItem'])(
  'whoever stops it waits for no answer: %s',
  async (at) => {
    const stop = new AbortController();
    server = await cannedServer(({ operation }) => {
      if (operation !== at) return { body: '{}' };
      stop.abort();
      return awsError('AccessDeniedException', 'no');
    });
    const client = cannedClient(server.origin);
    const options = { signal: stop.signal };
    const working =
      at === 'BatchWriteItem'
        ? putItems(client, 'Fragments', items, options)
        : createReleaseTable(client, 'Fragments', { release: 'pk', component: 'sk' }, options);
    await expect(working).rejects.toMatchObject({ code: 'cancelled' });
  },
);

test('a table that takes nothing is given time: the pauses double, up to 32 times the first', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const begun = performance.now();
  const sentAt: number[] = [];
  const handle = async ({ body }: { readonly body: Uint8Array }) => {
    sentAt.push(performance.now() - begun);
    const refused = JSON.stringify({ UnprocessedItems: JSON.parse(new TextDecoder().decode(body)).RequestItems });
    return { response: { statusCode: 200, headers: {}, body: Buffer.from(refused) } };
  };
  const client = connectTable({
    region: 'eu-central-1',
    credentials: EMULATOR_CREDENTIALS,
    requestHandler: { handle, updateHttpClientConfig: () => {}, httpHandlerConfigs: () => ({}) },
  });
  const ended = putItems(client, 'Fragments', items.slice(0, 3)).catch(({ code }) => code);
  await vi.advanceTimersByTimeAsync(10_000);
  expect([await ended, sentAt]).toEqual(['throttled', [0, 50, 150, 350, 750, 1_550, 3_150, 4_750]]);
});
