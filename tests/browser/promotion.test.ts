import { releaseMatrix } from '../cli/command.ts';
import { expectAccessible } from './axe.ts';
import { expect } from './page-guards.ts';
import { TABLE, test } from './running-dashboards.ts';

const SHA = { api: 'a'.repeat(40), shell: 'b'.repeat(40), later: 'c'.repeat(40) };
const CANDIDATE = 'v1.1.0-rc.1';

test('a candidate on its way to stable, by keys alone: who must sign, what is stale, what the promotion would do', async ({
  page,
  live,
}) => {
  const built = (release: string, component: string, commit: string) =>
    live.put(release, component, { repo: `acme/${component.split('#')[1]}`, commit });
  await live.put('policy', 'policy#release-matrix', {
    document: {
      graceMinutes: 0,
      evidence: [
        { name: 'e2e', stages: ['stable'] },
        { name: 'qa', by: 'person', stages: ['stable'] },
      ],
    },
  });
  await built('v1.0.0', 'backend#api', 'd'.repeat(40));
  await built('v1.0.0', 'frontend#shell', 'e'.repeat(40));
  await built(CANDIDATE, 'backend#api', SHA.api);
  await built(CANDIDATE, 'frontend#shell', SHA.shell);
  await page.goto(live.server.url);
  await page.getByRole('rowheader', { name: new RegExp(`^${CANDIDATE},`) }).focus();
  await page.keyboard.press('o');
  const section = (name: string) => page.getByRole('region', { name, exact: true });
  await expect(page.getByText('Not stable until e2e has passed and qa signs')).toBeVisible();
  await expect(section('Evidence').getByRole('listitem')).toHaveText([
    /e2e missing/,
    /qa missing.*A person must sign it/,
  ]);

  // What the promotion would do is folded away while something blocks it.
  const plan = section('The way to v1.1.0');
  await expect(plan).toContainText('2 tags left');
  await plan.getByRole('button', { name: 'Show the plan' }).focus();
  await page.keyboard.press('Enter');
  await expect(plan.getByRole('list', { name: 'Waves' })).toContainText('acme/api');

  // As others publish, without a hand on the page.
  const attest = () =>
    releaseMatrix(['attest', CANDIDATE, 'e2e', '--result', 'pass', '--table', TABLE, '--endpoint', live.faults.url]);
  expect(await attest()).toMatchObject({ exitCode: 0 });
  await expect(page.getByText('Not stable until qa signs')).toBeVisible();
  await expect(section('Evidence').getByRole('listitem').first()).toHaveText(/e2e.*passed/);

  await built(CANDIDATE, 'backend#api', SHA.later);
  await expect(section('Evidence').getByRole('listitem').first()).toHaveText(/e2e stale.*api was a{12}, is c{12}/);
  expect(await attest()).toMatchObject({ exitCode: 0 });
  await live.put('release-matrix:sign-offs', `${CANDIDATE}#qa#Quality/ada@acme.example`, {
    result: 'pass',
    covers: { 'backend#api': { commit: SHA.later }, 'frontend#shell': { commit: SHA.shell } },
    publishedAt: new Date().toISOString(),
  });
  await expect(page.getByText('May become stable')).toBeVisible();
  await expect(page.getByText('2 of 2 there')).toBeVisible();

  // What is left of it shrinks as the target arrives.
  await built('v1.1.0', 'backend#api', SHA.later);
  await expect(plan).toContainText('1 tag left, 1 done');
  await built('v1.1.0', 'frontend#shell', SHA.shell);
  await expect(plan).toContainText('nothing left, 2 done');
});

test('the mark at the head of a release names its evidence, by a key and by the pointer, and follows the table', async ({
  page,
  live,
}) => {
  await live.put('policy', 'policy#release-matrix', {
    document: {
      graceMinutes: 0,
      evidence: [
        { name: 'e2e', stages: ['rc'] },
        { name: 'qa', by: 'person', stages: ['rc'] },
      ],
    },
  });
  await live.put(CANDIDATE, 'backend#api', { repo: 'acme/api', commit: SHA.api });
  await page.goto(live.server.url);
  const head = page.getByRole('rowheader', { name: new RegExp(`^${CANDIDATE},`) });
  const evidence = page.getByRole('dialog', { name: `Evidence of ${CANDIDATE}` });
  await head.focus();
  await page.keyboard.press('e');
  await expect(evidence.getByRole('listitem')).toHaveText([/e2e missing/, /qa missing.*A person must sign it/]);
  await expectAccessible(page);

  await releaseMatrix([
    'attest',
    CANDIDATE,
    'e2e',
    '--result',
    'pass',
    '--table',
    TABLE,
    '--endpoint',
    live.faults.url,
  ]);
  await expect(evidence.getByRole('listitem').first()).toHaveText(/e2e.*passed/);
  await page.keyboard.press('Escape');
  await expect(evidence).toHaveCount(0);
  await expect(head).toBeFocused();

  await head.getByRole('button', { name: 'Evidence: e2e holds, qa missing' }).click();
  await expect(evidence.getByRole('listitem')).toHaveCount(2);
});
