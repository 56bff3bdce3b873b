import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { reachEndpoint } from '../../src/live/reach-endpoint.ts';
import { tableReader } from '../../src/live/table-reader.ts';
import { TRUSTING } from '../proofs.ts';

let server: Server | null = null;
afterEach(async () => {
  vi.useRealTimers();
  server?.closeAllConnections();
  await new Promise((closed) => server?.close(closed) ?? closed(undefined));
  server = null;
});

/** An endpoint that answers or does not, and knows what is still open. */
async function endpoint(answers: boolean) {
  const open = new Set<string>();
  server = createServer((request, response) => {
    const line = `${request.method} ${request.url}`;
    open.add(line);
    response.on('close', () => open.delete(line));
    if (answers) response.end('healthy');
  });
  await new Promise<void>((started) => server?.listen(0, '127.0.0.1', started));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, open };
}

describe('whether an endpoint answers at all', () => {
  test('F5: one that answers, and one that does not: the request is ended when it is given up', async () => {
    const { url } = await endpoint(true);
    await expect(reachEndpoint(url, fetch, new AbortController().signal)).resolves.toBeUndefined();
    server?.closeAllConnections();
    server?.close();

    const silent = await endpoint(false);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const reached = reachEndpoint(silent.url, fetch, new AbortController().signal);
    const told = expect(reached).rejects.toMatchObject({ code: 'timed-out' });
    await vi.waitFor(() => expect([...silent.open]).toEqual(['GET /']));
    await vi.advanceTimersByTimeAsync(5_000);
    await told;
    await vi.waitFor(() => expect([...silent.open]).toEqual([]));
  });

  test('F4: one that is not there', async () => {
    const { url } = await endpoint(true);
    await new Promise((closed) => server?.close(closed));
    server = null;
    await expect(reachEndpoint(url, fetch, new AbortController().signal)).rejects.toMatchObject({
      code: 'unreachable',
    });
  });
});

test('F5: a page whose endpoint in AWS does not answer makes no call to it that its browser would first ask for', async () => {
  const asked: string[] = [];
  const own = (async (url: string, { method = 'GET' }: RequestInit = {}) => {
    asked.push(`${method} ${url}`);
    if (!url.startsWith('https://')) {
      return Response.json({
        AccessKeyId: 'ASIAEXAMPLE',
        SecretAccessKey: 's',
        Token: 't',
        Expiration: '2026-11-22T12:15:00Z',
        ExpiresInMs: 900_000,
        ServerTime: new Date().toISOString(),
        Profile: 'p',
        Scope: 'session',
      });
    }
    throw new TypeError('Failed to fetch');
  }) as typeof fetch;
  const reader = tableReader(
    {
      source: { kind: 'aws', profile: 'p', endpoint: 'https://dynamodb.invalid' },
      table: 'ReleaseFragments',
      region: 'eu-west-1',
      keyNames: null,
      policy: null,
      pollIntervalMs: 5_000,
      readUnitsPerHour: null,
    },
    { origin: 'http://127.0.0.1:9', fetch: own, now: Date.now, ...TRUSTING },
  );
  for (let time = 0; time < 2; time += 1) {
    await expect(reader.read(null, () => {}, new AbortController().signal)).rejects.toMatchObject({
      code: 'unreachable',
    });
  }
  expect(asked.filter((each) => each.includes('https:'))).toEqual(Array(2).fill('GET https://dynamodb.invalid'));
});
