import type { Browser, Page } from '@playwright/test';
import { launchFor, newContext, PATHS, type PathDashboard, startPath } from './both-paths.ts';
import { DYNAMODB_ERRORS, type Fault } from './fault-server.ts';
import { cell, readInPage, setHidden, status } from './live-page.ts';
import { expect, type PageGuards, test } from './page-guards.ts';

// On both paths to a table, with real connections: what a browser does below a page (questions before a call, connections
// that it keeps) is part of an outage. The page's time is simulated.

/** Chromium writes what fails to the console; no page can prevent that. */
const FAILED_LOAD = /^console error: Failed to load resource/;
const TO_AWS = /^outside request: https:\/\/dynamodb\.eu-west-1\.amazonaws\.com\//;

const OUTAGES: readonly (readonly [string, Fault, string])[] = [
  ['F2: throttled', DYNAMODB_ERRORS.throttled, 'Table is throttled'],
  ['F3: answers 500', DYNAMODB_ERRORS.failing, 'DynamoDB is failing'],
  ['F4: connections are reset', { kind: 'reset' }, 'Endpoint does not answer|Cannot reach DynamoDB'],
  ['F5: no answer', { kind: 'hang' }, 'No answer in time'],
  ['F6: an answer that stalls', { kind: 'stall' }, 'No answer in time'],
  ['F6: a byte a second', { kind: 'drip' }, 'No answer in time'],
  ['F7: an answer that is not DynamoDB’s', { kind: 'body', text: '<html></html>' }, 'Unexpected answer'],
];

for (const path of PATHS) {
  test.describe(`${path} path`, () => {
    let dashboard: PathDashboard;
    let browser: Browser;
    let releases = 1;
    test.beforeAll(async () => {
      dashboard = await startPath(path, 5);
      browser = await launchFor([dashboard]);
    });
    test.afterAll(async () => {
      await browser.close();
      await dashboard.stop();
    });

    /** A page that is live, and whose time stands but for what is let pass. */
    const open = async (pageGuards: PageGuards): Promise<Page> => {
      pageGuards.allowFault(TO_AWS, 'answered by an endpoint of ours');
      pageGuards.allowFault(FAILED_LOAD, 'Chromium reports some of the calls that fail');
      dashboard.faults.fail(null);
      const context = await newContext(browser);
      await pageGuards.watch(context);
      const page = await context.newPage();
      await readInPage(page);
      await page.clock.install();
      await page.goto(dashboard.server.url);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await expect(status(page)).toContainText('Live');
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
      return page;
    };
    const isShown = async (page: Page, release: string): Promise<void> => {
      await page.clock.resume();
      await expect(cell(page, `auth in ${release}: ${release.slice(1)}`)).toBeVisible();
      await expect(status(page)).toContainText('Live');
      await page.context().close();
    };
    /** Writes a release that no test before has written. */
    const publish = async (): Promise<string> => {
      releases += 1;
      const release = `v2.${releases}.0`;
      await dashboard.put(release, 'backend#auth');
      return release;
    };

    for (const [name, fault, words] of OUTAGES) {
      test(`${name} for three minutes: said, twelve requests a minute at most, and soon back`, async ({
        pageGuards,
      }) => {
        const page = await open(pageGuards);
        dashboard.faults.fail(fault);
        await pass(page, 20);
        await expect(status(page)).toContainText(new RegExp(`Stale.*(${words})`));
        await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
        await pass(page, 40);
        for (let minute = 2; minute <= 3; minute += 1) {
          dashboard.faults.takeRequests();
          await pass(page, 60);
          const requests = dashboard.faults.takeRequests().length;
          expect(requests).toBeGreaterThan(4);
          expect(requests).toBeLessThanOrEqual(12);
        }
        const release = await publish();
        dashboard.faults.fail(null);
        dashboard.faults.takeCalls();
        // Ten seconds; but a call whose answer has begun may take ten itself.
        await pass(page, name.startsWith('F6') ? 13 : 10);
        // The page's time stands now; on a busy machine a call that was made in it may still be on its way.
        const calls: string[] = [];
        await expect
          .poll(() => {
            calls.push(...dashboard.faults.takeCalls());
            return calls;
          })
          .toContain('Scan');
        await isShown(page, release);
      });
    }

    test('F16: asleep for two hours: read at once', async ({ pageGuards }) => {
      const page = await open(pageGuards);
      const release = await publish();
      await page.clock.fastForward('02:00:00');
      await isShown(page, release);
    });

    test('F17: hidden for half an hour: nothing is asked, and all is read on return', async ({ pageGuards }) => {
      const page = await open(pageGuards);
      await setHidden(page, true);
      await pass(page, 10);
      dashboard.faults.takeCalls();
      const release = await publish();
      await page.clock.fastForward('30:00');
      expect(dashboard.faults.takeCalls()).toEqual([]);
      await setHidden(page, false);
      await isShown(page, release);
    });

    test('answers after three seconds are said to be slow, and asked for less often', async ({ pageGuards }) => {
      const page = await open(pageGuards);
      await page.clock.resume();
      dashboard.faults.fail({ kind: 'late', ms: 3_000 });
      await expect(status(page)).toContainText(/Live.*slow: 3 s an answer/, { timeout: 30_000 });
      dashboard.faults.fail(null);
      await expect(status(page)).not.toContainText('slow', { timeout: 30_000 });
      await page.context().close();
    });
  });
}

/** Lets seconds pass in the page, one by one; what it asks for meanwhile has a moment of real time for its answer. */
async function pass(page: Page, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await page.clock.runFor(1_000);
    await new Promise((resume) => setTimeout(resume, 20));
  }
}
