import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runAction as runInProcess } from '../../src/cli/action.ts';
import { withInputs } from '../../src/cli/action-metadata.ts';
import { quietContext, releaseMatrix } from '../cli/command.ts';
import { type RunningTable, runningTable } from '../cli/running-table.ts';
import { eachDynamo } from '../store/each-dynamo.ts';
import { actionWords } from './action-words.ts';
import { builtAction, runAction, type Variables } from './step-runner.ts';
import { readAction } from './workflow-files.ts';

const METADATA = resolve(import.meta.dirname, '../../action/action.yml');

let built: ReturnType<typeof builtAction>;
let folder = '';
beforeAll(() => {
  built = builtAction();
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-runs-'));
});
afterAll(() => {
  built.remove();
  rmSync(folder, { recursive: true });
});

const ITEMS = ['v1.3.0', 'v1.4.0'].flatMap((version) =>
  ['backend#auth', 'backend#orders', 'frontend#shell'].map((component) => ({ version, 'component#name': component })),
);

/** What a checkout would tell. */
const BUILT = { commit: '0123456789abcdef0123456789abcdef01234567', date: '2026-11-20T10:00:00.000Z' };

/** Runs the action in a folder of its own, with nothing in its environment but what the runner gives and `variables`. */
async function act(inputs: Readonly<Record<string, string>>, variables: Variables = {}, from = built.folder) {
  const work = mkdtempSync(join(folder, 'run-'));
  writeFileSync(join(work, 'whole.json'), JSON.stringify(ITEMS));
  writeFileSync(join(work, 'partial.json'), JSON.stringify(ITEMS.slice(0, -1)));
  return { ...(await runAction(from, inputs, work, variables)), work };
}

describe('action.yml', () => {
  test('has what `npm run action` writes', () => {
    const metadata = readFileSync(METADATA, 'utf8');
    expect(withInputs(metadata)).toBe(metadata);
  });

  test('has an input for each option and argument that the help of a command names, and no other', async () => {
    const help = async (...words: string[]) => (await releaseMatrix([...words, '--help'])).stdout;
    const below = (text: string) =>
      [...text.matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name ?? '').filter((name) => name !== 'help');
    const commands = below((await help()).split('First steps')[0] ?? '');
    const names = new Set<string>();
    for (const command of commands) {
      const isGroup = ['table', 'policy'].includes(command);
      const words = isGroup ? below(await help(command)).map((one) => [command, one]) : [[command]];
      for (const one of words) {
        const text = await help(...one);
        // Under this name it is said which command it is.
        const inputOf = (option = '') => (option === 'command' ? 'step-command' : option);
        for (const [, option] of text.matchAll(/^ {2}--([a-z-]+)/gm)) names.add(inputOf(option));
        for (const [, argument] of (text.split('\n')[0] ?? '').matchAll(/<([a-z]+)>/g)) names.add(argument ?? '');
      }
    }
    expect(commands).toContain('check');
    expect(Object.keys(readAction(METADATA).inputs).toSorted()).toEqual([...names, 'command', 'args'].toSorted());
  });

  test('runs on the runner’s own Node, by one file beside it and the bundle', () => {
    expect(readAction(METADATA).runs).toEqual({ using: 'node24', main: 'run.mjs' });
    const imports = [...readFileSync(join(built.folder, 'run.mjs'), 'utf8').matchAll(/import\(?[^']*'([^']+)'/g)];
    expect(imports.map(([, name]) => name)).toEqual(['./release-matrix.mjs']);
  });
});

test.each([
  { of: 'whole.json', more: {}, status: 0, verdict: 'pass', report: /^PASS {2}v1\.4\.0/ },
  { of: 'partial.json', more: {}, status: 1, verdict: 'fail', report: /^FAIL {2}v1\.4\.0/ },
  { of: 'partial.json', more: { 'report-only': 'true' }, status: 0, verdict: 'fail', report: /^FAIL {2}v1\.4\.0/ },
  { of: 'partial.json', more: { command: 'report' }, status: 0, verdict: 'fail', report: /^FAIL {2}v1\.4\.0/ },
  {
    of: 'whole.json',
    more: { release: 'v9.9.9', 'report-only': 'true' },
    status: 3,
    verdict: 'unknown',
    report: /v9\.9\.9/,
  },
  { of: 'whole.json', more: { format: 'json' }, status: 0, verdict: 'pass', report: /"verdict": "pass"/ },
  { of: 'partial.json', more: { args: '--format\njson' }, status: 1, verdict: 'fail', report: /"verdict": "fail"/ },
  { of: 'partial.json', more: { format: 'github\njunit=x.xml' }, status: 1, verdict: 'fail', report: /^$/ },
])('check of $of with $more: $status, $verdict', async ({ of, more, status, verdict, report }) => {
  const ran = await act({ command: 'check', release: 'v1.4.0', from: of, ...more });
  expect([ran.status, ran.outputs]).toEqual([
    status,
    {
      verdict,
      unknown: expect.stringMatching(verdict === 'unknown' ? /^\[.*\]$/ : /^\[\]$/),
      json: expect.stringMatching(/^\{.*\}$/),
      fragments: '[]',
      'exit-code': String(status),
      report: expect.stringContaining('release-matrix-'),
    },
  ]);
  expect(JSON.parse(ran.outputs.json ?? '')).toMatchObject({ verdict });
  expect(ran.stdout).toMatch(report);
  expect(readFileSync(ran.outputs.report ?? '', 'utf8')).toBe(ran.stdout);
});

test.each([
  { of: 'whole.json', more: { format: 'xml' }, stderr: /format.*xml.*Allowed choices/ },
  { of: 'whole.json', more: { wait: 'long' }, stderr: /--wait.*long/ },
  { of: 'none.json', more: {}, stderr: /^none\.json cannot be read: it is not there\.\n$/ },
])('check of $of with $more is bad usage, which has no verdict', async ({ of, more, stderr }) => {
  const ran = await act({ command: 'check', release: 'v1.4.0', from: of, ...more });
  expect(ran).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(stderr),
    outputs: { verdict: '', unknown: '[]', json: '', fragments: '[]', 'exit-code': '2' },
  });
});

test.each([
  {
    more: { all: 'true' },
    status: 1,
    verdict: 'fail',
    unknown: [],
    lines: /^FAIL {5}v1\.4\.0 .*\n.*UNKNOWN {2}v1\.3\.0 /s,
  },
  { more: { all: 'true', command: 'report' }, status: 0, verdict: 'fail', unknown: [], lines: /^FAIL {5}v1\.4\.0 / },
  { more: { all: 'true', current: 'true', format: 'json' }, status: 1, verdict: 'fail', unknown: [], lines: /^\[\n/ },
  {
    more: { all: 'true', 'not-yet': 'k8s\nfrontend' },
    status: 3,
    verdict: 'unknown',
    unknown: ['no-roster'],
    lines: /^PASS {5}v1\.4\.0 /,
  },
])('check of all with $more: $status, $verdict', async ({ more, status, verdict, unknown, lines }) => {
  const ran = await act({ command: 'check', from: 'partial.json', ...more });
  expect(ran).toMatchObject({
    status,
    stdout: expect.stringMatching(lines),
    outputs: { verdict, unknown: JSON.stringify(unknown), json: '', 'exit-code': String(status) },
  });
});

test('a gate that cannot reach its table could not tell', async () => {
  const nowhere = { endpoint: 'http://127.0.0.1:1', region: 'us-east-1' };
  const ran = await act({ command: 'check', release: 'v1.4.0', ...nowhere });
  expect(ran).toMatchObject({ status: 3, outputs: { verdict: 'unknown', unknown: '[]', json: '', 'exit-code': '3' } });
}, 60_000);

test('the summary of the job and the annotations are the runner’s', async () => {
  const ran = await act({ command: 'check', release: 'v1.4.0', from: 'partial.json', format: 'text\ngithub' });
  expect(ran.summary).toMatch(/^## ❌ FAIL `v1\.4\.0`/);
  expect(ran.stdout).toMatch(/^FAIL {2}v1\.4\.0/);
  expect(ran.stderr).toMatch(/^::error title=/m);
});

test.each([
  { inputs: { command: 'compare', a: 'v1.3.0', b: 'v1.4.0', format: 'json' }, json: { schema: 1 } },
  { inputs: { command: 'manifest', release: 'v1.4.0' }, json: { release: 'v1.4.0' } },
])('$inputs.command says JSON, which is an output', async ({ inputs, json }) => {
  const ran = await act({ ...inputs, from: 'whole.json' } as Record<string, string>);
  expect([ran.status, ran.stderr]).toEqual([0, '']);
  expect(JSON.parse(ran.outputs.json ?? '')).toMatchObject(json);
  expect(ran.outputs.report).toMatch(/report\.json$/);
});

test('through a symbolic link to its folder it gates all the same', async () => {
  const linked = join(folder, 'linked');
  symlinkSync(built.folder, linked);
  const ran = await act({ command: 'check', release: 'v1.4.0', from: 'partial.json' }, {}, linked);
  expect(ran).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^FAIL {2}v1\.4\.0/),
    outputs: { verdict: 'fail', 'exit-code': '1' },
  });
});

test('variables and inputs that are not its own are passed over', async () => {
  const ran = await act(
    { command: 'check', release: 'v1.4.0', from: 'whole.json', typo: 'x' },
    {
      IN_NIX_SHELL: 'impure',
      IN_RELEASE: 'v9.9.9',
      IN_COMMAND: 'publish',
      INPUT_NIX_SHELL: 'pure',
      INPUT_: 'x',
      INPUT: 'x',
    },
  );
  expect([ran.status, ran.stderr, ran.outputs.verdict]).toEqual([0, '', 'pass']);
});

test('publish: a hostile name stays a name', async () => {
  const component = 'a"$(id>owned)`id>owned`';
  const ran = await act({
    command: 'publish',
    release: 'v1.4.0',
    type: 'backend',
    component,
    ...BUILT,
    'dry-run': 'true',
  });
  const item = { version: 'v1.4.0', 'component#name': `backend#${component}`, ...BUILT };
  expect([ran.status, ran.stderr]).toEqual([0, '']);
  expect(JSON.parse(ran.stdout)).toEqual(item);
  expect(JSON.parse(ran.outputs.fragments ?? '')).toEqual([item]);
  expect(ran.outputs.json).toBe('');
  expect(() => readFileSync(join(ran.work, 'owned'))).toThrow('ENOENT');
});

describe('output of a release tool', () => {
  /** What release-please says of so many packages, which bring their release notes along. */
  const outputs = (packages: number) => {
    const paths = Array.from({ length: packages }, (_, index) => `packages/thing${index}`);
    const of = paths.flatMap((path) => [
      [`${path}--tag_name`, `${path.split('/')[1]}-v1.2.0`],
      [`${path}--version`, '1.2.0'],
      [`${path}--sha`, '0123456789abcdef0123456789abcdef01234567'],
      [`${path}--body`, '* something was done\n'.repeat(70)],
    ]);
    return JSON.stringify({
      releases_created: 'true',
      paths_released: JSON.stringify(paths),
      ...Object.fromEntries(of),
    });
  };
  const publish = {
    command: 'publish',
    release: 'v1.4.0',
    type: 'backend',
    from: 'release-please',
    date: BUILT.date,
    'dry-run': 'true',
  };

  test('comes as an input up to what Linux takes for one variable', async () => {
    const json = outputs(70);
    expect(json.length).toBeGreaterThan(100_000);
    const ran = await act({ ...publish, json });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(JSON.parse(ran.outputs.fragments ?? '')).toHaveLength(70);
  });

  test('and by a file of any length', async () => {
    const text = outputs(120);
    expect(text.length).toBeGreaterThan(131_072);
    const file = join(mkdtempSync(join(folder, 'long-')), 'outputs.json');
    writeFileSync(file, text);
    await expect(act({ ...publish, json: text })).rejects.toThrow('E2BIG');
    const ran = await act({ ...publish, path: file });
    expect([ran.status, ran.stderr]).toEqual([0, '']);
    expect(JSON.parse(ran.outputs.fragments ?? '')).toHaveLength(120);
  });
});

eachDynamo('on $name', (dynamo) => {
  let table: RunningTable;
  beforeAll(async () => {
    table = await runningTable(dynamo);
  });
  afterAll(() => table.drop());
  const there = (inputs: Readonly<Record<string, string>>) =>
    act({ table: table.table, region: 'us-east-1', endpoint: table.origin, ...inputs });

  test('publishes and gates what is there', async () => {
    const publish = (release: string, component: string) =>
      there({ command: 'publish', release, type: 'backend', component, owner: 'payments', ...BUILT });

    expect(await publish('v1.3.0', 'api')).toMatchObject({
      status: 0,
      stdout: 'published          v1.3.0  backend#api\n',
      stderr: '',
      outputs: {
        verdict: '',
        unknown: '[]',
        fragments: JSON.stringify([
          { place: 'the fragment', release: 'v1.3.0', key: 'backend#api', outcome: 'published' },
        ]),
        'exit-code': '0',
      },
    });
    const twice = await publish('v1.3.0', 'api');
    expect(JSON.parse(twice.outputs.fragments ?? '')).toMatchObject([{ outcome: 'already-published' }]);
    expect(await publish('v1.4.0', 'web')).toMatchObject({ status: 0 });
    // What has just been published may have others on their way behind it.
    expect(await there({ command: 'check', release: 'v1.4.0' })).toMatchObject({
      status: 3,
      outputs: { verdict: 'unknown', unknown: '["arriving"]' },
    });
    // When nothing is on its way any more.
    const now = new Date(Date.now() + 3 * 24 * 3_600_000).toISOString();
    const check = () => there({ command: 'check', release: 'v1.4.0', now });
    expect(await check()).toMatchObject({ status: 1, outputs: { verdict: 'fail' } });
    expect(await publish('v1.4.0', 'api')).toMatchObject({ status: 0 });
    expect(await check()).toMatchObject({ status: 0, outputs: { verdict: 'pass' } });
  });

  test('imports, exports, describes the table', async () => {
    const work = mkdtempSync(join(folder, 'files-'));
    const file = join(work, 'items.json');
    writeFileSync(file, JSON.stringify(ITEMS.slice(0, 2)));
    const imported = await there({ command: 'import', file });
    expect(JSON.parse(imported.outputs.fragments ?? '')).toMatchObject([
      { key: 'backend#auth', outcome: 'published' },
      { key: 'backend#orders', outcome: 'published' },
    ]);
    const saved = join(work, 'all.json');
    expect(await there({ command: 'export', file: saved })).toMatchObject({ status: 0, outputs: { json: '' } });
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toContainEqual(expect.objectContaining(ITEMS[0]));
    const described = await there({ command: 'table  describe', format: 'json' });
    expect(JSON.parse(described.outputs.json ?? '')).toMatchObject({ table: table.table });
  });
});

test('a bad input ends the step with 2 and one line, which is no command to the runner', async () => {
  const ran = await act({ command: 'check', release: 'v1\n::set-env name=X::y##[add-mask]\u009b' });
  expect(ran).toMatchObject({
    status: 2,
    stdout: '',
    stderr:
      'The input release: expected one line without control characters, received "v1\\n::set-env name=X::y##⟨U+005B⟩add-mask]⟨U+009B⟩".\n',
    outputs: { verdict: '', 'exit-code': '2' },
  });
});

test('outputs that cannot be written are no pass', async () => {
  const work = mkdtempSync(join(folder, 'full-'));
  writeFileSync(join(work, 'items.json'), JSON.stringify(ITEMS));
  mkdirSync(join(work, 'output'));
  const inputs = { INPUT_COMMAND: 'check', INPUT_RELEASE: 'v1.4.0', INPUT_FROM: join(work, 'items.json') };
  const { context, said } = quietContext({ ...inputs, GITHUB_OUTPUT: join(work, 'output') });
  expect(await runInProcess(context)).toBe(3);
  expect(said.stderr).toMatch(/^The outputs cannot be written: EISDIR/);
});

test.each([
  [{ command: 'check', release: 'v1.4.0' }, ['check', '--', 'v1.4.0']],
  [{ command: ' check ', release: ' v1.4.0\n', as: '', from: '  ' }, ['check', '--', 'v1.4.0']],
  [{ command: 'check', release: '--help' }, ['check', '--', '--help']],
  [
    { command: 'check', release: 'v1.4.0', as: 'stable', wait: '10m', 'report-only': 'true', format: 'text\ngithub' },
    ['check', '--as=stable', '--wait=10m', '--report-only', '--format=text', '--format=github', '--', 'v1.4.0'],
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
  [{ command: 'compare', b: 'v1.4.0', a: 'prev' }, ['compare', '--', 'prev', 'v1.4.0']],
  [
    {
      command: 'plan',
      release: 'v1',
      to: 'stable',
      'step-command': 'tag {tag}',
      'tag-form': 'a={version}\nv{version}',
    },
    ['plan', '--to=stable', '--command=tag {tag}', '--tag-form=a={version}', '--tag-form=v{version}', '--', 'v1'],
  ],
  [{ command: 'table create', region: 'eu-west-1' }, ['table', 'create', '--region=eu-west-1']],
  [
    { command: 'notify', release: 'v1', link: 'https://a.example/{release}', 'dry-run': 'true' },
    ['notify', '--link=https://a.example/{release}', '--dry-run', '--', 'v1'],
  ],
])('%o', (inputs, words) => expect(actionWords(inputs as Record<string, string>)).toEqual(words));

test.each([
  [{}, 'command: expected one of check, report'],
  [{ command: 'constructor' }, 'command: expected one of check, report'],
  [{ command: 'table' }, 'command: expected one of check, report'],
  [{ command: 'manifest' }, 'release: expected its tag, such as v1.4.0, received ""'],
  [{ command: 'compare', a: 'v1' }, 'b: expected v1.4.0, @prod or prev, received ""'],
  [{ command: 'check', release: 'v1', component: 'api' }, 'component: expected nothing with the command check'],
  [{ command: 'check', release: 'v1', 'report-only': 'yes' }, 'report-only: expected true or false, received "yes"'],
  [{ command: 'check', release: 'v1', args: '--now\u0000' }, 'args: expected one line without control characters'],
  [{ command: 'publish', component: 'a\nb' }, 'component: expected one line without control characters'],
  [{ command: 'publish', replace: 'TRUE' }, 'replace: expected true or false, received "TRUE"'],
  [{ command: 'deployed', release: 'v1' }, 'release: expected nothing with the command deployed'],
])('%o is refused', (inputs, words) => expect(() => actionWords(inputs as Record<string, string>)).toThrow(words));
