import { describe, expect, test } from 'vitest';
import { AdapterFault } from '../../../src/cli/adapters/tool-output.ts';
import { dryRun, publishedTable } from './published.ts';
import { COMMIT, DIGEST, readTexts, SAMPLES, type Sample, testSamples } from './samples.ts';

const LEDGER = { component: 'ledger', componentVersion: '2.3.0', digest: DIGEST };
const INDEX = 'sha256:7007b387ccd52bd42a050f2e8020e56e64622c9269bf7bbe257b326fe99daf19';
const ORDERS = {
  fields: { component: 'orders', artifact: `ghcr.io/acme/orders:1.4.0@${INDEX}`, digest: INDEX },
  tag: null,
};

/** Of buildx, `docker inspect` and the metadata action. */
const BUILT: readonly Sample[] = [
  ...(
    [
      [
        'older',
        'docker-build-plain.json',
        'ghcr.io/int128/kubebuilder-updates:main',
        'sha256:550ca2b897799d1ba9f799ca535bde988cd1427d039b34d583eba24ce5fc6c98',
      ],
      [
        'older',
        'docker-build-2022.json',
        'docker.io/library/docker:local',
        'sha256:9d3b157491a5dbb009a22a9c8aaef86b04fb247b1b8b5b0c745e32d256d028a2',
      ],
      [
        'newer',
        'docker-build.json',
        'docker.io/posit/test-multi:1.0.0-min',
        'sha256:bcaa64b18c7dbaede0840f90ba072b85a6ca2776e27d705102c5d59e176fe647',
      ],
      [
        'newer',
        'docker-bake-warnings.json',
        'owasp',
        'sha256:90884c176e54d5333a1b8ce11d07b77c5742ac9df0ede39af737c6cee2608306',
      ],
    ] as const
  ).map(
    ([form, sample, image, digest]): Sample => ({
      form,
      sample,
      drafts: [
        {
          fields: { component: /([a-z-]+)(:[^/]*)?$/.exec(image)?.[1], artifact: `${image}@${digest}`, digest },
          tag: null,
        },
      ],
    }),
  ),
  {
    form: 'other',
    sample: 'docker-meta.ndjson',
    drafts: [
      {
        fields: {
          ...LEDGER,
          artifact: `localhost:5000/acme/ledger:2.3.0@${DIGEST}`,
        },
        tag: null,
        unconfirmed: { commit: COMMIT, date: '2026-11-19T10:11:12.345Z' },
      },
    ],
  },
  {
    form: 'other',
    sample: 'docker-bake.json',
    drafts: (
      [
        ['base', '8e57a52b924b67567314b8ed3c968859cad99ea13521e60bbef40457e16f391d'],
        ['dev', '4d9be090da287fcdf2d4658bb82f78bad791ccd15dac9af594fb8306abe47e97'],
        ['with-services', '85ee91f61be1ea601591c785db038e5899d68d5fb89e07d66d9efbe8f352ee48'],
      ] as const
    ).map(([target, digest]) => ({
      fields: {
        component: `aiida-core-${target}`,
        artifact: `ghcr.io/aiidateam/aiida-core-${target}@sha256:${digest}`,
        digest: `sha256:${digest}`,
      },
      tag: null,
    })),
  },
  {
    form: 'newer',
    sample: 'docker-bake-variants.json',
    // One repository, which is not a name for two; the targets are.
    drafts: (
      [
        ['22', '2026.06.0-ubuntu-22.04-min', '2bad1f63ff8314ecf942795f10f82baf8679b2830c61497d200dcbf6efa8547d'],
        ['24', '2026.06.0-min', '796252c4f045f13fc99f235a3e38216518fcbf54def130ab41689749a9cf3bfd'],
      ] as const
    ).map(([ubuntu, tag, digest]) => ({
      fields: {
        component: `package-manager-2026-06-0-minimal-ubuntu-${ubuntu}-04`,
        artifact: `docker.io/posit/package-manager:${tag}@sha256:${digest}`,
        digest: `sha256:${digest}`,
      },
      tag: null,
    })),
  },
  {
    form: 'other',
    sample: 'docker-inspect.json',
    drafts: [{ fields: { ...LEDGER, artifact: `ghcr.io/acme/ledger:2.3.0@${DIGEST}` }, tag: null, unconfirmed: {} }],
  },
  { sample: 'docker-bake-nameless.json', refused: /it names no image, as what was built has no tag$/ },
];

const BUILDINFO = 'sha256:899d2c7acbc124d406820857bb51d9089717bbe4e22b97eb4bc5789e99f09f83';
const IMAGETOOLS: readonly Sample[] = [
  {
    form: 'older',
    sample: 'buildx-0.8-inspect.json',
    drafts: [
      {
        fields: { component: 'buildx', artifact: `crazymax/buildx:buildinfo@${BUILDINFO}`, digest: BUILDINFO },
        tag: null,
      },
    ],
    notices: [expect.stringContaining('says 22.04, which is not a tag of the image')],
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
        unconfirmed: { commit: undefined, date: undefined },
      },
    ],
  },
  {
    form: 'other',
    sample: 'buildx-inspect-manifest.ndjson',
    drafts: [{ ...ORDERS, unconfirmed: { commit: undefined, date: undefined } }],
  },
];

describe('docker reads', () => {
  testSamples('docker', BUILT, IMAGETOOLS);

  test('a manifest alone does not say of which image it is', () => {
    const manifest = { mediaType: 'application/vnd.oci.image.index.v1+json', digest: INDEX };
    expect(() => readTexts('docker', [manifest])).toThrow(/it names no image/);
  });
});

describe('what would be one image, and is two', () => {
  const image = (name: string, tag: string, hex: string) => ({
    RepoTags: [`ghcr.io/acme/${name}:${tag}`],
    RepoDigests: [`ghcr.io/acme/${name}@sha256:${hex.repeat(32)}`],
  });

  test('docker inspect of two images: both', async () => {
    const said = await dryRun('docker', [image('api', '1.4.0', 'ab'), image('ui', '1.4.0', 'cd')]);
    expect([said.exitCode, said.stderr]).toEqual([
      0,
      'docker: api, docker: ui: no commit and no date is known, as there is no CI, and no checkout of what was built. Give them by --commit and --date.\n',
    ]);
    const lines = said.stdout.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { 'component#name': 'backend#api', digest: `sha256:${'ab'.repeat(32)}` },
      { 'component#name': 'backend#ui', digest: `sha256:${'cd'.repeat(32)}` },
    ]);
  });

  test('docker inspect of two images of one name: exit 2', async () => {
    const said = await dryRun('docker', [image('api', '1.4.0', 'ab'), image('api', '1.4.1', 'cd')]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(
      /^docker: api \(number 1\): v1\.4\.0 backend#api is also in docker: api \(number 2\), .*\(artifact, digest\)/,
    );
  });

  test.each([
    [
      'inspect of two images beside other metadata',
      [{ tags: ['a:1'], labels: {} }, [image('a', '1', 'ab'), image('b', '1', 'ab')]],
    ],
    [
      'two builds',
      ['ab', 'cd'].map((hex) => ({ 'containerimage.digest': `sha256:${hex.repeat(32)}`, 'image.name': 'a:1' })),
    ],
  ])('documents a line each are of one image: %s are refused', (_, documents) => {
    const reading = () => readTexts('docker', documents);
    expect(reading).toThrow(AdapterFault);
    expect(reading).toThrow(/^expected .*; several documents are of one image, received .* 2/);
  });
});

describe('from imagetools to a verdict', () => {
  const table = publishedTable();

  test('an image that another tag was published of is a conflict of digests in the cluster', async () => {
    const inspected = ['--from', 'docker', '--path', `${SAMPLES}docker/buildx-inspect-index.json`];
    const runs = (image: string) => [
      ...['--type', 'k8s', '--component', 'orders', '--kind', 'deployment', '--environment', 'prod', '--image', image],
      ...['--replicas', '1', '--ready-replicas', '1', '--replace'],
    ];
    for (const release of ['v1.3.0', 'v1.4.0']) {
      await table.publish(release, ...inspected, '--version', '1.4.0');
      await table.publish(release, ...runs(`ghcr.io/acme/orders:1.4.0@${INDEX}`));
    }
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 0, verdict: 'pass' });
    await table.publish('v1.4.0', ...runs(`ghcr.io/acme/orders:1.4.0@${DIGEST}`));
    expect(await table.check('v1.4.0')).toMatchObject({ exitCode: 1, findings: ['image-mismatch k8s#orders'] });
  });
});
