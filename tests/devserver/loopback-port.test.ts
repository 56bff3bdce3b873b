import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openLoopbackPort } from '../../src/devserver/loopback-port.ts';

let server: Server | undefined;
afterEach(() => new Promise((closed) => server?.close(closed) ?? closed(undefined)));

/** An emulator that answers the first call of each connection, and resets the connection at the second. */
async function startForgetful(answers: number): Promise<{ url: string; calls: () => number }> {
  const seen = new WeakSet<Socket>();
  let calls = 0;
  server = createServer((request, response) => {
    calls += 1;
    const { socket } = request;
    if (seen.has(socket) || calls > answers) socket.resetAndDestroy();
    else {
      seen.add(socket);
      request.resume().on('end', () => response.end(`answer ${calls}`));
    }
  });
  await new Promise<void>((started) => server?.listen(0, '127.0.0.1', started));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, calls: () => calls };
}

test('a call on a connection that the emulator has just closed is made once more', async () => {
  const { url, calls } = await startForgetful(10);
  const port = openLoopbackPort(url);
  expect(String((await port.handle(Buffer.from('{}'), {})).body)).toBe('answer 1');
  expect(String((await port.handle(Buffer.from('{}'), {})).body)).toBe('answer 3');
  expect(calls()).toBe(3);
  await port.close();
});

test('a new connection that is reset is a fault', async () => {
  const { url } = await startForgetful(0);
  const port = openLoopbackPort(url);
  await expect(port.handle(Buffer.from('{}'), {})).rejects.toMatchObject({ code: 'ECONNRESET' });
  await port.close();
});

/** An emulator that takes a call and then does as told, and never comes to an end. */
async function startEndless(take: (response: ServerResponse) => void): Promise<{ url: string; open: () => number }> {
  let open = 0;
  server = createServer((request, response) => {
    open += 1;
    response.on('close', () => {
      open -= 1;
    });
    request.resume().on('end', () => take(response));
  });
  await new Promise<void>((started) => server?.listen(0, '127.0.0.1', started));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, open: () => open };
}

function drip(response: ServerResponse): void {
  response.writeHead(200);
  const dripping = setInterval(() => response.write(' '), 5);
  response.on('close', () => clearInterval(dripping));
}

test.each([
  ['does not answer', () => {}],
  ['answers a byte at a time', drip],
])('a call to an emulator that %s ends with its time, and so does its connection', async (_, take) => {
  const { url, open } = await startEndless(take);
  const port = openLoopbackPort(url, 50);
  await expect(port.handle(Buffer.from('{}'), {})).rejects.toMatchObject({ code: 'timed-out' });
  await expect.poll(open).toBe(0);
  await port.close();
});

test.each([
  ['does not answer', () => {}],
  ['answers a byte at a time', drip],
])('a call to an emulator that %s ends with whoever asked', async (_, take) => {
  const { url, open } = await startEndless(take);
  const port = openLoopbackPort(url, 60_000);
  const asker = new AbortController();
  const call = port.handle(Buffer.from('{}'), {}, asker.signal);
  await expect.poll(open).toBe(1);
  asker.abort();
  await expect(call).rejects.toMatchObject({ code: 'cancelled' });
  await expect.poll(open).toBe(0);
  await port.close();
});
