import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { test } from './demo-page.ts';
import { test as live } from './live-page.ts';
import { expect } from './page-guards.ts';

/** Saves what is shown by the menu of the filter bar, and reads what came. */
async function exported(page: Page, format: 'CSV' | 'JSON' | 'Markdown'): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  const waiting = page.waitForEvent('download');
  await page
    .getByRole('dialog', { name: 'Export' })
    .getByRole('button', { name: `Export as ${format}` })
    .click();
  const file = await waiting;
  await expect(page.getByRole('dialog', { name: 'Export' })).toHaveCount(0);
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

test('the matrix as CSV holds what the filters show, and says what they hide', async ({ page, open }) => {
  await open('?version=1.6.0&type=backend');
  const { name, text } = await exported(page, 'CSV');
  expect(name).toBe('release-matrix.csv');
  const { data: rows, errors } = Papa.parse<string[]>(text.trimEnd());
  expect(errors).toEqual([]);
  const [head = [], ...body] = rows;
  expect(head.slice(0, 4)).toEqual(['release', 'stage', 'verdict', 'complete']);
  expect(head.slice(4).every((id) => id.startsWith('backend#'))).toBe(true);
  expect(head.length - 4).toBeGreaterThan(5);
  const stable = body.find(([release]) => release === 'v1.6.0') ?? [];
  expect(stable[head.indexOf('backend#payment-service')]).toBe('missing (error)');
  expect(stable.slice(1, 3)).toEqual(['stable', 'fail']);
  expect(body.at(-1)?.[0]).toMatch(
    /^# Read .*: \d+ of 43 releases, \d+ of 65 components\. The filters hide \d+ releases and \d+ components\.$/,
  );
});

test('the matrix as JSON has environments and findings; an environment leaves only its entries', async ({
  page,
  open,
}) => {
  await open('?version=v1.6.0&stage=stable&env=prod&q=orders');
  const { name, text } = await exported(page, 'JSON');
  expect(name).toBe('release-matrix.json');
  const read: unknown = JSON.parse(text);
  expect(read).toMatchObject({
    schema: 1,
    environments: ['prod'],
    components: ['k8s#orders'],
    releases: [{ release: 'v1.6.0', stage: 'stable', cells: [{ component: 'k8s#orders' }] }],
  });
  expect(text).toContain('"environments": [\n                "prod"\n              ]');
  expect(text).not.toContain('"staging"');
  expect(text).toContain('The filters hide');
});

test('findings as Markdown and CSV hold what both kinds of filter leave', async ({ page, open }) => {
  await open('?view=findings&version=v1.6.0&stage=stable&severity=error&type=backend');
  const markdown = await exported(page, 'Markdown');
  expect(markdown.name).toBe('release-matrix-findings.md');
  const lines = markdown.text.trimEnd().split('\n');
  expect(lines[0]).toBe('# Findings');
  expect(lines[2]).toMatch(/^Read .*: 1 of 43 releases, \d+ of 65 components\. The filters hide \d+ findings\.$/);
  expect(lines.slice(6)).toEqual([
    expect.stringMatching(/^\| `missing-component` \| `error` \| `v1\.6\.0` \| `backend#payment-service` \|/),
  ]);
  const csv = await exported(page, 'CSV');
  expect(Papa.parse<string[]>(csv.text.trimEnd()).data).toHaveLength(3);
});

test('a comparison has its own buttons, and no second menu', async ({ page, open }) => {
  await open('?view=compare&a=v1.5.1&b=v1.6.0');
  await expect(page.getByRole('button', { name: 'Download comparison as CSV' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toHaveCount(0);
});

live('nothing that somebody published becomes a formula, a link or a row of its own', async ({ page, live: at }) => {
  const hostile = [
    '=HYPERLINK("http://evil.example")',
    '@SUM(1)',
    '\t=1',
    '＝1',
    '  =1+1',
    '+1',
    '-1',
    'a|b',
    '`x`\n| y |',
  ];
  for (const [index, version] of hostile.entries()) {
    await at.put('v1.0.0', `backend#c${index}`, { componentVersion: version });
  }
  await at.put('v1.0.0', 'backend#=cmd|calc');
  await page.goto(at.server.url);
  const csv = (await exported(page, 'CSV')).text;
  const { data } = Papa.parse<string[]>(csv.trimEnd());
  expect(data).toHaveLength(3);
  for (const value of data.flat()) expect(value).not.toMatch(/^\s*[=+\-@＝＋－＠\t\r\n\0]/);
  expect(csv.split('"').length % 2).toBe(1);
  const markdown = (await exported(page, 'Markdown')).text;
  const rows = markdown.split('\n').filter((line) => line.startsWith('|'));
  expect(rows).toHaveLength(3);
  expect(new Set(rows.map((row) => row.replaceAll('\\|', '').split('|').length)).size).toBe(1);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`axe finds nothing, ${colorScheme}`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
    test('the open menu', async ({ page, open }) => {
      await open('?view=findings&severity=error');
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await expect(page.getByRole('dialog', { name: 'Export' })).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))).toEqual([]);
    });
  });
}
