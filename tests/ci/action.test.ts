import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { wordsOf } from '../../action/inputs.mjs';
import { runningTable } from '../cli/running-table.ts';
import { TEST_DYNAMOS } from '../store/tables.ts';
import { readAction } from './workflow-files.ts';

const FOLDER = resolve(import.meta.dirname, '../../action');
const action = readAction(join(FOLDER, 'action.yml'));

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-action-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What GitHub would make of an expression; only `inputs.…` is known here. */
function evaluated(text: string, inputs: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{\{\s*(.*?)\s*\}\}/g, (whole, expression: string) => {
    const name = /^inputs\.([a-z-]+)$/.exec(expression)?.[1];
    const declared = name === undefined ? undefined : action.inputs[name];
    if (name === undefined || declared === undefined) throw new Error(`${whole} is no input.`);
    return inputs[name] ?? declared.default ?? '';
  });
}

/**
 * Runs the action's steps as a runner does, in an empty folder.
 *
 * @param jobs the environment that the job gives them
 */
async function runAction(inputs: Readonly<Record<string, string>>, jobs: Readonly<Record<string, string>> = {}) {
  const work = mkdtempSync(join(folder, 'run-'));
  const [temporary, output] = [join(work, 'temporary'), join(work, 'output')];
  mkdirSync(temporary);
  writeFileSync(output, '');
  writeFileSync(join(work, 'whole.json'), JSON.stringify(ITEMS));
  writeFileSync(join(work, 'partial.json'), JSON.stringify(ITEMS.slice(0, -1)));
  const said = { stdout: '', stderr: '', status: 0 as number | null };
  for (const step of action.runs.steps) {
    const environment = Object.entries(step.env ?? {}).map(([name, value]) => [name, evaluated(String(value), inputs)]);
    // Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#exit-codes-and-error-action-preference
    const ran = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step.run ?? ''], {
      cwd: work,
      env: {
        PATH: process.env.PATH,
        GITHUB_ACTION_PATH: FOLDER,
        GITHUB_OUTPUT: output,
        RUNNER_TEMP: temporary,
        AWS_EC2_METADATA_DISABLED: 'true',
        ...jobs,
        ...Object.fromEntries(environment),
      },
    });
    for (const stream of ['stdout', 'stderr'] as const) {
      ran[stream].setEncoding('utf8').on('data', (text: string) => {
        said[stream] += text;
      });
    }
    [said.status] = await once(ran, 'close');
    if (said.status !== 0) break;
  }
  const lines = readFileSync(output, 'utf8').split('\n').filter(Boolean);
  const outputs = Object.fromEntries(lines.map((line) => line.split(/=(.*)/s, 2)));
  return { ...said, outputs, work };
}

const ITEMS = ['v1.3.0', 'v1.4.0'].flatMap((version) =>
  ['backend#auth', 'backend#orders', 'frontend#shell'].map((component) => ({ version, 'component#name': component })),
);

test('every input reaches the script, and by the environment alone', () => {
  const [step, ...others] = action.runs.steps;
  expect(others).toEqual([]);
  expect(step?.run).not.toContain('${{');
  expect(step?.shell).toBe('bash');
  const expected = Object.keys(action.inputs).map((name) => [
    `IN_${name.toUpperCase().replaceAll('-', '_')}`,
    `\${{ inputs.${name} }}`,
  ]);
  expect(step?.env).toEqual(Object.fromEntries(expected));
});

test.each([
  { of: 'whole.json', more: {}, status: 0, verdict: 'pass', exitCode: '0', report: /^PASS {2}v1\.4\.0/ },
  { of: 'partial.json', more: {}, status: 1, verdict: 'fail', exitCode: '1', report: /^FAIL {2}v1\.4\.0/ },
  {
    of: 'partial.json',
    more: { 'report-only': 'true' },
    status: 0,
    verdict: 'fail',
    exitCode: '1',
    report: /^FAIL {2}v1\.4\.0/,
  },
  {
    of: 'whole.json',
    more: { release: 'v9.9.9', 'report-only': 'true' },
    status: 3,
    verdict: 'unknown',
    exitCode: '3',
    report: /v9\.9\.9/,
  },
  {
    of: 'whole.json',
    more: { format: 'json' },
    status: 0,
    verdict: 'pass',
    exitCode: '0',
    report: /"verdict": "pass"/,
  },
  { of: 'whole.json', more: { format: 'xml' }, status: 2, verdict: '', exitCode: '2', report: /^$/ },
  { of: 'whole.json', more: { wait: 'long' }, status: 2, verdict: '', exitCode: '2', report: /^$/ },
  { of: 'none.json', more: {}, status: 2, verdict: '', exitCode: '2', report: /^$/ },
])('check of $of with $more: $status, $verdict', async ({ of, more, status, verdict, exitCode, report }) => {
  const ran = await runAction({ command: 'check', release: 'v1.4.0', args: `--from\n${of}`, ...more });
  expect([ran.status, ran.outputs]).toEqual([
    status,
    { verdict, 'exit-code': exitCode, report: expect.stringContaining(join(ran.work, 'temporary')) },
  ]);
  expect(ran.stdout).toMatch(report);
  expect(readFileSync(ran.outputs.report ?? '', 'utf8')).toBe(ran.stdout);
});

test('through a symbolic link to its folder it gates all the same', async () => {
  const linked = join(folder, 'linked');
  symlinkSync(FOLDER, linked);
  const inputs = { command: 'check', release: 'v1.4.0', args: '--from\npartial.json' };
  expect(await runAction(inputs, { GITHUB_ACTION_PATH: linked })).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^FAIL {2}v1\.4\.0/),
    outputs: { verdict: 'fail', 'exit-code': '1' },
  });
});

test('publish: a hostile name stays a name', async () => {
  const component = 'a"$(id>owned)`id>owned`';
  const inputs = { command: 'publish', release: 'v1.4.0', type: 'backend', component, 'dry-run': 'true' };
  const ran = await runAction(inputs);
  // Of a step without a checkout the publisher says that it knows no commit.
  expect([ran.status, ran.stderr]).toEqual([0, expect.stringMatching(/^(the fragment: no commit [^\n]*\n)?$/)]);
  expect(JSON.parse(ran.stdout)).toEqual({ version: 'v1.4.0', 'component#name': `backend#${component}` });
  expect(() => readFileSync(join(ran.work, 'owned'))).toThrow('ENOENT');
});

test.each(TEST_DYNAMOS)('publishes to $name and gates what is there', async ({ start }) => {
  const dynamo = await start();
  const table = await runningTable(dynamo);
  const act = (inputs: Readonly<Record<string, string>>) =>
    runAction({ table: table.table, region: 'us-east-1', ...inputs }, { DYNAMODB_ENDPOINT: table.origin });
  const publish = (release: string, component: string) =>
    act({ command: 'publish', release, type: 'backend', component, owner: 'payments' });

  expect(await publish('v1.3.0', 'api')).toMatchObject({
    status: 0,
    stdout: 'published          v1.3.0  backend#api\n',
    outputs: { verdict: '', 'exit-code': '0' },
  });
  expect(await publish('v1.4.0', 'web')).toMatchObject({ status: 0 });
  expect(await act({ command: 'check', release: 'v1.4.0' })).toMatchObject({ status: 1, outputs: { verdict: 'fail' } });
  expect(await publish('v1.4.0', 'api')).toMatchObject({ status: 0 });
  expect(await act({ command: 'check', release: 'v1.4.0' })).toMatchObject({ status: 0, outputs: { verdict: 'pass' } });
  await table.drop();
  dynamo.client.destroy();
  await dynamo.close();
});

test('a bad input ends the step with 2 and one line, which is no command to the runner', async () => {
  const ran = await runAction({ command: 'check', release: 'v1\n::set-env name=X::y##[add-mask]\u009b' });
  expect(ran).toMatchObject({
    status: 2,
    stdout: '',
    stderr:
      'The input release: expected a tag such as v1.4.0, received "v1\\n::set-env name=X::y##\\u005badd-mask]\\u009b".\n',
    outputs: {},
  });
});

test.each([
  [{ command: 'check', release: 'v1.4.0' }, ['check', '--', 'v1.4.0']],
  [
    { command: 'check', release: 'v1.4.0', as: 'stable', wait: '10m', 'report-only': 'true', format: 'text\ngithub' },
    ['check', '--as=stable', '--wait=10m', '--format=text', '--format=github', '--', 'v1.4.0'],
  ],
  [
    { command: 'check', release: 'v1', args: '--format\r\njunit=out dir/x.xml\n\n', table: 'T', region: 'eu-west-1' },
    ['check', '--table=T', '--region=eu-west-1', '--format', 'junit=out dir/x.xml', '--', 'v1'],
  ],
  [
    { command: 'publish', release: 'v1.4.0', type: 'backend', component: '--replace', replace: 'false' },
    ['publish', '--release=v1.4.0', '--type=backend', '--component=--replace'],
  ],
  [
    { command: 'publish', from: 'changesets', json: '[\n]', link: 'run=https://a.example\nlog=https://b.example' },
    ['publish', '--from=changesets', '--json=[\n]', '--link=run=https://a.example', '--link=log=https://b.example'],
  ],
  [{ command: 'publish', replace: 'true', 'dry-run': 'true' }, ['publish', '--replace', '--dry-run']],
  [{ command: 'deployed', environment: 'prod', format: 'json' }, ['deployed', '--environment=prod', '--format=json']],
  [
    { command: 'notify', release: 'v1', link: 'https://a.example/{release}', 'dry-run': 'true' },
    ['notify', '--link=https://a.example/{release}', '--dry-run', '--', 'v1'],
  ],
  [{ command: 'report', release: 'v1', format: 'markdown' }, ['report', '--format=markdown', '--', 'v1']],
])('%o', (inputs, words) => expect(wordsOf(inputs as Record<string, string>)).toEqual(words));

test.each([
  [{}, 'command: expected one of publish, check, report, notify, manifest, deployed, received ""'],
  [{ command: 'constructor' }, 'command: expected one of publish, check, report, notify, manifest, deployed'],
  [{ command: 'check' }, 'release: expected the release to check, received ""'],
  [{ command: 'check', release: '--help' }, 'release: expected a tag such as v1.4.0, received "--help"'],
  [{ command: 'check', release: 'v1', component: 'api' }, 'component: expected nothing with the command check'],
  [{ command: 'check', release: 'v1', 'report-only': 'yes' }, 'report-only: expected true or false, received "yes"'],
  [{ command: 'check', release: 'v1', args: '--now\u0000' }, 'args: expected an argument a line'],
  [{ command: 'publish', component: 'a\nb' }, 'component: expected one line without control characters'],
  [{ command: 'publish', replace: 'TRUE' }, 'replace: expected true or false, received "TRUE"'],
  [{ command: 'deployed', release: 'v1' }, 'release: expected nothing with deployed'],
])('%o is refused', (inputs, words) => expect(() => wordsOf(inputs as Record<string, string>)).toThrow(words));
