import { expect, test } from 'vitest';
import { describeFinding } from '../../src/release/finding-words.ts';
import { item, READ_AT, reportOf } from '../dashboard/report-of.ts';

test.each([
  [45, '45 minutes'],
  [119, '119 minutes'],
  [121, '2 hours'],
  [2_879, '48 hours'],
  [2_880, '2 days'],
  [43_198, '30 days'],
])('what is %i minutes ahead is said in a unit that one can imagine: %s', (minutes, words) => {
  const date = new Date(Date.parse(READ_AT) + minutes * 60_000).toISOString();
  const report = reportOf([item('v1.0.0', 'backend#a', { date })]);
  const titles = report.rows.flatMap(({ findings }) => findings.map((finding) => describeFinding(finding).title));
  expect(titles).toContain(`a is dated ${words} in the future`);
});
