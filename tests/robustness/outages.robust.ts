import { writeFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { launchFor, newContext, PATHS, type PathDashboard, startPath } from '../browser/both-paths.ts';
import { cell, status } from '../browser/live-page.ts';
import { OUTAGES, type Outage, type OutageFigures, worstMinuteOf } from './outages.ts';

// Real minutes, so no part of `npm test`: `npm run robustness` runs it and prints the figures.

const POLL_SECONDS = 5;
/** One each: pages of all outages share a browser. */
const REGIONS = [
  ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-central-1', 'us-east-1', 'us-east-2'],
  ...['us-west-1', 'us-west-2', 'sa-east-1', 'ca-central-1'],
];
const TROUBLE = /Stale|Offline|slow/i;

const seconds = (ms: number) => Math.round(ms / 100) / 10;
const wait = (ms: number) => new Promise((resume) => setTimeout(resume, ms));

for (const path of PATHS) {
  test(`${path}: what each outage looks like`, async () => {
    test.setTimeout(15 * 60_000);
    const dashboards: PathDashboard[] = [];
    try {
      for (const [place] of OUTAGES.entries()) dashboards.push(await startPath(path, POLL_SECONDS, REGIONS[place]));
      const browser = await launchFor(dashboards);
      try {
        const liveThrough = async (outage: Outage, dashboard: PathDashboard): Promise<OutageFigures> => {
          const page = await (await newContext(browser)).newPage();
          const header = status(page);
          await page.goto(dashboard.server.url);
          await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible({ timeout: 60_000 });
          await expect(header).toContainText('Live', { timeout: 60_000 });
          await wait(3 * POLL_SECONDS * 1_000);
          dashboard.faults.takeRequests();
          const began = Date.now();
          dashboard.faults.fail(outage.fault);
          await expect(header, outage.name).toContainText(TROUBLE, { timeout: outage.seconds * 1_000 });
          const noticed = Date.now() - began;
          await wait(began + outage.seconds * 1_000 - Date.now());
          const requests = dashboard.faults.takeRequests();
          await dashboard.put('v1.2.0', 'backend#auth');
          const ended = Date.now();
          dashboard.faults.fail(null);
          await expect(cell(page, 'auth in v1.2.0: 1.2.0'), outage.name).toBeVisible({ timeout: 90_000 });
          await expect(header, outage.name).not.toContainText(TROUBLE, { timeout: 90_000 });
          const back = Date.now() - ended;
          const figures = { worstMinute: worstMinuteOf(requests), noticed: seconds(noticed), back: seconds(back) };
          return { name: outage.name, path, ...figures };
        };
        const figures = await Promise.all(
          OUTAGES.map((outage, place) => {
            const dashboard = dashboards[place];
            if (dashboard === undefined) throw new Error('Each outage has a dashboard.');
            return liveThrough(outage, dashboard);
          }),
        );
        const file = process.env.OUTAGE_FIGURES;
        if (file !== undefined) writeFileSync(file.replace('*', path), JSON.stringify(figures));
        else process.stdout.write(`${figures.map((each) => JSON.stringify(each)).join('\n')}\n`);
      } finally {
        await browser.close();
      }
    } finally {
      await Promise.all(dashboards.map((dashboard) => dashboard.stop()));
    }
  });
}
