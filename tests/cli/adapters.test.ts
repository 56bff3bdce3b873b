import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ADAPTER_OF_TOOL, TOOLS, type Tool } from '../../src/cli/adapters/adapter-of-tool.ts';
import { rolloutOf } from '../../src/cli/adapters/kube-rollout.ts';
import {
  type Adapter,
  AdapterFault,
  type AdapterOptions,
  clippedChangelog,
} from '../../src/cli/adapters/tool-output.ts';
import { toolOutput } from '../../src/cli/publish-files.ts';
import { readFragmentInput } from '../../src/release/fragment-input.ts';

const SAMPLES = new URL('../fixtures/publish/', import.meta.url).pathname;
const DIGEST = `sha256:${'ab'.repeat(32)}`;
const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const INTEGRITY = `sha512:${Array.from({ length: 64 }, (_, byte) => byte.toString(16).padStart(2, '0')).join('')}`;
const OPTIONS: AdapterOptions = {
  component: null,
  environment: null,
  tagPattern: null,
  allowedOutputs: [],
  values: null,
  excludedValues: [],
};

function read(tool: Tool, sample: string, options: Partial<AdapterOptions> = {}) {
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  return adapter.read(toolOutput(`${SAMPLES}${sample}`, undefined, adapter.place), { ...OPTIONS, ...options });
}

const UI = { component: '@acme/ui', npmVersion: '1.2.0', artifact: '@acme/ui@1.2.0' };
const SHELL = { component: 'shell', npmVersion: '3.0.0-rc.1', artifact: 'shell@3.0.0-rc.1' };
const LEDGER = { component: 'ledger', componentVersion: '2.3.0', digest: DIGEST };
const AUTH = { component: 'auth', componentVersion: '1.2.0', commit: COMMIT };

interface Sample {
  readonly tool: Tool;
  readonly sample: string;
  readonly options?: Partial<AdapterOptions>;
  readonly drafts: readonly { readonly fields: object; readonly tag: string | null }[];
  readonly notices?: readonly unknown[];
}

const READ: readonly Sample[] = [
  {
    tool: 'changesets',
    sample: 'changesets-published-packages.json',
    drafts: [
      { fields: UI, tag: '@acme/ui@1.2.0' },
      { fields: SHELL, tag: 'shell@3.0.0-rc.1' },
    ],
  },
  {
    tool: 'changesets',
    sample: 'changesets-output.ndjson',
    drafts: [
      { fields: UI, tag: '@acme/ui@1.2.0' },
      { fields: SHELL, tag: 'v3.0.0-rc.1' },
    ],
    notices: ['Lines of other types were passed over: note.'],
  },
  {
    tool: 'changesets',
    sample: 'changesets-plan.json',
    // The plan's tag is npm's dist-tag, no git tag.
    drafts: [
      { fields: UI, tag: '@acme/ui@1.2.0' },
      { fields: SHELL, tag: 'shell@3.0.0-rc.1' },
    ],
  },
  { tool: 'changesets', sample: 'changesets-status.json', drafts: [{ fields: UI, tag: '@acme/ui@1.2.0' }] },
  {
    tool: 'semantic-release',
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
    sample: 'semantic-release-next.json',
    drafts: [
      { fields: { componentVersion: '1.2.0', commit: '89abcdef0123456789abcdef0123456789abcdef' }, tag: 'v1.2.0' },
    ],
  },
  {
    tool: 'goreleaser',
    sample: 'goreleaser',
    drafts: [
      {
        fields: {
          ...LEDGER,
          commit: COMMIT,
          date: '2026-11-19T10:11:12.123456789Z',
          artifact: 'ghcr.io/acme/ledger:2.3.0',
        },
        tag: 'v2.3.0',
      },
    ],
  },
  {
    tool: 'release-please',
    sample: 'release-please-v4.json',
    drafts: [
      {
        fields: {
          ...AUTH,
          changelog: '### Features\n\n* more',
          links: { release: 'https://github.com/acme/mono/releases/tag/auth-v1.2.0' },
        },
        tag: 'auth-v1.2.0',
      },
      { fields: { componentVersion: '4.0.0', commit: COMMIT }, tag: 'v4.0.0' },
    ],
  },
  { tool: 'release-please', sample: 'release-please-v3.json', drafts: [{ fields: AUTH, tag: 'auth-v1.2.0' }] },
  {
    tool: 'release-please',
    sample: 'release-please-none.json',
    drafts: [],
    notices: ['release-please released nothing.'],
  },
  {
    tool: 'release-plz',
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
    sample: 'release-plz-cli.json',
    drafts: [{ fields: { component: 'orders', componentVersion: '1.2.0', artifact: 'orders@1.2.0' }, tag: 'v1.2.0' }],
  },
  ...['npm-11-pack.json', 'npm-12-pack.json', 'npm-11-publish.json'].map(
    (sample): Sample => ({ tool: 'npm', sample, drafts: [{ fields: { ...UI, digest: INTEGRITY }, tag: null }] }),
  ),
  {
    tool: 'docker',
    sample: 'docker-build.json',
    drafts: [
      {
        fields: { component: 'ledger', artifact: `ghcr.io/acme/ledger:2.3.0@${DIGEST}`, digest: DIGEST },
        tag: null,
      },
    ],
  },
  {
    tool: 'docker',
    sample: 'docker-meta.ndjson',
    drafts: [
      {
        fields: {
          ...LEDGER,
          artifact: `localhost:5000/acme/ledger:2.3.0@${DIGEST}`,
          commit: COMMIT,
          date: '2026-11-19T10:11:12.345Z',
        },
        tag: null,
      },
    ],
  },
  {
    tool: 'docker',
    sample: 'docker-bake.json',
    drafts: ['api', 'worker'].map((component) => ({
      fields: { component, artifact: `ghcr.io/acme/${component}:1.0.0@${DIGEST}`, digest: DIGEST },
      tag: null,
    })),
  },
  {
    tool: 'docker',
    sample: 'docker-inspect.json',
    drafts: [{ fields: { ...LEDGER, artifact: `ghcr.io/acme/ledger:2.3.0@${DIGEST}` }, tag: null }],
  },
  {
    tool: 'helm',
    sample: 'helm-4-metadata.json',
    options: {
      environment: 'prod',
      values: readFileSync(`${SAMPLES}helm-values.json`, 'utf8'),
      excludedValues: ['auth.password', 'not.there'],
    },
    drafts: [
      {
        fields: {
          component: 'auth',
          chartVersion: '1.4.0-rc.1',
          appVersion: '1.4.0',
          environment: 'prod',
          date: '2026-11-19T10:11:12+01:00',
          // echo -n '{"auth":{"user":"svc"},"replicas":3}' | sha256sum
          valuesHash: 'sha256:2336fbf121470505d8c506890f224c3716cfb9e984abdda11a273512e52a389f',
          meta: { namespace: 'prod', revision: '7', status: 'deployed' },
        },
        tag: null,
      },
    ],
  },
  {
    tool: 'helm',
    sample: 'helm-3-list.json',
    drafts: [
      {
        fields: {
          component: 'auth',
          chartVersion: '1.4.0-rc.1',
          appVersion: '1.4.0',
          meta: { namespace: 'prod', revision: '7', status: 'pending-upgrade' },
        },
        tag: null,
      },
    ],
    notices: ['auth is pending-upgrade: somebody is deploying it now.'],
  },
  {
    tool: 'helm',
    sample: 'helm-history.json',
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
  },
  {
    tool: 'kube',
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
    sample: 'schema-registry.ndjson',
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
  {
    tool: 'schema-registry',
    sample: 'schema-registry-old.ndjson',
    drafts: [
      {
        fields: {
          component: 'user.created',
          evolutionPolicy: 'BACKWARD',
          meta: { subject: 'user.created-value', registryVersion: '4', schemaId: '112', schemaType: 'AVRO' },
        },
        tag: null,
      },
    ],
  },
  {
    tool: 'terraform',
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
  {
    tool: 'terraform',
    sample: 'terraform-all.ndjson',
    options: { component: 'network' },
    drafts: [
      {
        fields: {
          component: 'network',
          meta: {
            terraformVersion: '1.9.5',
            providers: expect.stringMatching(/^sha256:/),
            serial: '42',
            lineage: '0a1b2c3d',
          },
        },
        tag: null,
      },
    ],
    notices: ['1 outputs are not published; name those that may be by --allow-output.'],
  },
];

test.each(READ)('$tool reads $sample', ({ tool, sample, options, drafts, notices = [] }) => {
  const reading = read(tool, sample, options);
  expect(reading).toEqual({ drafts, notices });
  expect(JSON.stringify(reading)).not.toContain('hunter2');
  const adapter: Adapter = ADAPTER_OF_TOOL[tool];
  for (const { fields } of reading.drafts) {
    const whole = { release: 'v1.4.0', type: adapter.type ?? 'frontend', component: 'x', ...fields };
    expect(readFragmentInput(whole, { anyRelease: false })).toHaveProperty('input');
  }
});

test('every sample is read by a test, and every tool has a sample of an older and a newer form', () => {
  const broken = [
    'goreleaser-snapshot',
    'helm-ambiguous-list.json',
    'helm-values.json',
    'schema-registry-refusal.json',
  ];
  expect([...READ.map(({ sample }) => sample), ...broken].toSorted()).toEqual(readdirSync(SAMPLES).toSorted());
  expect(TOOLS.filter((tool) => !READ.some((sample) => sample.tool === tool))).toEqual([]);
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
    ['goreleaser', 'goreleaser-snapshot', {}, /^expected a release, received the snapshot 2\.3\.1-SNAPSHOT/],
    ['goreleaser', 'npm-12-pack.json', {}, /there is no metadata\.json/],
    ['helm', 'helm-ambiguous-list.json', {}, /“redis-7\.2\.0-1\.0\.0” can be read as .*Use `helm get metadata`/],
    ['kube', 'kube-list.json', {}, /^expected --environment/],
    ['kube', 'docker-build.json', { environment: 'prod' }, /^expected `kubectl get/],
    ['schema-registry', 'schema-registry-refusal.json', {}, /error 40408: .*Ask with \?defaultToGlobal=true/],
    ['release-please', 'npm-12-pack.json', {}, /^expected the outputs of the release-please action/],
    ['changesets', 'goreleaser', {}, /^expected a file by --path, received the folder/],
  ])('%s on %s', (tool, sample, options, words) => {
    expect(() => read(tool, sample, options)).toThrow(AdapterFault);
    expect(() => read(tool, sample, options)).toThrow(words);
  });

  const junk = ['', '{', 'null', '7', '"x"', '[1]', '{"a":[]}', '[[]]', '<html></html>'];
  test.each(TOOLS.filter((tool) => tool !== 'goreleaser'))('%s on what is no output of it', (tool) => {
    const adapter: Adapter = ADAPTER_OF_TOOL[tool];
    for (const text of junk) {
      const reading = () => adapter.read(toolOutput(undefined, text, null), { ...OPTIONS, environment: 'prod' });
      expect(reading, text).toThrow(AdapterFault);
      expect(reading, text).toThrow(/^expected [^\n]+$/);
    }
  });
});

test('a roll-out is judged as kubectl judges it', () => {
  const done = {
    generation: 2,
    observedGeneration: 2,
    desired: 3,
    present: 3,
    updated: 3,
    available: 3,
    progressing: null,
  };
  const judged = [
    done,
    { ...done, generation: 3 },
    { ...done, progressing: 'ProgressDeadlineExceeded' },
    { ...done, updated: 2, present: 3 },
    { ...done, present: 4 },
    { ...done, available: 2 },
    { ...done, desired: 0, present: 0, updated: 0, available: 0 },
  ].map(rolloutOf);
  expect(judged).toEqual([
    'done',
    'not-observed',
    'failed',
    'progressing',
    'progressing',
    'progressing',
    'scaled-to-zero',
  ]);
});

test('a changelog is cut between characters', () => {
  const clipped = clippedChangelog(`x${'é'.repeat(40_000)}`);
  expect(clipped).toMatch(/^xé+\n\n\[… cut: 80001 bytes/);
});
