import { expect, test } from 'vitest';
import { currentReleases } from '../../src/release/deployed/current-releases.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import { fragment, policyOf } from './items.ts';

const api = (release: string) => fragment(release, 'backend#api');
const pod = (release: string, environment: string, date: string) =>
  fragment(release, `k8s#${environment}-deployment/api`, { date, replicas: 1, readyReplicas: 1 });

test.each<[string, ReturnType<typeof fragment>[], string[], unknown?]>([
  ['the newest stable one', [api('v1.0.0'), api('v1.1.0')], ['v1.1.0']],
  ['and its other spellings', [api('v1.1.0'), api('1.1.0'), api('v1.0.0')], ['1.1.0', 'v1.1.0']],
  [
    'what is newer than it',
    [api('v1.1.0'), api('v1.1.0-rc.1'), api('v1.2.0-beta.1'), api('v1.2.0-next.1')],
    ['v1.2.0-next.1', 'v1.2.0-beta.1', 'v1.1.0'],
  ],
  ['by the stages of the policy', [api('v1.0.0'), api('v1.1.0-ga')], ['v1.1.0-ga'], { stages: { ga: 'stable' } }],
  [
    'all where none is stable',
    [api('v1.0.0-rc.1'), api('v1.0.0-rc.2'), api('main')],
    ['v1.0.0-rc.2', 'v1.0.0-rc.1', 'main'],
  ],
  ['not what has no place among the others', [api('v1.0.0'), api('main')], ['v1.0.0']],
  [
    'what a workload runs in any environment',
    [
      api('v1.2.0'),
      pod('v1.2.0', 'qa', '2026-01-03'),
      pod('v1.1.0', 'prod', '2026-01-02'),
      pod('v1.0.0', 'prod', '2026-01-01'),
    ],
    ['v1.2.0', 'v1.1.0'],
  ],
  [
    'what was rolled back to',
    [api('v1.2.0'), pod('v1.2.0', 'prod', '2026-01-02'), pod('v1.0.0', 'prod', '2026-01-03')],
    ['v1.2.0', 'v1.0.0'],
  ],
  [
    'not where an older one only names an environment',
    [api('v1.1.0'), fragment('v1.0.0', 'infra#dns', { environment: 'prod' })],
    ['v1.1.0'],
  ],
  ['none of no releases', [], []],
])('%s', (_, fragments, expected, document) => {
  const report = makeReport(
    null,
    { fragments, rejected: [], readAt: '2026-11-20T12:00:00.000Z' },
    policyOf(document),
  ).report;
  const current = currentReleases(report);
  expect(report.rows.map(({ release }) => release.tag).filter((tag) => current.has(tag))).toEqual(expected);
});
