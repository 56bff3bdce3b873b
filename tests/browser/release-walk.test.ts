import type { Locator, Page } from '@playwright/test';
import { releaseMatrix } from '../cli/command.ts';
import { cell, grid, status } from './live-page.ts';
import { expect } from './page-guards.ts';
import { type LiveTable, test } from './stands.ts';

/** A release of two services, a micro-frontend, a schema, a chart and a workload, in the order they are published. */
const COMPONENTS: readonly { readonly name: string; readonly key: string; readonly words: readonly string[] }[] = [
  { name: 'auth-service', key: 'backend#auth-service', words: ['--type', 'backend'] },
  { name: 'user.created', key: 'kafka#user.created', words: ['--type', 'kafka', '--evolution-policy', 'BACKWARD'] },
  { name: 'orders', key: 'backend#orders', words: ['--type', 'backend'] },
  { name: 'shell', key: 'frontend#shell', words: ['--type', 'frontend', '--build-sha', '9f3c2ab'] },
  { name: 'helm-auth', key: 'infra#helm-auth', words: ['--type', 'infra', '--environment', 'prod'] },
  {
    name: 'api',
    key: 'k8s#api',
    words: [
      ...['--type', 'k8s', '--kind', 'deployment', '--environment', 'prod'],
      ...['--replicas', '2', '--ready-replicas', '2', '--updated-replicas', '2', '--available-replicas', '2'],
    ],
  },
];

/** Before the grace period, in which what is missing may still be on its way, milliseconds. */
const AGE_MS = 3 * 3_600_000;

/** Runs the command line on the table that the dashboard shows, as a job of a pipeline would. */
function commandLineOn({ faults }: LiveTable) {
  return (...words: readonly string[]) =>
    releaseMatrix([...words, '--endpoint', faults.url], {}, { now: () => new Date().toISOString() });
}

const head = (page: Page, release: string): Locator =>
  grid(page).getByRole('rowheader', { name: new RegExp(`^${release.replaceAll('.', '\\.')},`) });

test('a release is published part by part: seen live, blocked while parts are missing, passed when it is whole', async ({
  page,
  live,
}) => {
  const run = commandLineOn(live);
  const date = new Date(Date.now() - AGE_MS).toISOString();
  const publish = async (release: string, { name, words }: (typeof COMPONENTS)[number]) => {
    const facts = ['--version', release.slice(1), '--commit', 'abcdef1', '--date', date];
    const said = await run('publish', '--release', release, '--component', name, ...words, ...facts);
    expect(said).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^published /), stderr: '' });
  };
  const gate = async (release: string) => {
    const { exitCode, stdout } = await run('check', release, '--format', 'json');
    const { verdict, completeness } = JSON.parse(stdout);
    return { exitCode, verdict, missing: completeness.missing.toSorted() };
  };

  for (const component of COMPONENTS) await publish('v1.3.0', component);
  await page.goto(live.server.url);
  await expect(cell(page, 'auth-service in v1.3.0: 1.3.0')).toBeVisible();
  // Nothing says yet what belongs to a release.
  await expect(head(page, 'v1.3.0')).toContainText('unknown');
  expect(await gate('v1.3.0')).toEqual({ exitCode: 3, verdict: 'unknown', missing: [] });

  for (const [index, component] of COMPONENTS.entries()) {
    await publish('v1.4.0', component);
    await expect(cell(page, `${component.name} in v1.4.0: 1.4.0`)).toBeVisible();
    const missing = COMPONENTS.slice(index + 1);
    const whole = missing.length === 0;
    await expect(head(page, 'v1.4.0')).toContainText(`${index + 1}/${COMPONENTS.length}`);
    await expect(head(page, 'v1.4.0')).toContainText(whole ? 'pass' : 'fail');
    for (const { name } of missing) {
      await expect(
        grid(page).getByRole('gridcell', { name: new RegExp(`^${name} in v1\\.4\\.0: missing`) }),
      ).toBeVisible();
    }
    expect(await gate('v1.4.0')).toEqual({
      exitCode: whole ? 0 : 1,
      verdict: whole ? 'pass' : 'fail',
      missing: missing.map(({ key }) => key).toSorted(),
    });
  }
  await expect(status(page)).toContainText('Live');
});
