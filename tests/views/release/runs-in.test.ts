import { expect, test } from 'vitest';
import { runsIn } from '../../../src/views/release/runs-in.ts';
import { policyOf } from '../../release/items.ts';
import { item, reportOf } from '../../release/report-of.ts';
import { workload } from '../environments/estate.ts';

const ITEMS = [
  ...['api', 'worker'].flatMap((name) => [
    workload('v1.4.0', 'prod-us', name, 2),
    workload('v1.5.0', 'prod-eu', name, 6),
    workload('v1.5.0', 'qa', name, 4),
  ]),
  // One of three is not what the others are of.
  workload('v1.4.0', 'qa', 'cron', 3),
  workload('v1.5.0', 'prod-eu', 'cron', 5),
  item('v1.6.0', 'backend#api'),
  ...['api', 'worker'].map((name) => item('v1.5.0', `k8s#dev-deployment/${name}`, { replicas: 1, readyReplicas: 1 })),
];
const at = (day: number) => `2026-11-0${day}T12:00:00.000Z`;

test.each([
  [
    'v1.5.0',
    [
      { name: 'dev', since: null },
      { name: 'qa', since: at(4) },
      { name: 'prod-eu', since: at(5) },
    ],
  ],
  ['v1.4.0', [{ name: 'prod-us', since: at(2) }]],
  ['v1.6.0', []],
  ['v9.9.9', []],
])('%s is what mostly runs in some environments', (tag, where) => {
  expect(runsIn(reportOf(ITEMS), tag)).toEqual(where);
});

test('environments of a group are one', () => {
  const policy = policyOf({ groups: { prod: ['prod-eu', 'prod-us'] } });
  expect(runsIn(reportOf(ITEMS, policy), 'v1.5.0')).toContainEqual({ name: 'prod', since: at(5) });
  expect(runsIn(reportOf(ITEMS, policy), 'v1.4.0')).toEqual([]);
});
