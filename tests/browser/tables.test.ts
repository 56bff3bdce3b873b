import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { createReleaseTable } from '../../src/store/write-items.ts';
import { startDashboardServer } from './dashboard-server.ts';
import { startFaultServer } from './fault-server.ts';
import { cell, status } from './live-page.ts';
import { expect } from './page-guards.ts';
import { putInto, TABLE, test } from './running-dashboards.ts';

test('tables of the settings are picked in the header, by their addresses, each with what is its own', async ({
  page,
  afterPages,
}) => {
  const faults = await startFaultServer(TABLE);
  afterPages(faults.stop);
  await putInto(faults)('v1.0.0', 'backend#auth', { version: 'v1.0.0' });
  const { client } = faults.table;
  await createReleaseTable(client, 'Second', DOCUMENTED_KEYS);
  const Item = { version: 'v2.0.0', 'component#name': 'backend#pay', date: new Date().toISOString() };
  await client.send(new PutCommand({ TableName: 'Second', Item }));
  const server = await startDashboardServer({
    mode: 'preview',
    env: { DYNAMODB_ENDPOINT: faults.url, RELEASE_TABLE: TABLE, TABLES: 'prod=any/us-east-1/Second' },
  });
  afterPages(server.stop);
  const about = page.getByRole('button', { name: /^(?:ReleaseFragments|prod) · / });
  const tables = page.getByRole('navigation', { name: 'Tables' });

  await page.goto(`${server.url}?view=matrix`);
  await expect(cell(page, 'auth in v1.0.0: 1.0.0')).toBeVisible();
  await expect(about).toHaveAccessibleName(/^ReleaseFragments · /);
  await about.press('Enter');
  await expect(tables.getByRole('link', { name: 'ReleaseFragments' })).toHaveAttribute('aria-current', 'true');
  await tables.getByRole('link', { name: 'prod' }).click();

  await expect(page).toHaveURL(`${server.url}t/prod?view=matrix`);
  await expect(cell(page, 'pay in v2.0.0: 2.0.0')).toBeVisible();
  await expect(about).toHaveAccessibleName(/^prod · /);
  await expect(page).toHaveTitle('Release Matrix – Second');
  // Every address of the page stays with its table.
  await page.getByRole('link', { name: /^Findings/ }).click();
  await expect(page).toHaveURL(/\/t\/prod\?view=findings/);
  await page.reload();
  await expect(status(page)).toContainText('Live');
  await expect(about).toHaveAccessibleName(/^prod · /);

  await page.goto(`${server.url}t/none`);
  await expect(page.getByText('No table is called none here.')).toBeVisible();
  await expect(cell(page, 'auth in v1.0.0: 1.0.0')).toBeVisible();
});
