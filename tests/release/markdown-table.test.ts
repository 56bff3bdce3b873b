import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import Markdown from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { expect, test } from 'vitest';
import { codeCell, markdownTable } from '../../src/release/text/markdown-text.ts';

test('a table: its head, a rule, a line for each row', () => {
  expect(
    markdownTable([
      ['component', ''],
      ['`backend#a`', '2 behind `v1.4.0`'],
    ]),
  ).toBe('| component |  |\n| --- | --- |\n| `backend#a` | 2 behind `v1.4.0` |');
});

const HOSTILE: readonly (readonly [cell: string, written: string])[] = [
  ['', ''],
  ['plain', '`plain`'],
  ['a|b', '`a⟨U+007C⟩b`'],
  ['||', '`⟨U+007C⟩⟨U+007C⟩`'],
  ['a\\|b', '`a\\⟨U+007C⟩b`'],
  ['a\\', '`a\\`'],
  ['a⟨U+007C⟩b', '`a⟨U+27E8⟩U+007C⟩b`'],
  ['a\nb', '`a⟨U+000A⟩b`'],
  ['a\r\n| b |', '`a⟨U+000D⟩⟨U+000A⟩⟨U+007C⟩ b ⟨U+007C⟩`'],
  ['`', '`` ` ``'],
  ['a`|`b', '``a`⟨U+007C⟩`b``'],
  ['<img src=x>', '`<img src=x>`'],
  ['](https://evil.example)', '`](https://evil.example)`'],
  ['@team', '`@team`'],
  [' a ', '`⟨U+0020⟩a⟨U+0020⟩`'],
  [' ', '`⟨U+0020⟩`'],
];

test.each(HOSTILE)('somebody’s text as a cell: %j', (cell, written) => {
  expect(markdownTable([['head'], [codeCell(cell)]]).split('\n')[2]).toBe(`| ${written} |`);
});

/** How GitHub reads it, as nearly as there is a package, and how the dashboard does. */
const READERS: readonly (readonly [name: string, html: (markdown: string) => string])[] = [
  ['remark', (text) => renderToStaticMarkup(createElement(Markdown, { remarkPlugins: [remarkGfm] }, text))],
  ['markdown-it', (text) => new MarkdownIt().render(text)],
];

test.each(READERS)('no cell gets out of its place, read by %s', (_, html) => {
  const cell = fc.oneof(
    fc.constantFrom(...HOSTILE.map(([of]) => of)),
    fc.string({ unit: fc.constantFrom('`', 'a', ' ', '|', '\\', '<', ']', '\n'), maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 4 }), (rows) => {
      const read = html(markdownTable([['a', 'b'], ...rows.map((row) => row.map(codeCell))]));
      const lines = read.split('<tr>').slice(2);
      expect(lines.map((line) => line.split('<td>').slice(1).length)).toEqual(rows.map(() => 2));
      const codes = rows.flat().filter((of) => of !== '').length;
      expect(read.match(/<code>/g) ?? []).toHaveLength(codes);
      expect(read.replaceAll(/<\/?(?:table|thead|tbody|tr|th|td|code)>/g, '')).not.toMatch(/[<|]/);
    }),
  );
});
