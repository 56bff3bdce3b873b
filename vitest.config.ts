import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

/** Written to by the suite runner's steps (scripts/steps.mjs), which adds up the counts of all runners. */
const resultsFile = process.env.TEST_RESULTS;

/** Only beside a running DynamoDB Local (scripts/with-dynamodb-local.mjs): the store's tests once more, against it. */
const besideDynamodbLocal = process.env.DYNAMODB_LOCAL_ENDPOINT !== undefined;

/**
 * As in the browser (playwright.config.ts): where the run decides, a test that fails once among thousands is named as flaky
 * by the summary, and does not undo the work of all others.
 */
const retry = process.env.CI === 'true' ? 1 : 0;

/** All test files; those that change modules put others in place of some, or load them anew. */
const testFiles = readdirSync(join(import.meta.dirname, 'tests'), { recursive: true, encoding: 'utf8' })
  .map((name) => `tests/${name.replaceAll('\\', '/')}`)
  .filter((file) => /\.test\.tsx?$/.test(file));
const changesModules = (file: string): boolean =>
  /\bvi\.((do)?mock|resetModules)\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8'));

/**
 * The files of one process share it and the modules that they have loaded: to start a process and to load React, zod and
 * the AWS SDK anew for each of 270 files took half of the time of all tests. Those that change modules run apart, each in a
 * process of its own.
 *
 * @param groupOrder a process is shared within a project alone: one runs to its end before the next begins
 * @returns two projects, `<name>` and `<name>-apart`
 */
function projects(
  groupOrder: number,
  name: string,
  { test, ...more }: TestProjectInlineConfiguration,
): TestProjectInlineConfiguration[] {
  const setupFiles = ['tests/as-found.ts', ...[test?.setupFiles ?? []].flat()];
  const one = { ...test, setupFiles, retry, sequence: { groupOrder } };
  return [
    { ...more, test: { ...one, name, isolate: false, exclude: testFiles.filter(changesModules) } },
    {
      ...more,
      test: { ...one, name: `${name}-apart`, exclude: testFiles.filter((file) => !changesModules(file)) },
    },
  ];
}

export default defineConfig({
  test: {
    // All cores: by default one is left idle, which of two is half of the machine.
    maxWorkers: '100%',
    reporters: [
      ['default', { summary: false }],
      ...(resultsFile === undefined ? [] : [['json', { outputFile: resultsFile }] as [string, { outputFile: string }]]),
    ],
    projects: [
      ...projects(0, 'unit', {
        test: {
          environment: 'node',
          setupFiles: ['tests/no-page-server.ts'],
          include: [
            'tests/*.test.ts',
            'tests/{release,contract,store,aws,views,live,devserver,cli,ci,docs,bench}/**/*.test.ts',
          ],
          // Two cores, shared with whatever else runs: a test that starts a compiler or a server takes its time.
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      }),
      ...projects(1, 'page', {
        plugins: [react()],
        test: {
          environment: 'jsdom',
          include: ['tests/dashboard/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/no-page-server.ts', 'tests/dashboard/page-setup.ts'],
          testTimeout: 20_000,
          expect: { poll: { timeout: 10_000 } },
        },
      }),
      ...projects(2, 'package', {
        test: {
          environment: 'node',
          include: ['tests/package/**/*.test.ts'],
          globalSetup: 'tests/package/install-package.ts',
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      }),
      ...(besideDynamodbLocal
        ? projects(3, 'dynamodb-local', {
            test: {
              environment: 'node',
              setupFiles: ['tests/no-page-server.ts'],
              include: ['tests/{store,cli,ci,dynamodb-local}/**/*.test.ts'],
              // The AWS CLI takes a second or more for each call.
              testTimeout: 60_000,
              hookTimeout: 30_000,
            },
          })
        : []),
    ],
  },
});
