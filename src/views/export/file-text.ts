import { csvDocument } from '../../release/text/csv-text.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { codeCell, markdownCode, markdownTable } from '../../release/text/markdown-text.ts';
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
  CSV: ({ rows, note }) => ({ ending: 'csv', type: 'text/csv', text: csvDocument(rows, note) }),
  JSON: ({ json }) => ({ ending: 'json', type: 'application/json', text: jsonText(json) }),
  Markdown: (exported) => ({ ending: 'md', type: 'text/markdown', text: markdownText(exported) }),
} satisfies Record<Format, (exported: Exportable) => FileText>;

/** What somebody published stands in code, so that none of it is rendered. */
function markdownText({ markdown, rows, note }: Exportable): string {
  if ('text' in markdown) return markdown.text;
  const told = note === null ? [] : [proseWithCode(note, markdownCode)];
  const table = rows.length > 1 ? markdownTable(rows.map((row) => row.map(codeCell))) : 'Nothing.';
  return `${[`# ${markdown.heading}`, ...told, table].join('\n\n')}\n`;
}
