import { createServer, type Server, type ServerResponse } from 'node:http';
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Socket,
  type Server as TcpServer,
} from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { openLoopbackPort } from '../../src/devserver/table/loopback-port.ts';

let server: Server | TcpServer | undefined;
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

test('an emulator has sixteen calls of ours at once, the others wait', async () => {
  const waiting: ServerResponse[] = [];
  const { url } = await startEndless((response) => waiting.push(response));
  let connections = 0;
  server?.on('connection', () => {
    connections += 1;
  });
  const port = openLoopbackPort(url);
  const asker = new AbortController();
  const calls = Array.from({ length: 40 }, () => port.handle(Buffer.from('{}'), {}, asker.signal).catch(() => null));
  await expect.poll(() => waiting.length).toBeGreaterThanOrEqual(16);
  // A connection of later is taken after all that were asked for before.
  const later = connect(Number(new URL(url).port), '127.0.0.1');
  await expect.poll(() => later.readyState).toBe('open');
  await expect.poll(() => connections).toBeGreaterThan(16);
  expect(connections).toBe(17);
  later.destroy();
  asker.abort();
  await Promise.all(calls);
  await port.close();
});

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

async function listen(made: Server | TcpServer): Promise<number> {
  server = made;
  await new Promise<void>((started) => made.listen(0, '127.0.0.1', started));
  return (made.address() as AddressInfo).port;
}

test('a call is passed on as it is, and its answer comes back as it is, but for heads that stand twice', async () => {
  const seen: unknown[] = [];
  const listening = await listen(
    createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      request.on('end', () => {
        const { host, connection, ...headers } = request.headers;
        seen.push([request.method, request.url, headers, connection, body]);
        response.writeHead(418, { 'x-one': '1', 'set-cookie': ['a=1', 'b=2'] });
        response.end('answer');
      });
    }),
  );
  const port = openLoopbackPort(`http://127.0.0.1:${listening}/path`);
  const answer = await port.handle(Buffer.from('{"é":1}'), { 'x-amz-target': 'Scan' });
  const headers = { 'x-amz-target': 'Scan', 'accept-encoding': 'identity', 'content-length': '8' };
  expect(seen).toEqual([['POST', '/path', headers, 'keep-alive', '{"é":1}']]);
  expect([answer.status, String(answer.body), answer.headers['x-one']]).toEqual([418, 'answer', '1']);
  expect(answer.headers).not.toHaveProperty('set-cookie');
  await port.close();
});

test('connections are kept for the next call, and ended with the port', async () => {
  let connections = 0;
  let open = 0;
  const made = createServer((request, response) => request.resume().on('end', () => response.end('{}')));
  made.on('connection', (socket) => {
    connections += 1;
    open += 1;
    socket.on('close', () => {
      open -= 1;
    });
  });
  const port = openLoopbackPort(`http://127.0.0.1:${await listen(made)}`);
  await port.handle(Buffer.from('{}'), {});
  await port.handle(Buffer.from('{}'), {});
  expect([connections, open]).toEqual([1, 1]);
  await port.close();
  await expect.poll(() => open).toBe(0);
});

test('an emulator behind TLS is called by it', async () => {
  const first: number[] = [];
  const made = createTcpServer((socket) => {
    socket.once('data', (bytes) => {
      first.push(bytes[0] ?? 0);
      socket.destroy();
    });
    socket.on('error', () => undefined);
  });
  const port = openLoopbackPort(`https://127.0.0.1:${await listen(made)}`);
  await expect(port.handle(Buffer.from('{}'), {})).rejects.toThrow();
  expect(first).toEqual([0x16]); // the beginning of a handshake
  await port.close();
});

test.each([
  ['is cut off', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf'],
  ['is none', 'SSH-2.0-x\r\n'],
])('an answer that %s is a fault, and asked for once', async (_, bytes) => {
  let calls = 0;
  const made = createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', () => {
      calls += 1;
      // The first call on a connection is answered well, so that the second one is made on a connection in use.
      if (calls === 1) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}');
      else socket.end(bytes);
    });
  });
  const port = openLoopbackPort(`http://127.0.0.1:${await listen(made)}`);
  await port.handle(Buffer.from('{}'), {});
  const code = bytes.startsWith('SSH') ? 'HPE_INVALID_CONSTANT' : 'ECONNRESET';
  await expect(port.handle(Buffer.from('{}'), {})).rejects.toMatchObject({ code });
  expect(calls).toBe(2);
  await port.close();
});

test('an answer of 48 MB is passed on, and a longer one is not', async () => {
  const limit = 48 * 1024 * 1024;
  const whole = Buffer.alloc(limit + 1);
  const lengths = [limit, limit + 1];
  const made = createServer((request, response) =>
    request.resume().on('end', () => response.end(whole.subarray(0, lengths.shift() ?? 0))),
  );
  const port = openLoopbackPort(`http://127.0.0.1:${await listen(made)}`);
  expect((await port.handle(Buffer.from('{}'), {})).body.length).toBe(limit);
  await expect(port.handle(Buffer.from('{}'), {})).rejects.toThrow('the answer is too long');
  await port.close();
});
