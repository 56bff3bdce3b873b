import type { BrowserContext, Page } from '@playwright/test';
import { ROUTES } from '../../src/contract/local-server.ts';
import { startDashboardServer } from './dashboard-server.ts';
import { startFaultServer } from './fault-server.ts';
import { cell, fill, markDocument, status } from './live-page.ts';
import { canBeAnother, type PortTaker, TAKEOVERS, takePort } from './other-user.ts';
import { expect, test } from './page-guards.ts';
import { putInto, TABLE } from './running-dashboards.ts';
import { wayIn } from './way-in.ts';

// The server has ended, a tab is open, and a process of somebody else takes the port: SECURITY.md says what it gets.

/** Everything that the page has left in the browser's databases, as text: names, keys and values. Runs in any page there. */
async function databases(): Promise<string> {
  const texts: string[] = [];
  const textOf = (value: unknown): string => {
    if (value instanceof Uint8Array) return String.fromCharCode(...value);
    if (typeof value !== 'object' || value === null) return String(value);
    return Object.entries(value)
      .map(([name, part]) => `${name} ${textOf(part)}`)
      .join(' ');
  };
  for (const { name = '' } of await indexedDB.databases()) {
    const database = await new Promise<IDBDatabase>((resume, fail) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resume(opening.result);
      opening.onerror = () => fail(opening.error);
    });
    for (const store of database.objectStoreNames) {
      const place = database.transaction(store).objectStore(store);
      for (const reading of [place.getAllKeys(), place.getAll()]) {
        texts.push(`${name}/${store}`);
        for (const value of await new Promise<unknown[]>((resume, fail) => {
          reading.onsuccess = () => resume(reading.result);
          reading.onerror = () => fail(reading.error);
        })) {
          texts.push(textOf(value));
        }
      }
    }
    database.close();
  }
  return texts.join('\n');
}

/** What came of the start of the page: in its HTML, or as the code bought it. */
async function startOf(page: Page, open: () => Promise<unknown>): Promise<{ token: string; secret: string }> {
  let text = '';
  page.on('response', async (response) => {
    const isStart = new URL(response.url()).pathname === ROUTES.start || response.request().isNavigationRequest();
    if (isStart) text += await response.text().catch(() => '');
  });
  await open();
  await expect(status(page)).toContainText('Live');
  const named = (name: string): string => new RegExp(`"${name}":"([\\w-]{43})"`).exec(text)?.[1] ?? '';
  const found = { token: named('token'), secret: named('secret') };
  expect(found.token).toHaveLength(43);
  expect(found.secret).toHaveLength(43);
  return found;
}

/** @returns what a page of whoever has the port finds in the browser; the page is closed again */
async function whatItsOwnPageFinds(context: BrowserContext, url: string): Promise<string> {
  const page = await context.newPage();
  await page.goto(url);
  await expect(page).toHaveTitle('Taken');
  const found = `${await page.evaluate(databases)}\n${await page.evaluate(() => JSON.stringify({ ...localStorage }))}`;
  await page.close();
  return found;
}

for (const mode of ['preview', 'dev'] as const) {
  for (const shared of [false, true]) {
    test(`a process that takes the port gets nothing of an open tab: ${mode}, ${shared ? 'shared machine' : 'by default'}`, async ({
      context,
      page,
      pageGuards,
      afterPages,
    }, info) => {
      test.setTimeout(240_000);
      pageGuards.allowFault(/./, 'the server is ended in mid-test, and something else answers');
      if (!canBeAnother) info.annotations.push({ type: 'same user', description: 'only root can start another one' });
      const faults = await startFaultServer(TABLE);
      afterPages(faults.stop);
      await fill({ put: putInto(faults) });
      const options = {
        mode,
        env: {
          DYNAMODB_ENDPOINT: faults.url,
          POLL_INTERVAL_SECONDS: '2',
          ...(shared ? { SHARED_MACHINE: 'on' } : {}),
        },
      };
      const server = await startDashboardServer(options);
      afterPages(server.stop);
      const { token, secret } = await startOf(page, () => page.goto(shared ? wayIn(server).file : server.url));
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      // Both the last state, which waits for a quiet moment, and the activity.
      await expect
        .poll(() => page.evaluate(databases), { timeout: 30_000 })
        .toMatch(
          /last-state\/releases\n[^\n]+\n[\s\S]*activity\/releases\n[^\n]+\n|activity\/releases\n[^\n]+\n[\s\S]*last-state\/releases\n[^\n]+\n/,
        );
      const isStillHere = await markDocument(page);
      await server.stop();

      const secrets = [token, secret, 'v1.0.0', 'v1.1.0', 'backend', 'frontend', TABLE, faults.url];
      for (const how of mode === 'preview' && !shared ? TAKEOVERS : (['a page of its own'] as const)) {
        const taker: PortTaker = await takePort(server.port, how);
        afterPages(taker.stop);
        await expect(page.getByText('Another program answers at this address').first()).toBeVisible({
          timeout: 40_000,
        });
        // What was read last stays.
        await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
        if (how === 'a page of its own') {
          // From now on nothing but the question who answers, a few times a minute.
          const before = taker.received().length;
          await page.waitForTimeout(6_000);
          const later = taker.received().slice(before);
          const asked = [...later.matchAll(/^(?:GET|POST|HEAD|UPGRADE) (\S+)$/gm)].map(([, path]) => path);
          expect(asked.filter((path) => path !== ROUTES.identity)).toEqual([]);
          expect(asked.length).toBeLessThanOrEqual(2);
          // A part of the program that was not loaded yet is not fetched from it.
          await page.keyboard.press('?');
          await expect(page.getByText('This part of the page was not loaded yet')).toBeVisible();
          expect(taker.received()).not.toMatch(/^GET .*Help/m);
          const found = await whatItsOwnPageFinds(context, server.url);
          expect(found).toContain('release-matrix-last-state/releases');
          expect(found).toContain('release-matrix-activity/releases');
          expect(secrets.filter((each) => found.includes(each))).toEqual([]);
        }
        expect(await isStillHere()).toBe(true);
        // The table's name stands in calls to an emulator: that is no secret, what it holds is.
        const told = secrets.filter((each) => each !== TABLE && taker.received().includes(each));
        expect(told).toEqual([]);
        await taker.stop();
      }

      const again = await startDashboardServer({ ...options, port: server.port });
      afterPages(again.stop);
      // By itself: loaded anew once, as the server has proved to be ours.
      await expect.poll(isStillHere, { timeout: 60_000 }).toBe(false);
      await expect(status(page)).toContainText('Live', { timeout: 30_000 });
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    });
  }
}
