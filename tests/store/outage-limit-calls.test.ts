import { GetItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { ReadFault } from '../../src/contract/read-fault.ts';

import { limitedClient } from './limited-client.ts';

// Beside outage-limit.test.ts, whose table answers by hand: single calls and their answers.

/** A client whose requests are answered so, and its limit; `pass` lets time go by. */
function limited(answer: (operation: string, index: number, pass: (ms: number) => void) => object | Promise<object>) {
  let sent = 0;
  const { limit, client, pass } = limitedClient(async ({ headers }) => {
    const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
    const body = await answer(operation, sent++, pass);
    return {
      response: {
        statusCode: '__type' in body ? 400 : 200,
        headers: {},
        body: new TextEncoder().encode(JSON.stringify(body)),
      },
    };
  });
  return {
    limit,
    pass,
    sent: () => sent,
    scan: () => client.send(new ScanCommand({ TableName: 'T' })),
    get: () => client.send(new GetItemCommand({ TableName: 'T', Key: { version: { S: 'v' } } })),
  };
}

test('a table is not slow by one late answer among quick ones', async () => {
  const { limit, scan } = limited((_, index, pass) => {
    pass(index === 0 ? 2_500 : 500);
    return {};
  });
  await scan();
  await scan();
  limit.end(null);
  expect(limit.slowMs()).toBeNull();
});

test('what is denied does not wait for another call that is repeated', async () => {
  let resume = () => {};
  const { scan, get, sent } = limited((operation, index) => {
    if (operation === 'Scan') return { __type: 'com.amazon.coral.service#AccessDeniedException' };
    if (index === 0) throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
    return new Promise((resolve) => {
      resume = () => resolve({});
    });
  });
  const ended: string[] = [];
  const repeated = get().then(() => ended.push('repeated'));
  await expect.poll(sent).toBe(2);
  const denied = scan().catch((error: Error) => ended.push(error.name));
  await expect.poll(() => ended).toEqual(['AccessDeniedException']);
  resume();
  await Promise.all([repeated, denied]);
  expect(ended).toEqual(['AccessDeniedException', 'repeated']);
});

test('what was repeated on the way is forgotten after a minute, too', async () => {
  const { limit, pass } = limited(() => ({}));
  const fail = async (fault: ReadFault) => {
    limit.begin();
    await limit.count(() => Promise.reject(fault)).catch(() => {});
    limit.end(fault);
  };
  await fail(new ReadFault('unreachable', 'Lost.'));
  pass(61_000);
  for (let tries = 0; tries < 11; tries += 1) await fail(new ReadFault('throttled', 'Too much.'));
  expect(limit.restMs()).toBe(5_000);
});
