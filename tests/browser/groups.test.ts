import type { Locator, Page } from '@playwright/test';
import { expectAccessible } from './axe.ts';
import { expect } from './page-guards.ts';
import { type Put, test } from './running-dashboards.ts';

// Environments that are one stage: the policy names them as a group, and one column stands for them.

const table = (page: Page): Locator => page.getByRole('grid', { name: 'Environments' });
const heads = (page: Page): Locator => table(page).getByRole('columnheader');

const DAY_MS = 86_400_000;
const ago = (days: number): string => new Date(Date.now() - days * DAY_MS).toISOString();

/** Two workloads in staging and in two places of prod, one of which still runs the release before for one of them. */
async function deploy(put: Put): Promise<void> {
  await put('policy', 'policy#release-matrix', {
    document: {
      graceMinutes: 0,
      environments: { order: ['staging', 'prod'] },
      groups: { prod: ['prod-eu', 'prod-us'] },
    },
  });
  const run = (release: string, place: string, name: string, days: number) =>
    put(release, `k8s#${place}-deployment/${name}`, {
      imageRef: `ghcr.io/acme/${name}:${release.slice(1)}`,
      replicas: 2,
      readyReplicas: 2,
      owner: 'shop',
      date: ago(days),
    });
  for (const name of ['api', 'cart']) {
    for (const place of ['staging', 'prod-eu', 'prod-us']) await run('v1.0.0', place, name, 9);
    for (const place of ['staging', 'prod-eu']) await run('v1.1.0', place, name, 2);
  }
  await run('v1.1.0', 'prod-us', 'api', 2);
}

test('a group is one column that unfolds by pointer and by key, and the address keeps it', async ({ page, live }) => {
  await deploy(live.put);
  await page.goto(`${live.server.url}?view=environments`);
  await expect(heads(page)).toHaveText(['Component', /^staging/, /^prod ×2 v1\.1\.0/]);
  const cart = (environment: string) =>
    table(page).getByRole('gridcell', { name: new RegExp(`^cart in ${environment}: `) });
  // A difference inside the group is a deviation, and says where.
  await expect(cart('prod')).toHaveText(/1\.1\.0 in 1 of 2.*prod-us/);

  const unfold = page.getByRole('button', { name: 'Show the 2 environments of prod' });
  await unfold.focus();
  await page.keyboard.press('Enter');
  await expect(heads(page)).toHaveText(['Component', /^staging/, /^prod-eu/, /^prod-us/]);
  await expect(cart('prod-us')).toHaveText(/still v1\.0\.0/);
  await expect(page).toHaveURL(/unfolded=prod/);
  await expectAccessible(page);
  await page.reload();
  await expect(heads(page)).toHaveCount(4);

  await page.getByRole('button', { name: 'Fold prod into one column' }).click();
  await expect(heads(page)).toHaveCount(3);
  await expect(page).not.toHaveURL(/unfolded=/);
  await expectAccessible(page);
});

test('a moment of the past with its groups, folded or not, can be read by everybody', async ({ page, live }) => {
  await deploy(live.put);
  const at = ago(5).slice(0, 10);
  await page.goto(`${live.server.url}?view=environments&at=${at}`);
  await expect(heads(page)).toHaveText(['Component', /^staging v1\.0\.0/, /^prod ×2 v1\.0\.0/]);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Show the 2 environments of prod' }).click();
  await expect(heads(page)).toHaveText(['Component', /^staging v1\.0\.0/, /^prod-eu v1\.0\.0/, /^prod-us v1\.0\.0/]);
  await expectAccessible(page);
  // Each leads to what changed there since.
  await expect(page.getByRole('link', { name: 'to now' })).toHaveCount(3);
});

test('a group is a side of a comparison: of what differs within it each environment is told', async ({
  page,
  live,
}) => {
  await deploy(live.put);
  await page.goto(`${live.server.url}?view=compare&a=@prod&b=@staging`);
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('@prod → @staging');
  const changed = page.getByRole('list', { name: 'Changed', exact: true }).getByRole('listitem');
  await expect(changed).toHaveText([/cart.*1\.1\.0 \/ 1\.0\.0.*1\.1\.0/]);
  await changed.getByRole('button').click();
  await expect(changed.getByRole('term')).toHaveText([/in prod-us/]);
});
