import { csvText } from '../../release/text/csv-text.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { markdownCode } from '../../release/text/markdown-text.ts';
import { proseWithCode } from '../../release/text/prose.ts';
import type { Exportable } from './exportable.ts';

/** What a view can be saved as. */
export const FORMATS = ['CSV', 'JSON', 'Markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** A file as it is saved. */
export interface FileText {
  readonly ending: string;
  /** Media type. */
  readonly type: string;
  readonly text: string;
}

/** Writes an export in a format. Each says what the filters hide: CSV in its last row, so that the head stays first. */
export const WRITERS = {
  CSV: ({ rows, note }) => ({
    ending: 'csv',
    type: 'text/csv',
    text: csvText([...rows, [`# ${note}`]].map((row) => row.map((cell) => shownText(cell)))),
  }),
  JSON: ({ json }) => ({ ending: 'json', type: 'application/json', text: jsonText(json) }),
  Markdown: (exported) => ({ ending: 'md', type: 'text/markdown', text: markdownText(exported) }),
} satisfies Record<Format, (exported: Exportable) => FileText>;

/** A Markdown document with one table. What somebody published stands in code, so that none of it is rendered. */
function markdownText({ title, rows: [head = [], ...body], note }: Exportable): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [
    line(head.map(tableCell)),
    line(head.map(() => '---')),
    ...body.map((row) => line(row.map(tableCell))),
  ];
  return `${[`# ${title}`, proseWithCode(note, markdownCode), ...(body.length === 0 ? ['Nothing.'] : [table.join('\n')])].join('\n\n')}\n`;
}

/** Even within code a bar ends the cell of a table, unless it is escaped. */
function tableCell(text: string): string {
  return text === '' ? '' : markdownCode(text).replaceAll('|', '\\|');
}
