import { Readable } from 'node:stream';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, test } from 'vitest';
import { outageLimit } from '../../src/store/outage-limit.ts';
import { sendForJson } from '../../src/store/send.ts';
import { type Answer, cannedClient, cannedServer, HTTP_HANDLERS } from './canned-server.ts';

// What is taken from the wire in place of the SDK, of answers that only something else than DynamoDB gives.

let server: Awaited<ReturnType<typeof cannedServer>> | undefined;
afterEach(async () => server?.close());

const SCAN = { TableName: 'Releases' };

describe.each(HTTP_HANDLERS)('what is none of the JSON of DynamoDB is told (%s)', (handler) => {
  test.each<[string, Answer, string, object]>([
    ['a blank body', { body: ' \n' }, 'Received an empty answer.', {}],
    [
      'a page that begins with a blank line',
      { body: '\n <!doctype html>' },
      "Received a web page instead of DynamoDB's JSON.",
      { cause: expect.any(SyntaxError) },
    ],
    [
      'cut-off JSON with a tag in it',
      { body: '{"Items":[{"a":{"S":"<b>' },
      "Received text that is not whole JSON (24 characters) instead of DynamoDB's JSON.",
      { cause: expect.any(SyntaxError) },
    ],
    [
      'a page that lets choose from others',
      { status: 300, body: '<!doctype html>' },
      "Received answer 300 that is not DynamoDB's JSON.",
      { cause: expect.any(SyntaxError) },
    ],
  ])('%s', async (_, answer, message, more) => {
    server = await cannedServer(() => answer);
    const sent = sendForJson(cannedClient(server.origin, handler), new ScanCommand(SCAN));
    await expect(sent).rejects.toMatchObject({ code: 'unexpected-answer', message, ...more });
  });
});

test('a table is not slow where the head of an answer comes at once, and its large body takes long', async () => {
  let now = 0;
  const body = new Readable({
    read() {
      now += 10_000;
      this.push('{"Items":[]}');
      this.push(null);
    },
  });
  const handle = async () => ({ response: { statusCode: 200, headers: {}, body } });
  const limit = outageLimit(() => now);
  const client = cannedClient('http://127.0.0.1:1', 'node', {
    requestHandler: { handle, updateHttpClientConfig: () => {}, httpHandlerConfigs: () => ({}) },
  });
  limit.watch(client);
  limit.begin();
  expect(await sendForJson(client, new ScanCommand(SCAN))).toEqual({ Items: [] });
  limit.end(null);
  expect([now, limit.slowMs()]).toEqual([10_000, null]);
});
