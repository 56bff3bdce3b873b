import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dryRun } from './published.ts';
import { DIGEST, readTexts, SAMPLES, type Sample, testSamples } from './samples.ts';

describe('kube reads', () => {
  testSamples('kube', [
    ...(
      [
        [
          'older',
          'kube-1.5-list.json',
          [
            ['docs', 'pwittrock/api-docs:v9', 1, 21, '10'],
            ['deployment-example', 'nginx:1.10', 3, 4, '1'],
          ],
        ],
        ['newer', 'kube-1.35-deployment-list.json', [['nginx-deployment', 'nginx:latest', 2, 1, '1']]],
      ] as const
    ).map(
      ([form, sample, deployments]): Sample => ({
        form,
        sample,
        options: { environment: 'qa' },
        drafts: deployments.map(([component, imageRef, replicas, generation, revision]) => ({
          fields: {
            component,
            kind: 'deployment',
            environment: 'qa',
            imageRef,
            deploymentHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
            ...{ replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas },
            ...{ generation, observedGeneration: generation },
            meta: { namespace: 'default', revision, rollout: 'done' },
          },
          tag: null,
          place: `Deployment ${component}`,
        })),
      }),
    ),
    {
      form: 'other',
      sample: 'kube-list.json',
      options: { environment: 'prod' },
      drafts: [
        {
          fields: {
            component: 'api',
            kind: 'deployment',
            environment: 'prod',
            imageRef: `ghcr.io/acme/api:1.4.0@${DIGEST}`,
            digest: DIGEST,
            deploymentHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
            replicas: 3,
            updatedReplicas: 3,
            // Kubernetes leaves out a counter that is 0.
            readyReplicas: 0,
            availableReplicas: 0,
            generation: 4,
            observedGeneration: 4,
            meta: { namespace: 'prod', revision: '3', appVersion: '1.4.0', rollout: 'progressing' },
          },
          tag: null,
          place: 'Deployment api',
        },
        {
          fields: {
            component: 'db',
            kind: 'statefulset',
            environment: 'prod',
            imageRef: 'postgres:16',
            deploymentHash: expect.any(String),
            replicas: 1,
            updatedReplicas: 1,
            readyReplicas: 1,
            availableReplicas: 1,
            generation: 2,
            observedGeneration: 2,
            meta: { namespace: 'prod', rollout: 'done' },
          },
          tag: null,
          place: 'StatefulSet db',
        },
        {
          fields: {
            component: 'agent',
            kind: 'daemonset',
            environment: 'prod',
            imageRef: 'ghcr.io/acme/agent:2.0.0',
            deploymentHash: expect.any(String),
            replicas: 5,
            updatedReplicas: 5,
            readyReplicas: 5,
            availableReplicas: 5,
            generation: 1,
            observedGeneration: 1,
            meta: { namespace: 'prod', rollout: 'done' },
          },
          tag: null,
          place: 'DaemonSet agent',
        },
      ],
      notices: ['Passed over, as no workload that is read: Service/api.'],
    },
    {
      form: 'other',
      sample: 'kube-scaled-to-zero.json',
      options: { environment: 'qa' },
      drafts: [
        {
          fields: expect.objectContaining({ component: 'idle', replicas: 0, meta: { rollout: 'scaled-to-zero' } }),
          tag: null,
          place: 'Deployment idle',
        },
      ],
    },
    { sample: 'kube-list.json', refused: /^expected --environment/ },
    { sample: '../docker/docker-build.json', options: { environment: 'prod' }, refused: /^expected `kubectl get/ },
  ]);
});

test('the hash of a workload does not depend on the values of its variables, but on all else', () => {
  const hash = (change: (text: string) => string) => {
    const document = JSON.parse(change(readFileSync(`${SAMPLES}kube/kube-list.json`, 'utf8')));
    return readTexts('kube', [document], { environment: 'prod' }).drafts[0]?.fields.deploymentHash;
  };
  const same = hash((text) => text);
  expect(hash((text) => text.replace('hunter2', 'other'))).toBe(same);
  expect(hash((text) => text.replace('PASSWORD', 'SECRET'))).not.toBe(same);
  expect(hash((text) => text.replace('envoy:v1.30.0', 'envoy:v1.31.0'))).not.toBe(same);
});

test('workloads of one name in two namespaces: exit 2, both named, and the others are taken', async () => {
  const deployment = (name: string, namespace: string) => ({
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: { template: { spec: { containers: [{ name: 'main', image: `ghcr.io/acme/${name}:1.4.0` }] } } },
  });
  const items = [deployment('api', 'blue'), deployment('api', 'green'), deployment('db', 'green')];
  const said = await dryRun('kube', { kind: 'List', items }, '--environment', 'prod');
  expect([said.exitCode, said.stdout.split('\n').length]).toEqual([2, 2]);
  expect(JSON.parse(said.stdout)).toMatchObject({ 'component#name': 'k8s#prod-deployment/db' });
  const key = 'v1.4.0 k8s#prod-deployment/api';
  const words = 'and they differ (meta): expected one fragment per key';
  expect(said.stderr).toBe(
    [
      `kube: Deployment api (namespace blue): ${key} is also in kube: Deployment api (namespace green), ${words}\n`,
      `kube: Deployment api (namespace green): ${key} is also in kube: Deployment api (namespace blue), ${words}\n`,
    ].join(''),
  );
});
