import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkoutAfter, emptyCheckout } from './checkout.ts';
import { releaseMatrix } from './command.ts';

/**
 * Outputs of release tools that public bug reports tell of, each with the facts that are true of it: what is published,
 * what is said, and what the gate then says of it. tests/fixtures/publish/README.md names the reports.
 */

const REPORTED = new URL('../fixtures/publish/reported/', import.meta.url).pathname;
const DIGEST = 'sha256:9d3b157491a5dbb009a22a9c8aaef86b04fb247b1b8b5b0c745e32d256d028a2';
const RUNS_COMMIT = '1'.repeat(40);
const SHA = '0123456789abcdef0123456789abcdef01234567';
const ON_TAG = {
  GITHUB_ACTIONS: 'true',
  GITHUB_REPOSITORY: 'acme/scoring',
  GITHUB_SHA: RUNS_COMMIT,
  GITHUB_REF_TYPE: 'tag',
  GITHUB_REF_NAME: 'v1.4.0',
};
const ON_MAIN = { ...ON_TAG, GITHUB_REPOSITORY: 'acme/webshop', GITHUB_REF_TYPE: 'branch', GITHUB_REF_NAME: 'main' };
const NO_DATE = 'no date is known, as neither the run nor a checkout says it. Give it by --date.';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-reported-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function dryRun(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  more: Parameters<typeof releaseMatrix>[2] = {},
) {
  const { exitCode, stdout, stderr } = await releaseMatrix(['publish', '--dry-run', ...words], environment, more);
  const lines = stdout.split('\n').filter((line) => line !== '');
  return { exitCode, items: lines.map((line) => JSON.parse(line)), stderr: stderr.split('\n').slice(0, -1), stdout };
}

/** The codes of what `check` finds in what was printed. */
async function findingsOf(stdout: string): Promise<string[]> {
  const file = join(folder, 'items.ndjson');
  writeFileSync(file, stdout);
  const said = await releaseMatrix(['check', 'v1.4.0', '--from', file, '--format', 'json']);
  return JSON.parse(said.stdout).findings.map(({ code }: { code: string }) => code);
}

interface Reported {
  readonly name: string;
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly exitCode?: number;
  readonly items: readonly object[];
  /** Fields that no item has. */
  readonly absent?: readonly string[];
  readonly stderr?: readonly unknown[];
  /** What `check` must not find. */
  readonly noFinding?: string;
}

const from = (tool: string, file: string, ...more: string[]) => [
  '--from',
  tool,
  '--path',
  `${REPORTED}${file}`,
  ...more,
];
const prod = ['--release', 'v1.4.0', '--environment', 'prod'];
const kube = (file: string) => from('kube', file, ...prod);

const CASES: readonly Reported[] = [
  {
    name: 'docker inspect: the version label is that of the base image',
    words: from('docker', 'docker-label-of-base-image.json'),
    environment: ON_TAG,
    items: [
      { 'component#name': 'backend#scoring', commit: RUNS_COMMIT, artifact: `ghcr.io/acme/scoring:1.4.0@${DIGEST}` },
    ],
    absent: ['componentVersion'],
    stderr: [
      expect.stringMatching(/^scoring: the label .*version says 24\.04, which is not a tag of the image/),
      `docker: scoring: ${NO_DATE}`,
    ],
    noFinding: 'version-mismatch',
  },
  {
    name: 'docker inspect: revision and creation are those of the base image',
    words: from('docker', 'docker-revision-of-base-image.json'),
    environment: ON_TAG,
    items: [{ 'component#name': 'backend#scoring', commit: RUNS_COMMIT }],
    absent: ['componentVersion', 'date'],
    stderr: [expect.stringContaining('9.5'), `docker: scoring: ${NO_DATE}`],
    noFinding: 'version-mismatch',
  },
  {
    name: 'docker build: the first tag says but the major version',
    words: from('docker', 'docker-build-major-first.json'),
    environment: ON_TAG,
    items: [{ artifact: `docker.io/acme/scoring:1.4.0@${DIGEST}`, digest: DIGEST }],
    absent: ['componentVersion'],
    stderr: [`docker: scoring: ${NO_DATE}`],
    noFinding: 'version-mismatch',
  },
  {
    name: 'docker metadata-action: the first tag is the commit',
    words: from('docker', 'docker-meta-sha-first.ndjson'),
    environment: ON_TAG,
    items: [{ artifact: `ghcr.io/acme/scoring:v1.4.0@${DIGEST}` }],
    absent: ['componentVersion'],
    stderr: [`docker: scoring: ${NO_DATE}`],
    noFinding: 'version-mismatch',
  },
  {
    name: 'kube: a proxy is the first container',
    words: kube('kube-rbac-proxy-first.json'),
    items: [
      {
        'component#name': 'k8s#prod-deployment/ledger-controller-manager',
        imageRef: 'ghcr.io/acme/ledger-controller:1.4.0',
      },
    ],
  },
  {
    name: 'kube: a mesh has put its proxy first',
    words: kube('kube-istio-proxy-first.json'),
    items: [{ 'component#name': 'k8s#prod-deployment/orders-v1', imageRef: 'ghcr.io/acme/orders:1.4.0' }],
  },
  {
    name: 'kube: a StatefulSet of a cluster that does not count what is available',
    words: kube('kube-statefulset-without-available.json'),
    items: [{ readyReplicas: 3, replicas: 3, updatedReplicas: 3, meta: { namespace: 'prod', rollout: 'done' } }],
    absent: ['availableReplicas'],
    noFinding: 'not-ready',
  },
  {
    name: 'kube: a StatefulSet whose revisions are one and whose updated pods nobody counts',
    words: kube('kube-statefulset-without-updated.json'),
    items: [{ readyReplicas: 3, meta: { namespace: 'prod', rollout: 'done' } }],
    absent: ['updatedReplicas'],
    noFinding: 'not-ready',
  },
  {
    name: 'kube: a StatefulSet that is updated down to its partition',
    words: kube('kube-statefulset-partition.json'),
    items: [{ readyReplicas: 3, meta: { namespace: 'prod', rollout: 'done', partition: '2' } }],
    absent: ['updatedReplicas'],
    noFinding: 'not-ready',
  },
  {
    name: 'kube: a DaemonSet that nobody updates',
    words: kube('kube-daemonset-on-delete.json'),
    items: [{ replicas: 3, readyReplicas: 3, meta: { rollout: 'done', updateStrategy: 'OnDelete' } }],
    absent: ['updatedReplicas'],
    noFinding: 'not-ready',
  },
  {
    name: 'kube: a Deployment whose pods a Rollout has taken over',
    words: kube('kube-rollout-workload-ref.json'),
    items: [
      {
        'component#name': 'k8s#prod-rollout/asset',
        imageRef: 'ghcr.io/acme/asset:1.4.0',
        replicas: 3,
        readyReplicas: 3,
        meta: { namespace: 'prod', rollout: 'done' },
      },
    ],
    stderr: ['Deployment asset is left out: Rollout asset has taken its pods over.'],
    noFinding: 'scaled-to-zero',
  },
  {
    name: 'helm list: a chart whose version has a v',
    words: from('helm', 'helm-list-chart-v.json', ...prod),
    items: [
      { 'component#name': 'infra#cert-manager', chartVersion: 'v1.14.4' },
      { 'component#name': 'infra#auth', chartVersion: '1.4.0' },
    ],
  },
  {
    name: 'helm list: one chart of several cannot be told apart from its version',
    words: from('helm', 'helm-list-one-ambiguous.json', ...prod),
    exitCode: 2,
    items: [{ 'component#name': 'infra#auth', chartVersion: '1.4.0' }],
    stderr: [
      'helm: cache: expected a chart whose name and version can be told apart; “redis-7.2.0-1.0.0” can be read as redis in 7.2.0-1.0.0 or as redis-7.2.0 in 1.0.0. Use `helm get metadata`',
    ],
  },
  {
    name: 'helm list: a release that failed and one that is uninstalled',
    words: from('helm', 'helm-list-failed-uninstalled.json', ...prod),
    items: [
      { 'component#name': 'infra#api', meta: { namespace: 'prod', revision: '3', status: 'failed' } },
      { 'component#name': 'infra#auth' },
    ],
    stderr: [
      'old is uninstalled, so it is left out: nothing of it runs.',
      'api is failed: what runs may be of the revision before (helm history api).',
    ],
  },
  {
    name: 'release-please: the package at the root',
    words: from('release-please', 'release-please-root.json', '--release', 'v1.4.0', '--type', 'backend'),
    environment: ON_MAIN,
    items: [
      { 'component#name': 'backend#webshop', componentVersion: '1.4.0', commit: SHA },
      { 'component#name': 'backend#webshop-chart', componentVersion: '1.4.0', commit: SHA },
    ],
    absent: ['date'],
    stderr: [
      'The package at the root is called webshop, as its repository is; --name-of-root says otherwise.',
      `release-please: the root, release-please: deploy/helm: ${NO_DATE}`,
    ],
  },
  {
    name: 'release-please: the package at the root, by a name that is given',
    words: from(
      'release-please',
      'release-please-root.json',
      '--release',
      'v1.4.0',
      '--type',
      'backend',
      '--name-of-root',
      'shop',
    ),
    environment: ON_MAIN,
    items: [{ 'component#name': 'backend#shop' }, { 'component#name': 'backend#webshop-chart' }],
    stderr: [`release-please: the root, release-please: deploy/helm: ${NO_DATE}`],
  },
  {
    name: 'release-please: two paths of one last segment',
    words: from('release-please', 'release-please-same-last-segment.json', '--release', 'v1.4.0', '--type', 'backend'),
    environment: ON_MAIN,
    items: [{ 'component#name': 'backend#services/orders/api' }, { 'component#name': 'backend#services/billing/api' }],
    stderr: [expect.stringContaining(NO_DATE)],
  },
  {
    name: 'a tag whose first word is not a name',
    words: ['--release', 'v1.4.0', '--type', 'backend'],
    environment: { ...ON_TAG, GITHUB_REF_NAME: 'release-1.4.0' },
    exitCode: 2,
    items: [],
    stderr: ['the fragment: component is missing: name it by --component'],
  },
  {
    name: 'a run that another workflow started: the commit of that',
    words: ['--release', 'v1.4.0', '--type', 'backend', '--component', 'api'],
    environment: {
      ...ON_MAIN,
      GITHUB_EVENT_NAME: 'workflow_run',
      GITHUB_EVENT_PATH: `${REPORTED}event-workflow-run.json`,
    },
    items: [{ commit: '2'.repeat(40), date: '2026-11-19T10:11:12.000Z' }],
  },
  {
    name: 'a pull request that is merged: the commit of the merge',
    words: ['--release', 'v1.4.0', '--type', 'backend', '--component', 'api'],
    environment: {
      ...ON_MAIN,
      GITHUB_SHA: '3'.repeat(40),
      GITHUB_EVENT_NAME: 'pull_request',
      GITHUB_EVENT_PATH: `${REPORTED}event-pull-request-merged.json`,
    },
    items: [{ commit: '3'.repeat(40) }],
    absent: ['date'],
    stderr: [`the fragment: ${NO_DATE}`],
  },
  {
    name: 'semantic-release: colours of a terminal in the notes',
    words: from(
      'semantic-release',
      'semantic-release-terminal-colours.json',
      '--release',
      'v1.4.0',
      '--type',
      'frontend',
      '--component',
      'ui',
    ),
    items: [{ componentVersion: '1.2.0', commit: SHA, changelog: '### Bug Fixes\n* strip colour from the log' }],
    stderr: [
      'semantic-release: ui: the changelog holds control characters, which are left out.',
      expect.stringContaining('no date is known'),
    ],
  },
  {
    name: 'schema registry: two answers on one line',
    words: from('schema-registry', 'schema-registry-one-line.txt', '--release', 'v1.4.0', '--tag', 'v2.1.0'),
    items: [{ 'component#name': 'kafka#user.created', evolutionPolicy: 'BACKWARD', componentVersion: '2.1.0' }],
  },
  {
    name: 'schema registry: the configuration of one of two subjects',
    words: from('schema-registry', 'schema-registry-config-of-one.ndjson', '--release', 'v1.4.0'),
    items: [{ 'component#name': 'kafka#a', evolutionPolicy: 'FULL' }, { 'component#name': 'kafka#b' }],
    stderr: ['No compatibility was given of b-value, so no evolutionPolicy is published.'],
  },
  {
    name: 'schema registry: each subject with its own configuration',
    words: from('schema-registry', 'schema-registry-own-configs.ndjson', '--release', 'v1.4.0'),
    items: [
      { 'component#name': 'kafka#a', evolutionPolicy: 'FULL' },
      { 'component#name': 'kafka#b', evolutionPolicy: 'NONE' },
    ],
  },
  ...['terraform-two-pretty.txt', 'terraform-wrapper.txt'].map(
    (file): Reported => ({
      name: `terraform: ${file}`,
      words: from('terraform', file, ...prod, '--component', 'network', '--allow-output', 'vpc_id'),
      items: [
        {
          'component#name': 'infra#network',
          meta: expect.objectContaining({
            'output.vpc_id': 'vpc-0a1b',
            ...(file === 'terraform-two-pretty.txt' ? { terraformVersion: '1.9.8' } : {}),
          }),
        },
      ],
      stderr: [expect.stringContaining('no commit and no date is known')],
    }),
  ),
  {
    name: 'npm pack: scripts print before it',
    words: from('npm', 'npm-pack-banner.txt', '--release', 'v1.4.0', '--type', 'frontend'),
    items: [{ 'component#name': 'frontend#@acme/ui', npmVersion: '1.2.0' }],
    stderr: [
      "What the package's scripts printed before npm's JSON is passed over.",
      expect.stringContaining('no commit and no date is known'),
    ],
  },
  {
    name: 'GoReleaser: one image in two registries',
    words: from('goreleaser', 'goreleaser-two-registries', '--release', 'v1.4.0'),
    items: [
      { artifact: 'docker.io/acme/ledger:v1.4.0', digest: DIGEST, commit: SHA, date: '2026-11-19T10:11:12.123Z' },
    ],
  },
  {
    name: 'GoReleaser: a release that is called -dev',
    words: from('goreleaser', 'goreleaser-tag-dev', '--release', 'v2.0.0'),
    items: [{ 'component#name': 'backend#ledger', componentVersion: '2.0.0-dev' }],
  },
];

test.each(CASES)('$name', async ({ words, environment, exitCode = 0, items, absent = [], stderr = [], noFinding }) => {
  const said = await dryRun(words, environment);
  expect({ exitCode: said.exitCode, stderr: said.stderr }).toEqual({ exitCode, stderr });
  expect(said.items).toHaveLength(items.length);
  expect(said.items).toMatchObject(items);
  for (const field of absent) for (const item of said.items) expect(item).not.toHaveProperty(field);
  if (noFinding !== undefined) expect(await findingsOf(said.stdout)).not.toContain(noFinding);
});

test('every sample is tried here and told of in the list of samples', () => {
  const [here, list] = [new URL(import.meta.url), new URL('../README.md', `file://${REPORTED}`)];
  const texts = [here, list].map((file) => readFileSync(file, 'utf8'));
  const missing = readdirSync(REPORTED).filter((name) => texts.some((text) => !text.includes(name)));
  expect(missing).toEqual([]);
});

test('what nobody gave is not published: a second subject has no policy of the first', async () => {
  const { items } = await dryRun(
    from('schema-registry', 'schema-registry-config-of-one.ndjson', '--release', 'v1.4.0'),
  );
  expect(items[1]).not.toHaveProperty('evolutionPolicy');
});

test('kube: the hash does not change with the value of a variable of an init container', async () => {
  const hashes = await Promise.all(
    ['kube-init-container-env.json', 'kube-init-container-env-other.json'].map(async (file) => {
      const { items } = await dryRun(kube(file));
      return items[0].deploymentHash;
    }),
  );
  expect(hashes[0]).toMatch(/^sha256:/);
  expect(hashes[1]).toBe(hashes[0]);
  expect(readFileSync(`${REPORTED}kube-init-container-env-other.json`, 'utf8')).toContain('hunter3');
});

describe('in a checkout, by the real git', () => {
  test.each([
    ['changesets: a tag on an older commit', '@acme/ui', '@acme/ui@1.2.0', '1.2.0'],
    ['changesets: the one package of a repository', 'dropzone', 'v6.2.1', '6.2.1'],
  ])('%s: its commit and its date, and the same again after another commit', async (_, name, tag, version) => {
    const checkout = checkoutAfter(tag);
    const words = ['--from', 'changesets', '--release', 'v1.4.0', '--type', 'frontend'];
    const publish = () => dryRun([...words, '--json', JSON.stringify([{ name, version }])], {}, { git: checkout.door });
    const first = await publish();
    expect(first.items).toMatchObject([{ commit: checkout.tagged, date: '2026-09-01T10:00:00.000Z', meta: { tag } }]);
    checkout.git(['commit', '--quiet', '--allow-empty', '--message', 'later'], '2026-11-21T10:00:00Z');
    expect(await publish()).toEqual(first);
    checkout.remove();
  });

  test('changesets: a tag that is not there is not invented', async () => {
    const checkout = checkoutAfter('other@1.0.0');
    const words = ['--from', 'changesets', '--release', 'v1.4.0', '--type', 'frontend'];
    const packages = '[{"name":"dropzone","version":"6.2.1"}]';
    const { items } = await dryRun([...words, '--json', packages], {}, { git: checkout.door });
    expect(items).toHaveLength(1);
    expect(items[0]).not.toHaveProperty('meta');
    checkout.remove();
  });

  test('a remote whose name is not a repository: published without it, with a notice', async () => {
    const checkout = emptyCheckout();
    checkout.git(['commit', '--quiet', '--allow-empty', '--message', 'change'], '2026-09-01T10:00:00Z');
    checkout.git(['remote', 'add', 'origin', 'https://acme@dev.azure.com/acme/Web%20Shop/_git/api']);
    const words = ['--release', 'v1.4.0', '--type', 'backend', '--component', 'api'];
    const said = await dryRun(words, {}, { git: checkout.door });
    expect([said.exitCode, said.items.length]).toEqual([0, 1]);
    expect(said.items[0]).not.toHaveProperty('repo');
    expect(said.stderr).toEqual([
      'the fragment: repo is not a repository: expected owner/name, received "acme/Web%20Shop/_git/api"; it is left out.',
    ]);
    checkout.remove();
  });
});
