import { panel } from './demo-page.ts';

import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

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

test('entities are decoded under the page’s policy, and what they hide is marked', async ({ page, live }) => {
  const changelog = [
    'Fix **login** &amp; logout &copy; *x*&#x202e;gnp.exe&#8203;',
    '[https://github.com/login?next=evil.example](https://evil.example/)',
  ].join('\n\n');
  await live.put('v1.0.0', 'backend#entities', { changelog });
  await page.goto(`${live.server.url}?release=v1.0.0&component=backend%23entities`);
  const shown = panel(page).getByRole('region', { name: 'Changelog' });
  await expect(shown.locator('strong')).toHaveText('login');
  await expect(shown).toContainText('Fix login & logout © x⟨U+202E⟩gnp.exe⟨U+200B⟩');
  await expect(shown.getByRole('paragraph').last()).toHaveText(
    'https://github.com/login?next=evil.example evil.example',
  );
});

test('a release of twenty changelogs that cost the most is shown, and answers', async ({ page, live }) => {
  // Each of the first two took five seconds and more.
  const costly = [
    'a\n=\n'.repeat(4075),
    '> a\n\n'.repeat(3260),
    'a\n=\n'.repeat(900),
    '![![]('.repeat(1200),
    '- *a*\n'.repeat(740),
  ];
  for (let at = 0; at < 20; at += 1) {
    await live.put('v1.0.0', `backend#costly-${10 + at}`, { changelog: `${at}\n\n${costly[at % costly.length]}` });
  }
  await page.goto(`${live.server.url}?view=release&release=v1.0.0`);
  await expect(page.getByRole('button', { name: /^Changelog of costly/ })).toHaveCount(20);
  for (const button of await page.getByRole('button', { name: /^Changelog of costly/ }).all()) await button.click();
  const shown = (at: number) => page.getByRole('region', { name: `Changelog of costly-${at}` });
  await expect(shown(10)).toContainText('Shown as written: it holds too many lines or marks');
  await expect(shown(29).locator('em')).toHaveCount(740);
  await page.getByRole('button', { name: 'Copy changelog of costly-29' }).click();
});
