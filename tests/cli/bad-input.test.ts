import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { MAX_RETRY_MS } from '../../src/limits/limits.ts';
import { type Answer, awsError, cannedServer, DESCRIBED_TABLE } from '../store/canned-server.ts';
import { releaseMatrix } from './command.ts';
import { eachTable } from './each-table.ts';

/**
 * What a pipeline may hand to the command line, row by row of the list that docs/publishing.md tells in words: by output
 * and exit code. 1 is the gate's alone, so that what is refused ends with 2, what could not be done with 3, a conflict
 * with 4.
 */

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-bad-input-'));
  file('5-mb', 'x'.repeat(5 * 1024 * 1024));
  file('binary', new Uint8Array([0x61, 0, 0x62]));
  file('no-utf-8', new Uint8Array([0xff, 0xfe, 0x61]));
  file('big.json', [
    { release: 'v1.4.0', type: 'backend', component: 'a', owner: 'us', changelog: 'x'.repeat(420_000) },
  ]);
  execFileSync('sh', ['-c', 'mkfifo "$1"', 'sh', at('pipe')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Paths are known when the tables below are made, before the folder is: `@name` stands for one. */
const at = (name: string) => join(folder, name);
function file(name: string, content: unknown): string {
  writeFileSync(
    at(name),
    typeof content === 'string' || content instanceof Uint8Array ? content : JSON.stringify(content),
  );
  return at(name);
}

const BACKEND = ['--release', 'v1.4.0', '--type', 'backend'];
const API = [...BACKEND, '--component', 'api'];
const TWO_PACKAGES = '[{"name":"a","version":"1.0.0"},{"name":"b","version":"1.1.0"}]';
/** Nobody listens there: whatever is refused is refused before any call. */
const NOWHERE = ['--endpoint', 'http://127.0.0.1:1'];
/** A lone surrogate cannot be typed, but a JSON escape is one. */
const JSON_RELEASE = (release: string) => `{"release":"${release}","type":"backend","component":"api"}`;

describe('refused before any call: exit 2, nothing on stdout, one line that says what was expected', () => {
  test.each<[row: string, what: string, words: string[], stderr: RegExp]>([
    ['C1', 'an unknown option', [...API, '--colour', 'red'], /^error: unknown option '--colour'/],
    ['C1', 'an option given twice', [...API, '--release', 'v2.0.0'], /--release.*It is given twice/],
    ['C1', 'an option without its value', [...BACKEND, '--component'], /--component <name>' argument missing/],
    ['C1', 'a word too many', [...API, 'more'], /too many arguments/],
    ['C2', 'an empty name', [...BACKEND, '--component', ''], /component is empty/],
    ['C2', 'a name of a blank', [...BACKEND, '--component', ' '], /component is empty/],
    [
      'C2',
      'a name of 300 characters',
      [...BACKEND, '--component', 'x'.repeat(300)],
      /component is longer than \d+ char/,
    ],
    ['C2', 'a name that leaves its folder', [...BACKEND, '--component', '../x'], /component is not a name/],
    ['C2', 'a name with the separator', [...BACKEND, '--component', 'x#y'], /component is not a name: .*no #/],
    [
      'C3',
      'an environment given twice',
      [...API, '--environment', 'prod', '--environment', 'prod'],
      /It is given twice/,
    ],
    ['C5', 'a release with a line end', [...API.slice(2), '--release', 'v1.4.0\nx'], /release/],
    ['C5', 'a release with a NUL', [...API.slice(2), '--release', 'v1.4.0\0'], /release/],
    [
      'C5',
      'a release of 10 KB',
      [...API.slice(2), '--release', `v1.4.0-rc.${'1'.repeat(10_000)}`],
      /release is longer/,
    ],
    ['C5', 'a release that sorts wrongly', [...API.slice(2), '--release', 'v1.4.0-rc10'], /write v1\.4\.0-rc\.10/],
    ['C6', 'a changelog that is not there', [...API, '--changelog-file', '@no-such'], /no-such is not there\./],
    ['C6', 'a folder as changelog', [...API, '--changelog-file', '@.'], /is not a file\./],
    ['C6', 'a changelog of 5 MB', [...API, '--changelog-file', '@5-mb'], /has 5242880 bytes: expected 4194304 at most/],
    ['C6', 'a binary changelog', [...API, '--changelog-file', '@binary'], /is not text: it holds a NUL/],
    ['C6', 'a changelog that is no UTF-8', [...API, '--changelog-file', '@no-utf-8'], /is not UTF-8 text/],
    ['C6', 'a pipe as changelog, without waiting for it', [...API, '--changelog-file', '@pipe'], /is not a file\./],
    ['C7', 'a fact without value', [...API, '--meta', 'a'], /--meta: expected name=value, received "a"/],
    ['C7', 'a fact without name', [...API, '--meta', '=b'], /--meta: expected name=value, received "=b"/],
    ['C7', 'a fact named __proto__', [...API, '--meta', '__proto__=x'], /__proto__ is reserved/],
    ['C7', 'a fact named constructor', [...API, '--meta', 'constructor=x'], /constructor is reserved/],
    ['C7', 'a fact given twice', [...API, '--meta', 'a=1', '--meta', 'a=2'], /"a" is given twice/],
    [
      'C7',
      '500 facts',
      [...API, ...Array.from({ length: 500 }, (_, index) => ['--meta', `m${index}=x`]).flat()],
      /meta holds more than 50 entries/,
    ],
    ['C8', 'a link that runs', [...API, '--link', 'x=javascript:alert(1)'], /links\.x is not an https:\/\/ address/],
    ['C8', 'a link to a file', [...API, '--link', 'x=file:///etc/passwd'], /links\.x is not an https:\/\/ address/],
    ['C9', 'a date in the future', [...API, '--date', '2026-11-20T12:11:00Z'], /date is in the future: expected/],
    ['C9', 'a date that is none', [...API, '--date', 'today'], /date is not a time: expected ISO 8601/],
    ['C10', 'an item over 400 KB', ['--input', '@big.json'], /its biggest field is changelog \(420009 bytes\)/],
    ['C11', 'no release outside a CI', API.slice(2), /release is missing: name it by --release, as there is no/],
    ['C11', 'no type', [...API.slice(0, 2), ...API.slice(4)], /type is missing: name it by --type/],
    ['C11', 'no component', BACKEND, /component is missing: name it by --component/],
    [
      'C11',
      'a workload of no environment',
      [...API.slice(0, 2), '--type', 'k8s', '--component', 'api', '--kind', 'job'],
      /environment is missing: name it by --environment/,
    ],
    ['other', 'no image', [...API, '--image', 'Not One'], /--image: expected an image reference/],
    ['other', 'input and tool', ['--input', 'x', '--from', 'npm'], /--input or --from, not both/],
    ['other', 'fields beside an input', ['--input', 'x', '--commit', 'abcdef1'], /--commit cannot be given/],
    ['other', 'a path without tool', ['--path', 'x'], /--path needs --from/],
    ['other', 'an unknown tool', ['--from', 'make'], /Allowed choices are changesets, semantic-release/],
    [
      'other',
      'one version for the components of a tool',
      ['--from', 'npm', '--json', TWO_PACKAGES, ...BACKEND, '--version', '2.0.0'],
      /^--version names the version of one component, but npm speaks of 2\.$/m,
    ],
    [
      'other',
      'one name for the components of a tool',
      ['--from', 'npm', '--json', TWO_PACKAGES, ...API],
      /^--component names one component, but npm speaks of 2\.$/m,
    ],
    [
      'other',
      'a tag that is ambiguous by its pattern',
      [...BACKEND, '--tag', '1.0.0-auth-service', '--tag-pattern', '{version}-{component}'],
      /can be read as auth-service in 1\.0\.0 or as service in 1\.0\.0-auth/,
    ],
    ['other', 'an input that is not there', ['--input', '@no-such'], /no-such cannot be read/],
    ['other', 'an ambiguous tag', [...BACKEND, '--tag', 'foo-1.2.3-4.5.6'], /say which by --tag-pattern/],
    ['other', 'a version of another scheme', [...API, '--version', 'x', '--version-scheme', 'pep440'], /PEP 440/],
  ])('%s: %s', async (_row, _what, words, stderr) => {
    const said = await releaseMatrix(['publish', ...NOWHERE, ...words.map((word) => word.replace(/^@/, `${folder}/`))]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(stderr);
    // Nothing but what was asked: no stack, no second thought.
    expect(said.stderr.trimEnd().split('\n')).toHaveLength(1);
  });

  test('C1: no command', async () => {
    const said = await releaseMatrix([]);
    expect([said.exitCode, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toMatch(/^Usage: release-matrix \[options\] \[command\]\n/);
  });

  test('C5: a release with a lone surrogate', async () => {
    const input = file('surrogate.ndjson', JSON_RELEASE('v1.4.0-\\ud800'));
    expect(await releaseMatrix(['publish', '--input', input, ...NOWHERE])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/^line 1: release [^\n]+\n$/),
    });
  });
});

describe('taken, with what is said of it', () => {
  const dryRun = (words: string[], environment = {}) =>
    releaseMatrix(['publish', '--dry-run', ...words, ...NOWHERE], environment);

  test.each<[row: string, what: string, words: string[], item: object, stderr: RegExp]>([
    [
      'C2',
      'a name with a slash, as scoped packages have',
      [...BACKEND, '--component', 'a/b'],
      { 'component#name': 'backend#a/b' },
      /^$/,
    ],
    ['C4', 'a version 1.10, as text', [...API, '--version', '1.10'], { componentVersion: '1.10' }, /^$/],
    [
      'C6',
      'a changelog over 64 KB, cut with a mark',
      [...API, '--changelog-file', '@long.md'],
      { changelog: expect.stringMatching(/^x+\n\n\[… cut: 70000 bytes, of which 65536 are kept\]$/) },
      /^$/,
    ],
    ['C7', 'a fact whose value has a =', [...API, '--meta', 'a=b=c'], { meta: { a: 'b=c' } }, /^$/],
    [
      'C9',
      'a date of long ago',
      [...API, '--date', '2024-01-01T00:00:00Z'],
      { date: '2024-01-01T00:00:00.000Z' },
      /^the fragment: the date 2024-01-01T00:00:00\.000Z is more than a year ago\.\n$/,
    ],
  ])('%s: %s', async (_row, _what, words, item, stderr) => {
    file('long.md', 'x'.repeat(70_000));
    // A commit and a date, without which that is said as well.
    const known = ['--commit', 'abcdef1', ...(words.includes('--date') ? [] : ['--date', '2026-11-19T12:00:00Z'])];
    const said = await dryRun([...words.map((word) => word.replace(/^@/, `${folder}/`)), ...known]);
    expect(said.exitCode).toBe(0);
    expect(JSON.parse(said.stdout)).toMatchObject(item);
    expect(said.stderr).toMatch(stderr);
  });

  test('C12: an event of GitHub that cannot be read is a warning', async () => {
    const said = await dryRun([...API, '--date', '2026-11-19T12:00:00Z'], {
      GITHUB_ACTIONS: 'true',
      GITHUB_REPOSITORY: 'acme/api',
      GITHUB_SHA: 'a'.repeat(40),
      GITHUB_EVENT_PATH: file('broken-event.json', '{'),
    });
    expect(said.exitCode).toBe(0);
    expect(JSON.parse(said.stdout)).toMatchObject({ repo: 'acme/api' });
    expect(said.stderr).toMatch(/^GITHUB_EVENT_PATH cannot be used[^\n]*\n$/);
  });
});

test.each<[option: string, value: string, commands: string[]]>([
  ['--table', 'AAA', ['check', 'compare', 'publish', 'import', 'export', 'notify', 'table create', 'table describe']],
  ['--region', 'eu-west-1', ['check', 'publish', 'export', 'table create']],
  ['--profile', 'ci', ['deployed', 'publish']],
  ['--endpoint', 'http://127.0.0.1:1', ['manifest', 'import']],
  ['--from', 'good', ['check', 'report', 'compare', 'manifest', 'deployed', 'findings', 'notify']],
  ['--policy', 'policy.json', ['check', 'deployed']],
  ['--now', '2026-11-20T12:00:00Z', ['check', 'compare']],
  ['--as', 'rc', ['check', 'report', 'notify']],
  ['--link', 'https://releases.example/{release}', ['check', 'notify']],
  ['--wait', '10m', ['check', 'plan v1']],
  ['--to', 'rc', ['plan v1']],
  ['--command', 'tag {tag}', ['plan v1']],
  ['--environment', 'prod', ['deployed']],
  ['--webhook-file', 'webhook', ['notify']],
  ['--save', 'kept.ndjson', ['import']],
  ['--format', 'json', ['compare', 'manifest', 'deployed', 'findings', 'table describe']],
])('C1: %s given twice', async (option, value, commands) => {
  for (const command of commands) {
    expect(await releaseMatrix([...command.split(' '), option, value, option, value])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(
        new RegExp(`^error: option '${option} <[a-z]+>' argument .* It is given twice\\.\n$`),
      ),
    });
  }
});

const HOSTILE_WORD =
  'x\n::warning::pwned\n(Did you mean ::y)\r\n  ::add-mask::x\u001b[2J\u009b##[set-env name=x]y ##vso[task.complete]z';
test.each([
  ['an option’s value', ['publish', '--release', 'v1', '--kind', HOSTILE_WORD, '--dry-run']],
  ['an option’s value after =', ['check', 'v1', `--as=${HOSTILE_WORD}`]],
  ['an unknown option', ['check', `--tabel${HOSTILE_WORD}`]],
  ['an unknown command', [HOSTILE_WORD]],
  ['a word too many', ['deployed', HOSTILE_WORD]],
])('C13: %s is refused in words that give no command', async (_, words) => {
  const said = await releaseMatrix(words);
  expect([said.exitCode, said.stdout]).toEqual([2, '']);
  expect(said.stderr).toMatch(/^error: [^\p{Cc}]+(\n\(Did you mean [^\p{Cc}]+)?\n$/u);
  expect(said.stderr).not.toMatch(/##\w*\[/);
});

test('C1: a misspelt command is told with the one that is like it', async () => {
  expect(await releaseMatrix(['chek', 'v1'])).toMatchObject({
    exitCode: 2,
    stderr: "error: unknown command 'chek'\n(Did you mean check?)\n",
  });
});

test('C13: nothing of an input can give the terminal or the CI a command', async () => {
  const hostile = '\u001b]0;pwned\u0007\n::set-env name=PATH::x%0A\u202e##[add-mask]x##vso[task.complete]z';
  const input = file('hostile.json', [
    { release: hostile, type: 'backend', component: '::error::x' },
    { release: 'v1.4.0', type: 'backend', component: '::add-mask::x', owner: hostile },
    { release: 'v1.4.0', type: 'backend', component: 'api', owner: '\u009b##[add-mask]x' },
    { [hostile]: 1 },
  ]);
  for (const more of [['--format', 'text'], ['--format', 'json'], ['--dry-run']]) {
    const said = await releaseMatrix(['publish', '--input', input, ...more]);
    expect(said.exitCode).toBe(2);
    const whole = `${said.stdout}${said.stderr}`;
    expect(whole).not.toMatch(/[^\P{Cc}\n]/u);
    expect(whole).not.toMatch(/##\w*\[/);
    expect(whole.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
  }
});

eachTable((table) => {
  test('C14 to C16: the same again, other content, and content of an older date', async () => {
    const publish = (...more: string[]) => releaseMatrix(['publish', ...API, ...more, ...table.words]);
    const newer = ['--commit', 'abcdef2', '--date', '2026-11-20T11:00:00Z'];
    const older = ['--commit', 'abcdef1', '--date', '2026-11-19T11:00:00Z'];
    expect((await publish(...newer)).exitCode).toBe(0);
    expect(await publish(...newer)).toEqual({
      exitCode: 0,
      stdout: 'already published  v1.4.0  backend#api\n',
      stderr: '',
    });
    // A tag is built once: what is older is other content, and no roll-back by the side door.
    expect(await publish(...older)).toEqual({
      exitCode: 4,
      stdout: 'conflict           v1.4.0  backend#api\n',
      stderr: [
        'the fragment: v1.4.0 backend#api is published already, and says something else. --replace would replace it.',
        '  commit: published "abcdef2", offered "abcdef1"',
        '  date: published "2026-11-20T11:00:00.000Z", offered "2026-11-19T11:00:00.000Z"',
        '',
      ].join('\n'),
    });
    expect(await table.items()).toMatchObject([{ commit: 'abcdef2' }]);
  });

  test('C20: of 1,000 fragments the bad one costs the others nothing, and its line is named', async () => {
    const lines = Array.from({ length: 1000 }, (_, index) =>
      index === 499
        ? '{"release":"v1.4.0","type":"backend","component":"x#y"}'
        : JSON.stringify({ release: `v1.${index % 20}.0`, type: 'backend', component: `c${index}` }),
    );
    const said = await releaseMatrix(['publish', '--input', file('many.ndjson', lines.join('\n')), ...table.words]);
    expect([said.exitCode, said.stdout.match(/^published /gm)?.length]).toEqual([2, 999]);
    expect(said.stderr).toBe(
      'line 500: component is not a name: expected no white space, no #, no empty or dotted path segment, received "x#y"\n',
    );
    expect(await table.items()).toHaveLength(999);
    const { total, ...releases } = await table.counters();
    expect(Object.keys(releases)).toHaveLength(20);
    expect(Object.values(releases).reduce((sum: number, count) => sum + Number(count), 0)).toBe(999);
    expect(total).toBeGreaterThanOrEqual(20);
  }, 60_000);
});

describe('a table that does not answer as it should: exit 3, and the payload saved', () => {
  const published = async (answer: (operation: string) => Answer, more: Parameters<typeof releaseMatrix>[2] = {}) => {
    const server = await cannedServer(({ operation }) => answer(operation));
    const save = at('refused.ndjson');
    rmSync(save, { force: true });
    const said = await releaseMatrix(['publish', ...API, '--endpoint', server.origin, '--save', save], {}, more);
    await server.close();
    return { ...said, saved: readFileSync(save, 'utf8'), calls: server.calls.map(({ operation }) => operation) };
  };
  const PAYLOAD = '{"release":"v1.4.0","type":"backend","component":"api"}\n';

  test('C17: that denies writing, at once, with action, resource, role and the policy that fixes it', async () => {
    const { exitCode, stderr, calls, saved } = await published((operation) =>
      operation === 'DescribeTable'
        ? { body: DESCRIBED_TABLE }
        : awsError(
            'AccessDeniedException',
            'User: arn:aws:sts::111122223333:assumed-role/ci/run is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:eu-west-1:111122223333:table/ReleaseFragments because no identity-based policy allows it',
          ),
    );
    expect([exitCode, calls, saved]).toEqual([3, ['DescribeTable', 'PutItem'], PAYLOAD]);
    expect(stderr).toContain(
      'dynamodb:PutItem on arn:aws:dynamodb:eu-west-1:111122223333:table/ReleaseFragments is not allowed for arn:aws:sts::111122223333:assumed-role/ci/run.',
    );
    expect(stderr).toContain('"dynamodb:LeadingKeys"');
    expect(stderr).not.toMatch(/AKIA|ASIA|SecretAccessKey|any/);
  });

  /** As the project's own policies do: by the release, `dynamodb:LeadingKeys`. */
  const onlyReleasesWithV = async (releases: readonly string[]) => {
    const server = await cannedServer(({ operation, input }) => {
      if (operation === 'DescribeTable') return { body: DESCRIBED_TABLE };
      const key = String(Object.values(Object(input.Item).version ?? { S: 'v' })[0]);
      return key.startsWith('v')
        ? { body: '{}' }
        : awsError('AccessDeniedException', 'User: ci is not authorized to perform: dynamodb:PutItem on resource: t');
    });
    const fragments = releases.map((release, index) => ({ release, type: 'backend', component: `c${index}` }));
    const save = at('denied.ndjson');
    rmSync(save, { force: true });
    const words = ['--input', file('some-denied.json', fragments), '--endpoint', server.origin, '--save', save];
    const said = await releaseMatrix(['publish', ...words]);
    await server.close();
    const count = (word: string) => said.stdout.split('\n').filter((line) => line.startsWith(word)).length;
    return {
      ...{ exitCode: said.exitCode, stderr: said.stderr },
      ...{ published: count('published'), failed: count('failed'), notTried: count('not tried') },
      saved: readFileSync(save, 'utf8').trimEnd().split('\n').length,
      puts: server.calls.filter(({ operation }) => operation === 'PutItem').length,
    };
  };

  test.each([
    ['one key', 1],
    ['many keys, which come first', 30],
  ])('C17: that denies %s costs the others nothing', async (_, denied) => {
    const said = await onlyReleasesWithV([
      ...Array.from({ length: denied }, () => '1.6.0'),
      ...Array.from({ length: 20 }, () => 'v1.6.0'),
    ]);
    expect(said).toMatchObject({ exitCode: 3, published: 20, failed: denied, notTried: 0, saved: denied });
    expect(said.stderr.match(/^Access denied$/gm)).toHaveLength(1);
    expect(said.stderr).toContain('Others were taken');
  });

  test('C17: that denies a thousand is not called a thousand times', async () => {
    const said = await onlyReleasesWithV(Array.from({ length: 1000 }, () => '1.6.0'));
    expect(said).toMatchObject({
      exitCode: 3,
      published: 0,
      failed: said.puts,
      notTried: 1000 - said.puts,
      saved: 1000,
    });
    expect(said.puts).toBeLessThan(100);
    expect(said.stderr).not.toContain('Others were taken');
  });

  test('C18: that throttles, tried again for a minute at most', async () => {
    const pauses: number[] = [];
    const elapsed = () => pauses.reduce((sum, ms) => sum + ms, 0);
    const { exitCode, stdout, stderr, saved, calls } = await published(
      () => awsError('ProvisionedThroughputExceededException', 'slow down'),
      {
        patience: {
          elapsedMs: elapsed,
          pause: async (ms) => {
            pauses.push(ms);
          },
          random: () => 0.5,
        },
      },
    );
    expect([exitCode, stdout, saved]).toEqual([3, 'not tried          v1.4.0  backend#api\n', PAYLOAD]);
    expect(pauses.slice(0, 6)).toEqual([500, 1000, 2000, 4000, 8000, 10_000]);
    expect(elapsed()).toBeLessThanOrEqual(MAX_RETRY_MS);
    expect(elapsed()).toBeGreaterThan(MAX_RETRY_MS / 2);
    expect(stderr).toMatch(/throttled/i);
    expect(calls.length).toBeGreaterThan(6);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'C19: %s while it hangs ends the process with %i',
    async (signal, code) => {
      let called = () => {};
      const reached = new Promise<void>((resolve) => {
        called = resolve;
      });
      const server = await cannedServer(() => {
        called();
        return { does: 'hang' };
      });
      const save = at(`${signal}.ndjson`);
      const child = spawn(process.execPath, [
        'bin/release-matrix.mjs',
        ...['publish', ...API, '--endpoint', server.origin, '--save', save],
      ]);
      const ended = new Promise((resolve) => child.on('exit', (exitCode) => resolve(exitCode)));
      await reached;
      child.kill(signal);
      expect(await ended).toBe(code);
      expect(readFileSync(save, 'utf8')).toContain('"component":"api"');
      await server.close();
    },
    60_000,
  );
});
