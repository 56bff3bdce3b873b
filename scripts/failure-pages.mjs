// A reporter of Playwright's: prints what was on the page where a browser test failed. On a machine that is gone after the
// run nobody can open the files that Playwright leaves.
import { readFileSync } from 'node:fs';

const MOST_LINES = 120;

export default class FailurePages {
  /**
   * @param {import('@playwright/test/reporter').TestCase} test
   * @param {import('@playwright/test/reporter').TestResult} result
   */
  onTestEnd(test, result) {
    if (result.status === test.expectedStatus || result.status === 'skipped') return;
    for (const { name, path, body } of result.attachments) {
      if (name !== 'error-context') continue;
      const text = body?.toString('utf8') ?? (path === undefined ? '' : readFileSync(path, 'utf8'));
      const page = /```yaml\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
      const lines = page.split('\n').slice(0, MOST_LINES);
      process.stdout.write(`\nOn the page of ${test.titlePath().filter(Boolean).join(' › ')}:\n${lines.join('\n')}\n`);
    }
  }
}
