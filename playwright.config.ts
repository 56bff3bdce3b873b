import { defineConfig, devices } from '@playwright/test';
import { findChromium } from './scripts/chromium.mjs';

const executablePath = findChromium();
if (executablePath === undefined) {
  throw new Error('No Chromium for the browser tests. "node scripts/ensure-chromium.mjs" gets one or says how.');
}

/** Written to by the suite runner's steps (scripts/steps.mjs), which adds up the counts of all runners. */
const resultsFile = process.env.TEST_RESULTS;

export default defineConfig({
  testDir: 'tests',
  globalSetup: './tests/browser/global-setup.ts',
  outputDir: 'test-results',
  // A test that passes only the second time has found a fault, in the product or in itself: it is named as flaky, and here
  // it fails. Where the run decides whether a change lands, one of two hundred must not undo the work of all others.
  retries: process.env.CI === 'true' ? 1 : 0,
  workers: 2,
  forbidOnly: process.env.CI === 'true',
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [
    ['list'],
    ['./scripts/failure-pages.mjs'],
    ...(resultsFile === undefined ? [] : [['json', { outputFile: resultsFile }] as const]),
  ],
  use: {
    ...devices['Desktop Chrome'],
    colorScheme: 'light',
    locale: 'en-GB',
    timezoneId: 'UTC',
    // A trace of every test, kept for those that fail, would be a fifth of the time: `--trace on` makes one when wanted.
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath,
      args: [
        // Chromium refuses its sandbox to root, which is who runs in most CI containers.
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        // Chromium's own traffic: none of it is ours, and where there is no network it only delays the start.
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        // No name resolves: a page that asks for another host fails at once and cannot leave the machine.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
    },
  },
  projects: [
    {
      // Light; a test of the dark scheme says so by `test.use({ colorScheme: 'dark' })`.
      name: 'browser',
      testMatch: 'browser/**/*.test.ts',
    },
    // Real minutes: `npm run robustness` runs it (scripts/robustness-outages.mjs).
    { name: 'robustness', testMatch: 'robustness/**/*.robust.ts' },
    { name: 'dynamodb-local', testMatch: 'dynamodb-local/**/*.browser.ts' },
  ],
});
