import { createServer, type Server, type ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from 'vitest';
import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { connectTable } from '../../src/store/client.ts';
import { describeTable } from '../../src/store/table-keys.ts';
import { withinTime } from '../../src/store/time-limit.ts';
import { DESCRIBED_TABLE, fetchHandler, HTTP_HANDLERS } from './canned-server.ts';
import { originOf } from './tables.ts';

// A browser opens six connections to a host: a request that nobody ends takes one of them for as long as the other side
// keeps it open, and after six the page can ask nothing more.

let server: Server | null = null;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((closed) => server?.close(closed) ?? closed(undefined));
  server = null;
});

/** A server that takes every request as told, and knows which of them are still open. */
async function taking(take: (response: ServerResponse, index: number) => void) {
  const open = new Set<number>();
  let asked = 0;
  server = createServer((request, response) => {
    const index = asked++;
    open.add(index);
    response.on('close', () => open.delete(index));
    request.resume().on('end', () => take(response, index));
  });
  await new Promise<void>((started) => server?.listen(0, '127.0.0.1', started));
  return { origin: originOf(server), open, asked: () => asked };
}

function client(handler: (typeof HTTP_HANDLERS)[number], endpoint: string, headTimeoutMs: number, maxAttempts: number) {
  return connectTable({
    region: 'eu-central-1',
    credentials: EMULATOR_CREDENTIALS,
    endpoint,
    maxAttempts,
    headTimeoutMs,
    ...(handler === 'fetch' ? { requestHandler: fetchHandler(headTimeoutMs) } : {}),
  });
}

const ASKED = { table: 'ReleaseFragments', configuredKeys: null } as const;
const NEVER = 60_000;

describe.each(HTTP_HANDLERS)('a request without an answer (%s)', (handler) => {
  test('is ended when its own time is over, though the call goes on and succeeds', async () => {
    const { origin, open, asked } = await taking((response, index) => {
      if (index > 0) response.end(DESCRIBED_TABLE);
    });
    await describeTable(client(handler, origin, 300, 3), ASKED);
    expect(asked()).toBeGreaterThan(1);
    await expect.poll(() => [...open]).toEqual([]);
  });

  test.each(['nothing', 'a byte at a time'])('is ended when the time of the call is over: %s', async (sent) => {
    const { origin, open, asked } = await taking((response) => {
      if (sent === 'nothing') return;
      response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' });
      const drip = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(drip));
    });
    const reading = describeTable(client(handler, origin, NEVER, 1), { ...ASKED, timeLimitMs: 500 });
    await expect(reading).rejects.toMatchObject({ code: 'timed-out' });
    expect(asked()).toBe(1);
    await expect.poll(() => [...open]).toEqual([]);
  });
});

test('a call that fails is told to stop whatever it has still under way', async () => {
  let seen: AbortSignal | null = null;
  const fault = new Error('no good');
  const call = async (signal: AbortSignal) => {
    seen = signal;
    throw fault;
  };
  await expect(withinTime(call, NEVER)).rejects.toBe(fault);
  expect(seen).toMatchObject({ aborted: true, reason: fault });
});
