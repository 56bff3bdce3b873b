import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { DIGEST, readTexts, SAMPLES, testSamples } from './samples.ts';

const REDIS = `docker.io/bitnami/redis:7.2.4@${DIGEST}`;

describe('argo-cd reads', () => {
  testSamples('argo-cd', [
    {
      form: 'newer',
      sample: 'argo-cd-3-app.json',
      options: { environment: 'prod' },
      drafts: [
        {
          fields: {
            component: 'myapp',
            environment: 'prod',
            artifact: 'registry.cn-shanghai.aliyuncs.com/public-namespace/myapp:v2',
            date: '2025-08-13T07:52:14Z',
            // A commit of the manifests is none of the component's repository, so it is no `commit`.
            meta: {
              namespace: 'devops',
              sync: 'Synced',
              health: 'Healthy',
              revision: '39313e1c4af397986a5e1bbb53bde6fef15d6a50',
              images: 'registry.cn-shanghai.aliyuncs.com/public-namespace/myapp:v2',
            },
          },
          tag: null,
          place: 'Application myapp',
        },
      ],
    },
    {
      form: 'older',
      sample: 'argo-cd-2-list.json',
      drafts: [
        {
          fields: {
            component: 'orders',
            artifact: 'ghcr.io/acme/orders:1.4.0',
            date: '2024-05-02T08:00:00Z',
            meta: {
              namespace: 'shop',
              sync: 'OutOfSync',
              health: 'Progressing',
              // What was synced last, and not what is wanted.
              revision: '1'.repeat(40),
              images: 'ghcr.io/acme/orders-migrate:1.4.0, ghcr.io/acme/orders:1.4.0',
            },
          },
          tag: null,
          place: 'Application orders',
        },
        {
          fields: {
            component: 'redis-prod',
            chartVersion: '18.10.12',
            artifact: REDIS,
            digest: DIGEST,
            date: '2024-05-02T09:00:00Z',
            meta: {
              namespace: 'cache',
              cluster: 'prod-eu',
              sync: 'Synced',
              health: 'Healthy',
              revision: `18.10.12, ${'1'.repeat(40)}`,
              images: REDIS,
            },
          },
          tag: null,
          place: 'Application redis-prod',
        },
      ],
      notices: [
        'Passed over, as no Application of Argo CD: Application wordpress.',
        `orders is OutOfSync: ${'2'.repeat(40)} is wanted, and what was synced last is published.`,
        'orders is Progressing.',
        'orders: its last sync has ended with Failed; what was synced before is published.',
        'never is left out: its health is Missing, nothing of it is in the cluster.',
        'unsynced is left out: it was never synced, so nothing says what runs.',
        'leaving is left out: it is being deleted.',
      ],
      faults: [{ place: 'Application broken', fault: expect.stringContaining('spec.destination: expected object') }],
    },
  ]);

  const app = (images: readonly string[], more: object = {}) => ({
    metadata: { name: 'orders' },
    spec: { source: { repoURL: 'https://git.example/x', path: 'x' }, destination: { namespace: 'shop-qa' } },
    status: { sync: { status: 'Synced', revision: 'a' }, health: { status: 'Healthy' }, summary: { images }, ...more },
  });
  const fieldsOf = (document: unknown, options: object = {}) =>
    readTexts('argo-cd', [document], options).drafts[0]?.fields;

  test.each([
    ['the only one', ['acme/x:1'], 'acme/x:1'],
    ['that called as the application', ['acme/a:1', 'acme/orders:1'], 'acme/orders:1'],
    ['none of several', ['acme/a:1', 'acme/b:1'], undefined],
    ['none where two are called so', ['acme/orders:1', 'other/orders:1'], undefined],
    ['none where there is none', [], undefined],
  ])('of the images %s is its artifact', (_, images, artifact) => {
    expect(fieldsOf(app(images))?.artifact).toBe(artifact);
  });

  test('more images than a fact can hold are counted', () => {
    const images = Array.from({ length: 100 }, (_, index) => `registry.example/team/image-${index}:1.0.0`);
    expect(fieldsOf(app(images))?.meta?.images).toMatch(/ and \d\d more$/);
  });

  test('its namespace may be the environment', () => {
    const environmentOfNamespace = new Map([['shop-qa', 'qa']]);
    expect(fieldsOf(app([]), { environmentOfNamespace })?.environment).toBe('qa');
    const others = readTexts('argo-cd', [app([])], { environmentOfNamespace: new Map([['x', 'y']]) });
    expect(others).toMatchObject({ drafts: [], notices: [expect.stringContaining('shop-qa')] });
  });

  test('`argocd app list` is an array', () => {
    const named = (name: string) => ({ ...app([]), metadata: { name } });
    const { drafts } = readTexts('argo-cd', [[named('a'), named('b')]]);
    expect(drafts.map(({ fields }) => fields.component)).toEqual(['a', 'b']);
  });

  test('a sync under way is said', () => {
    const running = app([], { operationState: { phase: 'Running' } });
    expect(readTexts('argo-cd', [running]).notices).toEqual(['orders is being synced now.']);
  });
});

describe('from Argo CD to a verdict', () => {
  const table = publishedTable();

  test('published, observed again, and judged', async () => {
    const app = JSON.parse(readFileSync(`${SAMPLES}argo-cd/argo-cd-3-app.json`, 'utf8'));
    const words = (document: unknown) => [
      ...['--from', 'argo-cd', '--environment', 'prod', '--replace', '--json', JSON.stringify(document)],
    ];
    for (const release of ['v1.3.0', 'v1.4.0']) {
      expect((await table.publish(release, ...words(app))).exitCode).toBe(0);
    }
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
    const degraded = { ...app, status: { ...app.status, health: { status: 'Degraded' } } };
    const said = await table.publish('v1.4.0', ...words(degraded));
    expect([said.exitCode, said.stdout]).toEqual([0, 'replaced           v1.4.0  infra#myapp\n']);
    expect(said.stderr).toContain('myapp is Degraded.\n');
  });
});
