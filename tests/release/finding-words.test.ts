import { expect, test } from 'vitest';
import { describeFinding } from '../../src/release/finding-words.ts';
import type { Item } from '../../src/release/item.ts';
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

test.each<[title: string, counters: Item]>([
  ['1 of 2 ready', { readyReplicas: 1 }],
  // What is worse comes first.
  ['0 of 2 ready', { readyReplicas: 0, updatedReplicas: 1 }],
  ['roll-out not finished, 1 of 2 updated', { readyReplicas: 2, updatedReplicas: 1 }],
  ['roll-out not finished, 1 of 2 available', { readyReplicas: 2, availableReplicas: 1 }],
  [
    'roll-out not finished, newest specification not observed yet',
    { readyReplicas: 2, generation: 2, observedGeneration: 1 },
  ],
])('an unfinished roll-out never reads as good news: %s', (title, counters) => {
  const report = reportOf([item('v1.0.0', 'k8s#prod-deployment/api', { replicas: 2, ...counters })]);
  const titles = report.rows.flatMap(({ findings }) => findings.map((finding) => describeFinding(finding).title));
  expect(titles).toContain(`api in prod: ${title}`);
});
