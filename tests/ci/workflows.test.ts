import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readerPolicy } from '../../src/contract/reader-policy.ts';
import { notifierPolicy, policyWriterPolicy, publisherPolicy, signerPolicy } from '../../src/store/publisher-policy.ts';
import { actionWords } from './action-words.ts';
import { filledIn } from './expressions.ts';
import { knownActions, versionsIn } from './known-actions.ts';
import { type Job, readAction, readWorkflow, type Step } from './workflow-files.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const DOCS = join(REPOSITORY, 'docs/ci');
const SHARED = join(REPOSITORY, '.github/workflows/publish-fragment.yml');
const FILES = [
  SHARED,
  ...readdirSync(DOCS)
    .filter((name) => name.endsWith('.yml') && name !== 'gitlab-ci.yml')
    .map((name) => join(DOCS, name)),
].map((file) => ({ file, name: file.slice(REPOSITORY.length + 1) }));

const { inputs, outputs } = readAction(join(REPOSITORY, 'action/action.yml'));
const OWN_ACTION = 'acme/release-matrix/action@';
const isForeign = ({ uses }: Step) => uses !== undefined && !uses.startsWith(OWN_ACTION);
/** Every context that there is, empty, to see whether an expression can be read at all. */
const EVERY_CONTEXT = { github: {}, inputs: {}, needs: {}, steps: {}, vars: {}, secrets: {}, env: {} };

/** Every text of a job in which an expression may stand, conditions as the expressions that they are. */
function textsOf(job: Job): string[] {
  const values = (record: Readonly<Record<string, unknown>> = {}) => Object.values(record).map(String);
  const condition = (text: string | undefined) =>
    text === undefined ? [] : [text.includes('${{') ? text : `\${{ ${text} }}`];
  const ofSteps = (job.steps ?? []).flatMap((step) => [
    ...condition(step.if),
    step.run ?? '',
    ...values(step.with),
    ...values(step.env),
  ]);
  return [...condition(job.if), ...values(job.outputs), ...values(job.with), ...ofSteps];
}
/** What a job may be allowed to. `id-token` is checked beside what needs it. */
const ALLOWED = new Set(['contents: read', 'contents: write', 'packages: write', 'pull-requests: write']);

test('there is an example for each kind of repository', () => {
  expect(FILES.map(({ name }) => name.replace(/^.*\//, '')).toSorted()).toEqual([
    'ecs.yml',
    'gate.yml',
    'go.yml',
    'helm-kubernetes.yml',
    'kafka-schemas.yml',
    'node-changesets-2.yml',
    'node.yml',
    'publish-fragment.yml',
    'python.yml',
    'release-please.yml',
    'rust.yml',
    'semantic-release.yml',
  ]);
});

test('what is known of the actions of others is of the version that is used, and of none that is not', () => {
  const used = FILES.flatMap(({ file }) => [...versionsIn(readFileSync(file, 'utf8')).values()]);
  const foreign = new Set(used.filter((version) => !version.startsWith(OWN_ACTION)));
  expect(Object.keys(knownActions()).toSorted()).toEqual([...foreign].toSorted());
  for (const [version, { sources }] of Object.entries(knownActions())) {
    const named = `${version.split('@v')[1]}.`;
    for (const source of sources) expect([version, `${source.version}.`.startsWith(named)]).toEqual([version, true]);
  }
});

describe.each(FILES)('$name', ({ file }) => {
  const { permissions, on, jobs } = readWorkflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  const versions = versionsIn(readFileSync(file, 'utf8'));

  test('pastes nothing into a script', () => {
    for (const { run = '', shell } of steps) {
      // What is only copied is read by no shell.
      if (shell?.startsWith('cp {0} ')) expect(run).toMatch(/^\$\{\{ toJSON\([^{}]*\) \}\}$/);
      else expect(run).not.toContain('${{');
    }
  });

  test('gives other actions inputs that they know, and all that they must have', () => {
    for (const { uses = '', with: given = {} } of steps.filter(isForeign)) {
      const version = versions.get(uses) ?? uses;
      const known = knownActions()[version];
      if (known === undefined) throw new Error(`${version} is not in tests/fixtures/ci/actions.json.`);
      const unknown = Object.keys(given).filter((name) => !(name in known.inputs));
      const missing = Object.keys(known.inputs).filter((name) => known.inputs[name] && !(name in given));
      expect([version, unknown, missing]).toEqual([version, [], []]);
    }
  });

  test('takes from each step and job what it says, and writes each expression as GitHub reads it', () => {
    for (const [name, job] of Object.entries(jobs)) {
      /** By the id of a step, what it says; null: any names, as those of release-please hold the paths. */
      const said = new Map((job.steps ?? []).flatMap((step) => (step.id ? [[step.id, outputsOf(step)] as const] : [])));
      const needed = [job.needs ?? []].flat();
      for (const text of textsOf(job)) {
        expect(() => filledIn(text, EVERY_CONTEXT)).not.toThrow();
        for (const [, id = '', output = ''] of text.matchAll(/\bsteps\.([\w-]+)\.outputs\.([\w-]+)/g)) {
          expect([name, id, said.get(id)]).toEqual([name, id, expect.arrayContaining([output])]);
        }
        for (const [, id = '', output = ''] of text.matchAll(/\bneeds\.([\w-]+)\.outputs\.([\w-]+)/g)) {
          expect(needed).toContain(id);
          expect(Object.keys(jobs[id]?.outputs ?? {})).toContain(output);
        }
      }
    }
  });

  /** What a step can say. A script says what it writes to `GITHUB_OUTPUT`, or what the program that it runs does. */
  function outputsOf({ uses, run = '' }: Step): readonly string[] {
    if (run.startsWith('npx semantic-release')) return ['version', 'tag', 'commit'];
    if (run !== '') return [...run.matchAll(/echo "?'?([a-z]+)(?:=|<<)/g)].map(([, name]) => name ?? '');
    if (uses?.startsWith(OWN_ACTION)) return Object.keys(outputs);
    return knownActions()[versions.get(uses ?? '') ?? '']?.outputs ?? [];
  }

  test('gives each job what it needs, and no job more', () => {
    expect(permissions).toEqual({});
    expect(Object.keys(on)).not.toContain('pull_request_target');
    for (const job of Object.values(jobs)) {
      const { 'id-token': identity, ...others } = job.permissions ?? {};
      for (const [name, level] of Object.entries(others)) expect(ALLOWED).toContain(`${name}: ${level}`);
      const callsAws = job.steps?.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
      // npm is told who publishes as well. AWS trusts the environment, which that job is not in.
      const callsNpm = job.steps?.some(({ uses }) => uses?.startsWith('actions/setup-node@'));
      const expected = callsAws ? ['write', 'release'] : [callsNpm ? 'write' : undefined, undefined];
      expect([identity, job.environment]).toEqual(expected);
      // Whoever can become the role writes nothing to the repository.
      if (callsAws) expect(others.contents ?? 'read').toBe('read');
      expect(job['timeout-minutes']).toBeGreaterThan(0);
    }
  });

  test('pins every action by its commit, with the version beside it', () => {
    const lines = readFileSync(file, 'utf8').split('\n');
    const uses = lines.filter((line) => /^\s*(?:- )?uses:/.test(line));
    expect(uses.length).toBe(steps.filter((step) => step.uses !== undefined).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d/);
  });

  test('leaves no token behind in a checkout', () => {
    for (const { uses, with: given } of steps) {
      if (uses?.startsWith('actions/checkout@')) expect(given?.['persist-credentials']).toBe(false);
    }
  });

  test('calls the action with inputs that it has and takes', () => {
    const calls = steps.filter(({ uses }) => uses?.startsWith(OWN_ACTION));
    expect(calls.length).toBeGreaterThan(0);
    for (const { with: given = {} } of calls) {
      for (const name of Object.keys(given)) expect(Object.keys(inputs)).toContain(name);
      const evaluated = Object.entries(given).map(([name, value]) => [
        name,
        String(value).replaceAll(/\$\{\{.*?\}\}/g, 'v1.4.0'),
      ]);
      expect(actionWords(Object.fromEntries(evaluated))[0]).toBe(given.command);
    }
  });
});

/** Roles of the README, by what each command needs of the table. */
const ROLE_OF: Readonly<Record<string, string>> = {
  publish: 'release-fragments-publisher',
  check: 'release-fragments-reader',
};

test.each(FILES.filter(({ file }) => file !== SHARED))('$name asks the table by a role that may', ({ file }) => {
  for (const { steps = [] } of Object.values(readWorkflow(file).jobs)) {
    let role = '';
    for (const { uses = '', with: given } of steps) {
      if (uses.startsWith('aws-actions/configure-aws-credentials@')) role = String(given?.['role-to-assume']);
      if (uses.startsWith('acme/release-matrix/action@')) {
        expect(role).toBe(`arn:aws:iam::111122223333:role/${ROLE_OF[String(given?.command)]}`);
      }
    }
  }
});

describe('the session of the shared workflow', () => {
  const script = readWorkflow(SHARED).jobs.publish?.steps?.find(({ id }) => id === 'session')?.run ?? '';
  const run = (environment: Readonly<Record<string, string>>) => {
    const folder = mkdtempSync(join(tmpdir(), 'release-matrix-session-'));
    const output = join(folder, 'output');
    writeFileSync(output, '');
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, GITHUB_OUTPUT: output, ...environment },
    });
    const written = readFileSync(output, 'utf8');
    rmSync(folder, { recursive: true });
    return { status, stderr, policy: /^policy<<END\n([\s\S]*)\nEND\n$/.exec(written)?.[1] ?? null };
  };

  test.each(['eu-central-1', 'us-gov-west-1', 'cn-north-1'])(
    'is the publisher’s, for the one release: %s',
    (region) => {
      const { status, policy } = run({ RELEASE: 'v1.4.0-rc.2', TABLE: 'ReleaseFragments', REGION: region });
      const whole = publisherPolicy({ table: 'ReleaseFragments', region, account: null });
      const expected = JSON.parse(JSON.stringify(whole).replace('"v*"', '"v1.4.0-rc.2"'));
      expect([status, JSON.parse(policy ?? '')]).toEqual([0, expected]);
      // AWS's limit for a session policy, characters.
      expect(policy?.length).toBeLessThan(2048);
    },
  );

  test.each([
    ['RELEASE', 'v1.4.0","*'],
    ['RELEASE', 'v*'],
    ['RELEASE', 'v1.4.0\nEND\nrole=x'],
    ['RELEASE', 'policy'],
    ['TABLE', '*'],
    ['REGION', 'eu-central-1:*'],
  ])('refuses %s %j', (name, value) => {
    const good = { RELEASE: 'v1.4.0', TABLE: 'ReleaseFragments', REGION: 'eu-central-1' };
    const { status, policy, stderr } = run({ ...good, [name]: value });
    expect([status, policy]).toEqual([2, null]);
    expect(stderr).toMatch(new RegExp(`^${name.toLowerCase()}: expected .*\n$`));
  });
});

const documented = (name: string): unknown => JSON.parse(readFileSync(join(DOCS, name), 'utf8'));
const TABLE = { table: 'ReleaseFragments', region: 'eu-central-1', account: '111122223333' };

test.each([
  ['reader-policy.json', readerPolicy(TABLE)],
  ['publisher-policy.json', publisherPolicy(TABLE)],
  ['notifier-policy.json', notifierPolicy(TABLE)],
  ['policy-writer-policy.json', policyWriterPolicy(TABLE)],
  ['signer-policy.json', signerPolicy(TABLE)],
])('%s is the policy of the code', (name, policy) => expect(documented(name)).toEqual(policy));

test.each([
  ['trust-policy.json', ['aud', 'sub', 'repository_id']],
  ['trust-policy-workflow.json', ['aud', 'sub', 'repository_id', 'job_workflow_ref']],
])('%s trusts what it names and no pattern', (name, claims) => {
  const issuer = 'token.actions.githubusercontent.com';
  const subjects = expect.arrayContaining([
    'repo:acme/ledger:environment:release',
    expect.stringMatching(/^repo:acme@\d+\/ledger@\d+:environment:release$/),
  ]);
  const exactly = Object.fromEntries(claims.map((claim) => [`${issuer}:${claim}`, expect.anything()]));
  expect(documented(name)).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${issuer}` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { ...exactly, [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subjects },
        },
      },
    ],
  });
  expect(readFileSync(join(DOCS, name), 'utf8')).not.toMatch(/[*?]|pull_request/);
});

test('trust-policy-gitlab.json trusts the release tags of the projects that it names, and no branch', () => {
  expect(documented('trust-policy-gitlab.json')).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Federated: 'arn:aws:iam::111122223333:oidc-provider/gitlab.com' },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: {
          StringEquals: { 'gitlab.com:aud': 'sts.amazonaws.com' },
          StringLike: { 'gitlab.com:sub': ['project_path:acme/ledger:ref_type:tag:ref:v*'] },
        },
      },
    ],
  });
});
