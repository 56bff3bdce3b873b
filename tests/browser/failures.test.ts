import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page, Request } from '@playwright/test';
import { startSso } from '../aws/sso-stub.ts';
import { DEVICE_CODE, isAlive, stubAwsCli } from '../devserver/aws-cli-stub.ts';
import { answerForAws } from './aws-dashboard.ts';
import { startDashboardServer } from './dashboard-server.ts';
import { box } from './demo-page.ts';
import { DYNAMODB_ERRORS, type Fault, startFaultServer } from './fault-server.ts';
import { cell, fill, grid, readInPage, setHidden, status } from './live-page.ts';
import { expect } from './page-guards.ts';
import { test as base, putInto, TABLE } from './running-dashboards.ts';

const test = base.extend({
  live: async ({ live }, use) => {
    await fill(live);
    await use(live);
  },
});

/** Chromium writes every answer of 400 and above to the console; no page can prevent that. */
const FAILED_LOAD = /^console error: Failed to load resource/;

interface FailureCase {
  readonly name: string;
  readonly fault: Fault;
  readonly operations?: readonly string[];
  readonly title: string;
  /** Accessible name of what can be copied, and part of it. */
  readonly copy: readonly [string, string] | null;
}

const CASES: readonly FailureCase[] = [
  {
    name: 'F32: a missing table',
    fault: DYNAMODB_ERRORS.missing,
    title: 'Table not found',
    copy: ['command that helps', `aws dynamodb create-table --table-name ${TABLE}`],
  },
  {
    name: 'F32: access denied',
    fault: DYNAMODB_ERRORS.denied,
    operations: ['Scan'],
    title: 'Access denied',
    copy: ['IAM policy', '"arn:aws:dynamodb:us-east-1:123456789012:table/ReleaseFragments"'],
  },
  { name: 'F2: throttling', fault: DYNAMODB_ERRORS.throttled, title: 'Table is throttled', copy: null },
  { name: 'F3: a failing service', fault: DYNAMODB_ERRORS.failing, title: 'DynamoDB is failing', copy: null },
  { name: 'F4: an endpoint that is not there', fault: { kind: 'cut' }, title: 'Endpoint does not answer', copy: null },
  {
    name: 'F7: an answer without items',
    fault: { kind: 'body', text: '{}' },
    operations: ['Scan'],
    title: 'Unexpected answer',
    copy: null,
  },
  {
    name: 'F7: the web page of a captive portal',
    fault: { kind: 'body', text: '<html><title>Sign in</title></html>' },
    operations: ['Scan'],
    title: 'Unexpected answer',
    copy: null,
  },
];

test.describe('there has never been data', () => {
  for (const { name, fault, operations, title, copy } of CASES) {
    test(name, async ({ page, live }) => {
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
  for (const { name, fault, operations, title, copy } of CASES) {
    test(`${name} leaves the last good data, marked`, async ({ page, live }) => {
      await page.goto(live.server.url);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      live.faults.fail(fault, operations);
      await expect(page.getByText(`${title}. Showing the last good data`)).toBeVisible();
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
      await expect(page.getByText('Showing the last good data')).toHaveCount(0);
      await expect(status(page)).toContainText('Live');
    });
  }

  for (const [name, kind] of [
    ['F5: an endpoint that never answers', 'hang'],
    ['F6: an answer that never ends', 'stall'],
  ] as const)
    test(`${name} is given up in time, and the polling goes on`, async ({ page, live, pageGuards }) => {
      await readInPage(page);
      pageGuards.allowFault(FAILED_LOAD, 'the page makes the calls itself here, and some fail');
      await page.clock.install();
      await page.goto(live.server.url);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      live.faults.takeCalls();
      live.faults.fail({ kind });
      await page.clock.runFor(3_000);
      await expect.poll(() => live.faults.takeCalls().length).toBeGreaterThan(0);
      await page.clock.runFor(11_000);
      await expect(page.getByText('No answer in time. Showing the last good data')).toBeVisible();
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      live.faults.fail(null);
      await page.clock.runFor(10_000);
      await expect(status(page)).toContainText('Live');
    });

  for (const [size, large] of [
    ['', false],
    [' while a table of four segments is read', true],
  ] as const)
    test(`F2: throttled for two minutes${size}: marked at once, few requests, and back within one poll after it`, async ({
      page,
      live,
      pageGuards,
    }) => {
      const clock = clockOf(page);
      if (large) {
        for (let n = 0; n < 13; n += 1) await live.put('v1.0.0', `backend#n${n}`, { notes: 'x'.repeat(390_000) });
        await live.faults.table.measure();
      }
      await readInPage(page);
      pageGuards.allowFault(FAILED_LOAD, 'the page makes the calls itself here, and some fail');
      await page.clock.install();
      await page.goto(live.server.url);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await expect(status(page)).toContainText('Live');
      // From here on it stands, but for what is let pass.
      await page.clock.pauseAt((await page.evaluate(() => Date.now())) + 1_000);
      // Nor is a poll on its way that began before: until nothing more is asked.
      await expect.poll(() => live.faults.takeCalls().length, { intervals: [500] }).toBe(0);
      const calls: string[] = [];
      live.faults.fail(DYNAMODB_ERRORS.throttled, large ? ['Scan'] : undefined);
      if (large) {
        // What comes before the items still gets through, and nothing is repeated yet.
        await page.getByRole('button', { name: 'Read now' }).click();
        await expect
          .poll(() => calls.push(...live.faults.takeCalls()) && calls.filter((call) => call === 'Scan').length)
          .toBeGreaterThanOrEqual(4);
        live.faults.fail(DYNAMODB_ERRORS.throttled);
      }
      // Two polls.
      await clock.pass(4);
      await expect(status(page)).toContainText('Stale');
      // What the SDK repeats takes its time.
      await clock.pass(2);
      await expect(status(page)).toContainText('Table is throttled');
      for (let minute = 1; minute <= 2; minute += 1) {
        await clock.pass(minute === 1 ? 54 : 60);
        calls.push(...live.faults.takeCalls());
        expect(calls.length).toBeGreaterThan(5);
        expect(calls.length).toBeLessThanOrEqual(12);
        calls.length = 0;
        await expect(page.getByText(`read ${minute} min ago`)).toBeVisible();
        await expect(page.getByText(/Next try in|Trying again now/)).toBeVisible();
      }
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      live.faults.fail(null);
      live.faults.takeCalls();
      // By itself; nobody came back to the tab. Polls are two seconds apart, and those of an outage five at least.
      await clock.pass(5);
      expect(live.faults.takeCalls()).not.toEqual([]);
      // What is read by then has to be drawn.
      await page.clock.resume();
      await expect(status(page)).toContainText('Live');
    });

  test('F2: throttled: whoever comes back to the tab sees the end of it at once', async ({
    page,
    live,
    pageGuards,
  }) => {
    const clock = clockOf(page);
    await readInPage(page);
    pageGuards.allowFault(FAILED_LOAD, 'the page makes the calls itself here, and some fail');
    await page.clock.install();
    await page.goto(live.server.url);
    await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
    live.faults.fail(DYNAMODB_ERRORS.throttled);
    await clock.pass(20);
    await expect(status(page)).toContainText('Table is throttled');
    await setHidden(page, true);
    live.faults.fail(null);
    await clock.pass(6);
    await expect(status(page)).toContainText('Table is throttled');
    await setHidden(page, false);
    await expect(status(page)).toContainText('Live');
  });
});

/**
 * Makes what lets seconds pass in the page, one by one. What it has asked for by then is answered in between, however
 * slow the machine: its own limits of time run by the same clock.
 */
function clockOf(page: Page): { pass(seconds: number): Promise<void> } {
  const underWay = new Set<Request>();
  page.on('request', (request) => underWay.add(request));
  page.on('requestfinished', (request) => underWay.delete(request));
  page.on('requestfailed', (request) => underWay.delete(request));
  return {
    async pass(seconds) {
      for (let second = 0; second < seconds; second += 1) {
        await page.clock.runFor(1_000);
        do await new Promise((resume) => setTimeout(resume, 15));
        while (underWay.size > 0);
      }
    },
  };
}

test('F14, F15: the local server is killed and started again: said so, then the page goes on by itself', async ({
  page,
  pageGuards,
  afterPages,
}) => {
  const faults = await startFaultServer(TABLE);
  afterPages(faults.stop);
  const env = { DYNAMODB_ENDPOINT: faults.url, POLL_INTERVAL_SECONDS: '2' };
  const first = await startDashboardServer({ mode: 'preview', env });
  afterPages(first.stop);
  const put = putInto(faults);
  pageGuards.allowFault(FAILED_LOAD, 'the page asks who answers, and may get no answer');
  await fill({ put });
  await page.goto(`${first.url}?q=auth`);
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
  await first.stop();
  await expect(status(page)).toContainText('Offline');
  await expect(status(page)).toContainText('local server stopped');
  await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();

  const second = await startDashboardServer({ mode: 'preview', env, port: first.port });
  afterPages(second.stop);
  await put('v1.2.0', 'backend#auth');
  await expect(cell(page, 'auth in v1.2.0: 1.2.0')).toBeVisible({ timeout: 30_000 });
  await expect(status(page)).toContainText('Live');
  await expect(box(page)).toHaveValue('auth');
});

test.describe('real AWS, with a profile', () => {
  const PROFILE = [
    '[profile release-readonly]',
    'sso_session = corp',
    'sso_account_id = 123456789012',
    'sso_role_name = Reader',
    '[sso-session corp]',
    'sso_region = eu-west-1',
    'sso_start_url = https://corp.awsapps.com/start',
  ].join('\n');

  /** A dashboard on a table in AWS, which no test may call: in its place the page's own calls meet a table of ours. */
  async function openAws(page: Page) {
    const faults = await startFaultServer(TABLE);
    const sso = await startSso();
    const server = await startDashboardServer({
      mode: 'preview',
      env: {
        AWS_PROFILE: 'release-readonly',
        AWS_REGION: 'eu-west-1',
        POLL_INTERVAL_SECONDS: '2',
        AWS_ENDPOINT_URL_SSO: sso.endpoint,
        AWS_ENDPOINT_URL_STS: sso.endpoint,
      },
    });
    await fill({ put: putInto(faults) });
    const cache = join(server.home, '.aws', 'sso', 'cache');
    mkdirSync(cache, { recursive: true });
    writeFileSync(join(server.home, '.aws', 'config'), PROFILE);
    await answerForAws(page, faults, (request) => {
      const signedAt = Date.parse(
        (request.headers()['x-amz-date'] ?? '').replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z'),
      );
      if (Math.abs(signedAt - Date.now()) < 5 * 60_000) return null;
      const __type = 'com.amazon.coral.service#InvalidSignatureException';
      return { __type, message: 'Signature expired: too old' };
    });
    return {
      server,
      /** What `aws sso login` leaves behind. */
      signIn() {
        const expiresAt = new Date(Date.now() + 8 * 3_600_000).toISOString().replace(/\.\d+Z/, 'Z');
        const startUrl = 'https://corp.awsapps.com/start';
        const token = { startUrl, region: 'eu-west-1', accessToken: 'of-the-sign-in', expiresAt };
        writeFileSync(join(cache, `${createHash('sha1').update('corp').digest('hex')}.json`), JSON.stringify(token));
      },
      async stop() {
        await server.stop();
        await sso.close();
        await faults.stop();
      },
    };
  }

  /** That dashboard where the page makes its calls itself, as long as the test lasts. */
  const signedOut = test.extend<{ aws: Awaited<ReturnType<typeof openAws>> }>({
    aws: async ({ page, pageGuards, afterPages }, use) => {
      pageGuards.expectFault(/^outside request: https:\/\/dynamodb\.eu-west-1\.amazonaws\.com\//);
      pageGuards.allowFault(FAILED_LOAD, 'the page makes the calls itself here, and some fail');
      const aws = await openAws(page);
      afterPages(aws.stop);
      await use(aws);
    },
  });
  /** The same, with an AWS CLI that waits for somebody to sign in. */
  const withCli = signedOut.extend<{ cli: ReturnType<typeof stubAwsCli> }>({
    cli: [
      async ({ afterPages }, use) => {
        const cli = stubAwsCli(DEVICE_CODE);
        afterPages(async () => cli.remove());
        await use(cli);
      },
      // Before the server, which finds it then.
      { auto: true },
    ],
  });

  withCli(
    'F13: the page has the AWS CLI sign in, shows where to go, and goes on by itself',
    async ({ page, aws, cli }) => {
      await readInPage(page);
      await page.goto(aws.server.url);
      await page.getByRole('button', { name: 'Sign in' }).press('Enter');
      const link = page.getByRole('link', { name: 'Open the sign-in page' });
      await expect(link).toHaveAttribute('href', 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH');
      await expect(page.getByText('It must show this code: ABCD-EFGH')).toBeVisible();
      expect(cli.starts()).toEqual(['sso login --no-browser --profile release-readonly']);

      // The focus is where it was, and what was begun can be cancelled.
      await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused();
      await page.keyboard.press('Enter');
      await expect(link).toBeHidden();
      await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
      await page.getByRole('button', { name: 'Sign in' }).press('Enter');
      await expect(link).toBeVisible();

      aws.signIn();
      cli.finish(0);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await expect.poll(() => cli.processes().filter(isAlive)).toEqual([]);
    },
  );

  withCli(
    'F13: the AWS CLI ends with a page that leaves; why a sign-in failed is said, over the last good data too',
    async ({ page, aws, cli }) => {
      await page.goto(aws.server.url);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByText('ABCD-EFGH')).toBeVisible();
      await page.goto('about:blank');
      await expect.poll(() => cli.processes().filter(isAlive), { timeout: 15_000 }).toEqual([]);

      await page.goto(aws.server.url);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await expect(page.getByText('ABCD-EFGH')).toBeVisible();
      cli.finish(7);
      await expect(page.getByText('The AWS CLI ended without a sign-in (exit code 7).')).toBeVisible();
      await expect(page.getByRole('region', { name: 'command that signs in' })).toContainText(
        'aws sso login --profile release-readonly',
      );
    },
  );

  signedOut(
    'F13, F19: an expired sign-in names its command, and the page goes on by itself after it; no network is said',
    async ({ page, context, aws }) => {
      await readInPage(page);
      await page.clock.install();
      await page.goto(aws.server.url);
      await expect(page.getByRole('heading', { name: 'Sign-in expired' })).toBeVisible();
      await expect(page.getByRole('region', { name: 'command that helps' })).toContainText(
        'aws sso login --profile release-readonly',
      );

      aws.signIn();
      await page.clock.runFor(16_000);
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await expect(status(page)).toContainText('Live');
      await expect(page.getByText('credentials with all rights of profile release-readonly')).toBeVisible();
      await expect(page.getByText('clock is')).toHaveCount(0);

      await context.setOffline(true);
      await expect(status(page)).toContainText('Offline');
      await expect(status(page)).toContainText('this machine has no network');
      await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
      await context.setOffline(false);
      await expect(status(page)).toContainText('Live');
    },
  );

  test('F20, F21: a browser whose clock is a day off reads all the same, and says so', async ({
    browser,
    pageGuards,
  }) => {
    pageGuards.allowFault(
      /^outside request: https:\/\/dynamodb\.eu-west-1\.amazonaws\.com\//,
      'answered by a table of ours',
    );
    for (const [days, words] of [
      [1, 'clock is 24 h ahead'],
      [-1, 'clock is 24 h behind'],
    ] as const) {
      const context = await browser.newContext();
      await pageGuards.watch(context);
      const page = await context.newPage();
      const aws = await openAws(page);
      try {
        aws.signIn();
        await readInPage(page);
        pageGuards.allowFault(FAILED_LOAD, 'the page makes the calls itself here, and some fail');
        await page.clock.install({ time: Date.now() + days * 86_460_000 });
        await page.goto(aws.server.url);
        await expect(cell(page, 'auth in v1.1.0: 1.1.0')).toBeVisible();
        await expect(status(page)).toContainText('Live');
        await expect(page.getByText(words)).toBeVisible();
      } finally {
        await context.close();
        await aws.stop();
      }
    }
  });
});
