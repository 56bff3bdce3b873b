import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { DIGEST, readTexts, SAMPLES, testSamples } from './samples.ts';

const REGISTRY = '111122223333.dkr.ecr.eu-central-1.amazonaws.com/acme';
const counts = (replicas: number, updatedReplicas: number, readyReplicas: number) => ({
  replicas,
  updatedReplicas,
  readyReplicas,
});
const PROD = { environment: 'prod' };
const SERVICE = { kind: 'service', environment: 'prod' };

describe('ecs reads', () => {
  testSamples('ecs', [
    {
      form: 'older',
      sample: 'ecs-2016.json',
      options: PROD,
      drafts: [
        {
          fields: {
            component: 'my-http-service',
            ...SERVICE,
            ...counts(10, 10, 10),
            meta: { cluster: 'default', taskDefinition: 'amazon-ecs-sample:1', rollout: 'done' },
          },
          tag: null,
          place: 'service my-http-service (cluster default)',
        },
      ],
      notices: [
        expect.stringMatching(/^service my-http-service .* says no image, .*--task-definition amazon-ecs-sample:1/),
      ],
    },
    {
      form: 'newer',
      sample: 'ecs-2026.txt',
      options: PROD,
      drafts: [
        {
          fields: {
            component: 'orders',
            ...SERVICE,
            ...counts(3, 3, 3),
            imageRef: `${REGISTRY}/orders:1.4.0`,
            // Of its running tasks of this definition, and of this container.
            digest: DIGEST,
            meta: { cluster: 'prod', taskDefinition: 'orders:42', rollout: 'done' },
          },
          tag: null,
          place: 'service orders (cluster prod)',
        },
        {
          fields: {
            component: 'billing',
            ...SERVICE,
            // Two of the version before still run, and one of the newest.
            ...counts(2, 1, 3),
            imageRef: `${REGISTRY}/billing-web:2.1.0`,
            meta: { cluster: 'prod', taskDefinition: 'billing:8', rollout: 'progressing', pending: '1' },
          },
          tag: null,
          place: 'service billing (cluster prod)',
        },
        {
          fields: {
            component: 'mailer',
            ...SERVICE,
            ...counts(1, 1, 1),
            // What it was rolled back to.
            imageRef: `${REGISTRY}/mailer@sha256:${'cd'.repeat(32)}`,
            digest: `sha256:${'cd'.repeat(32)}`,
            meta: { cluster: 'prod', taskDefinition: 'mailer:5', rollout: 'progressing' },
          },
          tag: null,
          place: 'service mailer (cluster prod)',
        },
        {
          fields: {
            component: 'reports',
            ...SERVICE,
            ...counts(0, 0, 0),
            meta: { cluster: 'prod', taskDefinition: 'reports:3', rollout: 'scaled-to-zero' },
          },
          tag: null,
          place: 'service reports (cluster prod)',
        },
      ],
      notices: [
        'service mailer (cluster prod): the roll-out of mailer:6 has failed (ECS deployment circuit breaker: tasks failed to start), and it was rolled back.',
        expect.stringMatching(/^service reports .* says no image/),
        'service legacy (cluster prod) is left out: it is DRAINING, so it is deleted.',
      ],
      faults: [
        {
          place: 'service ordres',
          fault: "expected a service, received ECS' failure MISSING: is its name right, and --cluster?",
        },
      ],
    },
    {
      form: 'other',
      sample: 'ecs-code-deploy.txt',
      options: PROD,
      drafts: [
        {
          fields: {
            component: 'shop',
            ...SERVICE,
            ...counts(2, 2, 2),
            imageRef: `${REGISTRY}/shop:3.0.0`,
            meta: { cluster: 'prod', taskDefinition: 'shop:9', rollout: 'done' },
          },
          tag: null,
          place: 'service shop (cluster prod)',
        },
      ],
    },
  ]);

  const ARN = 'arn:aws:ecs:eu-central-1:111122223333:';
  const CLUSTER = `${ARN}cluster/prod`;
  const arn = `${ARN}task-definition/orders:1`;
  const service = (more: object = {}) => ({
    serviceName: 'orders',
    clusterArn: CLUSTER,
    status: 'ACTIVE',
    desiredCount: 2,
    runningCount: 2,
    pendingCount: 0,
    taskDefinition: arn,
    deployments: [
      { status: 'PRIMARY', taskDefinition: arn, desiredCount: 2, runningCount: 2, rolloutState: 'COMPLETED' },
    ],
    ...more,
  });
  const definition = (...containers: (readonly [name: string, image: string, more?: object])[]) => ({
    taskDefinition: {
      taskDefinitionArn: arn,
      family: 'orders',
      containerDefinitions: containers.map(([name, image, more = {}]) => ({ name, image, ...more })),
    },
  });
  const task = (imageDigest: string, name = 'app') => ({
    taskArn: `${ARN}task/prod/1`,
    clusterArn: CLUSTER,
    taskDefinitionArn: arn,
    group: 'service:orders',
    lastStatus: 'RUNNING',
    containers: [{ name, imageDigest }],
  });
  const only = (documents: readonly unknown[], options: object = {}) => {
    const { drafts, notices } = readTexts('ecs', documents, { ...PROD, ...options });
    return { fields: drafts[0]?.fields, notices };
  };

  test.each<[string, (readonly [string, string, object?])[], object, string | undefined]>([
    ['the only one', [['web', 'acme/x:1']], {}, 'acme/x:1'],
    [
      'that called as the service',
      [
        ['a', 'acme/a:1'],
        ['orders', 'acme/b:1'],
      ],
      {},
      'acme/b:1',
    ],
    [
      'not a known sidecar',
      [
        ['envoy', 'acme/envoy:1'],
        ['web', 'acme/b:1'],
      ],
      {},
      'acme/b:1',
    ],
    [
      'not a log router',
      [
        ['log_router', 'acme/fluent:1'],
        ['web', 'acme/b:1'],
      ],
      {},
      'acme/b:1',
    ],
    [
      'that whose image is called so',
      [
        ['a', 'acme/a:1'],
        ['b', 'acme/orders:1'],
      ],
      {},
      'acme/orders:1',
    ],
    [
      'the essential one',
      [
        ['a', 'acme/a:1', { essential: false }],
        ['b', 'acme/b:1', { essential: true }],
      ],
      {},
      'acme/b:1',
    ],
    [
      'that which is named',
      [
        ['a', 'acme/a:1'],
        ['orders', 'acme/b:1'],
      ],
      { containers: ['a'] },
      'acme/a:1',
    ],
    [
      'none of several',
      [
        ['a', 'acme/a:1'],
        ['b', 'acme/b:1'],
      ],
      {},
      undefined,
    ],
  ])('of several containers %s', (_, containers, options, imageRef) => {
    const { fields, notices } = only([{ services: [service()] }, definition(...containers)], options);
    expect(fields?.imageRef).toBe(imageRef);
    if (imageRef === undefined)
      expect(notices).toEqual([expect.stringMatching(/has the containers a, b: .*--container\.$/)]);
    else expect(notices).toEqual([]);
  });

  test('of several containers that which the load balancer leads to', () => {
    const served = service({ loadBalancers: [{ containerName: 'b' }] });
    expect(only([served, definition(['a', 'acme/a:1'], ['b', 'acme/b:1'])]).fields?.imageRef).toBe('acme/b:1');
  });

  test('tasks that run different images under one tag say no digest', () => {
    const other = `sha256:${'cd'.repeat(32)}`;
    const documents = [{ services: [service()] }, definition(['app', 'acme/orders:1'])];
    expect(only([...documents, { tasks: [task(DIGEST)] }]).fields?.digest).toBe(DIGEST);
    const { fields, notices } = only([...documents, { tasks: [task(DIGEST), task(other)] }]);
    expect(fields).not.toHaveProperty('digest');
    expect(notices).toEqual([expect.stringMatching(/runs 2 images under one reference .* no digest is published\.$/)]);
    expect(only([...documents, { tasks: [{ ...task(DIGEST), group: 'service:other' }] }]).fields).not.toHaveProperty(
      'digest',
    );
  });

  test('a roll-out that failed without a way back: the newest definition, of which nothing runs', () => {
    const old = `${ARN}task-definition/orders:0`;
    const failed = service({
      deployments: [
        {
          status: 'PRIMARY',
          taskDefinition: arn,
          desiredCount: 2,
          runningCount: 0,
          pendingCount: 0,
          rolloutState: 'FAILED',
        },
        { status: 'ACTIVE', taskDefinition: old, desiredCount: 2, runningCount: 2, rolloutState: 'COMPLETED' },
      ],
    });
    const { fields, notices } = only([failed, definition(['app', 'acme/orders:2'])]);
    expect(fields).toMatchObject({ imageRef: 'acme/orders:2', ...counts(2, 0, 2), meta: { rollout: 'failed' } });
    expect(notices).toEqual(['service orders (cluster prod): the roll-out of orders:1 has failed.']);
  });

  test('tasks that died after a roll-out: COMPLETED is no word of now', () => {
    const primary = {
      status: 'PRIMARY',
      taskDefinition: arn,
      desiredCount: 2,
      runningCount: 1,
      rolloutState: 'COMPLETED',
    };
    const { fields } = only([
      service({ runningCount: 1, deployments: [primary] }),
      definition(['app', 'acme/orders:1']),
    ]);
    expect(fields).toMatchObject({ ...counts(2, 1, 1), meta: { rollout: 'progressing' } });
  });

  test('what is not counted is not taken for 0', () => {
    const { desiredCount: _, ...uncounted } = service();
    expect(only([uncounted]).fields).not.toHaveProperty('replicas');
  });

  test('a part that cannot be read costs the others nothing', () => {
    const broken = { taskDefinition: { family: 'billing', containerDefinitions: [] } };
    const documents = [
      { services: [service(), { serviceName: 'billing', desiredCount: 'two' }] },
      broken,
      { tasks: [{}] },
    ];
    const { drafts, faults } = readTexts('ecs', documents, PROD);
    expect(drafts.map(({ fields }) => fields.component)).toEqual(['orders']);
    expect(faults?.map(({ place }) => place)).toEqual(['service billing', 'task definition billing', 'task 1']);
  });

  test.each<[string, unknown, object, RegExp]>([
    ['without an environment', { services: [service()] }, {}, /^expected --environment: a service does not say/],
    ['a task definition alone', definition(['app', 'acme/orders:1']), PROD, /there is no service$/],
    ['a cluster', { clusters: [{ clusterName: 'prod' }] }, PROD, /serviceName: expected string, received nothing$/],
  ])('%s is refused', (_, document, options, words) => {
    expect(() => readTexts('ecs', [document], options)).toThrow(words);
  });
});

describe('from ECS to a verdict', () => {
  const table = publishedTable();
  const text = readFileSync(`${SAMPLES}ecs/ecs-2026.txt`, 'utf8');
  const observed = (output: string) => [
    '--from',
    'ecs',
    '--environment',
    'prod',
    '--only',
    'orders',
    '--replace',
    '--json',
    output,
  ];
  const backend = [
    '--type',
    'backend',
    '--component',
    'orders',
    '--version',
    '1.4.0',
    '--image',
    `${REGISTRY}/orders:1.4.0@${DIGEST}`,
  ];

  test('a service that rolls out is not ready, and runs what was released once it is', async () => {
    const rolling = text.replace(/"runningCount": 3/g, '"runningCount": 1');
    for (const release of ['v1.3.0', 'v1.4.0']) {
      await table.publish(release, ...backend);
      await table.publish(release, ...observed(release === 'v1.3.0' ? text : rolling));
    }
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 1, findings: ['not-ready k8s#orders'] });
    const said = await table.publish('v1.4.0', ...observed(text));
    // The failure that ECS names is one of the input, and what could be read is written.
    expect([said.exitCode, said.stdout]).toEqual([2, 'replaced           v1.4.0  k8s#prod-service/orders\n']);
    expect(said.stderr).toContain("ecs: service ordres: expected a service, received ECS' failure MISSING");
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass', findings: [] });
    await table.publish('v1.4.0', ...observed(text.replaceAll(DIGEST, `sha256:${'ef'.repeat(32)}`)));
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 1, findings: ['image-mismatch k8s#orders'] });
  });

  test('a component that runs on ECS and on Kubernetes is one column with an entry each', async () => {
    const deployment = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'orders', generation: 1 },
      spec: {
        replicas: 1,
        template: { spec: { containers: [{ name: 'orders', image: `${REGISTRY}/orders:1.4.0` }] } },
      },
      status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1 },
    };
    for (const release of ['v1.3.0', 'v1.4.0']) {
      await table.publish(release, ...observed(text));
      const words = ['--from', 'kube', '--environment', 'prod', '--replace', '--json', JSON.stringify(deployment)];
      expect((await table.publish(release, ...words)).exitCode).toBe(0);
    }
    // Both are judged: the service is ready, the deployment is not.
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 1, findings: ['not-ready k8s#orders'] });
    const { components } = await table.deployed();
    expect(components.map(({ component }: { component: string }) => component)).toEqual(['k8s#orders']);
    const keys = (await table.items()).map((item) => item['component#name']);
    expect(new Set(keys)).toEqual(new Set(['k8s#prod-service/orders', 'k8s#prod-deployment/orders']));
  });
});
