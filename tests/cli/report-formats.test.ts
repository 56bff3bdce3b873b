import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { annotationsOf } from '../../src/cli/reports/report-github.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { gateRelease } from '../../src/release/report/gate.ts';
import { CASES } from '../release/cases.ts';
import { policyOf } from '../release/items.ts';
import { releaseMatrix, withoutHint } from './command.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'release-matrix-formats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

const read = (path: string) => readFileSync(path, 'utf8');
const FORMATS = ['text', 'json', 'markdown', 'junit', 'slack', 'github'] as const;
const NOW = ['--now', '2026-11-20T12:00:00Z'];
const EXIT_OF = { pass: 0, fail: 1, unknown: 3 };
const PASSING = CASES.find(({ name }) => name === 'a whole and consistent stable release passes')?.items ?? [];
const FAILING = CASES.find(({ name }) => name === 'a missing component blocks a stable release')?.items ?? [];

interface SlackMessage {
  readonly text: string;
  readonly blocks: readonly {
    readonly type: string;
    readonly text?: { readonly type: string; readonly text: string; readonly verbatim?: boolean };
    readonly elements?: readonly { readonly text: string }[];
  }[];
}

/** It carries no types. It refuses XML that is not whole. */
const { JSDOM }: { JSDOM: new (text: string, options: object) => { window: { document: Document } } } = createRequire(
  import.meta.url,
)('jsdom');
const xml = (text: string) => new JSDOM(text, { contentType: 'text/xml' }).window.document;

/** The verdict as each format says it to its reader. */
const VERDICT_IN = {
  text: (text) => /^(PASS|FAIL|UNKNOWN) {2}/.exec(text)?.[1]?.toLowerCase(),
  json: (text) => JSON.parse(text).verdict,
  markdown: (text) => /^## \S+ (PASS|FAIL|UNKNOWN) `/.exec(text)?.[1]?.toLowerCase(),
  junit: (text) => {
    const suites = xml(text).documentElement;
    const count = (name: string) => Number(suites.getAttribute(name));
    return count('failures') > 0 ? 'fail' : count('errors') > 0 ? 'unknown' : 'pass';
  },
  slack: (text) => /^\S+ (PASS|FAIL|UNKNOWN) /.exec(JSON.parse(text).text)?.[1]?.toLowerCase(),
  github: (text) => /^## \S+ (PASS|FAIL|UNKNOWN) `/.exec(text)?.[1]?.toLowerCase(),
} satisfies Record<(typeof FORMATS)[number], (text: string) => string | undefined>;

test.each(CASES.map((one, at) => ({ ...one, at })))(
  'case: $name: one verdict and exit code in every format',
  async ({ at, items, policy, release, now, as, notYet, expect: { verdict, findings } }) => {
    const words = [release, '--from', file(`${at}-items.json`, items), '--now', now];
    if (policy !== undefined) words.push('--policy', file(`${at}-policy.json`, policy));
    if (as !== undefined) words.push('--as', as);
    if (notYet !== undefined) words.push('--not-yet', notYet.join());
    const into = FORMATS.flatMap((format) => ['--format', `${format}=${join(folder, `${at}.${format}`)}`]);
    const gate = await releaseMatrix(['check', ...words, ...into]);
    const written = FORMATS.map((format) => VERDICT_IN[format](read(join(folder, `${at}.${format}`))));
    expect([gate.exitCode, gate.stdout, ...written]).toEqual([EXIT_OF[verdict], '', ...FORMATS.map(() => verdict)]);
    expect(gate.stderr.includes('::error ')).toBe(verdict === 'fail');
    expect(gate.stderr.includes('::warning ')).toBe(
      verdict === 'unknown' ||
        JSON.parse(read(join(folder, `${at}.json`))).findings.some(
          (one: { severity: string; waived: unknown }) => one.severity === 'warning' && one.waived === null,
        ),
    );
    for (const format of FORMATS) {
      const alone = await releaseMatrix(['check', ...words, '--format', format]);
      expect([format, alone.exitCode, alone.stdout]).toEqual([
        format,
        EXIT_OF[verdict],
        read(join(folder, `${at}.${format}`)),
      ]);
    }
    const never = verdict === 'unknown' ? 3 : 0;
    expect((await releaseMatrix(['check', ...words, '--report-only'])).exitCode).toBe(never);
    const told = await releaseMatrix(['report', ...words]);
    expect({ ...told, stderr: withoutHint(told.stderr) }).toEqual({
      exitCode: never,
      stdout: read(join(folder, `${at}.text`)),
      stderr: JSON.parse(read(join(folder, `${at}.json`))).fragments === 0 ? expect.stringContaining('The newest') : '',
    });
    expect(findings.length === 0 || read(join(folder, `${at}.markdown`)).includes('**')).toBe(true);
  },
);

describe('why it is unknown', () => {
  const parts = (version: string, count: number, date = '2026-10-01T12:00:00Z') =>
    Array.from({ length: count }, (_, index) => ({ version, 'component#name': `backend#part-${index}`, date }));
  const BEFORE = [...parts('v1.2.0', 63), ...parts('v1.3.0', 63)];
  const NO_FRAGMENTS = 'there is no fragment of it';
  const NO_ROSTER = 'nothing says what belongs to it';
  const SPELT = 'Publish it, or check the spelling against what was published.';
  const FIRST = 'Publish the first whole release, by which later ones are measured, or write a roster in the policy.';

  test.each<[reasons: string[], release: string, items: object[], sentence: string]>([
    [['no-fragments'], 'v1.4.0', BEFORE, `Cannot be told yet: ${NO_FRAGMENTS}. ${SPELT}`],
    [['no-roster'], 'v1.2.0', BEFORE, `Cannot be told: ${NO_ROSTER}. ${FIRST}`],
    [['no-fragments', 'no-roster'], 'v0.1.0', BEFORE, `Cannot be told yet: ${NO_FRAGMENTS}; ${NO_ROSTER}. ${SPELT}`],
    [
      ['arriving'],
      'v1.4.0',
      [...BEFORE, ...parts('v1.4.0', 12, '2026-11-20T11:55:00Z')],
      'Cannot be told yet: 51 of 63 still arriving.',
    ],
    [
      ['partial'],
      'v1.3.1',
      [...BEFORE, ...parts('v1.3.1', 2)],
      'Cannot be told: it holds 2 of 63, and nothing says whether that is intended.',
    ],
  ])('%s: in every format, with 3', async (reasons, release, items, sentence) => {
    const from = file('unknown.json', items);
    const said = async (format: string) => {
      const ran = await releaseMatrix(['check', release, '--from', from, ...NOW, '--format', format]);
      expect(ran.exitCode).toBe(3);
      return ran;
    };
    expect((await said('text')).stdout.split('\n')[1]).toBe(sentence);
    expect(JSON.parse((await said('json')).stdout)).toMatchObject({ verdict: 'unknown', unknown: reasons });
    expect((await said('markdown')).stdout.split('\n\n')[1]).toBe(sentence);
    const suite = xml((await said('junit')).stdout);
    expect(suite.querySelector('testcase[name=verdict-known] > error')?.getAttribute('message')).toBe(sentence);
    expect(suite.querySelector('property[name=unknown]')?.getAttribute('value')).toBe(reasons.join(', '));
    const message: SlackMessage = JSON.parse((await said('slack')).stdout);
    expect(message.blocks[1]?.text?.text.split('\n')[1]).toBe(sentence);
    const github = await said('github');
    expect(github.stdout).toContain(`\n\n${sentence}\n\n`);
    expect(github.stderr).toContain(`::warning title=${release}%3A unknown::${sentence}\n`);
    // Of a release without a fragment there is no manifest.
    if (reasons.includes('no-fragments')) return;
    const manifest = await releaseMatrix(['manifest', release, '--from', from, ...NOW]);
    expect(JSON.parse(manifest.stdout)).toMatchObject({ verdict: 'unknown', unknown: reasons });
  });
});

describe.each([
  ['passing', PASSING],
  ['failing', FAILING],
])('a %s release, whole', (name, items) => {
  test.each([
    ['text', 'txt'],
    ['json', 'json'],
    ['markdown', 'md'],
    ['junit', 'xml'],
    ['slack', 'slack.json'],
    ['github', 'github.txt'],
  ])('as %s', async (format, ending) => {
    const link = ['--link', 'https://releases.example/?view=release&release={release}'];
    const from = file(`${name}.json`, items);
    const said = await releaseMatrix(['report', 'v1.4.0', '--from', from, ...NOW, ...link, '--format', format]);
    await expect(`${said.stdout}${said.stderr}`).toMatchFileSnapshot(`../fixtures/reports/${name}.${ending}`);
  });

  test.each([
    ['compare', 'text', 'txt'],
    ['compare', 'json', 'json'],
    ['compare', 'markdown', 'md'],
    ['compare', 'csv', 'csv'],
    ['deployed', 'text', 'txt'],
    ['deployed', 'json', 'json'],
    ['deployed', 'markdown', 'md'],
    ['deployed', 'csv', 'csv'],
    ['findings', 'text', 'txt'],
    ['findings', 'json', 'json'],
    ['findings', 'markdown', 'md'],
    ['findings', 'csv', 'csv'],
    ['manifest', 'json', 'json'],
    ['manifest', 'yaml', 'yaml'],
    ['manifest', 'csv', 'csv'],
    ['manifest', 'markdown', 'md'],
  ])('%s as %s', async (command, format, ending) => {
    const sides = { compare: ['prev', 'v1.4.0'], deployed: [], manifest: ['v1.4.0'] }[command] ?? [];
    const from = file(`${name}.json`, items);
    const said = await releaseMatrix([command, ...sides, '--from', from, ...NOW, '--format', format]);
    expect([said.exitCode, said.stderr]).toEqual([0, '']);
    await expect(said.stdout).toMatchFileSnapshot(`../fixtures/reports/${name}.${command}.${ending}`);
  });
});

const HOSTILE = [
  '<!channel>',
  '<@U1>',
  '<https://evil.example|github.com>',
  '&lt;b&gt;',
  '`code`',
  '```',
  '*bold* _it_ ~x~',
  '::error::x',
  'a\n::set-env name=PATH::x',
  '\u001b]0;pwned\u0007',
  '\u001b[2J',
  '%0A::add-mask::x',
  '##[add-mask]x',
  'x ##vso[task.complete result=Succeeded;]x',
  '##teamcity[buildStop comment=x]',
  ']]>',
  '</testcase><testcase name="x"/>',
  '<img src=x onerror=alert(1)>',
  '[x](javascript:alert(1))',
  '@acme/team',
  'https://evil.example/',
  'a | b | c',
  '\u202eevil',
  '\ud800',
  'A'.repeat(50_000),
];

describe.each(HOSTILE.map((text) => ({ text, name: JSON.stringify(text).slice(0, 40) })))(
  'somebody’s text $name does nothing',
  ({ text }) => {
    const said = async (format: string, ...more: string[]) => {
      const hostile = [...PASSING, { version: 'v1.3.0', 'component#name': `backend#${text}`, owner: text }];
      const from = file('hostile.json', [
        ...hostile,
        { version: 'v1.2.0', 'component#name': `backend#${text}`, owner: text },
        { version: 'v1.4.0', 'component#name': 'backend#other', owner: text, date: text, commit: [text] },
        // Of these some words begin with the name.
        { version: 'v1.4.0', 'component#name': `a#${text}`, repo: 'acme/a', commit: 'abcdef1' },
        { version: 'v1.4.0', 'component#name': 'b#b', repo: 'acme/a', commit: 'abcdef2' },
      ]);
      const ran = await releaseMatrix(['report', 'v1.4.0', '--from', from, ...NOW, '--format', format, ...more]);
      expect(ran.exitCode).toBe(0);
      return ran;
    };

    test('in a terminal', async () => {
      const { stdout } = await said('text');
      expect(stdout).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e\ud800-\udfff]/u);
      expect(stdout.split('\n').filter((line) => line.trimStart().startsWith('::'))).toEqual([]);
    });

    test('in JSON: it reads back, and nothing in it acts on a terminal', async () => {
      const { stdout } = await said('json');
      expect(stdout).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
      const { findings }: { findings: { component: string | null }[] } = JSON.parse(stdout);
      expect(findings.map(({ component }) => component)).toContain(`backend#${text}`);
    });

    test('in Markdown: it stands in code and nowhere else', async () => {
      const { stdout } = await said('markdown');
      const html = renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, stdout));
      expect(html.replace(/<code>[^<]*<\/code>/g, '')).not.toMatch(/<(?!\/?(?:h2|h3|p|ul|li|strong)>)|evil|@|A{100}/);
      expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(65_000);
    });

    test('in JUnit: the XML is whole, with no case that is not ours', async () => {
      const document = xml((await said('junit')).stdout);
      const cases = [...document.querySelectorAll('testcase')].map((one) => one.getAttribute('name'));
      expect(cases.filter((name) => name === 'x')).toEqual([]);
      expect(document.documentElement.getAttribute('tests')).toBe(String(cases.length));
      expect(document.documentElement.textContent).not.toMatch(/[^\P{Cc}\n]|[\u202a-\u202e]/u);
    });

    test('in Slack: escaped, in code, within its limits', async () => {
      const message: SlackMessage = JSON.parse((await said('slack')).stdout);
      const texts = message.blocks.flatMap((block) => [
        ...(block.text === undefined ? [] : [block.text.text]),
        ...(block.elements ?? []).map((element) => element.text),
      ]);
      for (const one of [message.text, ...texts]) {
        expect(one).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)|[^\P{Cc}\n]/u);
        expect(one.replace(/`[^`\n]+`/g, '')).not.toMatch(/`|evil|@|channel/);
        expect(one.length).toBeLessThanOrEqual(3_000);
      }
      expect(message.blocks.every(({ type, text: of }) => type !== 'section' || of?.verbatim === true)).toBe(true);
    });

    test.each(FORMATS)('in GitHub’s log, printed as %s: no command but ours', async (format) => {
      // What is an error in a stable release only warns or informs in others, and is told elsewhere.
      for (const stage of ['stable', 'beta', 'alpha']) {
        const { stdout, stderr } = await said(format, '--as', stage);
        expect(stdout).not.toMatch(/^\s*::|##\w*\[/m);
        expect(stderr).not.toMatch(/##\w*\[/);
      }
    });

    test('in GitHub’s log: no command but ours', async () => {
      const { stderr } = await said('github');
      const lines = stderr.split('\n').slice(0, -1);
      expect(lines.length).toBeGreaterThan(0);
      for (const line of lines) {
        expect(line).toMatch(/^::(?:error|warning) title=[^:,]+::[^\p{Cc}]*$/u);
        expect(line.replace(/%(?:25|0A|3A|2C)/g, '')).not.toContain('%');
      }
    });
  },
);

describe('limits', () => {
  /** A release that lacks a thousand components, of which each has an owner of its own. */
  const many = ['v1.2.0', 'v1.3.0'].flatMap((version) =>
    Array.from({ length: 1_000 }, (_, index) => ({
      version,
      'component#name': `backend#${'<&>'.repeat(20)}-${index}`,
      owner: `team-${index % 120}`,
    })),
  );
  const words = () => ['report', 'v1.4.0', '--from', file('many.json', [...PASSING, ...many]), ...NOW];

  test('Slack takes 50 blocks, 3,000 characters in each, and about 13,200 in all; the rest is counted', async () => {
    const { stdout } = await releaseMatrix([...words(), '--format', 'slack']);
    const message: SlackMessage = JSON.parse(stdout);
    const texts = message.blocks.map((block) => block.text?.text ?? block.elements?.[0]?.text ?? '');
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(3_000);
    expect(texts.join('').length).toBeLessThanOrEqual(13_000);
    expect(texts.at(-2)).toMatch(/^… and \d+ more findings of \d+ owners$/);
    const shown = texts
      .join('\n')
      .split('\n')
      .filter((line) => line.startsWith('•')).length;
    const counted = [...texts.join('\n').matchAll(/^… and (\d+) more/gm)].reduce((sum, [, n]) => sum + Number(n), 0);
    expect(shown + counted).toBe(1_000);
  });

  test('a message of many small owners stays within 50 blocks', async () => {
    const small = ['v1.2.0', 'v1.3.0'].flatMap((version) =>
      Array.from({ length: 80 }, (_, n) => ({ version, 'component#name': `backend#${n}`, owner: `t${n}` })),
    );
    const from = file('small.json', [...PASSING, ...small]);
    const { stdout } = await releaseMatrix(['report', 'v1.4.0', '--from', from, ...NOW, '--format', 'slack']);
    const { blocks }: SlackMessage = JSON.parse(stdout);
    expect([blocks.length, blocks.at(-2)?.text?.text]).toEqual([50, '… and 34 more findings of 34 owners']);
  });

  test('a comment takes 65,536 characters; the weightiest findings come first and the rest is counted', async () => {
    const { stdout } = await releaseMatrix([...words(), '--format', 'markdown']);
    expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(65_000);
    const shown = stdout.split('\n').filter((line) => line.startsWith('- **')).length;
    const hidden = Number(/… and (\d+) more findings/.exec(stdout)?.[1]);
    expect([shown > 50, shown + hidden]).toEqual([true, 1_000]);
  });

  describe('waivers that end soon', () => {
    const reason = 'The pipelines move house';
    const waiver = { code: 'missing-component', release: 'v1.4.0', reason, by: 'qa', expires: '2026-11-22' };
    /** What is said of many components that are missing under waivers. */
    const waived = async (names: readonly string[], waivers: readonly object[], format: string) => {
      const missing = ['v1.2.0', 'v1.3.0'].flatMap((version) =>
        names.map((name) => ({ version, 'component#name': `backend#${name}` })),
      );
      const from = file('waived.json', [...PASSING, ...missing]);
      const policy = file('waivers.json', { waivers });
      const { stdout } = await releaseMatrix([
        ...['report', 'v1.4.0', '--from', from, '--policy', policy, ...NOW, '--format', format],
      ]);
      return stdout;
    };
    const numbered = (count: number) => Array.from({ length: count }, (_, index) => `c${1000 + index}`);

    test.each([
      ['text', 'backend#c1000'],
      ['markdown', '`backend#c1000`'],
      ['github', '`backend#c1000`'],
    ])('one for 1,999 findings is told once, as %s', async (format, name) => {
      const said = await waived(numbered(1_999), [waiver], format);
      expect(said.split('\n').filter((line) => line.startsWith('The waiver of'))).toEqual([
        `The waiver of missing-component for ${name} and 1998 more ends 2026-11-22.`,
      ]);
      if (format === 'markdown') expect(Buffer.byteLength(said)).toBeLessThanOrEqual(65_000);
    });

    test('of twelve ten are told, the first to end first, and the rest is counted', async () => {
      const names = numbered(12);
      const waivers = names.map((name, index) => ({
        ...waiver,
        component: `backend#${name}`,
        reason: `${reason}: ${name}`,
        expires: index < 6 ? '2026-11-24' : '2026-11-23',
      }));
      const lines = (await waived(names, waivers, 'text')).split('\n').filter((line) => /waivers? .*end/.test(line));
      expect(lines).toHaveLength(11);
      expect([lines[0], lines[9], lines[10]]).toEqual([
        'The waiver of missing-component for backend#c1006 ends 2026-11-23.',
        'The waiver of missing-component for backend#c1003 ends 2026-11-24.',
        '… and 2 more waivers end within seven days.',
      ]);
    });

    test('no name and no address is too long for the limit of a comment', async () => {
      const names = numbered(30).map((name) => `${name}${'\u202e\u202d'.repeat(450)}`);
      const waivers = names.map((name) => ({ ...waiver, component: `backend#${name.slice(0, 5)}*`, reason: name }));
      const said = await waived(names, waivers, 'markdown');
      expect(Buffer.byteLength(said)).toBeLessThanOrEqual(65_000);
      expect(said).toMatch(
        /^The waiver of missing-component for `backend#c1000(?:⟨U\+202[ED]⟩)+…` ends 2026-11-22\.$/m,
      );
      const release = `v1.4.0-${'x'.repeat(50_000)}`;
      const link = ['--link', 'https://releases.example/?release={release}'];
      const from = file('passing.json', PASSING);
      const { stdout } = await releaseMatrix(['report', release, '--from', from, ...link, '--format', 'markdown']);
      expect(Buffer.byteLength(stdout)).toBeLessThanOrEqual(65_000);
      expect(stdout).toMatch(/^## \S+ UNKNOWN `v1\.4\.0-x+…`$/m);
    });
  });

  test('a summary takes 1 MiB in all, with what other commands of the step wrote', async () => {
    const summary = file('summary.md', 'x'.repeat(1024 * 1024 - 20_000));
    const ran = await releaseMatrix([...words(), '--format', 'github', '--format', 'json'], {
      GITHUB_STEP_SUMMARY: summary,
    });
    expect(JSON.parse(ran.stdout).verdict).toBe('fail');
    const written = read(summary);
    expect(Buffer.byteLength(written)).toBeLessThanOrEqual(1024 * 1024);
    expect(written).toContain('more findings, which `--format json` lists');
    expect(ran.stderr.split('\n').filter((line) => line.startsWith('::error'))).toHaveLength(1);
    writeFileSync(summary, 'x'.repeat(1024 * 1024 - 100));
    await releaseMatrix([...words(), '--format', 'github'], { GITHUB_STEP_SUMMARY: summary });
    expect(read(summary)).toBe('x'.repeat(1024 * 1024 - 100));
  });

  test('a step has ten errors and ten warnings; the last tells of the rest', () => {
    const said = CASES.map(({ release, now, items, policy: document, as }) => {
      const policy = policyOf(document);
      const { fragments, rejected } = readItems(items, DOCUMENTED_KEYS, policy.environments);
      return gateRelease({ fragments, rejected, readAt: now, policy, digest: '' }, release, as ?? null).said;
    });
    // Everything that the cases find, as if it were found in one release, once as errors and once as warnings.
    const found = said.flatMap(({ findings }) => findings).filter(({ waived }) => waived === null);
    const findings = (['error', 'warning'] as const).flatMap((severity) => found.map((one) => ({ ...one, severity })));
    const [first] = said;
    if (first === undefined) throw new Error('there are cases');
    const report = {
      source: 'defaults',
      owners: new Map(),
      newest: [],
      link: null,
      onlyChanges: null,
    } as const;
    const whole = { ...first, verdict: 'fail', findings } as const;
    const lines = annotationsOf({ ...report, said: whole, whole })
      .split('\n')
      .slice(0, -1);
    const kinds = lines.map((line) => line.split(' ')[0]);
    expect(kinds).toEqual([...Array(10).fill('::error'), ...Array(10).fill('::warning')]);
    const counted = lines.slice(0, 9).map((line) => Number(/\((\d+)\)::/.exec(line)?.[1]));
    const rest = Number(/%3A (\d+) more findings::/.exec(lines[9] ?? '')?.[1]);
    expect(counted.reduce((sum, count) => sum + count, rest)).toBe(found.length);
  });
});

test.each<[string, string[], string]>([
  ['two on standard output', ['--format', 'json', '--format', 'text'], 'only one can go to standard output'],
  ['two in one file', ['--format', 'json=x', '--format', 'text=x'], 'cannot both go to x'],
  ['no file after =', ['--format', 'json='], 'Expected a file after =, such as json=report.txt.'],
  ['an unknown one', ['--format', 'pdf=x'], 'Allowed choices are text, json, markdown, junit, slack, github, html.'],
  ['a file that cannot be written', ['--format', 'json=/no/such/folder/x'], '/no/such/folder/x cannot be written'],
  ['a link that is none', ['--link', 'javascript:alert(1)'], 'Expected http:// or https://'],
  ['a link with a password', ['--link', 'https://a:b@c.example/'], 'Expected http:// or https://'],
])('a format that cannot be used ends with 2: %s', async (_, words, expected) => {
  const from = file('usage.json', PASSING);
  const said = await releaseMatrix(['check', 'v1.4.0', '--from', from, ...words]);
  expect([said.exitCode, said.stdout]).toEqual([2, '']);
  expect(said.stderr).toContain(expected);
});
