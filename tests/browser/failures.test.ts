import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDashboardServer } from './dashboard-server.ts';
import { DYNAMODB_ERRORS, type Fault, startFaultServer } from './fault-server.ts';
import { cell, fill, grid, status } from './live-page.ts';
import { expect } from './page-guards.ts';
import { putInto, TABLE, test } from './stands.ts';

/** Chromium writes every answer of 400 and above to the console; no page can prevent that. */
const FAILED_LOAD = /^console error: Failed to load resource/;

interface FailureCase {
  readonly name: string;
  readonly fault: Fault;
  readonly operations?: readonly string[];
  readonly title: string;
  /** Accessible name of what can be copied, and part of it. */
  readonly copy: readonly [string, string] | null;
  readonly quiet?: true;
}

const CASES: readonly FailureCase[] = [
  {
    name: 'a missing table',
    fault: DYNAMODB_ERRORS.missing,
    title: 'Table not found',
    copy: ['command that helps', `aws dynamodb create-table --table-name ${TABLE}`],
  },
  {
    name: 'access denied',
    fault: DYNAMODB_ERRORS.denied,
    operations: ['Scan'],
    title: 'Access denied',
    copy: ['IAM policy', '"arn:aws:dynamodb:us-east-1:123456789012:table/ReleaseFragments"'],
  },
  { name: 'throttling', fault: DYNAMODB_ERRORS.throttled, title: 'Table is throttled', copy: null },
  { name: 'a failing service', fault: DYNAMODB_ERRORS.failing, title: 'DynamoDB is failing', copy: null },
  { name: 'an endpoint that is not there', fault: { kind: 'cut' }, title: 'Endpoint does not answer', copy: null },
  {
    name: 'an answer without items',
    fault: { kind: 'body', text: '{}' },
    operations: ['Scan'],
    title: 'Unexpected answer',
    copy: null,
    quiet: true,
  },
  {
    name: 'the web page of a captive portal',
    fault: { kind: 'body', text: '<html><title>Sign in</title></html>' },
    operations: ['Scan'],
    title: 'Unexpected answer',
    copy: null,
    quiet: true,
  },
];

test.describe('there has never been data', () => {
  for (const { name, fault, operations, title, copy, quiet } of CASES) {
    test(name, async ({ page, live, pageGuards }) => {
      if (!quiet) pageGuards.expectFault(FAILED_LOAD);
      await fill(live);
      live.faults.fail(fault, operations);
      await page.goto(live.server.url);
      await expect(page.getByRole('heading', { name: title })).toBeVisible();
      await expect(page.getByText(/Next try in|Trying again now/)).toBeVisible();
      await expect(status(page)).toContainText('Stale');
      if (copy !== null) await expect(page.getByRole('region', { name: copy[0] })).toContainText(copy[1]);
      await expect(grid(page)).toHaveCount(0);

      live.faults.fail(null);
      await page.getByRole('button', { name: 'Try now' }).click();
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await expect(status(page)).toContainText('Live');
    });
  }
});

test.describe('with data', () => {
  for (const { name, fault, operations, title, copy, quiet } of CASES) {
    test(`${name} leaves the last good data, marked`, async ({ page, live, pageGuards }) => {
      if (!quiet) pageGuards.expectFault(FAILED_LOAD);
      await fill(live);
      await page.goto(live.server.url);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      live.faults.fail(fault, operations);
      await expect(page.getByText(`${title}. These are the last good data`)).toBeVisible();
      await expect(status(page)).toContainText('Stale');
      await expect(status(page)).toContainText(title);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      if (copy !== null) {
        await page.getByText('What to do').click();
        await expect(page.getByRole('region', { name: copy[0] })).toContainText(copy[1]);
      }

      live.faults.fail(null);
      await live.put('v1.2.0', 'backend#auth');
      await page.getByRole('button', { name: 'Try now' }).click();
      await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible();
      await expect(page.getByText('These are the last good data')).toHaveCount(0);
      await expect(status(page)).toContainText('Live');
    });
  }

  test('an endpoint that never answers is given up in time, and the polling goes on', async ({
    page,
    live,
    pageGuards,
  }) => {
    pageGuards.allowFault(FAILED_LOAD, 'Chromium reports some of the calls that the page gives up');
    await fill(live);
    await page.clock.install();
    await page.goto(live.server.url);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    live.faults.takeCalls();
    live.faults.fail({ kind: 'hang' });
    await page.clock.runFor(3_000);
    await expect.poll(() => live.faults.takeCalls().length).toBeGreaterThan(0);
    await page.clock.runFor(11_000);
    await expect(page.getByText('No answer in time. These are the last good data')).toBeVisible();
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    live.faults.fail(null);
    await page.clock.runFor(10_000);
    await expect(status(page)).toContainText('Live');
  });
});

test('the local server is killed and started again: said so, then the page goes on by itself', async ({
  page,
  pageGuards,
}) => {
  const faults = await startFaultServer(TABLE);
  const env = { DYNAMODB_ENDPOINT: faults.url, POLL_INTERVAL_SECONDS: '2' };
  const first = await startDashboardServer({ mode: 'preview', env });
  const put = putInto(faults);
  let second: Awaited<ReturnType<typeof startDashboardServer>> | null = null;
  try {
    pageGuards.expectFault(FAILED_LOAD);
    await fill({ put });
    await page.goto(`${first.url}?q=auth`);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    await first.stop();
    await expect(status(page)).toContainText('Offline');
    await expect(status(page)).toContainText('local server stopped');
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();

    second = await startDashboardServer({ mode: 'preview', env, port: first.port });
    await put('v1.2.0', 'backend#auth');
    await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible({ timeout: 30_000 });
    await expect(status(page)).toContainText('Live');
    await expect(page.getByRole('textbox', { name: 'Component' })).toHaveValue('auth');
  } finally {
    await first.stop();
    await second?.stop();
    await faults.stop();
  }
});

test.describe('real AWS, with a profile', () => {
  const ENDPOINT = 'https://dynamodb.eu-west-1.amazonaws.com';

  test('an expired sign-in names its command, and the page goes on by itself after it; no network is said', async ({
    page,
    context,
    pageGuards,
  }) => {
    pageGuards.expectFault(FAILED_LOAD);
    pageGuards.expectFault(/^outside request: https:\/\/dynamodb\.eu-west-1\.amazonaws\.com\//);
    const faults = await startFaultServer(TABLE);
    const server = await startDashboardServer({
      mode: 'preview',
      env: { AWS_PROFILE: 'release-readonly', AWS_REGION: 'eu-west-1', POLL_INTERVAL_SECONDS: '2' },
    });
    try {
      await fill({ put: putInto(faults) });
      // In the place of AWS, which no test may call: the page's own calls, answered by a table of ours.
      await page.route(`${ENDPOINT}/**`, async (route) => {
        const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' };
        const request = route.request();
        if (request.method() === 'OPTIONS') return route.fulfill({ status: 200, headers: cors });
        const { status, headers, body } = await faults.table.handle(request.postDataBuffer() ?? Buffer.alloc(0), {
          'x-amz-target': request.headers()['x-amz-target'] ?? '',
        });
        return route.fulfill({ status, headers: { ...headers, ...cors }, body });
      });
      const aws = join(server.home, '.aws');
      mkdirSync(aws);
      writeFileSync(
        join(aws, 'config'),
        [
          '[profile release-readonly]',
          'sso_session = corp',
          'sso_account_id = 123456789012',
          'sso_role_name = Reader',
          '[sso-session corp]',
          'sso_region = eu-west-1',
          'sso_start_url = https://corp.awsapps.com/start',
        ].join('\n'),
      );
      await page.clock.install();
      await page.goto(server.url);
      await expect(page.getByRole('heading', { name: 'Sign-in expired' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'command that helps' })).toContainText(
        'aws sso login --profile release-readonly',
      );

      // What a sign-in leaves behind, as the SDK sees it: short-lived credentials of the profile.
      writeFileSync(
        join(aws, 'config'),
        [
          '[profile release-readonly]',
          'aws_access_key_id = ASIAEXAMPLEEXAMPLE12',
          'aws_secret_access_key = example',
          'aws_session_token = example',
        ].join('\n'),
      );
      await page.clock.runFor(16_000);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await expect(status(page)).toContainText('Live');
      await expect(page.getByText('credentials with all rights of profile release-readonly')).toBeVisible();

      await context.setOffline(true);
      await expect(status(page)).toContainText('Offline');
      await expect(status(page)).toContainText('this machine has no network');
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await context.setOffline(false);
      await expect(status(page)).toContainText('Live');
    } finally {
      await server.stop();
      await faults.stop();
    }
  });
});
