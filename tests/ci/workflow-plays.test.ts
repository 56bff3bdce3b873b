import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { releaseMatrix } from '../cli/command.ts';
import { ownTable } from '../cli/running-table.ts';
import { type Call, playWorkflow, type World } from './play-workflow.ts';
import { builtAction } from './step-runner.ts';

// Each workflow of docs/ci from its first step to the verdict of the gate: what is ours runs as it is, against a table,
// with what the actions and tools of others print.

const REPOSITORY = resolve(import.meta.dirname, '../..');
const DOCS = join(REPOSITORY, 'docs/ci');
const DIGEST = `sha256:${'9d3b1574'.repeat(8)}`;

let folder = '';
let built: ReturnType<typeof builtAction>;
let repository = '';
let commit = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-plays-'));
  built = builtAction();
  repository = join(folder, 'repository');
  mkdirSync(repository);
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=ci', '-c', 'user.email=ci@example.com', ...words], {
      cwd: repository,
      encoding: 'utf8',
    }).trim();
  git('init', '--quiet');
  writeFileSync(join(repository, 'release-train.txt'), 'v1.4.0\n');
  writeFileSync(join(repository, 'user-created.avsc'), '{"type":"record","name":"UserCreated","fields":[]}\n');
  const definition = { family: 'ledger', containerDefinitions: [{ name: 'ledger', image: 'of the one before' }] };
  writeFileSync(join(repository, 'task-definition.json'), JSON.stringify(definition));
  git('add', '.');
  git('commit', '--quiet', '--message', 'Release');
  for (const tag of ['v1.4.0', '@acme/ui@1.2.0', 'shell@3.0.0', 'orders-v1.2.0', 'orders-core-v0.4.1']) git('tag', tag);
  commit = git('rev-parse', 'HEAD');
});
afterAll(() => {
  built.remove();
  rmSync(folder, { recursive: true });
});

/** Where a push without a login would end: `denied`. */
function needsLogin({ environment }: Call, registry: string): void {
  const file = join(environment.HOME ?? '', '.docker/config.json');
  if (!existsSync(file) || !(registry in JSON.parse(readFileSync(file, 'utf8')).auths)) {
    throw new Error(`denied: requested access to ${registry} is denied`);
  }
}

/** semantic-release with the plugins of releaserc.json: a template of Lodash's, run by a shell. */
const SEMANTIC_RELEASE = `
import { execSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
const { plugins } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const { successCmd } = plugins.find(([name]) => name === '@semantic-release/exec')[1];
const nextRelease = { version: '3.0.0', gitTag: 'v3.0.0', gitHead: process.argv[3], notes: '\`id\` $(id)' };
execSync(successCmd.replace(/\\$\\{nextRelease\\.(\\w+)\\}/g, (_, name) => nextRelease[name]), { stdio: 'inherit' });
`;

interface Example {
  readonly file: string;
  readonly event: 'push of a tag' | 'push of a branch' | 'by hand';
  readonly inputs?: Record<string, string>;
  readonly actions?: World['actions'];
  readonly programs?: () => Record<string, string>;
  /** Of a registry or a cluster, which know of no commit. */
  readonly observed?: true;
  /** What is published of v1.4.0, by its RANGE key. */
  readonly published: Readonly<Record<string, object>>;
}

const EXAMPLES: readonly Example[] = [
  {
    file: 'go.yml',
    event: 'push of a tag',
    actions: {
      'goreleaser/goreleaser-action@v6': (call) => {
        needsLogin(call, 'ghcr.io');
        expect(call.environment.GITHUB_TOKEN).toBe('a-token');
        const metadata = { project_name: 'ledger', tag: 'v1.4.0', previous_tag: 'v1.3.0', version: '1.4.0', commit };
        const image = { name: 'ghcr.io/acme/ledger:v1.4.0', path: 'ghcr.io/acme/ledger:v1.4.0', goos: 'linux' };
        const artifacts = [{ ...image, internal_type: 10, type: 'Docker Manifest', extra: { Digest: DIGEST } }];
        mkdirSync(join(call.work, 'dist'));
        writeFileSync(join(call.work, 'dist/metadata.json'), JSON.stringify({ ...metadata, date: new Date() }));
        writeFileSync(join(call.work, 'dist/artifacts.json'), JSON.stringify(artifacts));
        return { metadata: JSON.stringify(metadata), artifacts: JSON.stringify(artifacts) };
      },
    },
    published: { 'backend#ledger': { digest: DIGEST, owner: 'payments' } },
  },
  {
    file: 'node.yml',
    event: 'push of a branch',
    actions: {
      'changesets/action@v2': ({ inputs }) => {
        expect(inputs).toEqual({ 'publish-script': 'npx changeset publish', 'github-token': 'a-token' });
        return { published: 'true', 'published-packages': PACKAGES, 'has-changesets': 'false' };
      },
    },
    programs: () => ({ npm: '' }),
    published: {
      'frontend#@acme/ui': { npmVersion: '1.2.0', owner: 'web' },
      'frontend#shell': { npmVersion: '3.0.0', owner: 'web' },
    },
  },
  {
    file: 'node-changesets-2.yml',
    event: 'push of a branch',
    actions: {
      'changesets/action@v1': ({ inputs, environment }) => {
        expect(inputs).toEqual({ publish: 'npx changeset publish' });
        const { GITHUB_TOKEN, NPM_TOKEN, NPM_CONFIG_PROVENANCE } = environment;
        expect([GITHUB_TOKEN, NPM_TOKEN, NPM_CONFIG_PROVENANCE]).toEqual(['a-token', 'an-npm-token', 'true']);
        return { published: 'true', publishedPackages: PACKAGES, hasChangesets: 'false' };
      },
    },
    programs: () => ({ npm: '' }),
    published: { 'frontend#@acme/ui': { npmVersion: '1.2.0' }, 'frontend#shell': { npmVersion: '3.0.0' } },
  },
  {
    file: 'python.yml',
    event: 'push of a tag',
    actions: {
      'docker/build-push-action@v6': (call) => {
        needsLogin(call, 'ghcr.io');
        expect(call.inputs).toEqual({ push: 'true', tags: 'ghcr.io/acme/scoring:v1.4.0' });
        return { digest: DIGEST, imageid: DIGEST, metadata: '{}' };
      },
    },
    programs: () => ({ uv: 'test "$*" = "version --short" && echo 2.1.0' }),
    published: { 'backend#scoring': { artifact: `ghcr.io/acme/scoring@${DIGEST}`, componentVersion: '2.1.0' } },
  },
  {
    file: 'rust.yml',
    event: 'push of a branch',
    actions: {
      'release-plz/action@v0.5': () => ({
        releases_created: 'true',
        releases: readFileSync(
          join(REPOSITORY, 'tests/fixtures/publish/release-plz/release-plz-action.json'),
          'utf8',
        ).trim(),
      }),
    },
    published: {
      'backend#orders': { componentVersion: '1.2.0' },
      'backend#orders-core': { componentVersion: '0.4.1' },
    },
  },
  {
    file: 'release-please.yml',
    event: 'push of a branch',
    actions: {
      // With the release notes of both, too long for a variable.
      'googleapis/release-please-action@v4': () => ({
        releases_created: 'true',
        paths_released: '["packages/orders","packages/orders-core"]',
        ...releasedPath('packages/orders', 'orders-v1.2.0'),
        ...releasedPath('packages/orders-core', 'orders-core-v0.4.1'),
      }),
    },
    published: {
      'backend#orders': { componentVersion: '1.2.0' },
      'backend#orders-core': { componentVersion: '0.4.1' },
    },
  },
  {
    file: 'semantic-release.yml',
    event: 'push of a branch',
    programs: () => {
      const program = join(folder, 'semantic-release.mjs');
      writeFileSync(program, SEMANTIC_RELEASE);
      const words = [process.execPath, program, join(DOCS, 'releaserc.json'), commit];
      return { npm: '', npx: `test "$*" = semantic-release && "${words.join('" "')}"` };
    },
    published: { 'frontend#shell': { componentVersion: '3.0.0', 'meta.tag': 'v3.0.0', owner: 'web' } },
  },
  {
    file: 'kafka-schemas.yml',
    event: 'push of a tag',
    programs: () => ({
      curl: `
        case "\${@: -1}" in
          https://registry.example/subjects/user.created-value/versions) jq -e '.schema | fromjson | .name == "UserCreated"' >&2; echo -n '{"id":7}' ;;
          https://registry.example/subjects/user.created-value/versions/latest) echo -n '{"subject":"user.created-value","version":3,"id":7,"schema":"{}"}' ;;
          https://registry.example/config/user.created-value?defaultToGlobal=true) echo -n '{"compatibilityLevel":"BACKWARD"}' ;;
          *) echo "curl: (22) 404: $*" >&2; exit 22 ;;
        esac`,
    }),
    observed: true,
    published: { 'kafka#user.created': { evolutionPolicy: 'BACKWARD', owner: 'identity' } },
  },
];

const PACKAGES = JSON.stringify([
  { name: '@acme/ui', version: '1.2.0' },
  { name: 'shell', version: '3.0.0' },
]);

function releasedPath(path: string, tag: string): Record<string, string> {
  const version = /[\d.]+$/.exec(tag)?.[0] ?? '';
  const said = {
    release_created: 'true',
    tag_name: tag,
    version,
    sha: commit,
    path,
    body: '* something\n'.repeat(9000),
  };
  return Object.fromEntries(Object.entries(said).map(([name, value]) => [`${path}--${name}`, value]));
}

/** A table with a release before, so that what belongs to one is known, and the world around it. */
async function worldOf({ event, inputs = {}, actions = {}, programs, published }: Omit<Example, 'file'>) {
  const table = await ownTable();
  const before = join(mkdtempSync(join(folder, 'before-')), 'items.json');
  const items = Object.keys(published).map((component) => ({
    version: 'v1.3.0',
    'component#name': component,
    componentVersion: '0.1.0',
  }));
  writeFileSync(before, JSON.stringify(items));
  expect((await releaseMatrix(['import', before, ...table.words])).exitCode).toBe(0);
  const ref = event === 'push of a tag' ? ['refs/tags/v1.4.0', 'v1.4.0', 'tag'] : ['refs/heads/main', 'main', 'branch'];
  const world: World = {
    folder,
    action: built.folder,
    repository,
    github: {
      repository: 'acme/shop',
      actor: 'somebody',
      token: 'a-token',
      event_name: event === 'by hand' ? 'workflow_dispatch' : 'push',
      ref: ref[0] ?? '',
      ref_name: ref[1] ?? '',
      ref_type: ref[2] ?? '',
      sha: commit,
      run_id: '1',
      server_url: 'https://github.com',
    },
    inputs,
    vars: { SCHEMA_REGISTRY_URL: 'https://registry.example' },
    secrets: { NPM_TOKEN: 'an-npm-token', CARGO_REGISTRY_TOKEN: 'a-crates-token' },
    variables: { DYNAMODB_ENDPOINT: table.origin, RELEASE_TABLE: table.table },
    actions,
    programs: programs?.() ?? {},
  };
  return { table, world };
}

/** What steps said, where something is not as it should be. */
function said(jobs: Awaited<ReturnType<typeof playWorkflow>>) {
  return Object.entries(jobs).map(([name, { result, steps }]) => ({
    name,
    result,
    stderr: steps.flatMap(({ ran }) => (ran.status === 0 ? [] : [ran.stdout, ran.stderr])),
  }));
}

function itemsOfRelease(items: readonly Readonly<Record<string, unknown>>[]) {
  return Object.fromEntries(
    items
      .filter(({ version }) => version === 'v1.4.0')
      .map((item) => {
        const { meta, ...rest } = item as { meta?: Record<string, unknown> };
        const flat = Object.entries(meta ?? {}).map(([name, value]) => [`meta.${name}`, value]);
        return [String(item['component#name']), { ...rest, ...Object.fromEntries(flat) }];
      }),
  );
}

test.each(EXAMPLES)(
  '$file publishes, and the gate passes',
  async (example) => {
    const { table, world } = await worldOf(example);
    const gate = async () => (await releaseMatrix(['check', 'v1.4.0', ...table.words])).exitCode;
    expect(await gate()).toBe(3);

    const jobs = await playWorkflow(join(DOCS, example.file), world);
    expect(said(jobs)).toEqual(Object.keys(jobs).map((name) => ({ name, result: 'success', stderr: [] })));
    const items = itemsOfRelease(await table.items());
    expect(Object.keys(items).toSorted()).toEqual(Object.keys(example.published).toSorted());
    const ofAll = example.observed ? {} : { commit };
    expect(items).toMatchObject(
      Object.fromEntries(Object.entries(example.published).map(([key, fields]) => [key, { ...ofAll, ...fields }])),
    );

    const gated = await playWorkflow(join(DOCS, 'gate.yml'), { ...world, inputs: { release: 'v1.4.0' } });
    expect(said(gated)).toEqual([{ name: 'gate', result: 'success', stderr: [] }]);
    expect(gated.gate?.outputs).toEqual({ verdict: 'pass', unknown: '[]' });
    expect(gated.gate?.steps[1]?.ran.summary).toMatch(/PASS `v1\.4\.0`/);
    await table.close();
  },
  120_000,
);

/** A Deployment as kubectl prints it, rolled out. */
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'auth', namespace: 'prod', generation: 4, labels: { 'app.kubernetes.io/instance': 'auth' } },
  spec: { replicas: 2, template: { spec: { containers: [{ name: 'auth', image: 'ghcr.io/acme/auth:v1.4.0' }] } } },
  status: { observedGeneration: 4, replicas: 2, updatedReplicas: 2, readyReplicas: 2, availableReplicas: 2 },
};
const TASK_DEFINITION = 'arn:aws:ecs:eu-central-1:111122223333:task-definition/ledger:42';
/** A service as the AWS CLI prints it, rolled out. */
const SERVICE = {
  serviceName: 'ledger',
  clusterArn: 'arn:aws:ecs:eu-central-1:111122223333:cluster/prod',
  status: 'ACTIVE',
  taskDefinition: TASK_DEFINITION,
  desiredCount: 2,
  runningCount: 2,
  pendingCount: 0,
  deployments: [
    {
      status: 'PRIMARY',
      taskDefinition: TASK_DEFINITION,
      desiredCount: 2,
      runningCount: 2,
      pendingCount: 0,
      failedTasks: 0,
      rolloutState: 'COMPLETED',
    },
  ],
};

/** What is built is published already; what is rolled out, not yet. */
const ROLL_OUTS = [
  {
    file: 'helm-kubernetes.yml',
    built: 'backend#auth',
    actions: {},
    programs: () => ({
      aws: 'test "$*" = "eks update-kubeconfig --name prod"',
      helm: `
        case "$*" in
          "upgrade auth ./chart -n prod --wait --set image.tag=v1.4.0") ;;
          "get metadata auth -n prod -o json") echo '${JSON.stringify({
            name: 'auth',
            chart: 'auth',
            version: '1.4.0',
            appVersion: '1.4.0',
            namespace: 'prod',
            revision: 7,
            status: 'deployed',
          })}' ;;
          *) echo "unknown: helm $*" >&2; exit 1 ;;
        esac`,
      kubectl: `
        test "$*" = "get deployments -n prod -l app.kubernetes.io/instance=auth -o json"
        echo '${JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [DEPLOYMENT] })}'`,
    }),
    rolledOut: {
      'infra#auth': { chartVersion: '1.4.0', environment: 'prod' },
      'k8s#prod-deployment/auth': { imageRef: 'ghcr.io/acme/auth:v1.4.0', readyReplicas: 2, replicas: 2 },
    },
  },
  {
    file: 'ecs.yml',
    built: 'backend#ledger',
    actions: {
      'aws-actions/amazon-ecs-deploy-task-definition@v2': ({ inputs, work }: Call) => {
        const { containerDefinitions } = JSON.parse(readFileSync(inputs['task-definition'] ?? '', 'utf8'));
        writeFileSync(
          join(folder, 'task-definition.json'),
          JSON.stringify({
            taskDefinition: {
              taskDefinitionArn: TASK_DEFINITION,
              family: 'ledger',
              revision: 42,
              containerDefinitions,
            },
          }),
        );
        expect([inputs.cluster, inputs.service, inputs['wait-for-service-stability'], work !== '']).toEqual([
          'prod',
          'ledger',
          'true',
          true,
        ]);
        return { 'task-definition-arn': TASK_DEFINITION };
      },
    },
    programs: () => ({
      aws: `
        case "$*" in
          "ecs describe-services --cluster prod --services ledger --output json") echo '${JSON.stringify({ services: [SERVICE], failures: [] })}' ;;
          "ecs describe-task-definition --output json --task-definition ${TASK_DEFINITION}") cat ${join(folder, 'task-definition.json')} ;;
          *) echo "unknown: aws $*" >&2; exit 1 ;;
        esac`,
    }),
    rolledOut: {
      'k8s#prod-service/ledger': { imageRef: 'ghcr.io/acme/ledger:v1.4.0', readyReplicas: 2, replicas: 2 },
    },
  },
];

test.each(ROLL_OUTS)(
  '$file gates, rolls out, publishes what runs, and gates again',
  async (example) => {
    const published = { [example.built]: {}, ...example.rolledOut };
    const { table, world } = await worldOf({
      event: 'by hand',
      inputs: { release: 'v1.4.0' },
      actions: example.actions,
      programs: example.programs,
      published,
    });
    const [type = '', component = ''] = example.built.split('#');
    const publish = ['publish', '--release', 'v1.4.0', '--type', type, '--component', component];
    // Nothing is built yet: no roll-out.
    const early = await playWorkflow(join(DOCS, example.file), world);
    expect(Object.entries(early).map(([job, { result }]) => [job, result])).toEqual([
      ['gate', 'failure'],
      ['roll-out', 'skipped'],
      ['verify', 'skipped'],
    ]);
    expect((await releaseMatrix([...publish, ...table.words])).exitCode).toBe(0);
    const jobs = await playWorkflow(join(DOCS, example.file), world);
    expect(said(jobs)).toEqual(
      ['gate', 'roll-out', 'verify'].map((job) => ({ name: job, result: 'success', stderr: [] })),
    );
    expect(itemsOfRelease(await table.items())).toMatchObject(example.rolledOut);
    await table.close();
  },
  120_000,
);

test('where nothing was released nothing is published', async () => {
  const none = {
    'release-please.yml': { 'googleapis/release-please-action@v4': () => ({ releases_created: 'false' }) },
    'node.yml': { 'changesets/action@v2': () => ({ published: 'false', 'published-packages': '[]' }) },
    'semantic-release.yml': {},
  };
  for (const [file, actions] of Object.entries(none)) {
    const programs = () => ({ npm: '', npx: 'true' });
    const { table, world } = await worldOf({
      event: 'push of a branch',
      actions,
      programs,
      published: { 'a#b': {} },
    });
    const jobs = await playWorkflow(join(DOCS, file), world);
    expect([file, said(jobs)]).toEqual([
      file,
      [
        { name: 'release', result: 'success', stderr: [] },
        { name: 'publish', result: 'skipped', stderr: [] },
      ],
    ]);
    expect(itemsOfRelease(await table.items())).toEqual({});
    await table.close();
  }
}, 120_000);

test('the shared workflow publishes what the example of its call says, in a session for that release', async () => {
  const [, snippet = ''] =
    /```yaml\n(publish:\n {2}needs: build\n[\s\S]*?)```/.exec(readFileSync(join(DOCS, 'README.md'), 'utf8')) ?? [];
  const build = { 'runs-on': 'ubuntu-24.04', outputs: { digest: DIGEST }, steps: [{ run: 'true' }] };
  const caller = join(mkdtempSync(join(folder, 'caller-')), 'release.yml');
  const text = stringify({ name: 'x', on: { push: {} }, permissions: {}, jobs: { build, ...parse(snippet) } });
  writeFileSync(caller, text.replaceAll('@<commit>', '@0000000000000000000000000000000000000000'));
  const published = { 'backend#ledger': { artifact: `ghcr.io/acme/ledger@${DIGEST}` } };
  const { table, world } = await worldOf({ event: 'push of a tag', published });
  // The name of the table is an input of its own, by default that of everybody.
  const called = { ...world, variables: { ...world.variables, RELEASE_TABLE: undefined } };
  writeFileSync(
    caller,
    readFileSync(caller, 'utf8').replace('type: backend', `type: backend\n      table: ${table.table}`),
  );
  const jobs = await playWorkflow(caller, called);
  expect(jobs.publish?.steps[0]?.ran.outputs.policy).toContain('"dynamodb:LeadingKeys":["v1.4.0",');
  expect(said(jobs)).toEqual(['build', 'publish'].map((name) => ({ name, result: 'success', stderr: [] })));
  expect(itemsOfRelease(await table.items())).toMatchObject({
    'backend#ledger': { commit, ...published['backend#ledger'] },
  });
  const gated = await playWorkflow(join(DOCS, 'gate.yml'), { ...world, inputs: { release: 'v1.4.0' } });
  expect(gated.gate?.outputs).toEqual({ verdict: 'pass', unknown: '[]' });
  await table.close();
}, 60_000);
