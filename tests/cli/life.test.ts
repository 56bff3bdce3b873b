import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSts } from '../aws/sts-stub.ts';
import { bareRepository, commitNext, executable, runsOnTag, shell, tagsOf } from './bare-repository.ts';
import { builtProgram } from './built-program.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';
import { remoteEndpoint } from './remote-endpoint.ts';

const folder = mkdtempSync(join(tmpdir(), 'release-matrix-life-'));
const bin = join(folder, 'bin');
let program: ReturnType<typeof builtProgram>;
beforeAll(() => {
  program = builtProgram();
  mkdirSync(bin);
  executable(join(bin, 'release-matrix'), [`exec '${process.execPath}' '${program.file}' "$@"`]);
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true });
  program.remove();
});

const [STABLE, ALPHA, BETA, RC, NEXT] = ['v1.3.0', 'v1.4.0-alpha.1', 'v1.4.0-beta.1', 'v1.4.0-rc.1', 'v1.4.0'];

const POLICY = {
  evidence: [
    { name: 'smoke', stages: ['beta', 'rc', 'stable'], releases: '>=1.4' },
    { name: 'e2e', stages: ['rc', 'stable'], releases: '>=1.4' },
    { name: 'qa', by: 'person', minimum: 2, stages: ['stable'], releases: '>=1.4' },
  ],
};

/** Who signs, by their keys: AWS says it, and the table is theirs over TLS, as AWS's own would be. */
const PERSONS = {
  AKIAADA: 'arn:aws:sts::123456789012:assumed-role/Quality/ada@acme.example',
  AKIABOB: 'arn:aws:iam::123456789012:user/staff/bob',
};

/** Two days before: neither within the grace period, nor ahead of the clock of the programs. */
const DATE = new Date(Date.now() - 2 * 86_400_000).toISOString();

/** What the pipeline of a repository publishes when a tag comes. */
const PIPELINES = {
  'acme/tf': '--type infra --component tf-network',
  'acme/schemas':
    '--type kafka --component user.created --schema-version "2.$minor" --evolution-policy BACKWARD --producers orders --consumers shell',
  'acme/orders': '--type backend --component orders --image "ghcr.io/acme/orders:1.$minor"',
  'acme/web': '--type frontend --component shell',
};

/** Reports of tests in which nothing failed, in the forms of vitest and of pytest. */
const PASSED = {
  vitest: `<?xml version="1.0" encoding="UTF-8" ?>
<testsuites name="vitest tests" tests="2" failures="0" errors="0" time="0.0072">
    <testsuite name="smoke.test.ts" timestamp="2026-11-29T14:51:39.817Z" hostname="ci" tests="2" failures="0" errors="0" skipped="1" time="0.0072">
        <testcase classname="smoke.test.ts" name="cart &gt; answers" time="0.001">
        </testcase>
        <testcase classname="smoke.test.ts" name="cart &gt; later" time="0">
            <skipped/>
        </testcase>
    </testsuite>
</testsuites>
`,
  pytest: `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" errors="0" failures="0" skipped="0" tests="3" time="0.059" timestamp="2026-11-29T14:52:29.402707+00:00" hostname="ci"><testcase classname="test_a" name="test_ok" time="0.001" /><testcase classname="test_a" name="test_order" time="0.001" /><testcase classname="test_a" name="test_pay" time="0.001" /></testsuite></testsuites>`,
};
/** Of four tests one failed, and another could not be set up. */
const FAILED_PYTEST = resolve(import.meta.dirname, '../fixtures/junit/pytest.xml');

eachTable((table) => {
  test('a release from its first alpha to stable and back, by the commands of pipelines and persons', async () => {
    const root = mkdtempSync(join(folder, 'repositories-'));
    const file = (name: string, text: string) => {
      writeFileSync(join(root, name), text);
      return join(root, name);
    };
    const smoke = file('smoke.xml', PASSED.vitest);
    const e2e = file('e2e.xml', PASSED.pytest);

    const sts = await startSts(PERSONS);
    const remote = await remoteEndpoint(table.origin);

    const run = async (line: string, more: readonly string[] = []) => {
      const environment = { AWS_ACCESS_KEY_ID: 'pipeline', AWS_SECRET_ACCESS_KEY: 'any' };
      const words = [...line.split(' '), ...more, ...table.words];
      const { exitCode, stdout, stderr } = await releaseMatrix(words, environment, {
        now: () => new Date().toISOString(),
      });
      return { exitCode, said: `${stdout}${stderr}`.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>').split('\n') };
    };
    const sign = async (key: keyof typeof PERSONS, more: readonly string[] = []) => {
      const words = ['sign', RC, 'qa', ...more, '--table', table.table, '--region', 'us-east-1'];
      const { exitCode, stdout, stderr } = await program.start(words, {
        AWS_ACCESS_KEY_ID: key,
        AWS_SECRET_ACCESS_KEY: 'any',
        AWS_ENDPOINT_URL_DYNAMODB: remote.origin,
        AWS_ENDPOINT_URL_STS: sts.endpoint,
        // Nobody vouches for the certificate of the emulator.
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      }).ended;
      return exitCode === 0 ? stdout : stderr;
    };
    const script = async (lines: string) => {
      const ran = await shell(lines, { cwd: root, bin });
      expect(ran).toMatchObject({ exitCode: 0 });
      return ran;
    };
    /** What blocks or warns when the grace period is over, and the exit code. */
    const gate = async (line: string) => {
      const { exitCode, said } = await run(`${line} --now ${new Date(Date.now() + 2 * 3_600_000).toISOString()}`);
      return [exitCode, said.filter((one) => /^(?:error|warning) /.test(one)).map((one) => one.replace(/ {2,}/, ' '))];
    };

    const repositories = Object.entries(PIPELINES).map(([repo, publishes]) => {
      const made = bareRepository(root, repo);
      const at = `--table ${table.table} --endpoint ${table.origin}`;
      const words = `--release "$tag" --repo ${repo} --commit "$new" --tag "$tag" --date ${DATE} ${publishes} ${at}`;
      runsOnTag(made, [`release-matrix publish ${words} >&2`]);
      return made;
    });
    const [, , orders] = repositories;
    if (orders === undefined) throw new Error('Expected four repositories.');
    const tagAll = (tag: string) =>
      script(repositories.map(({ path, commit }) => `git --git-dir '${path}' tag ${tag} ${commit}`).join('\n'));
    const build = (tag: string) => {
      for (const repository of repositories) commitNext(repository, `for ${tag}`);
      return tagAll(tag);
    };
    // Rolls out, as a pipeline would, and publishes what runs then.
    executable(join(bin, 'roll-out'), [
      'environment=$1 name=$2 image=$3 release=$4',
      'status=\'"observedGeneration":1,"replicas":2,"updatedReplicas":2,"readyReplicas":2,"availableReplicas":2\'',
      'answer="{\\"kind\\":\\"Deployment\\",\\"metadata\\":{\\"name\\":\\"$name\\",\\"generation\\":1},\\"spec\\":{\\"replicas\\":2,\\"template\\":{\\"spec\\":{\\"containers\\":[{\\"name\\":\\"$name\\",\\"image\\":\\"$image\\"}]}}},\\"status\\":{$status}}"',
      `exec release-matrix publish --from kube --environment "$environment" --release "$release" --json "$answer" --table ${table.table} --endpoint ${table.origin}`,
    ]);
    const rollOut = (environment: string, tag: string) =>
      script(`roll-out ${environment} orders ghcr.io/acme/orders:${tag.slice(1)} ${tag}`);

    // The stable release before, and what is asked of those to come.
    await tagAll(STABLE);
    await rollOut('preprod', STABLE);
    await rollOut('prod', STABLE);
    expect(await run(`policy put ${file('policy.json', JSON.stringify(POLICY))} --if-unchanged none`)).toMatchObject({
      exitCode: 0,
    });

    // An alpha is asked for nothing, a beta for a smoke test, which is only a warning yet.
    await build(ALPHA);
    expect(await gate(`check ${ALPHA}`)).toEqual([0, []]);
    await build(BETA);
    await rollOut('preprod', BETA);
    expect(await gate(`check ${BETA}`)).toEqual([
      0,
      ['warning evidence-missing: v1.4.0-beta.1 lacks the evidence smoke'],
    ]);
    expect(await run(`attest ${BETA} smoke --junit ${smoke} --environment preprod`)).toEqual({
      exitCode: 0,
      said: ['published          v1.4.0-beta.1  smoke: pass, 2 tests, 0 failed', ''],
    });
    expect(await gate(`check ${BETA}`)).toEqual([0, []]);

    // Of the candidate the tests fail first; what was tested of the beta says nothing of it.
    await build(RC);
    await rollOut('preprod', RC);
    await run(`attest ${RC} smoke --junit ${smoke}`);
    expect(await gate(`check ${RC}`)).toEqual([1, ['error evidence-missing: v1.4.0-rc.1 lacks the evidence e2e']]);
    expect(await run(`attest ${RC} e2e --junit ${FAILED_PYTEST}`)).toEqual({
      exitCode: 0,
      said: ['published          v1.4.0-rc.1  e2e: fail, 4 tests, 2 failed', ''],
    });
    expect(await gate(`check ${RC}`)).toEqual([1, ['error evidence-failed: v1.4.0-rc.1 failed e2e']]);
    expect(await run(`attest ${RC} e2e --junit ${e2e}`)).toEqual({
      exitCode: 0,
      said: ['replaced           v1.4.0-rc.1  e2e: pass, 3 tests, 0 failed', ''],
    });
    expect(await gate(`check ${RC}`)).toEqual([0, []]);

    // Two persons must sign: one of them, however often, is one.
    const lacks = (have: number) => [1, [`error evidence-missing: v1.4.0-rc.1 lacks the sign-off qa (${have} of 2)`]];
    expect(await gate(`check ${RC} --as stable`)).toEqual(lacks(0));
    // Until that has had its time, nobody can tell.
    expect((await run(`check ${RC} --as stable`)).exitCode).toBe(3);
    const signed = (how: string, who: string) => `${how.padEnd(19)}v1.4.0-rc.1  qa by ${who}: signed\n`;
    const [ada, bob] = ['Quality/ada@acme.example', 'user/bob'];
    expect(await sign('AKIAADA')).toBe(signed('published', ada));
    expect(await sign('AKIAADA')).toBe(signed('already published', ada));
    // Whose name AWS does not tell, signs nothing.
    sts.answerBy({ kind: 'denied', code: 'InvalidClientTokenId' });
    expect(await sign('AKIABOB')).toBe(
      'AWS does not say who you are: it refuses the credentials of the environment. Nothing was written. Renew them until this answers:\naws sts get-caller-identity\n',
    );
    sts.answerBy(null);
    expect(await gate(`check ${RC} --as stable`)).toEqual(lacks(1));
    expect(await sign('AKIABOB', ['--reason', 'Paid by hand'])).toBe(signed('published', bob));
    expect(await gate(`check ${RC} --as stable`)).toEqual([0, []]);

    // The tag of orders is moved: its pipeline refuses, until somebody means it. Then nothing that was said holds.
    const tested = orders.commit;
    commitNext(orders, 'one more fix');
    const moved = await script(`git --git-dir '${orders.path}' tag -f ${RC} ${orders.commit}`);
    expect(moved.stderr).toContain(`conflict           ${RC}  backend#orders`);
    expect(await gate(`check ${RC} --as stable`)).toEqual([0, []]);
    const anew = `publish --replace --release ${RC} --repo acme/orders --commit ${orders.commit} --tag ${RC} --date ${DATE} --type backend --component orders --image ghcr.io/acme/orders:1.4.0-rc.1`;
    expect(await run(anew)).toMatchObject({ exitCode: 0 });
    const stale = ['smoke', 'e2e', 'qa (0 of 2)'].map(
      (what) => `evidence-stale: v1.4.0-rc.1 has changed since ${what}`,
    );
    expect(await gate(`check ${RC} --as stable`)).toEqual([1, stale.map((one) => `error ${one}`)]);
    expect((await run(`evidence ${RC} --as stable`)).said[2]).toBe(
      `stale  e2e    asked             CI passed it at <time> (0 of 3 tests failed), but orders was ${tested.slice(0, 10)} when e2e ran, is ${orders.commit.slice(0, 10)}`,
    );
    const toStable = `plan ${RC} --to stable`;
    const blocked = await run(toStable);
    expect([blocked.exitCode, blocked.said.slice(0, 7)]).toEqual([
      1,
      [
        'v1.4.0-rc.1 → v1.4.0: 4 tags left, 0 done',
        'BLOCKED',
        '  check v1.4.0-rc.1 --as stable is FAIL',
        ...stale.map((one) => `  ${one}`),
        '  --force tells the tags all the same.',
      ],
    ]);
    await run(`attest ${RC} smoke --junit ${smoke}`);
    await run(`attest ${RC} e2e --junit ${e2e}`);
    await sign('AKIAADA');
    await sign('AKIABOB');
    const rehearsal = await run(`check ${RC} --as stable`);
    expect(rehearsal.exitCode).toBe(0);

    // The plan, carried out by the shell: each wave waits for what it tagged.
    const planned = join(root, 'promote.sh');
    const command = `git --git-dir '${root}'/{repo}.git tag {tag} {commit}`;
    expect(await run(toStable, ['--format', `sh=${planned}`, '--wait', '1m', '--command', command])).toMatchObject({
      exitCode: 0,
    });
    const promoted = await script(`sh ${planned}`);
    const waves = promoted.stdout.match(/^(?:PASS|asked for: ).*/gm);
    expect(waves).toEqual(repositories.flatMap(() => ['PASS  v1.4.0 (stable)', 'asked for: 1 of 1']));
    for (const { path, commit } of repositories) expect(tagsOf(path)).toContain(`${NEXT} ${commit}`);
    const done = await run(toStable);
    expect([done.exitCode, done.said[0]]).toEqual([0, 'v1.4.0-rc.1 → v1.4.0: nothing left, 4 done']);

    // What was said of the candidate is said of what ships; once it runs, the verdict is what the rehearsal said.
    expect((await run(`evidence ${NEXT}`)).said).toEqual([
      'v1.4.0: 3 of 3 asked of a stable release',
      'held  smoke  asked             CI passed it as v1.4.0-rc.1 at <time> (0 of 2 tests failed, 1 skipped)',
      'held  e2e    asked             CI passed it as v1.4.0-rc.1 at <time> (0 of 3 tests failed)',
      `held  qa     signed by 2 of 2  ${bob} signed it as v1.4.0-rc.1 at <time>; ${ada} signed it as v1.4.0-rc.1 at <time>`,
      '',
    ]);
    expect(await gate(`check ${NEXT} --not-yet k8s`)).toEqual([0, []]);
    await rollOut('preprod', NEXT);
    await rollOut('prod', NEXT);
    const judged = await run(`check ${NEXT}`);
    const verdict = ({ exitCode, said }: typeof judged) => [
      exitCode,
      said.flatMap((line) => (/^\d+ fragments/.test(line) ? [] : [line.replace(/ v1\.4\.0\S* .*/, '')])),
    ];
    expect(verdict(judged)).toEqual(verdict(rehearsal));
    expect((await run('deployed')).said[1]).toBe('k8s#orders  1.4.0 2/2  1.4.0 2/2');

    // And back: what ran before is rolled out again by the plan.
    const back = `plan ${STABLE} --environment prod`;
    const returning = join(root, 'back.sh');
    const rollBack = 'roll-out {environment} {name} {image} {release}';
    const backTo = await run(back);
    expect([backTo.exitCode, backTo.said.slice(0, 4)]).toEqual([
      0,
      [
        'prod back to v1.3.0: 1 workload left, 0 done',
        '',
        'wave 1: backend',
        '  k8s#orders (deployment)  ghcr.io/acme/orders:1.4.0 (v1.4.0)  → ghcr.io/acme/orders:1.3.0',
      ],
    ]);
    expect(await run(back, ['--format', `sh=${returning}`, '--command', rollBack])).toMatchObject({ exitCode: 0 });
    expect((await script(`sh ${returning}`)).stdout).toContain(
      `observed again     ${STABLE}  k8s#prod-deployment/orders`,
    );
    const returned = await run(back);
    expect([returned.exitCode, returned.said[0]]).toEqual([0, 'prod back to v1.3.0: nothing left, 1 done']);
    expect((await run('deployed')).said[1]).toBe('k8s#orders  1.4.0 2/2  1.3.0 2/2, 1 behind v1.4.0');

    await remote.close();
    await sts.close();
  }, 240_000);
});
