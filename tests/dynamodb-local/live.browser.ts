import { EMULATOR_CREDENTIALS } from '../../src/contract/emulator-credentials.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { connectTable } from '../../src/store/client.ts';
import { createReleaseTable as createTable, putItems } from '../../src/store/write-items.ts';
import { type DashboardServer, startDashboardServer } from '../browser/dashboard-server.ts';
import { test as base, expect } from '../browser/page-guards.ts';
import { demoWalk, walkRelease } from '../browser/release-walk.ts';
import { awsDynamodb, createReleaseTable, dynamodbLocalEndpoint } from './aws-cli.ts';

/** A dashboard on a table of DynamoDB Local; a test names the table. */
const test = base.extend<{ dashboardOn: (table: string) => Promise<DashboardServer> }>({
  dashboardOn: async ({ afterPages }, use) =>
    use(async (table) => {
      const server = await startDashboardServer({
        mode: 'preview',
        env: {
          DYNAMODB_ENDPOINT: dynamodbLocalEndpoint(),
          AWS_REGION: 'eu-west-1',
          RELEASE_TABLE: table,
          POLL_INTERVAL_SECONDS: '2',
        },
      });
      afterPages(server.stop);
      return server;
    }),
});

for (const { table, keys } of [
  { table: 'screen-literal-keys', keys: ['version', 'component#name'] },
  { table: 'screen-short-keys', keys: ['pk', 'sk'] },
] as const) {
  test(`fragments that the AWS CLI puts appear, change and leave on the screen: ${table}`, async ({
    page,
    dashboardOn,
  }) => {
    const keyOf = (release: string, component: string) => ({ [keys[0]]: { S: release }, [keys[1]]: { S: component } });
    const put = (release: string, component: string, npmVersion: string) =>
      awsDynamodb(
        'put-item',
        ...['--table-name', table],
        ...['--item', JSON.stringify({ ...keyOf(release, component), npmVersion: { S: npmVersion } })],
      );
    createReleaseTable(table, keys);
    put('v1.0.0', 'frontend#shell', '2.0.0');
    const server = await dashboardOn(table);
    await page.goto(server.url);
    await expect(page.getByRole('gridcell', { name: 'shell in v1.0.0: 2.0.0', exact: true })).toBeVisible();
    await page.evaluate(() => Reflect.set(globalThis, 'neverReloaded', true));

    put('v1.1.0', 'frontend#shell', '2.1.0');
    await expect(page.getByRole('gridcell', { name: 'shell in v1.1.0: 2.1.0', exact: true })).toBeVisible();
    put('v1.1.0', 'frontend#shell', '2.1.1');
    await expect(page.getByRole('gridcell', { name: 'shell in v1.1.0: 2.1.1', exact: true })).toBeVisible();
    const key = JSON.stringify(keyOf('v1.1.0', 'frontend#shell'));
    awsDynamodb('delete-item', '--table-name', table, '--key', key);
    await expect(page.getByRole('rowheader', { name: /^v1\.1\.0/ })).toHaveCount(0);
    expect(await page.evaluate(() => Reflect.get(globalThis, 'neverReloaded'))).toBe(true);
  });
}

test('a release of the demo estate is published part by part: seen live, gated as fail, completed, gated as pass', async ({
  page,
  dashboardOn,
}) => {
  test.setTimeout(240_000);
  const [table, endpoint] = ['screen-release-walk', dynamodbLocalEndpoint()];
  const client = connectTable({ region: 'eu-west-1', credentials: EMULATOR_CREDENTIALS, endpoint });
  const { past, parts } = demoWalk();
  await createTable(client, table, DOCUMENTED_KEYS);
  await putItems(client, table, past);
  client.destroy();
  const server = await dashboardOn(table);
  await walkRelease(page, server.url, ['--table', table, '--endpoint', endpoint, '--region', 'eu-west-1'], parts);
});
