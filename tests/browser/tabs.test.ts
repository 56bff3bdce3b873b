import type { Page } from '@playwright/test';
import { startAwsDashboard } from './aws-dashboard.ts';
import { cell, setHidden, status } from './live-page.ts';
import { expect, test } from './page-guards.ts';

const EXCHANGE = ['GetCallerIdentity', 'GetFederationToken'];

test('F38: ten tabs cost one exchange of credentials; those behind another read nothing, and one that comes back reads at once', async ({
  context,
  pageGuards,
  afterPages,
}) => {
  pageGuards.expectFault(/^outside request: https:\/\/dynamodb\.eu-west-1\.amazonaws\.com\//);
  const calls: { readonly tab: Page; readonly operation: string }[] = [];
  const { server, sts, stop } = await startAwsDashboard(context, {
    mode: 'preview',
    refuse(request) {
      const target = request.headers()['x-amz-target'] ?? '';
      calls.push({ tab: request.frame().page(), operation: target.slice(target.indexOf('.') + 1) });
      return null;
    },
  });
  afterPages(stop);
  /** Each reading begins with a look at the change counter. */
  const readings = async (tab: Page, count: number): Promise<void> => {
    calls.length = 0;
    const begun = () => calls.filter((call) => call.tab === tab && call.operation === 'GetItem').length;
    await expect.poll(begun, { intervals: [100] }).toBeGreaterThanOrEqual(count);
  };
  const front = await context.newPage();
  const behind = await Promise.all(Array.from({ length: 9 }, () => context.newPage()));
  await Promise.all([front, ...behind].map((tab) => tab.goto(server.url)));
  for (const tab of [front, ...behind]) {
    await expect(cell(tab, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    await expect(status(tab)).toContainText('Live');
  }
  expect(sts.calls.map(({ action }) => action)).toEqual(EXCHANGE);

  await Promise.all(behind.map((tab) => setHidden(tab, true)));
  await readings(front, 1);
  /** What the others ask for until the front tab reads again. */
  const askedBehind = async (): Promise<string[]> => {
    await readings(front, 1);
    return calls.filter(({ tab }) => tab !== front).map(({ operation }) => operation);
  };
  // What was under way in them ends first.
  await expect.poll(askedBehind, { intervals: [0] }).toEqual([]);
  expect(await askedBehind()).toEqual([]);

  const [back] = behind;
  if (back === undefined) throw new Error('Nine tabs are behind.');
  await setHidden(back, false);
  await readings(back, 1);
  expect(sts.calls.map(({ action }) => action)).toEqual(EXCHANGE);
});
