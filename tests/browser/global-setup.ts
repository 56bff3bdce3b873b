import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';

/**
 * Done once before all browser tests: the build that `preview` serves, and Vite's cache of compiled packages. Without the
 * latter two servers that start together would both fill the same cache, and their pages would reload in mid-test.
 *
 * @throws Error when the dashboard does not build
 */
export default function prepareDashboard(): void {
  const repository = resolve(import.meta.dirname, '../..');
  const vite = join(repository, 'node_modules/vite/bin/vite.js');
  for (const command of [['build'], ['optimize']]) {
    execFileSync(process.execPath, [vite, ...command, '--logLevel', 'error'], {
      cwd: repository,
      // Neither the settings of the person who runs the tests, nor the NODE_ENV that Playwright sets.
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
  }
}
