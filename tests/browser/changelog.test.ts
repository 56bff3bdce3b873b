import { panel } from './demo-page.ts';

import { expect } from './page-guards.ts';
import { test } from './stands.ts';

const HOSTILE = [
  '# Release <script>window.__ran = 1</script>',
  '![tracked](https://evil.example/p.png?u) <img src="https://evil.example/q.png" onerror="window.__ran = 2">',
  '[run](javascript:window.__ran=3) [data](data:text/html,<script>1</script>) [local](/__release-matrix/credentials)',
  '[sound](https://example.com/run) www.evil.example',
  '<iframe src="https://evil.example/"></iframe><style>*{display:none}</style>',
  '- [x] done\n- [ ] open',
].join('\n\n');

test('a hostile changelog runs nothing, loads nothing and links nowhere but by https', async ({ page, live }) => {
  // The guards of the page fail the test at any request to another host and any breach of the policy.
  await live.put('v1.0.0', 'backend#api', { changelog: HOSTILE });
  await live.put('v1.0.0', 'backend#deep', { changelog: '>'.repeat(5_000) });
  await page.goto(`${live.server.url}?release=v1.0.0&component=backend%23api`);
  const changelog = panel(page).getByRole('region', { name: 'Changelog' });
  await expect(changelog.getByRole('heading', { name: /^Release/ })).toBeVisible();
  await expect(changelog).toContainText('[image: tracked]');
  await expect(changelog).toContainText('run not a link');
  await expect(changelog.getByRole('listitem')).toHaveText([/done/, /open/]);
  expect(await changelog.getByRole('link').evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
    'https://example.com/run',
  ]);
  expect(await page.locator('img, iframe, link[rel=preload][as=image]').count()).toBe(0);
  expect(await page.evaluate(() => Reflect.get(globalThis, '__ran'))).toBeUndefined();

  await page.goto(`${live.server.url}?release=v1.0.0&component=backend%23deep`);
  await expect(changelog).toContainText('Shown as written: it is nested too deeply');
});
