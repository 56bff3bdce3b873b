import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { ROUTES } from '../../src/contract/local-server.ts';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { STUB_SESSION } from '../aws/sts-stub.ts';
import { LONG_LIVED, startAwsDashboard } from './aws-dashboard.ts';
import { type DashboardServer, STATE, startDashboardServer } from './dashboard-server.ts';
import { grid, markDocument, status } from './live-page.ts';
import { canBeAnother, type Found, spyOn } from './other-user.ts';
import { expect, test } from './page-guards.ts';
import { wayIn } from './way-in.ts';

/** Chromium writes every answer of 400 and above to the console; no page can prevent that. */
const REFUSED = /^console error: Failed to load resource.*401.*__release-matrix\/start/;
const ENV = { SHARED_MACHINE: 'on', SIMULATED_CI: 'off' };

const heading = (page: Page, name: string) => page.getByRole('heading', { name });

/** The address that the file of the terminal leads to. */
function addressIn(file: string): string {
  const address = /location\.replace\("(http:[^"]+#c=[\w-]{32})"\)/.exec(
    readFileSync(fileURLToPath(file), 'utf8'),
  )?.[1];
  if (address === undefined) throw new Error(`No address in ${file}`);
  return address;
}

async function pasteCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code from the terminal').fill(code);
  await page.getByRole('button', { name: 'Open' }).click();
}

for (const mode of ['dev', 'preview'] as const) {
  test(`where others use the machine, one code opens one tab, once (${mode})`, async ({
    context,
    page,
    pageGuards,
    afterPages,
  }) => {
    test.setTimeout(120_000);
    pageGuards.expectFault(REFUSED);
    pageGuards.allowFault(
      /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|401.*__release-matrix.dynamodb|WebSocket/,
      'the server is ended in mid-test',
    );
    const server = await startDashboardServer({ mode, env: ENV });
    afterPages(server.stop);
    const { file, code } = wayIn(server);
    expect(addressIn(file)).toBe(`${server.url}#c=${code}`);
    await page.goto(file).catch(() => undefined); // it leads on before it has come
    await expect(grid(page)).toBeVisible();

    // The code stands nowhere any more, neither on disk nor in the page, and the way back does not lead to it.
    expect(page.url()).toBe(server.url);
    expect(() => readFileSync(fileURLToPath(file))).toThrow('ENOENT');
    expect(
      await page.evaluate(() =>
        JSON.stringify([history.length, history.state, { ...sessionStorage }, document.documentElement.outerHTML]),
      ),
    ).not.toContain(code);
    await page.goBack().catch(() => null);
    expect(page.url()).not.toContain('#c=');
    await page.goto(server.url);
    await expect(grid(page)).toBeVisible();

    await page.reload();
    await expect(grid(page)).toBeVisible();

    const other = await context.newPage();
    await other.goto(`${server.url}?q=auth`);
    await expect(heading(other, 'This page needs a one-time code')).toBeVisible();
    await expect(grid(other)).toHaveCount(0);
    await pasteCode(other, code);
    await expect(heading(other, 'The code has been used already')).toBeVisible();
    await pasteCode(other, 'A'.repeat(32));
    await expect(heading(other, 'The code is wrong')).toBeVisible();
    expect(other.url()).toBe(`${server.url}?q=auth`);
    await other.close();

    // A server that was started anew proves to be ours, and the tab is live again by itself.
    const isSame = await markDocument(page);
    await server.stop();
    const again = await startDashboardServer({ mode, env: ENV, port: server.port });
    afterPages(again.stop);
    await expect.poll(isSame, { timeout: 60_000 }).toBe(false);
    // In dev it compiles hundreds of modules first.
    await expect(status(page)).toContainText('Live', { timeout: 45_000 });

    // A code that is pasted opens the page, too, and the view in the address stays.
    const third = await context.newPage();
    await third.goto(`${again.url}?q=auth`);
    await pasteCode(third, wayIn(again).code);
    await expect(grid(third)).toBeVisible();
    expect(third.url()).toBe(`${again.url}?q=auth`);
  });
}

test('the browser is opened on a file that its owner alone may read, and no code is in its command line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-browser-'));
  const told = join(folder, 'argv');
  const browser = join(folder, 'browser.js');
  writeFileSync(browser, `require('node:fs').writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.argv));`);
  const server = await startDashboardServer({ mode: 'preview', env: { ...ENV, BROWSER: browser }, args: ['--open'] });
  try {
    await expect.poll(() => readdirSync(folder)).toContain('argv');
    await expect.poll(() => readFileSync(told, 'utf8')).not.toBe('');
    const { file, code } = wayIn(server);
    const argv = readFileSync(told, 'utf8');
    expect(argv).toContain(file);
    expect(argv).not.toMatch(/#c=|http:/);
    expect(argv).not.toContain(code);
    const path = fileURLToPath(file);
    if (process.platform !== 'win32') {
      expect([statSync(path).mode & 0o777, statSync(dirname(path)).mode & 0o777]).toEqual([0o600, 0o700]);
    }
    await server.stop();
    expect(() => statSync(dirname(path))).toThrow('ENOENT');
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

/** What another user of the machine finds, who looks where he can and asks the server all that he can think of. */
const foundBy = (server: DashboardServer): Promise<Found> =>
  spyOn(server.port, { ...ROUTES, proofHeader: PROOF_HEADER }, [
    server.home,
    STATE,
    ...readdirSync(tmpdir())
      .filter((name) => name.startsWith('release-matrix-open-'))
      .map((name) => join(tmpdir(), name)),
  ]);

for (const shared of [true, false]) {
  test(`what another user of the machine gets, ${shared ? 'started for such a machine: nothing' : 'by default: page, token, credentials'}`, async ({
    context,
    page,
    pageGuards,
    afterPages,
  }) => {
    test.skip(
      !canBeAnother,
      'Only root can be another user. The modes of the files are tested above and in kept-secret.test.ts.',
    );
    test.setTimeout(120_000);
    pageGuards.expectFault(/^outside request: https:\/\/dynamodb\.eu-west-1\.amazonaws\.com\//);
    const { server, stop } = await startAwsDashboard(context, {
      mode: 'preview',
      env: shared ? { SHARED_MACHINE: 'on' } : {},
    });
    afterPages(stop);
    const { code } = shared ? wayIn(server) : { code: '' };
    const early = await foundBy(server);
    let start = '';
    page.on('response', async (response) => {
      if (response.url().endsWith(ROUTES.start)) start = await response.text();
    });
    await page.goto(shared ? `${server.url}#c=${code}` : server.url);
    await expect(status(page)).toContainText('Live');
    const late = await foundBy(server);
    const found = JSON.stringify([early, late]);
    // He has looked: at other processes, the port, folders that do not open, and the server has answered.
    expect(found).toContain('vite');
    expect(late.ports).toContain(server.port.toString(16).toUpperCase().padStart(4, '0'));
    expect(late.denied).toBeGreaterThan(0);
    expect(late.answers).toHaveLength(7);
    const session = Object.values(STUB_SESSION).filter((each) => found.includes(each));
    if (shared) {
      const { token, ticket, secret } = JSON.parse(start);
      const secrets = [code, token, ticket, secret, ...Object.values(LONG_LIVED), 'v1.0.0', 'v1.1.0', 'canary'];
      expect(secrets.map((each) => typeof each)).toEqual(secrets.map(() => 'string'));
      expect(secrets.filter((each) => found.includes(each))).toEqual([]);
      expect(session).toEqual([]);
      expect(late.answers.map((answer) => answer.split(' ').slice(0, 3).join(' '))).toEqual([
        'GET / 200',
        ...[ROUTES.credentials, ROUTES.dynamodb, ROUTES.start, ROUTES.start, ROUTES.start].map(
          (route) => `POST ${route} 401`,
        ),
        `POST ${ROUTES.identity} 200`,
      ]);
    } else {
      // As SECURITY.md says of the default.
      expect(found).toMatch(/\\"token\\":\\"[\w-]{43}/);
      expect(session).toHaveLength(Object.values(STUB_SESSION).length);
      expect(Object.values(LONG_LIVED).filter((each) => found.includes(each))).toEqual([]);
    }
  });
}
