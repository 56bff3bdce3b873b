/**
 * What a spreadsheet may take for a formula: the signs of OWASP's list for CSV injection, their full-width forms and
 * line ends, also after blanks, which spreadsheets drop.
 */
const FORMULA = /^\s*[=+\-@\t\r\n\0＝＋－＠]/;

/**
 * Rows as CSV (RFC 4180) that is safe to open: every value quoted, and one that could be a formula with an apostrophe
 * before it.
 */
export function csvText(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

function quoted(value: string): string {
  return `"${FORMULA.test(value) ? "'" : ''}${value.replaceAll('"', '""')}"`;
}
