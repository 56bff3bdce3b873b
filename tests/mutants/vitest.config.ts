import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { readJob } from './job.ts';

// One test file in one process, in which the files of the job are replaced by changed ones.

const { code } = readJob();

export default defineConfig({
  root: resolve(import.meta.dirname, '../..'),
  plugins: [{ name: 'mutants', enforce: 'pre', load: (id) => code[id.split('?')[0] ?? ''] ?? null }],
  test: {
    environment: 'node',
    include: ['tests/**/*.test.ts'],
    runner: resolve(import.meta.dirname, 'judge.ts'),
    pool: 'forks',
    maxWorkers: 1,
    reporters: ['default'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
