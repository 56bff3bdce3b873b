import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';
import { isOwnAddress } from '../../src/devserver/bind-address.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** The repository's server and config in a folder of their own, so that its env files are the test's. */
const root = mkdtempSync(join(tmpdir(), 'release-matrix-start-'));
beforeAll(() => {
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  for (const path of [
    'package.json',
    'vite.config.ts',
    'index.html',
    'src/release',
    'src/store',
    'src/aws',
    'src/devserver',
  ]) {
    cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
  }
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist', 'index.html'), '<html><head></head></html>');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

interface Ended {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the real `vite` command until it ends by itself. */
function vite(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS_|RELEASE_|HOST$|PORT$)/.test(name)),
  );
  return new Promise((done) => {
    const program = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const options = { cwd: root, env: { ...clean, ...env }, timeout: 15_000 };
    execFile(process.execPath, [program, ...args], options, (error, stdout, stderr) =>
      done({ code: error === null ? 0 : (error.code ?? 'killed'), stdout, stderr }),
    );
  });
}

test.each([
  '0.0.0.0',
  '::',
  '0',
  '0x0',
  '::ffff:0.0.0.0',
  '１２７.０.０.１',
  '192.168.1.7',
  'example.com',
  '127.0.0.2',
  true,
])('E11: host %s is not ours', (host) => {
  expect(isOwnAddress(host)).toBe(false);
});

test.each([undefined, false, '', '127.0.0.1', 'localhost'])('host %s leads to 127.0.0.1', (host) => {
  expect(isOwnAddress(host)).toBe(true);
});

describe.each([['dev', []] as const, ['preview', ['preview']] as const])(
  'a start that cannot succeed, %s',
  (_, args) => {
    test('names all faulty settings at once, ends with 2 and shows no stack', async () => {
      const { code, stderr } = await vite(args, {
        AWS_PROFILE: '../x',
        AWS_REGION: 'US-EAST-1 ',
        PORT: '80',
        RELEASE_TABLE: 'a/b',
        HOST: '0.0.0.0',
      });
      expect(code).toBe(2);
      for (const name of ['AWS_PROFILE', 'AWS_REGION', 'PORT', 'RELEASE_TABLE', 'HOST']) expect(stderr).toContain(name);
      expect(stderr).not.toMatch(/^\s+at /m);
    });

    test('refuses a host of the network', async () => {
      const { code, stderr } = await vite([...args, '--host', '0.0.0.0'], {});
      expect([code, stderr]).toEqual([2, expect.stringContaining('127.0.0.1 only')]);
    });

    test('says that the port is taken, and takes no other', async () => {
      const other = createServer();
      await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
      const address = other.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const { code, stdout, stderr } = await vite(args, { PORT: String(port) });
      other.close();
      expect([code, stderr]).toEqual([1, expect.stringContaining(`Port ${port} is in use.`)]);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(stdout).not.toContain('http://');
    });
  },
);

test('settings come from .env, and the environment wins over them', async () => {
  writeFileSync(join(root, '.env'), 'RELEASE_TABLE=a/b\nPORT=80\n');
  const { code, stderr } = await vite([], { PORT: '90' });
  rmSync(join(root, '.env'));
  expect(code).toBe(2);
  expect(stderr).toContain('"a/b"');
  expect(stderr).toContain('"90"');
});

// Vite's own command line refuses flags that it does not know.
test('--shared-machine shows an address with a one-time code, and no token anywhere', async () => {
  const program = join(REPOSITORY, 'scripts', 'serve.mjs');
  const env = { PATH: process.env.PATH, PORT: String(await freePort()), SIMULATED_CI: 'off' };
  const child = spawn(process.execPath, [program, 'preview', '--shared-machine'], { cwd: root, env });
  const printed = await new Promise<string>((settle, fail) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.includes('For a new one')) settle(text);
      });
    }
    child.once('close', () => fail(new Error(`It ended with:\n${text}`)));
  });
  child.removeAllListeners('close');
  child.kill();
  expect(printed).toMatch(/http:\/\/127\.0\.0\.1:\d+\/#c=[\w-]{32} {2}embedded/);
  expect(printed).not.toMatch(/[\w-]{43}/);
});

describe('a policy file', () => {
  const start = async (name: string, text: string | null, more: NodeJS.ProcessEnv = {}) => {
    if (text !== null) writeFileSync(join(root, name), text);
    return vite([], { RELEASE_POLICY: name, ...more });
  };

  test('that is missing ends the start, together with whatever else is wrong', async () => {
    const { code, stderr } = await start('no-policy.json', null, { PORT: '80' });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'RELEASE_POLICY: expected a JSON file with a policy; no-policy.json cannot be read: ENOENT',
    );
    expect(stderr).toContain('PORT: expected');
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test('that is broken ends the start with every path and reason', async () => {
    const document = { graceMinutes: -1, waivers: [{ code: 'not-redy', release: 'v1.4.0', reason: 'r', by: 'b' }] };
    const { code, stderr } = await start('broken.json', JSON.stringify(document));
    expect(code).toBe(2);
    for (const path of ['graceMinutes', 'waivers[0].code', 'waivers[0].expires']) {
      expect(stderr).toContain(`RELEASE_POLICY: broken.json, ${path}: `);
    }
  });

  test('that is no JSON ends the start', async () => {
    const { code, stderr } = await start('text.json', '{ "graceMinutes": 5,');
    expect([code, stderr]).toEqual([2, expect.stringContaining('RELEASE_POLICY: text.json, the document: is no JSON')]);
  });
});
