import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { test } from 'vitest';

test('docs/limits.md says what src/limits does: else run `npm run limits`', () => {
  const root = resolve(import.meta.dirname, '../..');
  execFileSync(process.execPath, ['scripts/run-ts.mjs', 'scripts/write-limits.mjs', '--check'], {
    cwd: root,
    stdio: 'pipe',
  });
});
