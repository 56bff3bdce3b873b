import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

/** Written to by the suite runner's steps (scripts/steps.mjs), which adds up the counts of all runners. */
const resultsFile = process.env.TEST_RESULTS;

/** Only beside a running DynamoDB Local (scripts/with-dynamodb-local.mjs): the store's tests once more, against it. */
const besideDynamodbLocal = process.env.DYNAMODB_LOCAL_ENDPOINT !== undefined;

/**
 * As in the browser (playwright.config.ts): where the run decides, a test that fails once among thousands is named as flaky
 * by the summary, and does not undo the work of all others.
 */
const retry = process.env.CI === 'true' ? 1 : 0;

export default defineConfig({
  test: {
    // All cores: by default one is left idle, which of two is half of the machine.
    maxWorkers: '100%',
    reporters: [
      ['default', { summary: false }],
      ...(resultsFile === undefined ? [] : [['json', { outputFile: resultsFile }] as [string, { outputFile: string }]]),
    ],
    projects: [
      {
        test: {
          name: 'unit',
          retry,
          environment: 'node',
          include: ['tests/*.test.ts', 'tests/{release,store,aws,devserver,cli,ci,docs,bench}/**/*.test.ts'],
          // Two cores, shared with whatever else runs: a test that starts a compiler or a server takes its time.
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        plugins: [react()],
        test: {
          name: 'page',
          retry,
          environment: 'jsdom',
          include: ['tests/dashboard/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/dashboard/page-setup.ts'],
          testTimeout: 20_000,
          expect: { poll: { timeout: 10_000 } },
        },
      },
      ...(besideDynamodbLocal
        ? [
            {
              test: {
                name: 'dynamodb-local',
                retry,
                environment: 'node',
                include: ['tests/{store,cli,ci,dynamodb-local}/**/*.test.ts'],
                // The AWS CLI takes a second or more for each call.
                testTimeout: 60_000,
                hookTimeout: 30_000,
              },
            },
          ]
        : []),
    ],
  },
});
