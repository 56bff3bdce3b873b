import Papa from 'papaparse';

/**
 * What a spreadsheet may take for a formula: the signs of OWASP's list for CSV injection, their full-width forms and
 * line ends, also after blanks, which spreadsheets drop.
 */
const FORMULA = /^\s*[=+\-@\t\r\n\0＝＋－＠]/;

/** Rows as CSV that is safe to open: every value quoted, and one that could be a formula with an apostrophe before it. */
export function csvText(rows: readonly (readonly string[])[]): string {
  // Copies: the library's own types ask for arrays that may be written to.
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { escapeFormulae: FORMULA, quotes: true },
  )}\r\n`;
}
