import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { notifierPolicy, publisherPolicy } from '../../src/store/publisher-policy.ts';
import { readerPolicy } from '../../src/store/reader-policy.ts';
import { actionWords } from './action-words.ts';
import { readAction, readWorkflow } from './workflow-files.ts';

const REPOSITORY = resolve(import.meta.dirname, '../..');
const DOCS = join(REPOSITORY, 'docs/ci');
const SHARED = join(REPOSITORY, '.github/workflows/publish-fragment.yml');
const FILES = [
  SHARED,
  ...readdirSync(DOCS)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => join(DOCS, name)),
].map((file) => ({ file, name: file.slice(REPOSITORY.length + 1) }));

const inputs = readAction(join(REPOSITORY, 'action/action.yml')).inputs;
/** What a job may be allowed to. `id-token` is checked beside what needs it. */
const ALLOWED = new Set(['contents: read', 'contents: write', 'packages: write', 'pull-requests: write']);

test('there is an example for each kind of repository', () => {
  expect(FILES.map(({ name }) => name.replace(/^.*\//, '')).toSorted()).toEqual([
    'gate.yml',
    'go.yml',
    'helm-kubernetes.yml',
    'kafka-schemas.yml',
    'node.yml',
    'publish-fragment.yml',
    'python.yml',
    'rust.yml',
  ]);
});

describe.each(FILES)('$name', ({ file }) => {
  const { permissions, on, jobs } = readWorkflow(file);
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);

  test('pastes nothing into a script', () => {
    for (const { run } of steps) expect(run ?? '').not.toContain('${{');
  });

  test('gives each job what it needs, and no job more', () => {
    expect(permissions).toEqual({});
    expect(Object.keys(on)).not.toContain('pull_request_target');
    for (const job of Object.values(jobs)) {
      const { 'id-token': identity, ...others } = job.permissions ?? {};
      for (const [name, level] of Object.entries(others)) expect(ALLOWED).toContain(`${name}: ${level}`);
      const callsAws = job.steps?.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
      expect([identity, job.environment]).toEqual(callsAws ? ['write', 'release'] : [undefined, undefined]);
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
    const calls = steps.filter(({ uses }) => uses?.startsWith('acme/release-matrix/action@'));
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
