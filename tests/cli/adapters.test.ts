import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ADAPTER_OF_TOOL, TOOLS, type Tool } from '../../src/cli/adapters/adapter-of-tool.ts';
import {
  type Adapter,
  AdapterFault,
  type AdapterOptions,
  clippedChangelog,
} from '../../src/cli/adapters/tool-output.ts';
import { toolOutput } from '../../src/cli/publish-files.ts';
import { readFragmentInput } from '../../src/release/fragment-input.ts';
import { releaseMatrix } from './command.ts';

const SAMPLES = new URL('../fixtures/publish/', import.meta.url).pathname;
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
// base64 of the samples' integrity, in hexadecimal digits.
const INTEGRITY = `sha512:${Buffer.from('JAyGKD76bg9idOyNZ1lOCwVxTm1UkEbNXLI05fP6UAaqrgX1Fv7d8Mi+mJnK/hdj+EQLmktseZurTL12qDiRdg==', 'base64').toString('hex')}`;
const OPTIONS: AdapterOptions = {
  component: null,
  environment: null,
  tagPattern: null,
  versions: [],
  nameOfRoot: null,
  repo: null,
  containers: [],
  environmentOfNamespace: null,
  allowedOutputs: [],
  values: null,
  excludedValues: [],
};

function read(tool: Tool, sample: string, options: Partial<AdapterOptions> = {}) {
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  return adapter.read(toolOutput(`${SAMPLES}${sample}`, undefined, adapter.place), { ...OPTIONS, ...options });
}

const UI = { component: '@acme/ui', npmVersion: '1.2.0', artifact: '@acme/ui@1.2.0' };
const SHELL = { component: 'shell', npmVersion: '3.0.0', artifact: 'shell@3.0.0' };
const LEDGER = { component: 'ledger', componentVersion: '2.3.0', digest: DIGEST };

/** Of the forms that a tool has had; tests/fixtures/publish/README.md says which version printed which. */
type Form = 'older' | 'newer' | 'other';

const GUIDE = {
  component: 'thomas-guide',
  chartVersion: '0.1.0-beta.1',
  appVersion: '1.0',
  date: '1977-09-02T22:04:05Z',
  meta: { namespace: 'default', revision: '1', status: 'deployed' },
};

interface Sample {
  readonly tool: Tool;
  readonly form: Form;
  readonly sample: string;
  readonly options?: Partial<AdapterOptions>;
  readonly drafts: readonly {
    readonly fields: object;
    readonly tag: string | null;
    readonly likelyTags?: readonly string[];
    readonly hearsay?: object;
  }[];
  readonly notices?: readonly unknown[];
}

const READ: readonly Sample[] = [
  {
    tool: 'changesets',
    form: 'other',
    sample: 'changesets-published-packages.json',
    drafts: [
      { fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0'] },
      { fields: SHELL, tag: null, likelyTags: ['shell@3.0.0'] },
    ],
  },
  {
    tool: 'changesets',
    form: 'older',
    sample: 'changesets-2-status.json',
    drafts: [
      { fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0'] },
      { fields: SHELL, tag: null, likelyTags: ['shell@3.0.0'] },
    ],
  },
  {
    tool: 'changesets',
    form: 'newer',
    sample: 'changesets-3-output.ndjson',
    drafts: [
      { fields: SHELL, tag: 'shell@3.0.0' },
      { fields: UI, tag: '@acme/ui@1.2.0' },
    ],
  },
  {
    tool: 'changesets',
    form: 'newer',
    sample: 'changesets-3-plan.json',
    // The plan's tag is npm's dist-tag, no git tag.
    drafts: [
      { fields: UI, tag: null, likelyTags: ['@acme/ui@1.2.0'] },
      { fields: SHELL, tag: null, likelyTags: ['shell@3.0.0'] },
    ],
  },
  {
    tool: 'changesets',
    form: 'other',
    sample: 'changesets-root-tag.ndjson',
    drafts: [{ fields: SHELL, tag: 'v3.0.0' }],
    notices: ['Lines of other types were passed over: note.'],
  },
  {
    tool: 'semantic-release',
    form: 'other',
    sample: 'semantic-release-context.json',
    options: { component: 'ui' },
    drafts: [
      {
        fields: {
          component: 'ui',
          componentVersion: '1.2.0-rc.3',
          commit: '89abcdef0123456789abcdef0123456789abcdef',
          changelog: '## 1.2.0-rc.3\n\n* **auth:** refuse $(rm -rf /) and `<script>`',
          links: { release: 'https://github.com/acme/ui/releases/tag/v1.2.0-rc.3' },
          meta: { channel: 'rc' },
        },
        tag: 'v1.2.0-rc.3',
      },
    ],
  },
  {
    tool: 'semantic-release',
    form: 'other',
    sample: 'semantic-release-next.json',
    drafts: [
      { fields: { componentVersion: '1.2.0', commit: '89abcdef0123456789abcdef0123456789abcdef' }, tag: 'v1.2.0' },
    ],
  },
  ...(
    [
      ['older', 'semantic-release-24-context.json', '26e373192972791e354ecb9ff83ff7e8da24310d'],
      ['newer', 'semantic-release-25-context.json', '9063106bfac06e3578306da8c92e97f2d0eadfcf'],
    ] as const
  ).map(
    ([form, sample, commit]): Sample => ({
      tool: 'semantic-release',
      form,
      sample,
      options: { component: 'ui' },
      drafts: [
        {
          fields: {
            component: 'ui',
            componentVersion: '1.0.1-rc.1',
            commit,
            changelog: expect.stringMatching(/^## \[1\.0\.1-rc\.1\].*\* \*\*auth:\*\* refuse `<script>` /s),
            links: { release: 'https://github.com/acme/ui/releases/tag/v1.0.1-rc.1' },
            meta: { channel: 'rc' },
          },
          tag: 'v1.0.1-rc.1',
        },
      ],
    }),
  ),
  {
    tool: 'goreleaser',
    form: 'older',
    sample: 'goreleaser-1',
    drafts: [
      {
        fields: {
          component: 'presidium',
          componentVersion: '1.0.0-rfv.237',
          commit: '8bd11a75bf65417c47ffa4ed1c32b61c68d1aee0',
        },
        tag: 'v1.0.0-rfv.237',
        hearsay: { commit: '8bd11a75bf65417c47ffa4ed1c32b61c68d1aee0', date: '2022-06-15T14:37:41.926322+02:00' },
      },
    ],
  },
  {
    tool: 'goreleaser',
    form: 'older',
    sample: 'goreleaser-1-image',
    drafts: [
      {
        fields: {
          component: 'kontrol',
          componentVersion: '2.3.0',
          commit: COMMIT,
          artifact: 'ghcr.io/frantjc/kontrol:latest',
        },
        tag: 'v2.3.0',
        hearsay: { commit: COMMIT, date: '2022-11-19T10:11:12.123456789+01:00' },
      },
    ],
  },
  {
    tool: 'goreleaser',
    form: 'newer',
    sample: 'goreleaser-2',
    drafts: [
      {
        fields: {
          ...LEDGER,
          commit: COMMIT,
          artifact: 'ghcr.io/acme/ledger:2.3.0',
        },
        tag: 'v2.3.0',
        hearsay: { commit: COMMIT, date: '2026-11-19T10:11:12.123456789Z' },
      },
    ],
  },
  {
    tool: 'goreleaser',
    form: 'newer',
    sample: 'goreleaser-metadata-only',
    drafts: [
      {
        fields: {
          component: 'engine',
          componentVersion: '1.368.0',
          commit: '399ed0964e1d0958a106f797ea6e1f5e87e3d95c',
        },
        tag: 'v1.368.0',
        hearsay: { commit: '399ed0964e1d0958a106f797ea6e1f5e87e3d95c', date: '2026-09-25T10:25:33.568528232Z' },
      },
    ],
  },
  {
    tool: 'release-please',
    form: 'newer',
    sample: 'release-please-v4.json',
    drafts: ['sdk', 'additional-sdk'].map((component) => {
      const version = component === 'sdk' ? '0.14.5' : '0.5.2';
      return {
        fields: {
          component,
          componentVersion: version,
          commit: '7cc2ba5c694e76a117f731d4cf0b06f8b8361f2e',
          changelog: `## ${version} (2024-01-22)\n\n...`,
          links: { release: `https://github.com/$org/$repo/releases/tag/${component}-v${version}` },
        },
        tag: `${component}-v${version}`,
      };
    }),
  },
  {
    tool: 'release-please',
    form: 'newer',
    sample: 'release-please-v4-root.json',
    drafts: [
      {
        fields: {
          componentVersion: '1.3.1',
          commit: '1785100949bdc314681a91e136a42248406d309f',
          changelog: '...',
          links: { release: 'https://github.com/equinor/radix-prometheus-proxy/releases/tag/v1.3.1' },
        },
        tag: 'v1.3.1',
      },
    ],
  },
  {
    tool: 'release-please',
    form: 'older',
    sample: 'release-please-v3.json',
    drafts: [
      { fields: { componentVersion: '0.12.0' }, tag: 'v0.12.0' },
      {
        fields: { component: '@nozomiishii/backend', componentVersion: '0.9.0' },
        tag: '@nozomiishii/backend-v0.9.0',
      },
    ],
  },
  {
    tool: 'release-please',
    form: 'other',
    sample: 'release-please-none.json',
    drafts: [],
    notices: ['release-please released nothing.'],
  },
  {
    tool: 'release-plz',
    form: 'other',
    sample: 'release-plz-action.json',
    drafts: [
      {
        fields: { component: 'orders-core', componentVersion: '0.4.1', artifact: 'orders-core@0.4.1' },
        tag: 'orders-core-v0.4.1',
      },
      { fields: { component: 'orders', componentVersion: '1.2.0', artifact: 'orders@1.2.0' }, tag: 'orders-v1.2.0' },
    ],
  },
  {
    tool: 'release-plz',
    form: 'older',
    sample: 'release-plz-cli.json',
    drafts: [{ fields: { component: 'orders', componentVersion: '1.2.0', artifact: 'orders@1.2.0' }, tag: 'v1.2.0' }],
  },
  {
    tool: 'release-plz',
    form: 'newer',
    sample: 'release-plz-output.json',
    drafts: [
      {
        fields: { component: 'my-package', componentVersion: '0.1.0', artifact: 'my-package@0.1.0' },
        tag: 'v0.1.0',
      },
    ],
  },
  ...(
    [
      ['older', 'npm-10-pack.json'],
      ['older', 'npm-10-publish.json'],
      ['newer', 'npm-11-publish.json'],
      ['newer', 'npm-12-pack.json'],
    ] as const
  ).map(
    ([form, sample]): Sample => ({
      tool: 'npm',
      form,
      sample,
      drafts: [{ fields: { ...UI, digest: INTEGRITY }, tag: null }],
    }),
  ),
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
      tool: 'docker',
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
    tool: 'docker',
    form: 'other',
    sample: 'docker-meta.ndjson',
    drafts: [
      {
        fields: {
          ...LEDGER,
          artifact: `localhost:5000/acme/ledger:2.3.0@${DIGEST}`,
        },
        tag: null,
        hearsay: { commit: COMMIT, date: '2026-11-19T10:11:12.345Z' },
      },
    ],
  },
  {
    tool: 'docker',
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
    tool: 'docker',
    form: 'newer',
    sample: 'docker-bake-variants.json',
    // One repository, which is no name for two; the targets are.
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
    tool: 'docker',
    form: 'other',
    sample: 'docker-inspect.json',
    drafts: [{ fields: { ...LEDGER, artifact: `ghcr.io/acme/ledger:2.3.0@${DIGEST}` }, tag: null, hearsay: {} }],
  },
  {
    tool: 'helm',
    form: 'older',
    sample: 'helm-3-metadata.json',
    drafts: [{ fields: GUIDE, tag: null }],
  },
  {
    tool: 'helm',
    form: 'newer',
    sample: 'helm-4-metadata.json',
    options: {
      environment: 'prod',
      values: readFileSync(`${SAMPLES}helm-values.json`, 'utf8'),
      excludedValues: ['auth.password', 'not.there'],
    },
    drafts: [
      {
        fields: {
          ...GUIDE,
          environment: 'prod',
          // echo -n '{"auth":{"user":"svc"},"replicas":3}' | sha256sum
          valuesHash: 'sha256:2336fbf121470505d8c506890f224c3716cfb9e984abdda11a273512e52a389f',
        },
        tag: null,
      },
    ],
  },
  {
    tool: 'helm',
    form: 'older',
    sample: 'helm-3-list.json',
    drafts: [
      {
        fields: {
          component: 'auth',
          chartVersion: '1.4.0-rc.1',
          appVersion: '1.4.0',
          date: '2026-11-19T10:11:12.123456789+01:00',
          meta: { namespace: 'prod', revision: '7', status: 'pending-upgrade' },
        },
        tag: null,
      },
    ],
    notices: ['auth is pending-upgrade: somebody is deploying it now.'],
  },
  ...(
    [
      ['older', 'helm-3-history.json', '4', '1977-09-02T22:04:05+00:00'],
      ['newer', 'helm-4-history.json', '3', '1977-09-02T22:04:05Z'],
    ] as const
  ).map(
    ([form, sample, revision, date]): Sample => ({
      tool: 'helm',
      form,
      sample,
      options: { component: 'thomas-guide' },
      drafts: [{ fields: { ...GUIDE, date, meta: { revision, status: 'deployed' } }, tag: null }],
    }),
  ),
  {
    tool: 'helm',
    form: 'other',
    sample: 'helm-failed-history.json',
    options: { component: 'auth' },
    drafts: [
      {
        fields: {
          component: 'auth',
          chartVersion: '1.4.0',
          appVersion: '1.4.0',
          date: '2026-11-19T10:11:12.123+01:00',
          meta: { revision: '7', status: 'deployed' },
        },
        tag: null,
      },
    ],
    notices: ['auth: revision 8 has not been deployed; an older one is published.'],
  },
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
      tool: 'kube',
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
      })),
    }),
  ),
  {
    tool: 'kube',
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
      },
    ],
    notices: ['Passed over, as no workload that is read: Service/api.'],
  },
  {
    tool: 'kube',
    form: 'other',
    sample: 'kube-scaled-to-zero.json',
    options: { environment: 'qa' },
    drafts: [
      {
        fields: expect.objectContaining({ component: 'idle', replicas: 0, meta: { rollout: 'scaled-to-zero' } }),
        tag: null,
      },
    ],
  },
  {
    tool: 'schema-registry',
    form: 'other',
    sample: 'schema-registry-json.ndjson',
    drafts: [
      {
        fields: {
          component: 'user.created',
          evolutionPolicy: 'FULL_TRANSITIVE',
          meta: { subject: 'user.created-value', registryVersion: '4', schemaId: '112', schemaType: 'JSON' },
        },
        tag: null,
      },
    ],
  },
  ...(
    [
      ['older', 'schema-registry-old.ndjson', 'avrotest4', 'avrotest4-value', '6'],
      ['newer', 'schema-registry-8.ndjson', 'test-no-auth-1763597024', 'test-no-auth-1763597024', '1'],
      ['other', 'schema-registry-put.ndjson', 'Kafka', 'Kafka-value', '1'],
    ] as const
  ).map(
    ([form, sample, component, subject, schemaId]): Sample => ({
      tool: 'schema-registry',
      form,
      sample,
      drafts: [
        {
          fields: {
            component,
            evolutionPolicy: 'BACKWARD',
            meta: { subject, registryVersion: '1', schemaId, schemaType: 'AVRO' },
          },
          tag: null,
        },
      ],
    }),
  ),
  {
    tool: 'terraform',
    form: 'other',
    sample: 'terraform-output.json',
    options: { component: 'network', environment: 'prod', allowedOutputs: ['vpc_id', 'zones', 'db_password'] },
    drafts: [
      {
        fields: {
          component: 'network',
          environment: 'prod',
          meta: { 'output.vpc_id': 'vpc-0a1b', 'output.zones': '["a","b"]' },
        },
        tag: null,
      },
    ],
    notices: [
      '1 outputs are not published; name those that may be by --allow-output.',
      'There is no output, or only a sensitive one, called db_password.',
    ],
  },
  ...(
    [
      ['older', 'terraform-0.13-all.ndjson', '0.13.5', '3', 'b7d45aa5a-812a-2d1f-e5e6-835215928e00', 0],
      ['newer', 'terraform-1.11-all.ndjson', '1.11.4', '1', '9d67653a-3e9b-9313-5dad-c25e8f5eef77', 2],
    ] as const
  ).map(
    ([form, sample, terraformVersion, serial, lineage, left]): Sample => ({
      tool: 'terraform',
      form,
      sample,
      options: { component: 'network' },
      drafts: [
        {
          fields: {
            component: 'network',
            meta: { terraformVersion, providers: expect.stringMatching(/^sha256:/), serial, lineage },
          },
          tag: null,
        },
      ],
      // The older sample has one output alone, a sensitive one, which is not even counted.
      notices: left === 0 ? [] : [`${left} outputs are not published; name those that may be by --allow-output.`],
    }),
  ),
];

test.each(READ)('$tool reads $sample ($form form)', ({ tool, sample, options, drafts, notices = [] }) => {
  const reading = read(tool, sample, options);
  // What messages call a part is told where the messages are.
  const said = reading.drafts.map(({ place: _place, ...draft }) => draft);
  expect({ drafts: said, notices: reading.notices, faults: reading.faults ?? [] }).toEqual({
    drafts,
    notices,
    faults: [],
  });
  expect(JSON.stringify(reading)).not.toContain('hunter2');
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  for (const { fields } of reading.drafts) {
    const whole = { release: 'v1.4.0', type: adapter.type ?? 'frontend', component: 'x', ...fields };
    expect(readFragmentInput(whole, { anyRelease: false })).toHaveProperty('input');
  }
});

/** Tools, and forms of some, that have a test of their own in tests/cli/adapters and their samples in a folder of that name. */
const ON_THEIR_OWN = readdirSync(new URL('./adapters/', import.meta.url)).flatMap(
  (name) => /^(.+)\.test\.ts$/.exec(name)?.[1] ?? [],
);

test('every sample is read by a test', () => {
  const elsewhere = [
    'README.md',
    'docker-bake-nameless.json',
    'goreleaser-snapshot',
    'goreleaser-snapshot-bare',
    'helm-ambiguous-list.json',
    'helm-values.json',
    'reported',
    'schema-registry-refusal.json',
  ];
  const here = readdirSync(SAMPLES).filter((name) => !ON_THEIR_OWN.includes(name));
  expect([...READ.map(({ sample }) => sample), ...elsewhere].toSorted()).toEqual(here.toSorted());
});

test.each(TOOLS.filter((tool) => !ON_THEIR_OWN.includes(tool)))('of %s an older and a newer form are read', (tool) => {
  const forms = new Set(READ.filter((sample) => sample.tool === tool).map(({ form }) => form));
  expect([...forms]).toEqual(expect.arrayContaining(['older', 'newer']));
});

test('the hash of a workload does not depend on the values of its variables, but on all else', () => {
  const hash = (change: (text: string) => string) => {
    const text = change(readFileSync(`${SAMPLES}kube-list.json`, 'utf8'));
    const [draft] = ADAPTER_OF_TOOL.kube.read(toolOutput(undefined, text, null), {
      ...OPTIONS,
      environment: 'prod',
    }).drafts;
    return draft?.fields.deploymentHash;
  };
  const same = hash((text) => text);
  expect(hash((text) => text.replace('hunter2', 'other'))).toBe(same);
  expect(hash((text) => text.replace('PASSWORD', 'SECRET'))).not.toBe(same);
  expect(hash((text) => text.replace('envoy:v1.30.0', 'envoy:v1.31.0'))).not.toBe(same);
});

describe('what cannot be used is said in one line, with what was expected', () => {
  test.each<[Tool, string, Partial<AdapterOptions>, RegExp]>([
    ['goreleaser', 'goreleaser-snapshot', {}, /^expected a release, received the snapshot 1\.1\.0-SNAPSHOT-85d261a/],
    [
      'goreleaser',
      'goreleaser-snapshot-bare',
      {},
      /^expected a release, received the snapshot 1\.0\.1 after v1\.0\.0$/,
    ],
    ['goreleaser', 'npm-12-pack.json', {}, /there is no metadata\.json/],
    ['docker', 'docker-bake-nameless.json', {}, /it names no image, as what was built has no tag$/],
    ['kube', 'kube-list.json', {}, /^expected --environment/],
    ['kube', 'docker-build.json', { environment: 'prod' }, /^expected `kubectl get/],
    ['schema-registry', 'schema-registry-refusal.json', {}, /error 40408: .*Ask with \?defaultToGlobal=true/],
    ['release-please', 'npm-12-pack.json', {}, /^expected the outputs of the release-please action/],
    ['changesets', 'goreleaser-2', {}, /^expected a file by --path, received the folder/],
  ])('%s on %s', (tool, sample, options, words) => {
    expect(() => read(tool, sample, options)).toThrow(AdapterFault);
    expect(() => read(tool, sample, options)).toThrow(words);
  });

  const junk = ['', '{', 'null', '7', '"x"', '[1]', '{"a":[]}', '[[]]', '<html></html>'];
  test.each(TOOLS.filter((tool) => tool !== 'goreleaser'))('%s on what is no output of it', (tool) => {
    const adapter: Adapter = ADAPTER_OF_TOOL[tool];
    for (const text of junk) {
      const reading = () => {
        const { faults } = adapter.read(toolOutput(undefined, text, null), { ...OPTIONS, environment: 'prod' });
        // A list none of whose parts is any good.
        throw new AdapterFault(faults?.[0]?.fault ?? 'nothing is wrong');
      };
      expect(reading, text).toThrow(AdapterFault);
      expect(reading, text).toThrow(/^expected [^\n]+$/);
    }
  });
});

test.each(TOOLS)(
  'publish --from %s of what is no output of it: exit 2, one line that says what was expected',
  async (tool) => {
    const broken = tool === 'goreleaser' ? ['--path', SAMPLES] : ['--json', '<html>'];
    const said = await releaseMatrix([
      'publish',
      '--from',
      tool,
      ...broken,
      '--release',
      'v1.4.0',
      '--type',
      'backend',
    ]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(new RegExp(`^--from ${tool}: expected [^\\n]+\\n$`));
  },
);

describe('what would be one component, and is two', () => {
  const dryRun = (tool: Tool, output: unknown, ...more: string[]) =>
    releaseMatrix([
      ...['publish', '--dry-run', '--from', tool, '--json', JSON.stringify(output), '--release', 'v1.4.0', ...more],
    ]);

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
    const words = 'too, and not all say the same (meta): expected one fragment of a key';
    expect(said.stderr).toBe(
      [
        `kube: Deployment api (namespace blue): ${key} stands in kube: Deployment api (namespace green) ${words}\n`,
        `kube: Deployment api (namespace green): ${key} stands in kube: Deployment api (namespace blue) ${words}\n`,
      ].join(''),
    );
  });

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
      /^docker: api \(number 1\): v1\.4\.0 backend#api stands in docker: api \(number 2\) too, .*\(artifact, digest\)/,
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
  ])('docker documents a line each are of one image: %s are refused', (_, documents) => {
    const text = documents.map((document) => JSON.stringify(document)).join('\n');
    const reading = () => ADAPTER_OF_TOOL.docker.read(toolOutput(undefined, text, null), OPTIONS);
    expect(reading).toThrow(AdapterFault);
    expect(reading).toThrow(/^expected .*; several documents are of one image, received .* 2/);
  });
});

test('a changelog is cut between characters', () => {
  const clipped = clippedChangelog(`x${'é'.repeat(40_000)}`);
  expect(clipped).toMatch(/^xé+\n\n\[… cut: 80001 bytes/);
});
