import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareTexts } from '../../src/release/compare/compare.ts';
import { compareAsMarkdown, compareAsRows } from '../../src/release/compare/compare-words.ts';
import type { Item } from '../../src/release/item/item.ts';
import { shownText } from '../../src/release/text/hidden-characters.ts';
import {
  markdownBlock,
  markdownCode,
  markdownForeignLink,
  markdownLink,
} from '../../src/release/text/markdown-text.ts';
import { madeReportOf, NOW } from './checks/said.ts';
import { item, policyOf } from './items.ts';

const items = [
  item('v1.0.0', 'backend#a', { componentVersion: '1.0.0', repo: 'acme/a', commit: 'abcdef1' }),
  item('v1.0.0', 'backend#gone', { componentVersion: '1.0.0' }),
  item('v1.0.0', 'backend#same', { componentVersion: '1.0.0' }),
  item('v1.1.0', 'backend#a', {
    componentVersion: '1.1.0',
    repo: 'acme/a',
    commit: 'abcdef2',
    changelog: '- @all: ```<img src=x>```\n',
  }),
  item('v1.1.0', 'backend#same', { componentVersion: '1.0.0' }),
  item('v1.1.0', 'backend#new`|\n# x', { componentVersion: '=1+1' }),
];
const compareItems = (of: readonly Item[], a: string, b: string) => {
  const { report, survey } = madeReportOf(of);
  return compareTexts(report, policyOf(undefined), a, b, survey.estate);
};
const reading = compareItems(items, 'v1.0.0', 'v1.1.0');
if ('faults' in reading) throw new Error(JSON.stringify(reading.faults));

test('a comparison as Markdown', () => {
  expect(compareAsMarkdown(reading.comparison)).toBe(
    [
      '## `v1.0.0` → `v1.1.0`',
      '',
      `1 new, 1 removed, 1 changed, 0 rebuilt from the same commit, 1 unchanged. Read ${NOW}.`,
      '',
      '### New',
      '',
      '- ``backend#new`|⟨U+000A⟩# x`` `=1+1`',
      '',
      '### Removed',
      '',
      '- `backend#gone` `1.0.0` → missing',
      '',
      '### Changed',
      '',
      '- `backend#a` `1.0.0` → `1.1.0` (minor) [commits](https://github.com/acme/a/compare/abcdef1...abcdef2) (`github.com`)',
      '  - componentVersion: `1.0.0` → `1.1.0`',
      '  - commit: `abcdef1` → `abcdef2`',
      '',
      '### Findings',
      '',
      'fixed 0, still 0, new 2.',
      '',
      '- new: `missing-component`: gone is missing from `v1.1.0`',
      '- new: `immature-version`: ``new`|⟨U+000A⟩#`` x is `=1+1` in a stable release',
      '',
      '### Changelogs',
      '',
      '#### `backend#a`',
      '',
      '`v1.1.0`',
      '',
      '````text',
      '- @all: ```<img src=x>```',
      '````',
      '',
    ].join('\n'),
  );
});

test('a comparison as rows: the head, every component, as plain text', () => {
  expect(compareAsRows(reading.comparison)).toEqual([
    [
      'component',
      'type',
      'name',
      'class',
      'step',
      'v1.0.0',
      'v1.1.0',
      'from release',
      'to release',
      'differences',
      'commits',
    ],
    [
      'backend#a',
      'backend',
      'a',
      'changed',
      'minor',
      '1.0.0',
      '1.1.0',
      'v1.0.0',
      'v1.1.0',
      'componentVersion: 1.0.0 → 1.1.0; commit: abcdef1 → abcdef2',
      'https://github.com/acme/a/compare/abcdef1...abcdef2',
    ],
    ['backend#gone', 'backend', 'gone', 'removed', '', '1.0.0', 'missing', 'v1.0.0', '', '', ''],
    ['backend#new`|\n# x', 'backend', 'new`|\n# x', 'new', '', '', '=1+1', '', 'v1.1.0', '', ''],
    ['backend#same', 'backend', 'same', 'unchanged', '', '1.0.0', '1.0.0', 'v1.0.0', 'v1.1.0', '', ''],
  ]);
});

test('what cannot be compared with an environment is in both', () => {
  const workloads = [item('v1.0.0', 'k8s#prod-deployment/a'), item('v1.1.0', 'k8s#prod-deployment/a')];
  const placed = compareItems([...items, ...workloads], '@prod', 'v1.0.0');
  if ('faults' in placed) throw new Error(JSON.stringify(placed.faults));
  expect(compareAsMarkdown(placed.comparison).split('\n').at(-2)).toBe(
    'Not compared, as they name no environment: `backend#a`, `backend#gone`, `backend#same`.',
  );
  expect(compareAsRows(placed.comparison).at(-1)).toEqual([
    'backend#same',
    'backend',
    'same',
    'not compared',
    ...['', '', '', '', ''],
    'names no environment',
    '',
  ]);
});

test.each([
  ['plain', '`plain`'],
  ['`', '`` ` ``'],
  ['a``b', '```a``b```'],
  [' a ', '`⟨U+0020⟩a⟨U+0020⟩`'],
  ['', '`(empty)`'],
  ['   ', '`⟨U+0020 ×3⟩`'],
  ['a\nb\u202ec\u200bd\u0000\ud800', '`a⟨U+000A⟩b⟨U+202E⟩c⟨U+200B⟩d⟨U+0000⟩⟨U+D800⟩`'],
  ['a###[group]#[', '`a###⟨U+005B⟩group]#[`'],
  ['a ##vso[task.setvariable variable=x]y', '`a ##vso⟨U+005B⟩task.setvariable variable=x]y`'],
  ['##VSO[x]##teamcity[x]', '`##VSO⟨U+005B⟩x]##teamcity⟨U+005B⟩x]`'],
  // .NET compares by culture: to it a soft hyphen is not there.
  ['#\u00ad#v\u00adso\ufe0f[x]', '`#⟨U+00AD⟩#v⟨U+00AD⟩so⟨U+FE0F⟩[x]`'],
  ['# vso[x] ## vso[x] #vso[x]', '`# vso[x] ## vso[x] #vso[x]`'],
])('code within a line: %j', (text, expected) => expect(markdownCode(text)).toBe(expected));

test.each([
  ['a\r\nb\tc\rd\n\n', '```text\na\nb\tc\nd\n```'],
  ['```\n</details>', '````text\n```\n</details>\n````'],
  ['\u001b[31m\u2066', '```text\n⟨U+001B⟩[31m⟨U+2066⟩\n```'],
  ['hello\n::add-mask::x\n\n \t::x\na ::b', '```text\nhello\n\u02d0\u02d0add-mask::x\n\n \t\u02d0\u02d0x\na ::b\n```'],
  ['# x ##[set-env name=x]y', '```text\n# x ##⟨U+005B⟩set-env name=x]y\n```'],
])('a block of code: %j', (text, expected) => expect(markdownBlock(text)).toBe(expected));

test.each([
  ['https://github.com/acme/a/compare/a...b', '[commits](https://github.com/acme/a/compare/a...b)'],
  [
    'https://gitlab.example:8443/a/-/compare/a...b?x=1&y=2',
    '[commits](https://gitlab.example:8443/a/-/compare/a...b?x=1&y=2)',
  ],
  ['javascript:alert(1)', 'commits: `javascript:alert(1)`'],
  ['https://a.example/) [x](https://evil.example', 'commits: `https://a.example/) [x](https://evil.example`'],
  ['https://github.com@evil.example/', 'commits: `https://github.com@evil.example/`'],
  ['http://a.example/', 'commits: `http://a.example/`'],
])('a link: %s', (address, expected) => expect(markdownLink('commits', address)).toBe(expected));

test.each([
  ['https://evil.example/github.com', '[commits](https://evil.example/github.com) (`evil.example`)'],
  ['https://gitlab.example:8443/a', '[commits](https://gitlab.example:8443/a) (`gitlab.example:8443`)'],
  ['https://github.com@evil.example/', 'commits: `https://github.com@evil.example/`'],
])('a link of somebody else: %s', (address, expected) => {
  expect(markdownForeignLink('commits', address)).toBe(expected);
});

/** What CommonMark takes for code that begins at the start of a text: it ends at the next run of as many backticks. */
function codeSpan(markdown: string): { content: string; rest: string } {
  const fence = /^`+/.exec(markdown)?.[0] ?? '';
  const runs = [...markdown.slice(fence.length).matchAll(/`+/g)];
  const end = runs.find(([run]) => run.length === fence.length);
  if (fence === '' || end === undefined) throw new Error(`no code: ${markdown}`);
  const content = markdown.slice(fence.length, fence.length + end.index);
  return { content, rest: markdown.slice(2 * fence.length + end.index) };
}

test('no text gets out of its code', () => {
  const text = fc.string({ unit: fc.constantFrom('`', 'a', ' ', '|', '\\', '<', '\n'), maxLength: 12 });
  fc.assert(
    fc.property(text, (of) => {
      const { content, rest } = codeSpan(markdownCode(of));
      expect(rest).toBe('');
      // A space at both ends is taken off again.
      const plain = /^ .* $/.test(content) && content.trim() !== '' ? content.slice(1, -1) : content;
      if (of !== '') expect(plain).toBe(shownText(of));
    }),
  );
  fc.assert(
    fc.property(text, (of) => {
      const [open = '', ...lines] = markdownBlock(of).split('\n');
      const fence = open.replace('text', '');
      expect(lines.findIndex((line) => line.trim().startsWith(fence))).toBe(lines.length - 1);
    }),
  );
});
