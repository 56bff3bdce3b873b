import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../../scripts/free-port.mjs';
import { isOwnAddress } from '../../src/devserver/guard/bind-address.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** The repository's server and config in a folder of their own, so that its env files are the test's. */
const root = mkdtempSync(join(tmpdir(), 'release-matrix-start-'));
beforeAll(() => {
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
  for (const path of [
    'package.json',
    'vite.config.ts',
    'index.html',
    'scripts/serve.mjs',
    'src/limits',
    'src/release',
    'src/contract',
    'src/demo',
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
  return run(join(root, 'node_modules', 'vite', 'bin', 'vite.js'), args, env);
}

/** Runs what `npm run dev` and `npm run preview` run, until it ends by itself. */
function npmRun(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  return run(join(root, 'scripts', 'serve.mjs'), args, env);
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = root): Promise<Ended> {
  const clean = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(AWS_|RELEASE_|npm_config_|HOST$|PORT$|TABLES$)/.test(name)),
  );
  return new Promise((done) => {
    const options = { cwd, env: { ...clean, ...env }, timeout: 15_000 };
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
      });
      expect(code).toBe(2);
      for (const name of ['AWS_PROFILE', 'AWS_REGION', 'PORT', 'RELEASE_TABLE']) expect(stderr).toContain(name);
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

test.each([
  ['with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`)],
  ['in UTF-16, as PowerShell writes it', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
  ['in UTF-16, the other way round', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
])('N7: .env %s', async (_, encoded) => {
  writeFileSync(join(root, '.env'), encoded('RELEASE_TABLE=a/b\nPORT=80\n'));
  const { code, stderr } = await vite([], { RELEASE_TABLE: '' }); // what is empty is not set
  rmSync(join(root, '.env'));
  expect([code, stderr]).toEqual([2, expect.stringMatching(/"a\/b"[\s\S]*"80"/)]);
});

test('an .env that is not text ends the start', async () => {
  writeFileSync(join(root, '.env'), Buffer.from('PORT=5180\n', 'utf16le'));
  const { code, stderr } = await vite([], {});
  rmSync(join(root, '.env'));
  expect([code, stderr]).toEqual([2, expect.stringContaining('.env is not UTF-8 text, nor UTF-16')]);
  expect(stderr).not.toMatch(/^\s+at /m);
});

test('a table that is named without a profile ends the start: the demo is not shown under its name', async () => {
  const { code, stderr } = await vite([], { RELEASE_TABLE: 'Fragments', AWS_REGION: 'eu-central-1' });
  expect([code, stderr]).toEqual([
    2,
    expect.stringContaining('AWS_PROFILE: expected a profile that may read the table'),
  ]);
});

test('TABLES names what is wrong with each table, by its name', async () => {
  const { code, stderr } = await vite([], {
    TABLES: 'x,prod=p/eu-central-1/a,b=../p/EU/Releases,prod=p/eu-central-1/Releases',
  });
  expect([code, stderr.split('\n  ').slice(1)]).toEqual([
    2,
    [
      'TABLES: expected name=profile/region/table, separated by commas; a name is 1 to 64 letters, digits and _.-; received "x".',
      'TABLES: expected each name once; received "prod".\n',
    ],
  ]);
  const parts = await vite([], { TABLES: 'prod=p/eu-central-1/a,b=../p/EU/Releases', PORT: '80' });
  const told = parts.stderr.split('\n  ').slice(1);
  expect([parts.code, told.map((line) => line.replace(/: expected.*; received/, ':'))]).toEqual([
    2,
    ['TABLES, prod: "a".', 'PORT: "80".', 'TABLES, b: "../p".', 'TABLES, b: "EU".\n'],
  ]);
});

test('a preview without a build says how to make one', async () => {
  renameSync(join(root, 'dist'), join(root, 'no-dist'));
  const { code, stderr } = await vite(['preview'], {});
  renameSync(join(root, 'no-dist'), join(root, 'dist'));
  expect([code, stderr]).toEqual([1, 'There is no build to preview. Make one first: npm run build\n']);
});

test('a checkout in a folder with a # in its name is refused: Vite serves nothing out of it', async () => {
  const odd = join(root, 'c#');
  mkdirSync(odd);
  for (const name of ['node_modules', 'package.json', 'vite.config.ts', 'index.html', 'src']) {
    symlinkSync(join(root, name), join(odd, name));
  }
  const program = join(odd, 'node_modules', 'vite', 'bin', 'vite.js');
  const { code, stderr } = await run(program, [], {}, odd);
  expect([code, stderr]).toEqual([2, expect.stringContaining('with # or ? in its path; move the checkout')]);
});

describe.each([['dev', []] as const, ['preview', ['preview']] as const])('npm run %s', (script, first) => {
  test.each([
    ['N9: a word, as npm leaves of --port 6102', ['6102'], {}, "Unexpected argument '6102'"],
    ['a folder', ['/etc'], {}, "Unexpected argument '/etc'"],
    ['an option nobody knows', ['--prot', '6102'], {}, "Unknown option '--prot'"],
    ['an option of Vite that leads away from the guard', ['--config', 'other.ts'], {}, "Unknown option '--config'"],
    ['an option without its value', ['--port'], {}, 'argument missing'],
    ['a port that npm kept', [], { npm_config_port: '6102' }, 'npm took --port for itself'],
    ['a host that npm kept', [], { npm_config_host: 'true' }, 'npm took --host for itself'],
    ['a value for --shared-machine', [], { npm_config_shared_machine: 'off' }, 'expected no value, received "off"'],
    ['a host of the network', ['--host', '0.0.0.0'], {}, '127.0.0.1 only'],
  ] as const)('refuses %s', async (_, args, env, words) => {
    const { code, stdout, stderr } = await npmRun([...first, ...args], env);
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringContaining(words)]);
    if (args[0] !== '--host') expect(stderr).toContain(`npm run ${script} -- --port 5180`);
  });
});

/** Starts it, and reads what it prints up to some words. */
async function printed(args: readonly string[], env: NodeJS.ProcessEnv, until: string): Promise<string> {
  const program = join(root, 'scripts', 'serve.mjs');
  const own = { PATH: process.env.PATH, PORT: String(await freePort()), SIMULATED_CI: 'off', ...env };
  const child = spawn(process.execPath, [program, ...args], { cwd: tmpdir(), env: own });
  const text = await new Promise<string>((settle, fail) => {
    let text = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (part: string) => {
        text += part;
        if (text.includes(until)) settle(text);
      });
    }
    child.once('close', () => fail(new Error(`It ended with:\n${text}`)));
  });
  child.removeAllListeners('close');
  child.kill();
  return text;
}

test.each(['SIGTERM', 'SIGKILL'] as const)(
  'the server ends with the npm that has started it, by %s',
  async (signal) => {
    const own = { PATH: process.env.PATH, HOME: root, PORT: String(await freePort()), SIMULATED_CI: 'off' };
    const npm = spawn('npm', ['run', 'preview'], { cwd: root, env: own });
    const ended = new Promise<void>((settle) => npm.once('close', () => settle()));
    await new Promise<void>((settle, fail) => {
      npm.stdout.setEncoding('utf8').on('data', (text: string) => text.includes('embedded') && settle());
      npm.once('close', () => fail(new Error('It ended before it was served.')));
    });
    npm.kill(signal);
    // Its output is closed when the last of those that write to it has ended, which is the server.
    await ended;
  },
  30_000,
);

test.each(['x86_64-conda-linux-gnu', 'my-laptop.local'])('N6: HOST=%s is not meant for us', async (HOST) => {
  expect(await printed(['preview'], { HOST }, 'embedded')).not.toContain('HOST');
});

test('TABLES alone names the first table, too; each is told with its address', async () => {
  const text = await printed(
    ['preview'],
    { TABLES: 'prod=p/eu-central-1/Releases, test=q/us-east-1/Releases' },
    'profile q, table Releases\n',
  );
  expect(text).toMatch(
    /Release Matrix {2}http:\/\/127\.0\.0\.1:\d+\/ {2}AWS eu-central-1, profile p, table Releases\n {2}test {2}http:\/\/127\.0\.0\.1:\d+\/t\/test {2}AWS us-east-1, profile q, table Releases\n/,
  );
});

test('HOST with an address is not obeyed, and that is said', async () => {
  const text = await printed(['preview'], { HOST: '0.0.0.0' }, 'HOST');
  expect(text).toMatch(/http:\/\/127\.0\.0\.1:\d+\/ [\s\S]*HOST \(0\.0\.0\.0\) is not used/);
});

// Vite's own command line refuses flags that it does not know.
test.each([
  ['--shared-machine', ['--shared-machine'], {}],
  ['N8: --shared-machine that npm kept for itself', [], { npm_config_shared_machine: 'true' }],
])('%s names a file and a one-time code, and no secret anywhere', async (_, args, env) => {
  const text = await printed(['preview', ...args], env, 'For a new code');
  expect(text).toMatch(
    /http:\/\/127\.0\.0\.1:\d+\/ {2}embedded[^\n]+\n {2}Open file:\/\/\/\S+\.html\n {2}or paste this code into the page: [\w-]{32}\n/,
  );
  expect(text).not.toContain('#c=');
  expect(text).not.toMatch(/[\w-]{43}/);
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

  test('that is not JSON ends the start', async () => {
    const { code, stderr } = await start('text.json', '{ "graceMinutes": 5,');
    expect([code, stderr]).toEqual([
      2,
      expect.stringContaining('RELEASE_POLICY: text.json, the document: is not JSON'),
    ]);
  });
});
