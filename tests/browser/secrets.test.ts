import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { STUB_SESSION, startSts } from '../devserver/sts-stub.ts';
import { startDashboardServer } from './dashboard-server.ts';
import { DYNAMODB_ERRORS, startFaultServer } from './fault-server.ts';
import { cell, fill, status } from './live-page.ts';
import { reachable, stored } from './page-contents.ts';
import { expect, test } from './page-guards.ts';
import { putInto, TABLE } from './stands.ts';

// A whole use of the page over AWS, with keys that are easy to find. Afterwards every place where one could have been left
// is looked through, each for all of them.

const ENDPOINT = 'https://dynamodb.eu-west-1.amazonaws.com';
const LINK = 'https://ci.example/builds/7';
const LONG_LIVED = { id: 'AKIACANARY0000000001', secret: 'canary-long-lived-secret' } as const;

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

test('secrets are left nowhere after a whole use', async ({ context, page, pageGuards }) => {
  test.setTimeout(180_000);
  pageGuards.expectFault(/^outside request: https:\/\/(dynamodb\.eu-west-1\.amazonaws\.com|ci\.example)\//);
  pageGuards.allowFault(/^console error: Failed to load resource/, 'a call is denied, and the link leads nowhere');
  const told: string[] = [];
  context.on('console', (message) => told.push(message.text()));
  context.on('weberror', (fault) => told.push(String(fault.error().stack)));
  const watched = watchRequests(context);

  const sts = await startSts();
  const faults = await startFaultServer(TABLE);
  const server = await startDashboardServer({
    mode: 'preview',
    env: {
      AWS_PROFILE: 'canary',
      AWS_REGION: 'eu-west-1',
      AWS_ENDPOINT_URL_STS: sts.endpoint,
      POLL_INTERVAL_SECONDS: '2',
    },
  });
  try {
    mkdirSync(join(server.home, '.aws'));
    writeFileSync(
      join(server.home, '.aws', 'credentials'),
      `[canary]\naws_access_key_id = ${LONG_LIVED.id}\naws_secret_access_key = ${LONG_LIVED.secret}\n`,
    );
    const put = putInto(faults);
    await fill({ put });
    await put('v1.1.0', 'backend#auth', { links: { Build: LINK } });
    let denied = false;
    await context.route(`${ENDPOINT}/**`, async (route) => {
      const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
      const request = route.request();
      if (request.method() === 'OPTIONS') return route.fulfill({ status: 200, headers: cors });
      if (denied) {
        const { name, message } = DYNAMODB_ERRORS.denied;
        return route.fulfill({ status: 400, headers: cors, body: JSON.stringify({ __type: `x#${name}`, message }) });
      }
      const { status, headers, body } = await faults.table.handle(request.postDataBuffer() ?? Buffer.alloc(0), {
        'x-amz-target': request.headers()['x-amz-target'] ?? '',
      });
      return route.fulfill({ status, headers: { ...headers, ...cors }, body });
    });

    const first = await page.goto(server.url);
    const token = /"token":"([\w-]{43})"/.exec((await first?.text()) ?? '')?.[1] ?? '';
    expect(token).toHaveLength(43);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    await lookAtEveryView(page, server.url);

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
      'what script can reach from window, the document and React (the query cache included)': (
        await page.evaluate(reachable)
      ).join('\n'),
      'the document': await page.content(),
      'the addresses': watched.requests.map(({ url }) => url).join('\n'),
      'the bodies of requests': watched.requests.map(({ body }) => body).join('\n'),
      'the console': told.join('\n'),
      'the terminal': server.output(),
      'the build': readdirSync(resolve(import.meta.dirname, '../../dist/assets'))
        .map((file) => readFileSync(resolve(import.meta.dirname, '../../dist/assets', file), 'utf8'))
        .join('\n'),
    };
    const secrets = [token, ...Object.values(STUB_SESSION), ...Object.values(LONG_LIVED)];
    const hits = Object.entries(places).flatMap(([place, text]) =>
      secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
    );
    expect(hits).toEqual([]);
    // The places were looked at: what must be there is.
    expect(places['what the browser stores']).toContain('release-matrix');
    expect(places['what script can reach from window, the document and React (the query cache included)']).toContain(
      'v1.1.0',
    );
    expect(places['the build']).not.toMatch(/(AKIA|ASIA)[A-Z0-9]{16}/);

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
    expect(headersWith(token)).toEqual([`authorization to ${server.url}__release-matrix/credentials`]);
    expect(headersWith(STUB_SESSION.token)).toEqual([`x-amz-security-token to ${ENDPOINT}/`]);
    expect(headersWith(STUB_SESSION.id)).toEqual([`authorization to ${ENDPOINT}/`]);
    for (const secret of [STUB_SESSION.secret, LONG_LIVED.id, LONG_LIVED.secret])
      expect(headersWith(secret)).toEqual([]);
    const referers = watched.requests
      .filter(({ url }) => !url.startsWith(server.url))
      .map(({ headers }) => headers.referer);
    expect(referers.length).toBeGreaterThan(0);
    expect(referers.filter((referer) => referer !== undefined)).toEqual([]);
  } finally {
    await server.stop();
    await faults.stop();
    await sts.close();
  }
});
