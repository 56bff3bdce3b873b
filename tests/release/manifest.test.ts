import { expect, test } from 'vitest';
import { manifestDocument, manifestOf } from '../../src/release/history/manifest.ts';
import { NOW, reportOf } from './checks/said.ts';
import { item } from './items.ts';

const document = { roster: [{ component: 'kafka#user', expectation: 'carried' }, { component: 'backend#*' }] };
const items = [
  item('v1.4.0', 'backend#api', {
    componentVersion: '2.0.0',
    commit: 'abcdef1',
    links: { run: 'https://ci.example/1' },
    changelog: '- more',
    date: '2026-11-01T00:00:00Z',
    replicas: 'many',
    note: 'an attribute that is no field',
  }),
  item('v1.4.0', 'k8s#prod-deployment/api', { imageRef: 'acme/api:2.0.0', replicas: 3, readyReplicas: 3 }),
  item('v1.4.0', 'k8s#staging-deployment/api', { imageRef: 'acme/api:2.0.0', replicas: 1, readyReplicas: 1 }),
  item('v1.3.0', 'backend#api', { componentVersion: '1.0.0' }),
  item('v1.3.0', 'backend#gone', { componentVersion: '1.0.0' }),
  item('v1.3.0', 'kafka#user', { schemaVersion: '7.0.0', evolutionPolicy: 'FULL', consumers: ['api', 'web'] }),
];

test('a manifest holds what was published, marks what is carried over and names what is missing', () => {
  const manifest = manifestOf(reportOf(items, { policy: document }), 'v1.4.0');
  expect(manifest).toEqual({
    schema: 1,
    release: 'v1.4.0',
    stage: 'stable',
    readAt: NOW,
    verdict: 'fail',
    unknown: [],
    completeness: { roster: 'policy', expected: 3, present: 2, missing: ['backend#gone'] },
    components: [
      {
        type: 'backend',
        name: 'api',
        version: '2.0.0',
        key: 'backend#api',
        kind: null,
        environments: [],
        carriedFrom: null,
        fields: {
          componentVersion: '2.0.0',
          commit: 'abcdef1',
          date: '2026-11-01T00:00:00.000Z',
          links: [{ label: 'run', url: 'https://ci.example/1' }],
        },
        unreadable: ['replicas'],
      },
      {
        type: 'kafka',
        name: 'user',
        version: '7.0.0',
        key: 'kafka#user',
        kind: null,
        environments: [],
        carriedFrom: 'v1.3.0',
        fields: { schemaVersion: '7.0.0', evolutionPolicy: 'FULL', consumers: ['api', 'web'] },
        unreadable: [],
      },
      ...[
        { environment: 'staging', replicas: 1 },
        { environment: 'prod', replicas: 3 },
      ].map(({ environment, replicas }) => ({
        type: 'k8s',
        name: 'api',
        version: '2.0.0',
        key: `k8s#${environment}-deployment/api`,
        kind: 'deployment',
        environments: [environment],
        carriedFrom: null,
        fields: { imageRef: 'acme/api:2.0.0', readyReplicas: replicas, replicas },
        unreadable: [],
      })),
    ],
  });
  expect(manifestDocument.parse(manifest)).toEqual(manifest);
  expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
});

test.each([
  ['a release nobody knows', 'v9.9.9'],
  ['a tag that is the name of something else', '__proto__'],
])('%s has no manifest', (_, tag) => {
  expect(manifestOf(reportOf(items), tag)).toBeNull();
});
