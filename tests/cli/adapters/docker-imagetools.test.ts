import { describe, expect, test } from 'vitest';
import { publishedTable } from './published.ts';
import { readTexts, SAMPLES, testSamples } from './samples.ts';

const INDEX = 'sha256:7007b387ccd52bd42a050f2e8020e56e64622c9269bf7bbe257b326fe99daf19';
const ORDERS = {
  fields: { component: 'orders', artifact: `ghcr.io/acme/orders:1.4.0@${INDEX}`, digest: INDEX },
  tag: null,
};

describe('docker reads what imagetools prints', () => {
  const digest = 'sha256:899d2c7acbc124d406820857bb51d9089717bbe4e22b97eb4bc5789e99f09f83';
  testSamples('docker', 'docker-imagetools', [
    {
      form: 'older',
      sample: 'buildx-0.8-inspect.json',
      drafts: [{ fields: { component: 'buildx', artifact: `crazymax/buildx:buildinfo@${digest}`, digest }, tag: null }],
      notices: [expect.stringContaining('says 22.04, which is no tag of the image')],
    },
    // The index, and none of the platforms: that is what a tag leads to.
    { form: 'newer', sample: 'buildx-inspect-index.json', drafts: [ORDERS] },
    { form: 'newer', sample: 'buildx-create.json', drafts: [ORDERS] },
    {
      form: 'other',
      sample: 'buildx-create-bare.ndjson',
      drafts: [
        {
          fields: { ...ORDERS.fields, componentVersion: '1.4.0' },
          tag: null,
          hearsay: { commit: undefined, date: undefined },
        },
      ],
    },
    {
      form: 'other',
      sample: 'buildx-inspect-manifest.ndjson',
      drafts: [{ ...ORDERS, hearsay: { commit: undefined, date: undefined } }],
    },
  ]);

  test('a manifest alone does not say of which image it is', () => {
    const manifest = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: INDEX };
    expect(() => readTexts('docker', [manifest])).toThrow(/it names no image/);
  });
});

describe('from imagetools to a verdict', () => {
  const table = publishedTable();

  test('an image that another tag was published of is a conflict of digests in the cluster', async () => {
    const inspected = ['--from', 'docker', '--path', `${SAMPLES}docker-imagetools/buildx-inspect-index.json`];
    const runs = (image: string) => [
      '--type',
      'k8s',
      '--component',
      'orders',
      '--kind',
      'deployment',
      '--environment',
      'prod',
      '--image',
      image,
      '--replicas',
      '1',
      '--ready-replicas',
      '1',
      '--replace',
    ];
    for (const release of ['v1.3.0', 'v1.4.0']) {
      await table.publish(release, ...inspected, '--version', '1.4.0');
      await table.publish(release, ...runs(`ghcr.io/acme/orders:1.4.0@${INDEX}`));
    }
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
    await table.publish('v1.4.0', ...runs(`ghcr.io/acme/orders:1.4.0@sha256:${'ab'.repeat(32)}`));
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 1, findings: ['image-mismatch k8s#orders'] });
  });
});
