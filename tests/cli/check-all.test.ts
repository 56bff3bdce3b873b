import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { readItems } from '../../src/release/item/fragment.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import { surveySteps } from '../../src/release/report/survey.ts';
import { generatedItems } from '../bench/generated-items.ts';
import { releaseMatrix } from './command.ts';

vi.mock(import('../../src/release/item/fragment.ts'), async (original) => {
  const real = await original();
  return { ...real, readItems: vi.fn(real.readItems) };
});
vi.mock(import('../../src/release/report/make-report.ts'), async (original) => {
  const real = await original();
  return { ...real, makeReport: vi.fn(real.makeReport) };
});
vi.mock(import('../../src/release/report/survey.ts'), async (original) => {
  const real = await original();
  return { ...real, surveySteps: vi.fn(real.surveySteps) };
});
beforeEach(() => vi.clearAllMocks());

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-all-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

type Items = readonly Readonly<Record<string, unknown>>[];
const NOW = ['--now', '2026-11-20T12:00:00Z'];
const PARTS = ['backend#a', 'backend#b', 'backend#c', 'backend#d'];
const release = (version: string, parts = PARTS, more: object = {}): Items =>
  parts.map((name) => ({ version, 'component#name': name, date: '2026-06-01T12:00:00Z', ...more }));
const workload = (version: string, environment: string, date: string) => ({
  version,
  'component#name': `k8s#${environment}-deployment/a`,
  imageRef: `ghcr.io/acme/a:${version.slice(1)}`,
  date,
  replicas: 1,
  readyReplicas: 1,
});

const WHOLE = [...release('v1.0.0'), ...release('v1.1.0'), ...release('v1.2.0')];
/** Passes, fails by what is missing, is a patch of a part, and the first, of which nobody knows. */
const MIXED = [...WHOLE, ...release('v1.3.0', PARTS.slice(1)), ...release('v1.2.1', PARTS.slice(0, 1))];
const PASSING = WHOLE.filter(({ version }) => version !== 'v1.0.0');
const ROSTER = { roster: PARTS.map((component) => ({ component })) };

async function all(items: Items, ...words: string[]) {
  return await releaseMatrix(['check', '--all', '--from', file('table.json', items), ...NOW, ...words]);
}
const objects = (json: string): { release: string; verdict: string; digest: string }[] => JSON.parse(json);

describe('every release of a table', () => {
  test('as text: a line each, newest first', async () => {
    const { exitCode, stdout, stderr } = await all(MIXED);
    expect(stdout.replace(/sha256:\w+/, 'sha256:…').split('\n')).toEqual([
      'FAIL     v1.3.0  stable  3 of 4     1 error    missing-component (1)',
      'UNKNOWN  v1.2.1  stable  1 of 4     1 warning  it holds 1 of 4, and nothing says whether that is intended',
      'PASS     v1.2.0  stable  4 of 4',
      'PASS     v1.1.0  stable  4 of 4',
      'UNKNOWN  v1.0.0  stable  no roster             nothing says what belongs to it',
      '',
      '5 releases: 1 fail, 2 unknown, 2 pass',
      '16 fragments, read 2026-11-20T12:00:00.000Z, default policy, sha256:…',
      '',
    ]);
    expect([exitCode, stderr]).toEqual([1, '']);
  });

  test('as JSON: the objects that check prints of each', async () => {
    const { stdout } = await all(MIXED, '--format', 'json');
    const each = [];
    for (const tag of ['v1.3.0', 'v1.2.1', 'v1.2.0', 'v1.1.0', 'v1.0.0']) {
      const one = ['check', tag, '--from', file('table.json', MIXED), ...NOW, '--format', 'json'];
      each.push(JSON.parse((await releaseMatrix(one)).stdout));
    }
    expect(JSON.parse(stdout)).toEqual(each);
    expect(new Set(objects(stdout).map(({ digest }) => digest)).size).toBe(1);
  });

  test('as Markdown: a table, with links', async () => {
    const { stdout } = await all(
      MIXED,
      '--format',
      'markdown',
      '--link',
      'https://releases.example/?release={release}',
    );
    expect(stdout.split('\n').slice(0, 6)).toEqual([
      '## ❌ FAIL 5 releases: 1 fail, 2 unknown, 2 pass',
      '',
      '| verdict | release | stage | complete | found | why |',
      '| --- | --- | --- | --- | --- | --- |',
      '| ❌ FAIL | [`v1.3.0`](https://releases.example/?release=v1.3.0) | stable | 3 of 4 | 1 error | missing-component (1) |',
      '| ❔ UNKNOWN | [`v1.2.1`](https://releases.example/?release=v1.2.1) | stable | 1 of 4 | 1 warning | it holds 1 of 4, and nothing says whether that is intended |',
    ]);
  });

  test('as JUnit: a suite each', async () => {
    const { JSDOM }: { JSDOM: new (text: string, options: object) => { window: { document: Document } } } =
      createRequire(import.meta.url)('jsdom');
    const { stdout } = await all(MIXED, '--format', 'junit');
    const { document } = new JSDOM(stdout, { contentType: 'text/xml' }).window;
    const suites = [...document.querySelectorAll('testsuite')].map((suite) =>
      ['name', 'failures', 'errors'].map((name) => suite.getAttribute(name)),
    );
    expect(suites).toEqual([
      ['v1.3.0', '1', '0'],
      ['v1.2.1', '0', '1'],
      ['v1.2.0', '0', '0'],
      ['v1.1.0', '0', '0'],
      ['v1.0.0', '0', '1'],
    ]);
  });

  test('as a message to Slack: those that do not pass', async () => {
    const { stdout } = await all(MIXED, '--format', 'slack');
    const { text, blocks } = JSON.parse(stdout);
    expect(text).toBe('❌ FAIL 5 releases: 1 fail, 2 unknown, 2 pass');
    expect(blocks[1].text.text.split('\n')).toEqual([
      '❌ `v1.3.0` (stable), 3 of 4: missing-component (1)',
      '❔ `v1.2.1` (stable), 1 of 4: it holds 1 of 4, and nothing says whether that is intended',
      '❔ `v1.0.0` (stable), no roster: nothing says what belongs to it',
    ]);
    expect(
      JSON.parse((await all(PASSING, '--policy', file('roster.json', ROSTER), '--format', 'slack')).stdout).blocks,
    ).toHaveLength(2);
  });

  test('for GitHub: the table as summary, and a line for each that does not pass', async () => {
    const summary = file('summary.md', '');
    const words = [
      'check',
      '--all',
      '--from',
      file('table.json', MIXED),
      ...NOW,
      '--format',
      'github',
      '--format',
      'json',
    ];
    const { stdout, stderr } = await releaseMatrix(words, { GITHUB_STEP_SUMMARY: summary });
    expect(objects(stdout)).toHaveLength(5);
    expect(stderr.split('\n')).toEqual([
      '::error title=v1.3.0%3A fail::missing-component (1)',
      '::warning title=v1.2.1%3A unknown::it holds 1 of 4, and nothing says whether that is intended',
      '::warning title=v1.0.0%3A unknown::nothing says what belongs to it',
      '',
    ]);
    expect(readFileSync(summary, 'utf8')).toBe((await all(MIXED, '--format', 'markdown')).stdout);
  });

  test.each<[string, Items, string[], number]>([
    ['one fails', MIXED, [], 1],
    ['none fails and one is unknown', WHOLE, [], 3],
    ['all pass', WHOLE, ['--policy', 'ROSTER'], 0],
    [
      'one fails, but not as a beta',
      MIXED.filter(({ version }) => version !== 'v1.0.0' && version !== 'v1.2.1'),
      ['--as', 'alpha'],
      3,
    ],
    ['one fails, and never blocks', MIXED, ['--report-only'], 0],
    ['one is unknown, and never blocks', WHOLE, ['--report-only'], 3],
    [
      'what is missing is not asked for yet',
      MIXED.filter(({ version }) => version !== 'v1.2.1'),
      ['--not-yet', 'backend', '--policy', 'ROSTER'],
      0,
    ],
    ['there is no release', [], [], 3],
  ])('the exit code where %s', async (_, items, words, exitCode) => {
    const more = words.map((word) => (word === 'ROSTER' ? file('roster.json', ROSTER) : word));
    expect((await all(items, ...more)).exitCode).toBe(exitCode);
    const reported = await releaseMatrix([
      'report',
      '--all',
      '--from',
      file('table.json', items),
      ...NOW,
      ...more.filter((word) => word !== '--report-only'),
    ]);
    expect(reported.exitCode).toBe(exitCode === 3 ? 3 : 0);
  });

  test('one that only has an item which cannot be read is there', async () => {
    const { stdout } = await all([...WHOLE, { version: 'v2.0.0', 'component#name': 'no type' }], '--format', 'json');
    expect(objects(stdout)[0]).toMatchObject({ release: 'v2.0.0', verdict: 'unknown', unknown: ['no-fragments'] });
  });

  test('of no release at all nothing is green', async () => {
    const { stdout } = await all([]);
    expect(stdout).toMatch(/^no release at all\n0 fragments, /);
    expect((await all([], '--format', 'json')).stdout).toBe('[]\n');
    expect((await all([], '--format', 'markdown')).stdout).toMatch(/^## ❔ UNKNOWN no release at all\n\n<sub>/);
  });
});

describe('--current', () => {
  const tags = async (items: Items) =>
    objects((await all(items, '--current', '--format', 'json')).stdout).map((one) => one.release);

  test.each<[string, Items, string[]]>([
    [
      'the newest stable one and what is newer',
      [...WHOLE, ...release('v1.2.0-rc.1'), ...release('v1.3.0-rc.1'), ...release('v1.4.0-alpha.1')],
      ['v1.4.0-alpha.1', 'v1.3.0-rc.1', 'v1.2.0'],
    ],
    ['its other spelling', [...WHOLE, ...release('1.2.0')], ['1.2.0', 'v1.2.0']],
    [
      'all of them where none is stable',
      [...release('v1.0.0-rc.1'), ...release('nightly')],
      ['v1.0.0-rc.1', 'nightly'],
    ],
    [
      'what still runs somewhere',
      [
        ...WHOLE,
        workload('v1.2.0', 'qa', '2026-06-03T00:00:00Z'),
        workload('v1.1.0', 'prod', '2026-06-02T00:00:00Z'),
        workload('v1.0.0', 'prod', '2026-06-01T00:00:00Z'),
      ],
      ['v1.2.0', 'v1.1.0'],
    ],
    [
      'what was rolled back to',
      [
        ...WHOLE,
        workload('v1.2.0', 'prod', '2026-06-02T00:00:00Z'),
        workload('v1.0.0', 'prod', '2026-06-03T00:00:00Z'),
      ],
      ['v1.2.0', 'v1.0.0'],
    ],
  ])('%s', async (_, items, expected) => {
    expect(await tags(items)).toEqual(expected);
  });
});

test('of 40,000 items all is read and worked out once, however many releases there are', async () => {
  const items = generatedItems(434, 100);
  const from = file('large.ndjson', items.map((item) => JSON.stringify(item)).join('\n'));
  const { stdout } = await releaseMatrix(['report', '--all', '--from', from, '--format', 'json']);
  expect([items.length > 39_000, objects(stdout).length]).toEqual([true, 434]);
  const calls = [readItems, makeReport, surveySteps].map((of) => vi.mocked(of).mock.calls.length);
  expect(calls).toEqual([1, 1, 1]);
}, 60_000);

describe('a table that seems to hold only what changed', () => {
  const CHANGES = [
    ...WHOLE,
    ...release('v1.3.0', PARTS.slice(0, 1)),
    ...release('v1.4.0', PARTS.slice(1, 2)),
    ...release('v1.5.0', PARTS.slice(0, 1)),
    ...release('v1.6.0', PARTS.slice(1, 2)),
    ...release('v1.7.0', PARTS.slice(2, 3)),
  ];
  const POLICY = '{ "roster": [{ "component": "*", "expectation": "carried" }] }';
  const SAID = `4 of 7 stable releases lack more than half of what the releases before have: this table seems to hold only what changed. If so, say it in the policy, and the rest is carried over:\n  ${POLICY}\n`;

  test.each([
    [['check', 'v1.7.0']],
    [['report', 'v1.2.0', '--format', 'json']],
    [['check', '--all']],
    [['report', '--all', '--current', '--format', 'junit']],
  ])('is told by %j, once, beside what is printed', async (words) => {
    const from = ['--from', file('changes.json', CHANGES), ...NOW];
    expect((await releaseMatrix([...words, ...from])).stderr).toBe(SAID);
    const policy = ['--policy', file('carried.json', POLICY)];
    expect((await releaseMatrix([...words, ...from, ...policy])).stderr).toBe('');
  });

  test('with the policy that says so each release carries over what it did not tag', async () => {
    const { exitCode, stdout } = await all(CHANGES, '--policy', file('carried.json', POLICY));
    expect([exitCode, stdout.split('\n')[0]]).toEqual([3, 'PASS     v1.7.0  stable  4 of 4']);
    expect(stdout).toMatch(/^8 releases: 1 unknown, 7 pass$/m);
  });
});

describe('limits', () => {
  /** One half fails by what is missing; of the other nothing says what belongs to it. */
  const many = Array.from({ length: 1_000 }, (_, index) => [
    ...release(`v1.${index}.0`, [`backend#part-${index % 2}`]),
    ...release(`v0.${index}.0`, [`backend#part-${index}`]),
  ]).flat();

  test('a comment takes 65,536 characters, and a message 3,000 in a section: the rest is counted', async () => {
    const { stdout } = await all(many, '--format', 'markdown');
    expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(65_000);
    const shown = stdout.split('\n').filter((line) => /^\| \S+ (?:PASS|FAIL|UNKNOWN) /.test(line)).length;
    const hidden = Number(/^… and (\d+) more releases, which `--format json` lists\.$/m.exec(stdout)?.[1]);
    expect([shown > 100, shown + hidden]).toEqual([true, 2_000]);
    const { blocks } = JSON.parse((await all(many, '--format', 'slack')).stdout);
    expect(blocks[1].text.text.length).toBeLessThanOrEqual(3_000);
    expect(blocks[1].text.text).toMatch(/\n… and \d+ more releases$/);
  });

  test('a step has ten errors and ten warnings; the last tells of the rest', async () => {
    const { stderr } = await all(many, '--format', 'github');
    for (const [kind, verdict] of [
      ['error', 'fail'],
      ['warning', 'unknown'],
    ]) {
      const lines = stderr.split('\n').filter((line) => line.startsWith(`::${kind} `));
      expect(lines).toHaveLength(10);
      expect(lines.at(-1)).toMatch(
        new RegExp(`^::${kind} title=\\d+ more releases%3A ${verdict}::v\\d\\.\\d+\\.0(?:, v\\d\\.\\d+\\.0){9}, …$`),
      );
    }
  });
});

describe.each([
  '<!channel>',
  '`x`',
  '::error::x',
  'a\n::set-env name=PATH::x',
  '\u001b[2J',
  '##[add-mask]x',
  'a | b | c',
  '[x](javascript:alert(1))',
  '@acme/team',
])('a release called %j does nothing', (tag) => {
  test.each(['text', 'json', 'markdown', 'junit', 'slack', 'github'])('as %s', async (format) => {
    const { stdout, stderr } = await all([...WHOLE, ...release(tag)], '--format', format);
    expect(stdout).not.toMatch(/[^\P{Cc}\n]|^\s*::|##\[/mu);
    expect(stderr).not.toMatch(/[^\P{Cc}\n]|##\[|^\s*::(?!(?:error|warning) title=[^:,]+::)/mu);
    if (format === 'markdown') {
      const rows = stdout.split('\n').filter((line) => line.startsWith('|'));
      expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([8]));
      expect(stdout.replace(/(`+) ?.*?[^`] ?\1(?!`)/g, '')).not.toMatch(/channel|javascript|@/);
    }
    if (format === 'slack') expect(JSON.parse(stdout).blocks[1].text.text).not.toMatch(/[<>]/);
  });
});

test.each<[string, string[], string]>([
  ['neither', ['check'], 'Expected a release, such as v1.4.0, or --all.'],
  ['neither, of a report', ['report'], 'Expected a release, such as v1.4.0, or --all.'],
  ['both', ['check', 'v1.0.0', '--all'], 'Expected a release or --all, not both.'],
  [
    '--current without --all',
    ['check', 'v1.0.0', '--current'],
    '--current leaves some out of --all, which is not given.',
  ],
  ['--wait for all', ['check', '--all', '--wait', '1m'], '--wait is for one release'],
  ['notify of all', ['notify', '--all'], "unknown option '--all'"],
  ['notify of none', ['notify'], "missing required argument 'release'"],
])('%s cannot be asked for, and ends with 2', async (_, words, expected) => {
  const said = await releaseMatrix([...words, '--from', file('table.json', WHOLE)]);
  expect([said.exitCode, said.stdout]).toEqual([2, '']);
  expect(said.stderr).toContain(expected);
});
