import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { chromium } from '@playwright/test';
import { afterEach, expect, inject, test } from 'vitest';
import { ensureChromium } from '../../scripts/chromium.mjs';
import { freePort } from '../../scripts/free-port.mjs';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const MB = 1024 * 1024;

/** Where it is installed: nothing else is there. */
const { place, home } = inject('installed');
const installed = join(place, 'node_modules/release-matrix');
const PROGRAM = join(installed, 'release-matrix.mjs');
const ENVIRONMENT = { PATH: process.env.PATH, HOME: home };

const running = new Set<() => Promise<unknown>>();
afterEach(async () => {
  for (const stop of running) await stop();
  running.clear();
});

/** Runs the installed program to its end. */
function run(words: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [PROGRAM, ...words], { cwd: place, env: { ...ENVIRONMENT, ...environment } });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text) => {
      said[stream] += text;
    });
  }
  const ended = new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((end) =>
    child.on('close', (exitCode) => end({ exitCode, ...said })),
  );
  return { child, said, ended };
}

/** Starts `ui`. @returns when it has named its address */
async function ui(words: readonly string[] = [], environment: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const started = performance.now();
  const { child, said, ended } = run(['ui', '--port', String(port), ...words], environment);
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  running.add(stop);
  await new Promise<void>((ready, fail) => {
    child.stdout.on('data', () => said.stdout.includes('http://') && ready());
    void ended.then(({ stderr }) => fail(new Error(`It has ended: ${stderr}`)));
  });
  return { url: `http://127.0.0.1:${port}/`, port, said, stop, ms: performance.now() - started };
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

test('it is one package: nothing is fetched besides, no script is run, and it is under 6 MB', () => {
  expect(readdirSync(join(place, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual(['release-matrix']);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  expect(manifest).toMatchObject({ name: 'release-matrix', license: 'MIT', type: 'module' });
  expect(Object.keys(manifest)).not.toEqual(expect.arrayContaining([expect.stringMatching(/ependencies$|^scripts$/)]));
  const files = filesOf(installed);
  expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(6 * MB);
  for (const file of ['README.md', 'LICENSE', 'CHANGELOG.md', 'licences.txt', 'page/index.html']) {
    expect(existsSync(join(installed, file))).toBe(true);
  }
  // Nothing of the machine it was built on, and no way back to the sources.
  expect(files.filter((file) => file.endsWith('.map'))).toEqual([]);
  expect(files.filter((file) => readFileSync(file, 'utf8').includes(REPOSITORY))).toEqual([]);
});

test('a command says what it says from the sources, and nothing of Node’s versions', async () => {
  cpSync(join(REPOSITORY, 'docs/examples/estate.ndjson'), join(place, 'estate.ndjson'));
  const words = ['check', '--all', '--from', 'estate.ndjson', '--now', '2026-11-20T12:00:00Z'];
  const own = await run(words).ended;
  const action = join(REPOSITORY, 'action/release-matrix.mjs');
  let expected: { exitCode: number; stdout: string };
  try {
    expected = {
      exitCode: 0,
      stdout: execFileSync(process.execPath, [action, ...words], { cwd: place, encoding: 'utf8', stdio: 'pipe' }),
    };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: string };
    expected = { exitCode: status, stdout };
  }
  expect(own).toEqual({ ...expected, stderr: own.stderr });
  expect(own.stdout).not.toBe('');
  const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));
  expect(await run(['--version']).ended).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
});

test('it writes the dashboard as one file', async () => {
  const file = join(place, 'v1.4.0.html');
  const words = ['report', 'v1.4.0', '--from', 'estate.ndjson', '--now', '2026-11-20T12:00:00Z'];
  const own = await run([...words, '--format', `html=${file}`]).ended;
  expect(own).toMatchObject({ exitCode: 0, stdout: '' });
  const page = readFileSync(file, 'utf8');
  expect(page).toMatch(/^<!doctype html>[\s\S]+"asked":\["v1\.4\.0"\]|"asked":null/);
  expect(Buffer.byteLength(page)).toBeLessThan(2 * MB);
  // The one bundled file does not have it.
  const action = join(REPOSITORY, 'action/release-matrix.mjs');
  const { status, stderr } = spawnSync(process.execPath, [action, ...words, '--format', 'html'], {
    cwd: place,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringMatching(
      /^--format html: the page is not in this program, but in the package: npx release-matrix/,
    ),
  });
});

test('it answers an assistant', async () => {
  const client = new Client({ name: 'test', version: '1' });
  const env = { PATH: String(process.env.PATH), HOME: home };
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [PROGRAM, 'mcp', '--from', 'estate.ndjson'],
      cwd: place,
      env,
    }),
  );
  const { content } = await client.callTool({ name: 'deployed', arguments: {} });
  expect(content).toEqual([{ type: 'text', text: expect.stringMatching(/"prod"[\s\S]*Exit code 0\.$/) }]);
  await client.close();
});

test('it starts at once: the page within fifty times what a Node takes that does nothing', async () => {
  // 40 ms on a quiet machine, so that fifty times are two seconds.
  const fastest = async (start: () => Promise<number>) => Math.min(await start(), await start(), await start());
  const bare = await fastest(async () => {
    const started = performance.now();
    execFileSync(process.execPath, ['-e', '0']);
    return performance.now() - started;
  });
  const page = await fastest(async () => {
    const { ms, stop } = await ui();
    await stop();
    return ms;
  });
  expect(page / bare).toBeLessThan(50);
});

test('the dashboard opens on the demo estate, asks nobody else, and ends when it is told to', async () => {
  const server = await ui();
  expect(server.said).toEqual({
    stdout: `  Release Matrix  ${server.url}  embedded table (demo estate), table ReleaseFragments\n`,
    stderr: '',
  });
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const told: string[] = [];
    page.on('console', (message) => told.push(message.text()));
    page.on('pageerror', (error) => told.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(server.url)) told.push(request.url());
    });
    await page.goto(`${server.url}?view=environments`);
    await page.getByRole('link', { name: 'Matrix', exact: true }).click();
    await page.getByRole('rowheader', { name: /^v1\.6\.0,/ }).waitFor();
    await page
      .getByRole('navigation')
      .getByRole('link', { name: /^Findings/ })
      .click();
    await page.getByText('payment-service').first().waitFor();
    expect(told).toEqual([]);
  } finally {
    await browser.close();
  }
  expect((await server.stop()).exitCode).toBe(143);
  await expect(fetch(server.url)).rejects.toThrow('fetch failed');
});

test('the guard stands before everything that is served', async () => {
  const { url, port } = await ui();
  const statusOf = async (path: string, init: RequestInit = {}) => (await fetch(new URL(path, url), init)).status;
  expect(await statusOf('/')).toBe(200);
  expect(await statusOf('/', { headers: { Origin: 'https://evil.example' } })).toBe(403);
  expect(await statusOf('/', { method: 'POST' })).not.toBe(200);
  // What lies beside the page is not served.
  for (const path of ['/release-matrix.mjs', '/..%2frelease-matrix.mjs', '/%2e%2e/package.json', '/assets/']) {
    expect([path, await statusOf(path)]).not.toEqual([path, 200]);
  }
  expect((await fetch(`http://localhost:${port}/`)).status).toBe(421);
});

test.each([
  ['a port that is none', ['--port', '80'], {}, 2, /Expected a number from 1024 to 65535/],
  ['a word too many', ['v1.4.0'], {}, 2, /too many arguments/],
  [
    'a setting that cannot be',
    [],
    { POLL_INTERVAL_SECONDS: 'often' },
    2,
    /POLL_INTERVAL_SECONDS: expected .*; received/,
  ],
] as const)('%s is refused in words', async (_, words, environment, code, said) => {
  const { exitCode, stderr } = await run(['ui', ...words], environment).ended;
  expect([exitCode, stderr]).toEqual([code, expect.stringMatching(said)]);
});

test('a port that is in use is named, and a folder for the embedded table is not there', async () => {
  const { port } = await ui();
  expect(await run(['ui', '--port', String(port)]).ended).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining(`Port ${port} is in use.`),
  });
  const { said } = await ui([], { EMBEDDED_TABLE_FOLDER: join(place, 'kept') });
  expect(said.stdout).toContain('the table is kept in memory only');
});
