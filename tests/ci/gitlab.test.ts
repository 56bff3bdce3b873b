import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { releaseMatrix } from '../cli/command.ts';
import { ownTable } from '../cli/running-table.ts';
import { builtAction, runScript } from './step-runner.ts';

const FILE = resolve(import.meta.dirname, '../../docs/ci/gitlab-ci.yml');
const BUNDLE =
  'https://raw.githubusercontent.com/acme/release-matrix/0000000000000000000000000000000000000000/action/release-matrix.mjs';
const DIGEST = `sha256:${'9d3b1574'.repeat(8)}`;

const variables = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));
const job = z.strictObject({
  extends: z.string().optional(),
  stage: z.string().optional(),
  image: z.string().optional(),
  services: z.array(z.string()).optional(),
  environment: z.string().optional(),
  rules: z.array(z.strictObject({ if: z.string() })).optional(),
  id_tokens: z.record(z.string(), z.strictObject({ aud: z.string() })).optional(),
  variables: variables.optional(),
  before_script: z.array(z.string()).optional(),
  script: z.array(z.string()).optional(),
  artifacts: z
    .strictObject({
      when: z.literal('always').optional(),
      paths: z.array(z.string()),
      reports: z.strictObject({ junit: z.string() }).optional(),
    })
    .optional(),
});
const pipeline = z.looseObject({ stages: z.array(z.string()), variables });
const { stages, variables: shared, ...rest } = pipeline.parse(parse(readFileSync(FILE, 'utf8')));
const written = z.record(z.string(), job).parse(rest);
/** The jobs with what they extend, by stage. */
const jobs = Object.entries(written)
  .filter(([name]) => !name.startsWith('.'))
  .map(([name, own]) => {
    const base = written[own.extends ?? ''] ?? {};
    return { name, ...base, ...own, variables: { ...shared, ...base.variables, ...own.variables } };
  })
  .toSorted((a, b) => stages.indexOf(a.stage ?? '') - stages.indexOf(b.stage ?? ''));

test('each job has a stage, runs for release tags alone, and is told to AWS by its environment', () => {
  expect(jobs.map(({ stage }) => stage)).toEqual(stages);
  for (const { rules, id_tokens: identity, environment, variables: own } of jobs) {
    expect(rules).toEqual([{ if: '$CI_COMMIT_TAG =~ /^v/' }]);
    const role = own.AWS_ROLE_ARN;
    expect([identity, environment]).toEqual(
      role === undefined ? [undefined, undefined] : [{ AWS_IDENTITY: { aud: 'sts.amazonaws.com' } }, 'release'],
    );
  }
  expect(jobs.map(({ variables: own }) => own.AWS_ROLE_ARN?.replace(/^.*role\//, ''))).toEqual([
    undefined,
    'release-fragments-publisher',
    'release-fragments-reader',
  ]);
});

let folder = '';
let built: ReturnType<typeof builtAction>;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-gitlab-'));
  built = builtAction();
});
afterAll(() => {
  built.remove();
  rmSync(folder, { recursive: true });
});

/** Programs of the runner's machine: the registry's client, and the network, which has the bundle. */
function programs(): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  const metadata = JSON.stringify({
    'containerimage.digest': DIGEST,
    'image.name': 'registry.example/acme/ledger:v1.4.0',
  });
  const scripts = {
    docker: `
      case "$1 $*" in
        "login login --username somebody --password-stdin registry.example") cat > "$HOME/password" ;;
        "buildx buildx build --push --tag registry.example/acme/ledger:v1.4.0 --metadata-file image.json .")
          test "$(cat "$HOME/password")" = a-password || { echo denied >&2; exit 1; }
          echo '${metadata}' > image.json ;;
        *) echo "unknown: docker $*" >&2; exit 1 ;;
      esac`,
    curl: `
      while [ $# -gt 1 ]; do case $1 in --output) out=$2; shift 2 ;; *) shift ;; esac; done
      test "$1" = ${BUNDLE} && cp ${join(folder, 'release-matrix.mjs')} "$out"`,
    node: `exec ${process.execPath} "$@"`,
  };
  copyFileSync(join(built.folder, 'release-matrix.mjs'), join(folder, 'release-matrix.mjs'));
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\nset -eu\n${script}\n`, { mode: 0o755 });
  }
  return bin;
}

describe('the pipeline of a tag', () => {
  test('builds, publishes, and passes the gate', async () => {
    const table = await ownTable();
    const before = join(folder, 'before.json');
    writeFileSync(
      before,
      JSON.stringify([{ version: 'v1.3.0', 'component#name': 'backend#ledger', componentVersion: '1.3.0' }]),
    );
    await releaseMatrix(['import', before, ...table.words]);

    const project = join(folder, 'ledger');
    mkdirSync(project);
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=ci', '-c', 'user.email=ci@example.com', ...words], {
        cwd: project,
        encoding: 'utf8',
      }).trim();
    git('init', '--quiet');
    git('commit', '--quiet', '--allow-empty', '--message', 'Release');
    git('tag', 'v1.4.0');
    const commit = git('rev-parse', 'HEAD');
    const machine = {
      PATH: `${programs()}:${process.env.PATH}`,
      HOME: folder,
      DYNAMODB_ENDPOINT: table.origin,
      RELEASE_TABLE: table.table,
      // Source: https://docs.gitlab.com/ci/variables/predefined_variables/
      CI: 'true',
      GITLAB_CI: 'true',
      CI_PROJECT_DIR: project,
      CI_PROJECT_PATH: 'acme/ledger',
      CI_COMMIT_TAG: 'v1.4.0',
      CI_COMMIT_SHA: commit,
      CI_COMMIT_TIMESTAMP: new Date(Date.now() - 60_000).toISOString(),
      CI_PIPELINE_ID: '1',
      CI_JOB_URL: 'https://gitlab.example/acme/ledger/-/jobs/1',
      CI_REGISTRY: 'registry.example',
      CI_REGISTRY_IMAGE: 'registry.example/acme/ledger',
      CI_REGISTRY_USER: 'somebody',
      CI_REGISTRY_PASSWORD: 'a-password',
      AWS_IDENTITY: 'an-identity',
    };
    for (const { name, before_script: first = [], script = [], variables: own } of jobs) {
      const values = Object.entries(own).map(([variable, value]) => [
        variable,
        value.replace(/\$(CI_\w+)/g, (whole, known: string) => (machine as Record<string, string>)[known] ?? whole),
      ]);
      const ran = await runScript([...first, ...script].join('\n'), 'bash', project, {
        ...machine,
        ...Object.fromEntries(values),
      });
      expect([name, ran.status, ran.stderr]).toEqual([name, 0, '']);
    }
    expect((await table.items()).find(({ version }) => version === 'v1.4.0')).toMatchObject({
      'component#name': 'backend#ledger',
      digest: DIGEST,
      repo: 'acme/ledger',
      commit,
      owner: 'payments',
    });
    expect(JSON.parse(readFileSync(join(project, 'verdict.json'), 'utf8'))).toMatchObject({ verdict: 'pass' });
    expect(readFileSync(join(project, 'verdict.xml'), 'utf8')).toMatch(/<testsuites .*failures="0"/);
    expect(readFileSync(`${project}.aws-identity`, 'utf8')).toBe('an-identity');
    await table.close();
  }, 60_000);
});
