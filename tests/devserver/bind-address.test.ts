import { createServer, Server } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import {
  BIND_ADDRESS,
  isAddress,
  isOwnAddress,
  isPortTaken,
  noteServed,
} from '../../src/devserver/guard/bind-address.ts';

test.each([
  [undefined, true],
  [false, true],
  ['', true],
  ['127.0.0.1', true],
  ['localhost', true],
  [true, false],
  ['0.0.0.0', false],
  ['::', false],
  ['::1', false],
  ['127.0.0.2', false],
  ['192.168.1.7', false],
])('E11: a wish for the host %j leads to our own address: %s', (wish, own) => {
  expect(isOwnAddress(wish)).toBe(own);
});

test.each([
  ['0.0.0.0', true],
  ['::1', true],
  ['[::1]', true],
  ['x[::1]', false],
  ['[::1]x', false],
  ['::[1]', false],
  ['[::]1', false],
  ['x86_64-linux', false],
  ['my-machine', false],
  ['', false],
])('%j is an address: %s', (text, is) => {
  expect(isAddress(text)).toBe(is);
});

let server: Server | undefined;
afterEach(() => new Promise<void>((closed) => (server === undefined ? closed() : server.close(() => closed()))));

async function portOf(host: string): Promise<number> {
  const made = createServer();
  server = made;
  await new Promise<void>((listening) => made.listen(0, host, listening));
  const address = made.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

test('a port of another process is taken, until it is free or is our own', async () => {
  const port = await portOf(BIND_ADDRESS);
  expect(await isPortTaken(port)).toBe(true);
  noteServed(port);
  expect(await isPortTaken(port)).toBe(false);
});

test('a free port is not taken, and looking at it leaves it free; any port is free', async () => {
  const port = await portOf(BIND_ADDRESS);
  await new Promise<void>((closed) => server?.close(() => closed()));
  expect([await isPortTaken(port), await isPortTaken(port), await isPortTaken(0)]).toEqual([false, false, false]);
  await new Promise<void>((listening) => server?.listen(port, BIND_ADDRESS, listening));
});

test('a port that cannot be had for another reason is not called taken', async () => {
  // The range ends at 65535, which Node refuses at once and not by an event.
  await expect(isPortTaken(65_536)).rejects.toMatchObject({ code: 'ERR_SOCKET_BAD_PORT' });
});

test.each([
  ['nobody may listen there', { code: 'EACCES' }, false],
  ['another listens there', { code: 'EADDRINUSE' }, true],
  ['without a code', {}, false],
])('whether a port is taken, where %s', async (_, more, taken) => {
  const listen = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
    queueMicrotask(() => this.emit('error', Object.assign(new Error('no'), more)));
    return this;
  });
  expect(await isPortTaken(1)).toBe(taken);
  listen.mockRestore();
});

test('of a process that has served nothing yet', async () => {
  Reflect.deleteProperty(globalThis, Symbol.for('release-matrix.served-ports'));
  const port = await portOf(BIND_ADDRESS);
  expect(await isPortTaken(port)).toBe(true);
  noteServed(port);
  expect(await isPortTaken(port)).toBe(false);
});

test('what is served is known after the module was loaded anew, as by a restart of Vite', async () => {
  const port = await portOf(BIND_ADDRESS);
  noteServed(port);
  vi.resetModules();
  const anew = await import('../../src/devserver/guard/bind-address.ts');
  expect(anew.isPortTaken).not.toBe(isPortTaken);
  expect(await anew.isPortTaken(port)).toBe(false);
});
