import { connect, type Socket } from 'node:net';
import type { Plugin } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HOST } from '../attacks/raw-attack.ts';
import { lines, sendRaw } from './raw-request.ts';
import { makeProject, type Served, serve } from './served.ts';

const ENV = { SIMULATED_CI: 'off' };
const project = makeProject();
afterAll(() => project.remove());

/** A plugin that puts itself first, as one can that is listed after ours. */
const PUSHY: Plugin = {
  name: 'pushy',
  configureServer({ middlewares }) {
    middlewares.stack.unshift({
      route: '',
      handle: (_request: unknown, response: { end(text: string): void }) => response.end('pushy'),
    });
  },
  configurePreviewServer({ middlewares }) {
    middlewares.stack.unshift({
      route: '',
      handle: (_request: unknown, response: { end(text: string): void }) => response.end('pushy'),
    });
  },
};

describe.each(['dev', 'preview'] as const)('%s', (serving) => {
  test('nothing is served where another middleware stands before the guard', async () => {
    await expect(serve(serving, project.root, ENV, [PUSHY])).rejects.toThrow('The guard must be the first middleware');
  });

  test.each([
    ['host', { server: { host: '0.0.0.0' }, preview: { host: '0.0.0.0' } }],
    ['cors', { server: { cors: true }, preview: { cors: true } }],
    ['allowedHosts', { server: { allowedHosts: true as const }, preview: { allowedHosts: true as const } }],
  ])('nothing is served where another plugin opens %s', async (_, config) => {
    const opening: Plugin = { name: 'opening', enforce: 'post', config: () => config };
    await expect(serve(serving, project.root, ENV, [opening])).rejects.toThrow('Another plugin has changed');
  });

  describe('under a base path', () => {
    let served: Served;
    beforeAll(async () => {
      served = await serve(serving, project.root, ENV, [{ name: 'based', config: () => ({ base: '/x/' }) }]);
    });
    afterAll(() => served.close());

    test.each([
      ['/', 'Host: evil.com', 421],
      ['/x/', 'Host: evil.com', 421],
      ['/x/src/main.js', 'Host: evil.com', 421],
      ['/x/@vite/client', 'Host: 192.168.1.7:{P}', 421],
      ['/x/', 'Via: 1.1 proxy', 403],
      ['/x/.env?raw', HOST, 403],
      ['/x/__open-in-editor?file=/no/such/file', HOST, 403],
      ['/x/__Open-In-Editor?file=/no/such/file', HOST, 403],
    ])('%s with %s is refused', async (path, header, status) => {
      const headers = header.startsWith('Host') ? [header] : [HOST, header];
      const request = lines(`GET ${path}`, headers).replaceAll('{P}', String(served.port));
      const answer = await sendRaw(served.port, request);
      // In preview there is no such file, which is as good.
      expect([status, 404]).toContain(answer.status);
      if (status === 421) expect(answer.status).toBe(421);
      expect(answer.text).not.toContain('canary');
    });
  });

  describe('as it is', () => {
    let served: Served;
    beforeAll(async () => {
      served = await serve(serving, project.root, ENV);
    });
    afterAll(() => served.close());

    test('listens on 127.0.0.1 alone', () => {
      const address: unknown = Reflect.get(served.httpServer, 'address').call(served.httpServer);
      expect(address).toMatchObject({ address: '127.0.0.1', family: 'IPv4' });
    });

    test('two hundred requests that never end leave it answering', async () => {
      const half = ['POST / HTTP/1.1', `Host: 127.0.0.1:${served.port}`, 'Content-Le'].join('\r\n');
      const sockets: Socket[] = await Promise.all(
        Array.from(
          { length: 200 },
          () =>
            new Promise<Socket>((open) => {
              const socket = connect(served.port, '127.0.0.1', () => socket.write(half, () => open(socket)));
              socket.on('error', () => undefined);
            }),
        ),
      );
      const answer = await sendRaw(served.port, lines('GET /', [`Host: 127.0.0.1:${served.port}`]));
      expect(answer.status).toBe(200);
      for (const socket of sockets) socket.destroy();
    });
  });
});
