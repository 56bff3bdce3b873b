import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { parse } from 'yaml';
import { readPolicy } from '../../src/release/policy/read-policy.ts';
import { releaseMatrix } from '../cli/command.ts';
import { expect } from './page-guards.ts';
import { test } from './running-dashboards.ts';

// Whatever is offered to be copied works where it is pasted: what is on the clipboard is read, parsed, opened and run.

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const copies = (within: Page | Locator): Locator => within.getByRole('button', { name: /^Copy / });

/** Presses a button and reads what it has put on the clipboard; the last text is taken off first. */
async function copied(page: Page, button: Locator): Promise<string> {
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await button.click();
  const read = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(read, { message: `${await button.getAttribute('aria-label')} copies something` }).not.toBe('');
  return await read();
}

/** The words of a command of ours as a shell hands them over, and what it sets for it. */
function asShellReads(command: string): { readonly words: string[]; readonly keyId: string } {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-copied-'));
  try {
    const program = join(folder, 'release-matrix');
    // JSON, so that no word can be taken for two.
    writeFileSync(
      program,
      `#!${process.execPath}\nconsole.log(JSON.stringify({ words: process.argv.slice(2), keyId: process.env.AWS_ACCESS_KEY_ID ?? '' }));\n`,
    );
    chmodSync(program, 0o755);
    const env = { PATH: `${folder}${delimiter}${process.env.PATH}` };
    return JSON.parse(execFileSync('/bin/sh', ['-c', command], { env, encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What must be so of a text, by what its button says that it copies; the first that fits. */
const CHECKS: readonly (readonly [RegExp, (text: string) => unknown])[] = [
  [/link to this view/, (text) => expect(new URL(text).pathname).toBe('/')],
  [/raw item/, (text) => expect(JSON.parse(text)).toHaveProperty('version')],
  [/manifest as JSON/, (text) => expect(JSON.parse(text)).toMatchObject({ schema: 1 })],
  [/manifest as YAML/, (text) => expect(parse(text)).toMatchObject({ schema: 1 })],
  [/comparison as Markdown/, (text) => expect(text).toMatch(/^## `v1\.5\.1` → `v1\.6\.0`\n/)],
  [/message to/, (text) => expect(text).toMatch(/v1\.6\.0[\s\S]*\n/)],
  [/commit/i, (text) => expect(text).toMatch(/^[0-9a-f]{7,40}$/)],
  [/digest/i, (text) => expect(text).toMatch(/^sha256:[0-9a-f]{64}$/)],
  [/line for the policy/, (text) => expect(readPolicy({ views: [JSON.parse(text)] })).toHaveProperty('policy')],
  [/command to connect/, (text) => expect(text).toMatch(/npm run dev/)],
  [/command that (?:waives|says) it/, (text) => expect(asShellReads(text).words.length).toBeGreaterThan(2)],
  [/changelog/, (text) => expect(text.trim()).not.toBe('')],
];

/** Fields of a fragment, each of which is a text as it was published. */
const FIELD = (text: string) => expect(text).toBe(text.trim());

interface Place {
  readonly name: string;
  readonly search: string;
  readonly reach?: (page: Page) => Promise<void>;
  /** What must be offered there, beside whatever else is. */
  readonly offers: readonly RegExp[];
}

const PLACES: readonly Place[] = [
  {
    name: 'the details of a fragment',
    search: '?release=v1.6.0-rc.2&component=backend%23payment-service',
    reach: (page) => page.getByRole('button', { name: 'Raw item' }).click(),
    offers: [/commit/i, /digest/i, /raw item/],
  },
  {
    name: 'a changelog',
    search: '?release=v1.6.0-alpha.2&component=infra%23helm-auth',
    offers: [/changelog/],
  },
  {
    name: 'a finding with its waiver',
    search: '?view=findings&release=v1.6.0&component=k8s%23orders',
    async reach(page) {
      await page.getByRole('button', { name: 'Waive…' }).first().click();
      await page.getByLabel('Reason').fill('Its "cluster" is full; it’s $HOME');
    },
    offers: [/command that waives it/],
  },
  {
    name: 'a release',
    search: '?view=release&release=v1.6.0&manifest=json',
    offers: [/manifest as JSON/, /message to payments/],
  },
  { name: 'its manifest as YAML', search: '?view=release&release=v1.6.0&manifest=yaml', offers: [/manifest as YAML/] },
  { name: 'a comparison', search: '?view=compare&a=v1.5.1&b=v1.6.0', offers: [/comparison as Markdown/] },
  {
    name: 'a view to save',
    search: '?view=findings&owner=payments',
    async reach(page) {
      await page.getByRole('button', { name: 'Release Matrix' }).click();
      await page.getByText('Save this view').click();
      await page.getByLabel('Name').fill('What payments owes');
    },
    offers: [/line for the policy/],
  },
  {
    name: 'the table',
    search: '',
    reach: (page) => page.getByTitle('About this table').click(),
    offers: [/command to connect/],
  },
];

for (const { name, search, reach, offers } of PLACES) {
  test(`what ${name} offers to copy`, async ({ page, open }) => {
    await open(search);
    await expect(page.getByText('Opening…', { exact: true })).toHaveCount(0);
    await reach?.(page);
    for (const offer of offers) {
      await expect(
        copies(page)
          .and(page.getByRole('button', { name: offer }))
          .first(),
      ).toBeVisible();
    }
    const within = (await page.getByRole('dialog').count()) > 0 ? page.getByRole('dialog') : page;
    for (const button of await copies(within).all()) {
      const what = (await button.getAttribute('aria-label')) ?? '';
      const check = CHECKS.find(([of]) => of.test(what))?.[1] ?? FIELD;
      await test.step(what, async () => {
        check(await copied(page, button));
      });
    }
  });
}

test('a command that is copied does what it says, at the table that is shown', async ({ page, live }) => {
  await live.put('policy', 'policy#release-matrix', { document: { graceMinutes: 0 } });
  for (const release of ['v1.0.0', 'v1.1.0', 'v1.2.0']) await live.put(release, 'backend#auth');
  for (const release of ['v1.0.0', 'v1.1.0']) await live.put(release, 'backend#pay');
  await page.goto(`${live.server.url}?release=v1.2.0&component=backend%23pay`);
  const panel = page.getByRole('complementary', { name: 'Fragment details' });
  await panel.getByRole('button', { name: 'Waive…' }).click();
  await panel.getByLabel('Reason').fill('It’s on its way; "$(date)" does not matter');
  const { words, keyId } = asShellReads(
    await copied(page, panel.getByRole('button', { name: 'Copy command that waives it' })),
  );
  const ran = await releaseMatrix(words, { AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: 'none' });
  expect(ran).toMatchObject({ exitCode: 0 });
  await expect(panel.getByText('It’s on its way; "$(date)" does not matter')).toBeVisible();
  await expect(panel.getByRole('article')).toContainText('waived');
});
