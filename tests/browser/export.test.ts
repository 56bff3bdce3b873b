import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';

import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

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
  await open('?q=1.6.0&type=backend');
  const { name, text } = await exported(page, 'CSV');
  expect(name).toBe('release-matrix.csv');
  const { data: rows, errors } = Papa.parse<string[]>(text.trimEnd());
  expect(errors).toEqual([]);
  const [head = [], ...body] = rows;
  expect(head.slice(0, 5)).toEqual(['release', 'stage', 'verdict', 'present', 'expected']);
  expect(head.slice(5).every((id) => id.startsWith('backend#'))).toBe(true);
  expect(head.length - 5).toBeGreaterThan(5);
  const stable = body.find(([release]) => release === 'v1.6.0') ?? [];
  expect(stable[head.indexOf('backend#payment-service')]).toBe('missing (error)');
  expect(stable.slice(1, 3)).toEqual(['stable', 'fail']);
  expect(body.at(-1)?.[0]).toMatch(
    /^# Read .*: \d+ of 44 releases, \d+ of 65 components\. The filters hide \d+ releases and \d+ components\.$/,
  );
});

test('the matrix as JSON has environments and findings; an environment leaves only its entries', async ({
  page,
  open,
}) => {
  await open('?q=v1.6.0+orders&stage=stable&env=prod');
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
  await open('?view=findings&q=v1.6.0&stage=stable&severity=error&type=backend');
  const markdown = await exported(page, 'Markdown');
  expect(markdown.name).toBe('release-matrix-findings.md');
  const blocks = markdown.text.trimEnd().split('\n\n');
  expect(blocks).toEqual([
    '### `v1.6.0`',
    expect.stringMatching(/^(?:\|.*\n){2}\| error \| missing-component \| .* \| payment-service is missing from .*\|$/),
    '1 error in 1 of 1 release.',
    expect.stringMatching(/^Read .*\.$/),
    expect.stringMatching(/^The filters hide \d+ findings and \d+ unknown releases?\.$/),
  ]);
  const csv = await exported(page, 'CSV');
  const { data: rows } = Papa.parse<string[]>(csv.text.trimEnd());
  expect(rows).toHaveLength(3);
  expect(rows.at(-1)?.[0]).toMatch(
    /^# Read .*: 1 of 44 releases, \d+ of 65 components\. The filters hide \d+ findings/,
  );
});

test('environments, a release and a comparison are exported, too', async ({ page, open }) => {
  await open('?view=environments&env=prod&q=orders&off=prod');
  const environments = await exported(page, 'CSV');
  expect(environments.name).toBe('release-matrix-environments.csv');
  const [head, orders, note, ...rest] = Papa.parse<string[]>(environments.text.trimEnd()).data;
  expect(head?.slice(0, 5)).toEqual(['component', 'environment', 'kind', 'version', 'release']);
  expect(orders?.slice(0, 5)).toEqual(['k8s#orders', 'prod', 'running', '1.6.0-rc.2', 'v1.6.0']);
  expect(note?.[0]).toMatch(/1 of 12 components in 1 of 5 environments\. The filters hide 11 components and 4 envir/);
  expect(rest).toEqual([]);

  await open('?view=release&release=v1.6.0');
  const release = await exported(page, 'JSON');
  expect(release.name).toBe('release-v1.6.0.json');
  expect(JSON.parse(release.text)).toMatchObject({
    release: 'v1.6.0',
    verdict: 'fail',
    completeness: { missing: ['backend#payment-service'] },
    manifest: { schema: 1, release: 'v1.6.0' },
  });

  await open('?view=compare&a=v1.5.1&b=v1.6.0');
  const comparison = await exported(page, 'Markdown');
  expect(comparison.name).toBe('compare-v1.5.1-v1.6.0.md');
  expect(comparison.text).toContain('payment-service');
});
