import { shownByNumber } from './log-text.ts';

/**
 * What a spreadsheet may take for a formula: the signs of OWASP's list for CSV injection, their full-width forms and
 * line ends, also after blanks, which spreadsheets drop.
 */
const FORMULA = /^\s*[=+\-@\t\r\n\0＝＋－＠]/;

/**
 * The same within a value, after a sign at which a spreadsheet may part the line: where that is the semicolon, as in
 * much of Europe, quotes that follow a comma hold nothing together, and `a;=1+1` is two cells.
 */
const LATER_FORMULA = /[=+\-@＝＋－＠](?<=[;,|\t\r\n][\s"]*.)/g;

/**
 * Rows as CSV that is safe to open, whatever sign it is parted at: every value quoted, and an apostrophe before whatever
 * could be a formula.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

/**
 * A document as CSV. It holds nothing that a terminal or a CI log would act on either: nobody stops a person from
 * printing a table that is meant for a file.
 *
 * @param rows plain text of somebody else's pipeline, the head first
 * @param note what must be known of it, as its last row, so that the head stays first; null: nothing
 */
export function csvDocument(rows: readonly (readonly string[])[], note: string | null = null): string {
  const noted = note === null ? rows : [...rows, [`# ${note}`]];
  return csvText(noted.map((row) => row.map((cell) => shownByNumber(cell, 'name'))));
}

function quoted(value: string): string {
  const plain = value.replace(LATER_FORMULA, "'$&").replaceAll('"', '""');
  return `"${FORMULA.test(value) ? "'" : ''}${plain}"`;
}
