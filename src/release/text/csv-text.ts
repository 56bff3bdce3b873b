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

function quoted(value: string): string {
  const plain = value.replace(LATER_FORMULA, "'$&").replaceAll('"', '""');
  return `"${FORMULA.test(value) ? "'" : ''}${plain}"`;
}
