import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CASES } from '../release/cases.ts';
import { releaseMatrix, withoutHint } from './command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-check-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file of the test's folder and gives its path. */
function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const EXIT_OF = { pass: 0, fail: 1, unknown: 3 };
const MISSING = CASES.find(({ name }) => name === 'a missing component blocks a stable release');
const WHOLE = CASES.find(({ name }) => name === 'a whole and consistent stable release passes');
const items = (of: typeof MISSING) => of?.items ?? [];
const NOW = ['--now', '2026-11-20T12:00:00Z'];

test.each(CASES.map((one, at) => ({ ...one, at })))(
  'case: $name',
  async ({ at, items, policy, release, now, as, notYet, expect: expected }) => {
    const words = ['check', release, '--from', file(`${at}.json`, items), '--now', now, '--format', 'json'];
    if (policy !== undefined) words.push('--policy', file(`${at}-policy.json`, policy));
    if (as !== undefined) words.push('--as', as);
    if (notYet !== undefined) words.push('--not-yet', notYet.join());
    const { exitCode, stdout, stderr } = await releaseMatrix(words);
    const said = JSON.parse(stdout);
    const byText = (list: readonly unknown[]) => list.map((one) => JSON.stringify(one)).sort();
    // Of a release without a fragment: which there are.
    const none = JSON.parse(stdout).fragments === 0;
    expect(withoutHint(stderr)).toMatch(none ? /^The newest releases are [^\n]+\.\n$/ : /^$/);
    expect([exitCode, said.verdict, said.unknown]).toEqual([
      EXIT_OF[expected.verdict],
      expected.verdict,
      expected.unknown ?? [],
    ]);
    expect(
      byText(
        said.findings.map(({ code, severity, component, environment }: (typeof expected.findings)[number]) => ({
          code,
          severity,
          component,
          environment,
        })),
      ),
    ).toEqual(byText(expected.findings));
    if (expected.completeness) expect(said.completeness).toEqual(expected.completeness);
    expect(said).toMatchObject({
      schema: 1,
      release,
      readAt: new Date(now).toISOString(),
      evaluatedAs: as ?? said.stage,
    });
  },
);

test('the object that the gate prints, whole', async () => {
  const { stdout } = await releaseMatrix([
    'check',
    'v1.4.0',
    '--from',
    file('whole.json', items(MISSING)),
    ...NOW,
    '--format',
    'json',
  ]);
  expect(JSON.parse(stdout)).toEqual({
    schema: 1,
    release: 'v1.4.0',
    stage: 'stable',
    evaluatedAs: 'stable',
    verdict: 'fail',
    unknown: [],
    readAt: '2026-11-20T12:00:00.000Z',
    completeness: { expected: 5, present: 4, missing: ['backend#auth-service'], roster: 'inferred' },
    notYet: [],
    findings: [
      {
        code: 'missing-component',
        severity: 'error',
        release: 'v1.4.0',
        component: 'backend#auth-service',
        environment: null,
        message: 'auth-service is missing from v1.4.0',
        details: {
          lastSeenIn: 'v1.3.0',
          lastSeenAt: '2026-11-01T10:00:00.000Z',
          expectedBy: { releases: ['v1.3.0', 'v1.2.0'] },
          arriving: false,
          perhapsRetired: false,
        },
        waived: null,
      },
    ],
    fragments: 4,
    digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
  });
});

test('as text: the verdict first, then each finding with why and what to do', async () => {
  const { exitCode, stdout } = await releaseMatrix(['check', 'v1.4.0', '--from', file('text.json', items(MISSING))]);
  expect(exitCode).toBe(1);
  expect(stdout.replace(/sha256:\w+/, 'sha256:…')).toBe(
    [
      'FAIL  v1.4.0 (stable): 1 error',
      'complete: 4 of 5 (roster inferred); missing backend#auth-service',
      '',
      'error  missing-component: auth-service is missing from v1.4.0',
      '  The stable releases before have it (v1.3.0, v1.2.0); last seen in v1.3.0.',
      '  Publish the fragment of auth-service for v1.4.0, or look into its pipeline.',
      '',
      '4 fragments, read 2026-11-20T12:00:00.000Z, default policy, sha256:…',
      '',
    ].join('\n'),
  );
});

describe('--not-yet', () => {
  const ofRelease = async (command: string, ...more: string[]) =>
    await releaseMatrix([command, 'v1.4.0', '--from', file('not-yet.json', items(MISSING)), ...NOW, ...more]);

  test.each<[string, string[], number, string[]]>([
    ['one type', ['--not-yet', 'backend'], 0, ['backend']],
    ['several', ['--not-yet', 'k8s, backend'], 0, ['backend', 'k8s']],
    ['given again', ['--not-yet', 'k8s', '--not-yet=backend,k8s'], 0, ['backend', 'k8s']],
    ['a type that lacks nothing', ['--not-yet', 'k8s'], 1, ['k8s']],
    ['a type that nobody has', ['--not-yet', 'lambda.v2'], 1, ['lambda.v2']],
  ])('%s', async (_, words, exitCode, notYet) => {
    const said = await ofRelease('check', '--format', 'json', ...words);
    const missing = exitCode === 0 ? [] : ['backend#auth-service'];
    expect(said.exitCode).toBe(exitCode);
    expect(JSON.parse(said.stdout)).toMatchObject({ notYet, completeness: { missing } });
  });

  test('is said wherever completeness is, by every command that judges', async () => {
    const words = ['--not-yet', 'k8s,backend'];
    const asText = await ofRelease('report', ...words);
    expect(asText.stdout).toContain('complete: 4 of 4 (roster inferred; not yet asked for: backend, k8s)\n');
    const posted = await ofRelease('notify', '--dry-run', ...words);
    expect(posted.stdout).toContain('complete: 4 of 4 (roster inferred; not yet asked for: `backend`, `k8s`)');
  });

  test.each(['', ',', 'k8s,', ' ', 'k8s#auth-service', 'k8s infra'])('refuses %j', async (types) => {
    const said = await ofRelease('check', `--not-yet=${types}`);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain('Expected types, which stand before the # of a component, such as k8s or k8s,infra.');
  });
});

describe('the digest', () => {
  const digestOf = async (name: string, content: unknown, ...more: string[]) => {
    const { stdout } = await releaseMatrix([
      'check',
      'v1.4.0',
      '--from',
      file(name, content),
      '--format',
      'json',
      ...more,
    ]);
    return JSON.parse(stdout).digest;
  };
  test('rests on the facts alone: not on their order, nor on the clock', async () => {
    const facts = items(WHOLE);
    const first = await digestOf('a.json', facts, ...NOW);
    const turned = facts.toReversed().map((item) => Object.fromEntries(Object.entries(item).reverse()));
    expect(await digestOf('b.json', turned, '--now', '2026-11-21T00:00:00Z')).toBe(first);
    expect(await digestOf('c.ndjson', facts.map((item) => JSON.stringify(item)).join('\n'))).toBe(first);
  });
  test('changes with an item and with the policy', async () => {
    const first = await digestOf('d.json', items(WHOLE));
    const policy = file('grace.json', { graceMinutes: 5 });
    expect(await digestOf('e.json', items(WHOLE).slice(1))).not.toBe(first);
    expect(await digestOf('f.json', items(WHOLE), '--policy', policy)).not.toBe(first);
  });
});

describe('the policy', () => {
  const waiver = {
    code: 'missing-component',
    component: 'backend#*',
    release: 'v1.4.0',
    reason: 'later',
    by: 'us',
    expires: '2027-01-01',
  };
  const inTable = (document: unknown) => [
    ...items(MISSING),
    { version: 'policy', 'component#name': 'policy#release-matrix', document },
  ];

  test.each([
    ['a map', { waivers: [waiver] }],
    ['JSON as text', JSON.stringify({ waivers: [waiver] })],
  ])('is the table’s item, as %s', async (_, document) => {
    const { exitCode, stdout } = await releaseMatrix([
      'check',
      'v1.4.0',
      '--from',
      file('in-table.json', inTable(document)),
    ]);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('policy of the table')]);
    expect(stdout).toContain('Waived until 2027-01-01: later (us)');
  });

  test('of a file goes before that of the table', async () => {
    const from = file('both.json', inTable({ waivers: [waiver] }));
    expect((await releaseMatrix(['check', 'v1.4.0', '--from', from, '--policy', file('none.json', {})])).exitCode).toBe(
      1,
    );
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'the document: is not JSON'],
    ['an unknown code', { severities: { 'no-such-code': 'off' } }, 'severities'],
    ['an unknown word', { severities: { 'not-ready': 'loud' } }, 'severities.not-ready'],
    [
      'a waiver without end',
      { waivers: [{ ...waiver, expires: 'never' }] },
      'waivers[0].expires: is not a date such as',
    ],
    ['an unknown key', { rooster: [] }, 'the document: Unrecognized key: "rooster"'],
  ])('with %s is refused whole', async (_, document, words) => {
    const from = file('broken.json', items(MISSING));
    const said = await releaseMatrix([
      'check',
      'v1.4.0',
      '--from',
      from,
      '--policy',
      file('broken-policy.json', document),
    ]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain(words);
  });

  test('of the table that is broken is refused too', async () => {
    const said = await releaseMatrix([
      'check',
      'v1.4.0',
      '--from',
      file('broken-item.json', inTable({ graceMinutes: -1 })),
    ]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain('graceMinutes');
  });
});

describe('what cannot be used ends with 2 and says what was expected', () => {
  test.each<[string, string[], string]>([
    ['no release', ['check'], 'Expected a release, such as v1.4.0, or --all.'],
    ['an unknown command', ['chekc', 'v1'], "unknown command 'chekc'"],
    ['an unknown option', ['check', 'v1', '--form', 'x'], "unknown option '--form'"],
    ['an unknown stage', ['check', 'v1', '--as', 'gamma'], 'Allowed choices are alpha, beta, rc, stable'],
    [
      'a stage that nothing weighs as',
      ['check', 'v1', '--as', 'other'],
      'Allowed choices are alpha, beta, rc, stable.',
    ],
    ['an unknown format', ['check', 'v1', '--format', 'yaml'], 'Allowed choices are text, json'],
    ['a time that is none', ['check', 'v1', '--now', 'noon'], 'Expected ISO 8601'],
    ['a file that is not there', ['check', 'v1', '--from', 'no-such-file.json'], 'no-such-file.json cannot be read'],
    [
      'a table name that is none',
      ['check', 'v1', '--table', 'x', '--region', 'eu-west-1'],
      '--table (RELEASE_TABLE): expected a table name',
    ],
    ['no region', ['check', 'v1'], '--region (AWS_REGION): expected the region of the table'],
    [
      'an endpoint that is none',
      ['check', 'v1', '--region', 'eu-west-1', '--endpoint', 'ftp://x'],
      '--endpoint (DYNAMODB_ENDPOINT): expected https://host',
    ],
  ])('%s', async (_, words, expected) => {
    const said = await releaseMatrix(words);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain(expected);
  });

  test.each([
    ['[{"version":"v1"},', 'is not JSON'],
    ['[1]', 'element 1: expected an item (a JSON object), received 1'],
    ['{"version":"v1"}\n[]', 'line 2: expected an item (a JSON object), received []'],
    ['{"version":"v1"}\nnope', 'line 2 is not JSON'],
  ])('a file that holds %j', async (content, expected) => {
    const said = await releaseMatrix(['check', 'v1', '--from', file('odd.json', content)]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain(expected);
  });
});

test('a table that cannot be reached ends with 3 and the cause', async () => {
  const said = await releaseMatrix(['check', 'v1.4.0', '--endpoint', 'http://127.0.0.1:1']);
  expect([said.exitCode, said.stdout]).toEqual([3, '']);
  expect(said.stderr).toContain('Cannot reach DynamoDB');
});

test('nothing from the table can give the terminal or the CI a command', async () => {
  const hostile = '\u001b]0;pwned\u0007\n::set-env name=PATH::x\u202e';
  const odd = [
    ...items(WHOLE),
    { version: 'v1.4.0', 'component#name': 'backend#::x', artifact: `ghcr.io/a/b:${1}`, commit: [hostile] },
  ];
  const { stdout } = await releaseMatrix(['check', 'v1.4.0', '--from', file('hostile.json', odd)]);
  expect(stdout).toContain('invalid-fragment');
  expect(stdout).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
  expect(stdout.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
});

test('npx release-matrix and npm run release-matrix end with the gate’s code', async () => {
  const from = file('spawned.json', items(MISSING));
  const runs = [
    ['npx', 'release-matrix', 'check', 'v1.4.0', '--from', from],
    ['npm', 'run', '--silent', 'release-matrix', '--', 'check', 'v9.9.9', '--from', from],
  ].map(([command = '', ...words]) =>
    promisify(execFile)(command, words).then(
      () => 0,
      (error: { code?: number }) => error.code,
    ),
  );
  expect(await Promise.all(runs)).toEqual([1, 3]);
}, 60_000);
