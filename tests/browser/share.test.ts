import { box, choose, filter } from './demo-page.ts';
import { fill } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

test('a view is shared by one press: the link opens the same, and says when another table is shown', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open('?view=findings&q=v1.6.0');
  await choose(page, 'Owner', 'payments');
  await page.getByRole('button', { name: 'Copy link to this view' }).click();
  await expect(page.getByRole('button', { name: 'Copy link to this view' })).toHaveText('Copied');
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(Object.fromEntries(new URL(link).searchParams)).toMatchObject({
    view: 'findings',
    q: 'v1.6.0',
    owner: 'payments',
    table: expect.stringMatching(/^[0-9a-z]+$/),
  });

  await page.goto('about:blank');
  await page.goto(link);
  await expect(box(page)).toHaveValue('v1.6.0');
  await expect(filter(page, 'Owner')).toHaveText('Owner: payments');
  const notice = page.getByText('This link is of another table. Shown is ReleaseFragments, embedded demo.');
  await expect(notice).toHaveCount(0);

  await page.goto(link.replace(/table=[0-9a-z]+/, 'table=other'));
  await expect(notice).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss this notice' }).click();
  await expect(notice).toHaveCount(0);
  await expect(page).not.toHaveURL(/table=/);
});

test('views that the policy names are behind the logo and in the search, and this one gives the line for it', async ({
  page,
  live,
}) => {
  await fill(live);
  await live.put('policy', 'policy#release-matrix', {
    document: { views: [{ name: 'Backend of 1.1', address: '?version=1.1&type=backend' }] },
  });
  await page.goto(`${live.server.url}?view=findings&owner=nobody`);
  const logo = page.getByRole('button', { name: 'Release Matrix' });
  await logo.click();
  await page.getByRole('link', { name: 'Backend of 1.1' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(box(page)).toHaveValue('1.1');
  await expect(filter(page, 'Type')).toHaveText('Type: Backend');
  await expect(page).not.toHaveURL(/view=findings|owner=/);
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('link', { name: 'Environments' }).click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('backend of');
  await page.getByRole('option', { name: /^Backend of 1\.1 ?saved view/ }).click();
  await expect(page.getByRole('grid')).toBeVisible();

  await logo.click();
  await page.getByText('Save this view').click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Mine');
  await expect(page.getByRole('region', { name: 'line for the policy' })).toHaveText(
    '{"name":"Mine","address":"?q=1.1&type=backend"}',
  );
});
