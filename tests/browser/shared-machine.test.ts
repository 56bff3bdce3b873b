import type { Page } from '@playwright/test';
import { type DashboardServer, startDashboardServer } from './dashboard-server.ts';
import { grid } from './live-page.ts';
import { expect, test } from './page-guards.ts';

/** Chromium writes every answer of 400 and above to the console; no page can prevent that. */
const REFUSED = /^console error: Failed to load resource.*401.*__release-matrix\/start/;
const ENV = { SHARED_MACHINE: 'on', SIMULATED_CI: 'off' };

/** The newest address that the terminal shows. */
function printedAddress(server: DashboardServer): string {
  const addresses = [...server.output().matchAll(/http:\/\/127\.0\.0\.1:\d+\/#c=[\w-]{32}/g)];
  const address = addresses.at(-1)?.[0];
  if (address === undefined) throw new Error(`No address with a code in:\n${server.output()}`);
  return address;
}

const heading = (page: Page, name: string) => page.getByRole('heading', { name });

for (const mode of ['dev', 'preview'] as const) {
  test(`where others use the machine, one address opens one tab, once (${mode})`, async ({
    context,
    page,
    pageGuards,
    afterPages,
  }) => {
    pageGuards.expectFault(REFUSED);
    pageGuards.allowFault(
      /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|401.*__release-matrix.dynamodb/,
      'the server is ended in mid-test',
    );
    const server = await startDashboardServer({ mode, env: ENV });
    afterPages(server.stop);
    const address = printedAddress(server);
    await page.goto(address.replace('/#', '/?q=auth#'));
    await expect(grid(page)).toBeVisible();

    // The code stands nowhere any more, and the way back does not lead to it.
    expect(page.url()).toBe(`${server.url}?q=auth`);
    const code = address.split('#c=')[1] ?? '';
    expect(
      await page.evaluate(() => JSON.stringify([history.length, history.state, document.documentElement.outerHTML])),
    ).not.toContain(code);

    await page.reload();
    await expect(grid(page)).toBeVisible();

    const other = await context.newPage();
    await other.goto(server.url);
    await expect(heading(other, 'This page needs a one-time code')).toBeVisible();
    await expect(grid(other)).toHaveCount(0);
    // The same document: only what stands behind the # changes.
    await other.goto(address);
    await expect(heading(other, 'The code has been used already')).toBeVisible();
    await other.goto(`${server.url}#c=${'A'.repeat(32)}`);
    await expect(heading(other, 'The code is wrong')).toBeVisible();
    await other.close();

    await server.stop();
    const again = await startDashboardServer({ mode, env: ENV, port: server.port });
    afterPages(again.stop);
    await expect(heading(page, 'The local server has been started again')).toBeVisible();
    await page.goto(printedAddress(again));
    await expect(grid(page)).toBeVisible();
  });
}
