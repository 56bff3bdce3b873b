import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import { PROOF_HEADER } from '../../src/contract/proof.ts';
import { STUB_SESSION } from '../aws/sts-stub.ts';
import { AWS_ENDPOINT, LONG_LIVED, startAwsDashboard, writeProfile } from './aws-dashboard.ts';
import { DYNAMODB_ERRORS } from './fault-server.ts';
import { keptBy } from './kept.ts';
import { cell, status } from './live-page.ts';
import { heapOf, messagesOfWorkers, reachable, stored } from './page-contents.ts';
import { expect, test } from './page-guards.ts';

// A whole use of the page over AWS, with keys that are easy to find. Afterwards every place where one could have been left
// is looked through, each for all of them.

const LINK = 'https://ci.example/builds/7';
/** Keys that nobody has asked for, under the names that a CI gives them and under one that Vite gives to a page. */
const KEYS_AROUND = {
  AWS_ACCESS_KEY_ID: 'AKIACANARY0000000002',
  AWS_SECRET_ACCESS_KEY: 'canary-secret-of-the-environment',
  AWS_SESSION_TOKEN: 'canary-token-of-the-environment',
  VITE_AWS_SECRET_ACCESS_KEY: 'canary-secret-for-vite',
} as const;

/** What was asked of anybody, as it went over the wire. */
interface Asked {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function watchRequests(context: BrowserContext): { readonly requests: Asked[]; settled(): Promise<unknown> } {
  const requests: Asked[] = [];
  const pending: Promise<unknown>[] = [];
  context.on('request', (request) => {
    pending.push(
      request
        .allHeaders()
        .catch(() => request.headers())
        .then((headers) => requests.push({ url: request.url(), headers, body: request.postData() ?? '' })),
    );
  });
  return { requests, settled: () => Promise.all(pending) };
}

async function lookAtEveryView(page: Page, url: string): Promise<void> {
  for (const view of ['environments', 'compare', 'findings', 'activity', 'matrix']) {
    await page.goto(`${url}?view=${view}`);
    await expect(status(page)).toContainText('Live');
  }
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export as JSON' }).click();
  expect(readFileSync(await (await download).path(), 'utf8')).toContain('v1.1.0');
}

/** Makes Vite show its error overlay, by a file that it may read and that is no script. @returns what stands in it */
async function showErrorOverlay(page: Page): Promise<string> {
  await page.evaluate("import('/docs/findings.md?import').catch(() => undefined)");
  const overlay = page.locator('vite-error-overlay');
  await expect(overlay.locator('.message-body')).toContainText('invalid JS syntax');
  const text = await overlay.evaluate((element) => element.shadowRoot?.textContent ?? '');
  await page.keyboard.press('Escape');
  await expect(overlay).toHaveCount(0);
  return text;
}

/** @returns all that the local server answers to the addresses that were asked for, but for the page and our own routes */
async function filesServed(asked: readonly Asked[], server: string): Promise<string> {
  const addresses = [...new Set(asked.map(({ url }) => url))].filter((url) => url.startsWith(server));
  const files = addresses.filter((url) => !/^\/($|__release-matrix\/)/.test(new URL(url).pathname));
  const texts = await Promise.all(files.map(async (file) => `${file}\n${await (await fetch(file)).text()}`));
  return texts.join('\n');
}

for (const mode of ['preview', 'dev'] as const) {
  test(`secrets are left nowhere after a whole use, ${mode}`, async ({ context, page, pageGuards, afterPages }) => {
    test.setTimeout(180_000);
    pageGuards.expectFault(/^outside request: https:\/\/(dynamodb\.eu-west-1\.amazonaws\.com|ci\.example)\//);
    pageGuards.allowFault(/^console error: Failed to load resource/, 'a call is denied, and the link leads nowhere');
    const told: string[] = [];
    context.on('console', (message) => told.push(message.text()));
    context.on('weberror', (fault) => told.push(String(fault.error().stack)));
    const watched = watchRequests(context);
    const messages = await messagesOfWorkers(context);

    let denied = false;
    const { name, message } = DYNAMODB_ERRORS.denied;
    const refuse = () => (denied ? { __type: `x#${name}`, message } : null);
    const { server, put, stop } = await startAwsDashboard(context, { mode, env: KEYS_AROUND, refuse });
    afterPages(stop);
    await put('v1.1.0', 'backend#auth', { links: { Build: LINK } });

    const first = await page.goto(server.url);
    const token = /"token":"([\w-]{43})"/.exec((await first?.text()) ?? '')?.[1] ?? '';
    const secret = /"secret":"([\w-]{43})"/.exec((await first?.text()) ?? '')?.[1] ?? '';
    expect([token.length, secret.length]).toEqual([43, 43]);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    await lookAtEveryView(page, server.url);
    const overlay = mode === 'dev' ? await showErrorOverlay(page) : null;

    // A failure, with all that it shows and says, and the way out of it.
    denied = true;
    await expect(page.getByText('Access denied').first()).toBeVisible();
    denied = false;
    await page.reload();
    await expect(status(page)).toContainText('Live');

    // A link that leads outside.
    await cell(page, 'auth in v1.1.0: 1.1.0').click();
    const opened = context.waitForEvent('page');
    await page.locator(`a[href="${LINK}"]`).first().click();
    await (await opened).close();

    await watched.settled();
    const places: Readonly<Record<string, string>> = {
      'what the browser stores': JSON.stringify(await page.evaluate(stored)),
      'what the browser stores, opened': JSON.stringify(await keptBy(page, secret)),
      'what script can reach from window, the document and React (the query cache included)': (
        await page.evaluate(reachable)
      ).join('\n'),
      'the messages of the worker to the page': messages.join('\n'),
      'the document': await page.content(),
      'the addresses': watched.requests.map(({ url }) => url).join('\n'),
      'the bodies of requests': watched.requests.map(({ body }) => body).join('\n'),
      'the console': told.join('\n'),
      'the terminal': server.output(),
      'the files served': await filesServed(watched.requests, server.url),
      ...(overlay === null ? {} : { 'the error overlay': overlay }),
    };
    const secrets = [
      token,
      secret,
      ...Object.values(STUB_SESSION),
      ...Object.values(LONG_LIVED),
      ...Object.values(KEYS_AROUND),
    ];
    const hits = Object.entries(places).flatMap(([place, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
    );
    expect(hits).toEqual([]);
    // The places were looked at: what must be there is.
    expect(places['what the browser stores']).toContain('release-matrix');
    expect(places['what the browser stores, opened']).toContain('v1.1.0');
    expect(places['what script can reach from window, the document and React (the query cache included)']).toContain(
      'v1.1.0',
    );
    expect(places['the messages of the worker to the page']).toContain('v1.1.0');
    expect(places['the files served']).toContain('release-matrix');
    if (overlay !== null) expect(overlay).toContain('docs/findings.md');

    // Credentials never come into the page at all: they are the worker's. The memory is looked at while they are in use.
    const heap = await heapOf(page);
    expect(heap).toContain('v1.1.0');
    const ofAws = [...Object.values(STUB_SESSION), ...Object.values(LONG_LIVED)];
    expect(ofAws.filter((secret) => heap.includes(secret))).toEqual([]);
    const [worker] = page.workers();
    const session = await worker?.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
    expect(session?.some((name) => name.startsWith('https://dynamodb.'))).toBe(true);

    // What has to go over the wire goes where it belongs, and nowhere else.
    const headersWith = (secret: string): string[] => [
      ...new Set(
        watched.requests.flatMap(({ url, headers }) =>
          Object.entries(headers)
            .filter(([, value]) => value.includes(secret))
            .map(([name]) => `${name} to ${new URL(url).origin}${new URL(url).pathname}`),
        ),
      ),
    ];
    expect([headersWith(token), headersWith(secret)]).toEqual([[], []]);
    expect(watched.requests.some(({ headers }) => PROOF_HEADER in headers)).toBe(true);
    expect(headersWith(STUB_SESSION.token)).toEqual([`x-amz-security-token to ${AWS_ENDPOINT}/`]);
    expect(headersWith(STUB_SESSION.id)).toEqual([`authorization to ${AWS_ENDPOINT}/`]);
    for (const secret of [STUB_SESSION.secret, LONG_LIVED.id, LONG_LIVED.secret])
      expect(headersWith(secret)).toEqual([]);
    const referers = watched.requests
      .filter(({ url }) => !url.startsWith(server.url))
      .map(({ headers }) => headers.referer);
    expect(referers.length).toBeGreaterThan(0);
    // Chromium reports some requests that name no page with an empty header, and others with none.
    expect(referers.filter((referer) => referer !== undefined && referer !== '')).toEqual([]);
  });
}

test('a build made beside a profile, with keys in its environment, holds none of them', async () => {
  const repository = resolve(import.meta.dirname, '../..');
  const home = mkdtempSync(join(tmpdir(), 'release-matrix-build-'));
  const built = join(home, 'dist');
  try {
    writeProfile(home);
    const vite = join(repository, 'node_modules/vite/bin/vite.js');
    await promisify(execFile)(process.execPath, [vite, 'build', '--outDir', built, '--logLevel', 'error'], {
      cwd: repository,
      env: { PATH: process.env.PATH, HOME: home, AWS_PROFILE: 'canary', AWS_REGION: 'eu-west-1', ...KEYS_AROUND },
    });
    const files = readdirSync(built, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => ({ name, text: readFileSync(join(parentPath, name), 'latin1') }));
    expect(files.map(({ name }) => name)).toContain('index.html');
    const secrets = [...Object.values(KEYS_AROUND), ...Object.values(LONG_LIVED), home];
    const hits = files.flatMap(({ name, text }) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${name}`),
    );
    expect(hits).toEqual([]);
    const withKeyIds = files.filter(({ text }) => /\b(AKIA|ASIA)[A-Z0-9]{16}\b/.test(text));
    expect(withKeyIds.map(({ name }) => name)).toEqual([]);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
});
