import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kube } from '../../src/cli/adapters/kube.ts';
import { toolOutput } from '../../src/cli/publish/publish-files.ts';
import { releaseMatrix } from './command.ts';

/** What runs in a cluster, as `kubectl get … -o json` prints it. */

const containers = [{ name: 'api', image: 'ghcr.io/acme/api:1.4.0' }];
const template = { spec: { containers } };

function object(kind: string, spec: object, status: object, more: object = {}) {
  const apiVersion = kind === 'Rollout' ? 'argoproj.io/v1alpha1' : /Job$/.test(kind) ? 'batch/v1' : 'apps/v1';
  return {
    apiVersion: kind === 'DeploymentConfig' ? 'apps.openshift.io/v1' : apiVersion,
    kind,
    metadata: { name: 'api', namespace: 'shop-prod', generation: 2 },
    spec: { template, ...spec },
    status: { observedGeneration: 2, ...status },
    ...more,
  };
}

async function publish(objects: readonly object[], ...words: string[]) {
  const environment = words.includes('--environment-from') ? [] : ['--environment', 'prod'];
  const json = JSON.stringify({ kind: 'List', items: objects });
  const { exitCode, stdout, stderr } = await releaseMatrix([
    ...['publish', '--dry-run', '--from', 'kube', '--release', 'v1.4.0', '--json', json],
    ...environment,
    ...words,
  ]);
  const items = stdout.split('\n').filter((line) => line !== '');
  return { exitCode, items: items.map((line) => JSON.parse(line)), stderr };
}

const all = (count: number) => ({
  replicas: count,
  updatedReplicas: count,
  readyReplicas: count,
  availableReplicas: count,
});
const timedOut = { conditions: [{ type: 'Progressing', status: 'False', reason: 'ProgressDeadlineExceeded' }] };
const rolling = { type: 'RollingUpdate' };
const daemons = (count: number) => ({
  desiredNumberScheduled: 3,
  updatedNumberScheduled: count,
  numberReady: count,
  numberAvailable: count,
});

/** The words of kubectl's own status of a roll-out, or where it has none what is true. */
test.each<[kind: string, what: string, spec: object, status: object, rollout: string, counts: object]>([
  ['Deployment', 'all are up', { replicas: 3 }, all(3), 'done', all(3)],
  [
    'Deployment',
    'newer than what was observed',
    { replicas: 3 },
    { ...all(3), observedGeneration: 1 },
    'not-observed',
    all(3),
  ],
  ['Deployment', 'over its time', { replicas: 3 }, { ...all(3), ...timedOut }, 'failed', all(3)],
  [
    'Deployment',
    'one is not updated',
    { replicas: 3 },
    { ...all(3), updatedReplicas: 2 },
    'progressing',
    { updatedReplicas: 2 },
  ],
  [
    'Deployment',
    'an old one is still there',
    { replicas: 3 },
    { ...all(3), replicas: 4 },
    'progressing',
    { replicas: 3 },
  ],
  [
    'Deployment',
    'one is not available',
    { replicas: 3 },
    { ...all(3), availableReplicas: 2 },
    'progressing',
    { availableReplicas: 2 },
  ],
  ['Deployment', 'nothing is wanted', { replicas: 0 }, {}, 'scaled-to-zero', all(0)],
  [
    'Deployment',
    'nothing is up: counters of 0 are left out',
    { replicas: 3 },
    { replicas: 3, updatedReplicas: 3 },
    'progressing',
    { readyReplicas: 0, availableReplicas: 0 },
  ],
  ['Deployment', 'a manifest that says no count', {}, all(1), 'done', { replicas: 1 }],
  ['DeploymentConfig', 'all are up', { replicas: 2 }, all(2), 'done', all(2)],
  ['DeploymentConfig', 'over its time', { replicas: 2 }, { ...all(1), ...timedOut }, 'failed', { readyReplicas: 1 }],
  [
    'StatefulSet',
    'all are up',
    { replicas: 3 },
    { ...all(3), currentRevision: 'a', updateRevision: 'a' },
    'done',
    all(3),
  ],
  [
    'StatefulSet',
    'one is not updated',
    { replicas: 3, updateStrategy: rolling },
    { ...all(3), updatedReplicas: 2, currentRevision: 'a', updateRevision: 'b' },
    'progressing',
    { updatedReplicas: 2 },
  ],
  [
    'StatefulSet',
    'none is updated yet',
    { replicas: 3, updateStrategy: rolling },
    { replicas: 3, readyReplicas: 3, currentRevision: 'a', updateRevision: 'b' },
    'progressing',
    { updatedReplicas: 0 },
  ],
  [
    'StatefulSet',
    'one is not ready',
    { replicas: 3 },
    { ...all(2), currentRevision: 'a', updateRevision: 'a' },
    'progressing',
    { readyReplicas: 2 },
  ],
  [
    'StatefulSet',
    'what is available is not asked',
    { replicas: 3 },
    { ...all(3), availableReplicas: 0, currentRevision: 'a', updateRevision: 'a' },
    'done',
    { availableReplicas: undefined },
  ],
  [
    'StatefulSet',
    'not yet down to its partition',
    { replicas: 3, updateStrategy: { ...rolling, rollingUpdate: { partition: 1 } } },
    { ...all(3), updatedReplicas: 1, currentRevision: 'a', updateRevision: 'b' },
    'progressing',
    { updatedReplicas: 1 },
  ],
  [
    'StatefulSet',
    'that nobody updates',
    { replicas: 3, updateStrategy: { type: 'OnDelete' } },
    { ...all(3), updatedReplicas: 0, currentRevision: 'a', updateRevision: 'b' },
    'done',
    { updatedReplicas: undefined },
  ],
  [
    'StatefulSet',
    'of a cluster that counts nothing but pods',
    { replicas: 3 },
    { replicas: 3, readyReplicas: 3 },
    'done',
    { updatedReplicas: undefined },
  ],
  ['DaemonSet', 'all are up', { updateStrategy: rolling }, daemons(3), 'done', { replicas: 3, updatedReplicas: 3 }],
  [
    'DaemonSet',
    'one is not',
    { updateStrategy: rolling },
    daemons(2),
    'progressing',
    { updatedReplicas: 2, availableReplicas: 2 },
  ],
  [
    'DaemonSet',
    'none is updated yet',
    { updateStrategy: rolling },
    { ...daemons(3), updatedNumberScheduled: undefined },
    'progressing',
    { updatedReplicas: 0 },
  ],
  [
    'DaemonSet',
    'of a cluster that knows no strategy',
    {},
    { desiredNumberScheduled: 3, numberReady: 3 },
    'done',
    { updatedReplicas: undefined, availableReplicas: undefined },
  ],
  [
    'DaemonSet',
    'nobody has counted yet',
    { updateStrategy: rolling },
    { observedGeneration: 1 },
    'not-observed',
    { replicas: undefined },
  ],
  [
    'Rollout',
    'is healthy',
    { replicas: 3 },
    { ...all(3), phase: 'Healthy', observedGeneration: '2' },
    'done',
    { ...all(3), observedGeneration: 2 },
  ],
  [
    'Rollout',
    'waits at a step',
    { replicas: 3 },
    { ...all(3), updatedReplicas: 1, phase: 'Paused', observedGeneration: '2' },
    'progressing',
    { updatedReplicas: 1 },
  ],
  [
    'Rollout',
    'is degraded',
    { replicas: 3 },
    { ...all(3), phase: 'Degraded', observedGeneration: '2' },
    'failed',
    all(3),
  ],
  [
    'Rollout',
    'of a version that writes a hash',
    { replicas: 3 },
    { ...all(3), observedGeneration: '6d8c9' },
    'done',
    { observedGeneration: 2 },
  ],
  [
    'Job',
    'has ended',
    {},
    { succeeded: 1, conditions: [{ type: 'Complete', status: 'True' }] },
    'done',
    { replicas: undefined },
  ],
  ['Job', 'runs', {}, { active: 1 }, 'running', { replicas: undefined }],
  [
    'Job',
    'has failed',
    {},
    { failed: 6, conditions: [{ type: 'Failed', status: 'True' }] },
    'failed',
    { readyReplicas: undefined },
  ],
  [
    'CronJob',
    'has its time',
    { template: undefined, schedule: '0 3 * * *', jobTemplate: { spec: { template } } },
    {},
    'scheduled',
    { replicas: undefined },
  ],
  [
    'CronJob',
    'is suspended',
    { template: undefined, suspend: true, jobTemplate: { spec: { template } } },
    {},
    'suspended',
    { replicas: undefined },
  ],
])('%s, %s', async (kind, _what, spec, status, rollout, counts) => {
  const { exitCode, items } = await publish([object(kind, spec, status)]);
  expect([exitCode, items.length]).toEqual([0, 1]);
  const [item] = items;
  expect(item['component#name']).toBe(`k8s#prod-${kind.toLowerCase()}/api`);
  expect(item.imageRef).toBe('ghcr.io/acme/api:1.4.0');
  expect(item.meta.rollout).toBe(rollout);
  for (const [name, count] of Object.entries(counts)) expect([name, item[name]]).toEqual([name, count]);
});

test.each<[what: string, names: [name: string, image: string][], more: object, words: string[], own: string | null]>([
  ['the only one', [['main', 'ghcr.io/acme/x:1']], {}, [], 'main'],
  ['the only one, a proxy itself', [['envoy', 'envoyproxy/envoy:v1.30.0']], {}, [], 'envoy'],
  [
    'called as the workload',
    [
      ['helper', 'a:1'],
      ['api', 'b:1'],
    ],
    {},
    [],
    'api',
  ],
  [
    'called as its label',
    [
      ['helper', 'a:1'],
      ['orders', 'b:1'],
    ],
    { labels: { 'app.kubernetes.io/name': 'orders' } },
    [],
    'orders',
  ],
  [
    'whose image is called so',
    [
      ['one', 'a:1'],
      ['two', 'ghcr.io/acme/api:1.4.0'],
    ],
    {},
    [],
    'two',
  ],
  [
    'annotated',
    [
      ['api', 'a:1'],
      ['two', 'b:1'],
    ],
    { annotations: { 'kubectl.kubernetes.io/default-container': 'two' } },
    [],
    'two',
  ],
  [
    'named by the command line',
    [
      ['api', 'a:1'],
      ['two', 'b:1'],
    ],
    {},
    ['--container', 'two'],
    'two',
  ],
  [
    'left when the sidecars are',
    [
      ['istio-proxy', 'a:1'],
      ['x', 'grafana/promtail:2'],
      ['main', 'b:1'],
    ],
    {},
    [],
    'main',
  ],
  [
    'not to be told',
    [
      ['one', 'a:1'],
      ['two', 'b:1'],
    ],
    {},
    [],
    null,
  ],
  [
    'not to be told of two whose images are called so',
    [
      ['one', 'x/api:1'],
      ['two', 'y/api:1'],
    ],
    {},
    [],
    null,
  ],
  [
    'annotated, and not there',
    [
      ['one', 'a:1'],
      ['two', 'b:1'],
    ],
    { annotations: { 'kubectl.kubernetes.io/default-container': 'no' } },
    [],
    null,
  ],
])(
  'the container that is the workload’s own: %s',
  async (_, names, { labels, annotations }: { labels?: object; annotations?: object }, words, own) => {
    const pods = { metadata: { annotations }, spec: { containers: names.map(([name, image]) => ({ name, image })) } };
    const deployment = object('Deployment', { replicas: 1, template: pods }, all(1));
    const said = await publish([{ ...deployment, metadata: { ...deployment.metadata, labels } }], ...words);
    expect([said.exitCode, said.items.length]).toEqual([0, 1]);
    expect(said.items[0].imageRef).toBe(names.find(([name]) => name === own)?.[1]);
    const asks = `Deployment api has the containers ${names.map(([name]) => name).join(', ')}: which of them it is named after cannot be told, so no image is published. Name it by --container.\n`;
    expect(said.stderr).toBe(own === null ? asks : '');
  },
);

test('one bad workload of several: the others are published, and it is named, exit 2', async () => {
  const broken = {
    ...object('Deployment', { replicas: 'three' }, {}),
    metadata: { name: 'orders', namespace: 'shop' },
  };
  const unresolved = object(
    'DeploymentConfig',
    { replicas: 1, template: { spec: { containers: [{ name: 'a', image: ' ' }] } } },
    all(1),
  );
  const strange = { kind: 'Deployment' };
  const noPods = {
    ...object('Deployment', {}, {}),
    metadata: { name: 'empty' },
    spec: { template: { spec: { containers: [] } } },
  };
  const said = await publish([broken, unresolved, strange, noPods, object('Deployment', { replicas: 1 }, all(1))]);
  expect(said.exitCode).toBe(2);
  expect(said.items).toMatchObject([{ 'component#name': 'k8s#prod-deployment/api' }]);
  expect(said.stderr.split('\n').slice(0, -1)).toEqual([
    'kube: DeploymentConfig api: imageRef is empty, received " "',
    'kube: item 3: expected a workload as kubectl prints it; metadata: expected object, received nothing',
    'kube: Deployment orders: expected a workload as kubectl prints it; spec.replicas: expected number, received a text',
    expect.stringMatching(
      /^kube: Deployment empty: expected a workload .*spec\.template\.spec\.containers: .*received a list$/,
    ),
  ]);
});

test('objects that are no workloads, or of other API groups, or runs of a CronJob are passed over and named', async () => {
  const run = object('Job', {}, {});
  const said = await publish([
    { ...object('Job', {}, {}), apiVersion: 'batch.volcano.sh/v1alpha1' },
    { ...object('Rollout', {}, {}), apiVersion: 'rollouts.kruise.io/v1beta1' },
    { ...run, metadata: { name: 'backup-28391203', ownerReferences: [{ kind: 'CronJob', name: 'backup' }] } },
  ]);
  expect(said).toEqual({
    exitCode: 0,
    items: [],
    stderr:
      'Passed over, as no workload that is read: Job/api, Rollout/api.\nPassed over, as runs of CronJobs: Job backup-28391203.\n',
  });
});

test('a Rollout whose pods are described elsewhere: with the Deployment its image, without it a notice', async () => {
  const ref = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'api' };
  const rollout = object(
    'Rollout',
    { replicas: 3, template: undefined, workloadRef: ref },
    { ...all(3), phase: 'Healthy' },
  );
  const alone = await publish([rollout]);
  expect(alone.items[0]).not.toHaveProperty('imageRef');
  expect(alone.stderr).toBe(
    'Rollout api takes its pods from Deployment api, which is not listed, so no image is published. List both.\n',
  );
  const taken = object('Deployment', { replicas: 0 }, {});
  const both = await publish([taken, rollout]);
  expect(both.items).toMatchObject([{ 'component#name': 'k8s#prod-rollout/api', imageRef: 'ghcr.io/acme/api:1.4.0' }]);
  // It still runs pods of its own until the Rollout scales it down.
  const still = await publish([object('Deployment', { replicas: 3 }, all(3)), rollout]);
  expect(still.items).toHaveLength(2);
  // One of that name in another namespace is another.
  const other = await publish([{ ...taken, metadata: { name: 'api', namespace: 'other', generation: 2 } }, rollout]);
  expect(other.items).toHaveLength(2);
});

test('several namespaces as environments: by name, or by a map that leaves out the others', async () => {
  const inNamespace = (namespace: string | undefined) => ({
    ...object('Deployment', { replicas: 1 }, all(1)),
    metadata: { name: 'api', namespace, generation: 2 },
  });
  const three = ['shop-qa', 'shop-prod', 'kube-system'].map(inNamespace);
  const keys = ({ items }: { items: Record<string, unknown>[] }) => items.map((item) => item['component#name']);
  expect(keys(await publish(three, '--environment-from', 'namespace'))).toEqual(
    ['shop-qa', 'shop-prod', 'kube-system'].map((environment) => `k8s#${environment}-deployment/api`),
  );
  const map = ['--environment-map', 'shop-prod=prod', '--environment-map', 'shop-qa=qa'];
  const mapped = await publish(three, '--environment-from', 'namespace', ...map);
  expect(keys(mapped)).toEqual(['k8s#qa-deployment/api', 'k8s#prod-deployment/api']);
  expect(mapped.items[1]).toMatchObject({ environment: 'prod', meta: { namespace: 'shop-prod' } });
  expect([mapped.exitCode, mapped.stderr]).toEqual([
    0,
    'Left out, as --environment-map does not name their namespaces: what runs in kube-system.\n',
  ]);
  // Two namespaces that are one environment are two components of one key.
  const one = await publish(
    three,
    '--environment-from',
    'namespace',
    ...['shop-prod=prod', 'shop-qa=prod'].flatMap((to) => ['--environment-map', to]),
  );
  expect([one.exitCode, one.items]).toEqual([2, []]);
  const none = await publish([inNamespace(undefined)], '--environment-from', 'namespace');
  expect([none.exitCode, none.stderr]).toEqual([
    2,
    'kube: Deployment api: expected a namespace, by which --environment-from names the environment; there is none\n',
  ]);
});

test.each([
  [['--environment', 'prod', '--environment-from', 'namespace'], /--environment or --environment-from, not both/],
  [['--environment-map', 'a=b'], /--environment-map needs --environment-from namespace/],
  [
    ['--environment-from', 'namespace', '--environment-map', 'a'],
    /--environment-map: expected namespace=environment.*received "a"/,
  ],
  [
    ['--environment-from', 'namespace', '--environment-map', 'a=b', '--environment-map', 'a=c'],
    /the namespace a is given twice/,
  ],
  [['--environment-from', 'label'], /Allowed choices are namespace/],
])('%s is refused', async (words, stderr) => {
  const said = await releaseMatrix([
    'publish',
    '--dry-run',
    '--from',
    'kube',
    '--release',
    'v1.4.0',
    '--json',
    '{}',
    ...words,
  ]);
  expect([said.exitCode, said.stdout]).toEqual([2, '']);
  expect(said.stderr).toMatch(stderr);
});

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
/** A value that stands nowhere else in the template, so that it can be told from what it must not change. */
const secret = fc.stringMatching(/^[A-Za-z0-9+/=]{1,12}$/).map((text) => `§${text}`);
const variable = fc.record({ name, value: secret });
const container = fc.record({
  name,
  image: name.map((image) => `ghcr.io/acme/${image}:1.4.0`),
  env: fc.option(fc.array(variable, { maxLength: 3 }), { nil: undefined }),
  args: fc.option(fc.array(name, { maxLength: 2 }), { nil: undefined }),
});
const several = (least: number) => fc.array(container, { minLength: least, maxLength: 3 });
const pods = fc.record({
  metadata: fc.record({ labels: fc.dictionary(name, name), annotations: fc.dictionary(name, name) }),
  spec: fc.record({
    containers: several(1),
    initContainers: fc.option(several(0), { nil: undefined }),
    ephemeralContainers: fc.option(several(0), { nil: undefined }),
    nodeSelector: fc.dictionary(name, name),
  }),
});

function hashOf(text: string): unknown {
  const deployment = JSON.parse(text);
  const options = {
    ...{ component: null, environment: 'prod', tagPattern: null, versions: [], nameOfRoot: null, repo: null },
    ...{ containers: [], environmentOfNamespace: null, allowedOutputs: [], values: null, excludedValues: [] },
  };
  return kube.read(toolOutput(undefined, JSON.stringify(deployment), null), options).drafts[0]?.fields.deploymentHash;
}

test('the hash of a pod template changes with no value of a variable anywhere in it, and with every image', () => {
  fc.assert(
    fc.property(pods, fc.integer({ min: 0 }), (made, which) => {
      const text = JSON.stringify(object('Deployment', { template: made }, {}));
      const hash = hashOf(text);
      expect(hash).toMatch(/^sha256:/);
      const values = text.match(/"§[^"]*"/g) ?? [];
      const changed =
        values.length === 0 ? text : text.replace(values[which % values.length] ?? '', '"§another value"');
      expect(hashOf(changed)).toBe(hash);
      expect(hashOf(text.replace(':1.4.0', ':1.4.1'))).not.toBe(hash);
    }),
  );
});
