import { once } from 'node:events';
import { createServer } from 'node:http';
import { freePort } from '../../scripts/free-port.mjs';
import { startDashboardServer } from './dashboard-server.ts';
import { grid } from './live-page.ts';
import { expect, test } from './page-guards.ts';

/** What another project leaves behind: it wants to see every request of whatever is served here next. */
const WORKER =
  'self.addEventListener("fetch", () => undefined); self.addEventListener("install", () => self.skipWaiting());';
const PAGE = '<!doctype html><title>Another project</title><link rel="icon" href="data:,">';

test('a service worker of another project is removed before anything is asked for', async ({ page, afterPages }) => {
  const port = await freePort();
  const other = createServer((request, response) => {
    const isWorker = request.url === '/sw.js';
    response.setHeader('content-type', isWorker ? 'text/javascript' : 'text/html');
    response.end(isWorker ? WORKER : PAGE);
  });
  other.listen(port, '127.0.0.1');
  await once(other, 'listening');
  await page.goto(`http://127.0.0.1:${port}/`);
  await page.evaluate(async () => {
    await navigator.serviceWorker.register('/sw.js');
    await navigator.serviceWorker.ready;
  });
  other.closeAllConnections();
  other.close();
  await once(other, 'close');

  const server = await startDashboardServer({ mode: 'preview', env: { SIMULATED_CI: 'off' }, port });
  afterPages(server.stop);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'POST') asked.push(request.url());
  });
  await page.goto(server.url);
  await expect(page.getByRole('heading', { name: 'A service worker of another project was here' })).toBeVisible();
  expect(asked).toEqual([]);
  await page.getByRole('button', { name: 'Reload the page' }).click();
  await expect(grid(page)).toBeVisible();
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
});
