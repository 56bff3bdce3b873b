import { markOf } from './hidden-characters.ts';
import { shownByNumber, withoutLineCommands } from './log-text.ts';

/**
 * Text of somebody else's pipeline within Markdown that we write. It stands in code, in which nothing is a link, a
 * mention, an image or HTML; backslashes would not keep `@team` from being told, nor an address from becoming a link.
 */

/** Text as code within a line. What cannot be seen is shown by its number. */
export function markdownCode(text: string): string {
  const shown = shownByNumber(text, 'name');
  if (shown === '') return '`(empty)`';
  const fence = '`'.repeat(longestRun(shown, /`+/g) + 1);
  // Code that begins or ends with a backtick needs a space there, which is taken off again on both sides alike.
  const space = /^[` ]|[` ]$/.test(shown) ? ' ' : '';
  return `${fence}${space}${shown}${space}${fence}`;
}

/** Text as a block of code, its lines kept; none begins with a command to GitHub, for the block may be printed in a log. */
export function markdownBlock(text: string): string {
  const unified = text.replace(/\r\n?/g, '\n').trimEnd();
  const shown = withoutLineCommands(shownByNumber(unified, 'prose'));
  const fence = '`'.repeat(Math.max(3, longestRun(shown, /`+/g) + 1));
  return `${fence}text\n${shown}\n${fence}`;
}

/** An address that can be nothing else in Markdown, and its host. */
const PLAIN_ADDRESS = /^https:\/\/([\w.-]+(?::\d+)?)\/[\w./~%+=&?:-]*$/;

/** A link, where the address is plainly one; else the address as code. */
export function markdownLink(label: string, address: string): string {
  return PLAIN_ADDRESS.test(address) ? `[${label}](${address})` : `${label}: ${markdownCode(address)}`;
}

/** The same of an address that is somebody else's: with the host that it opens. */
export function markdownForeignLink(label: string, address: string): string {
  const host = PLAIN_ADDRESS.exec(address)?.[1];
  return `${markdownLink(label, address)}${host === undefined ? '' : ` (${markdownCode(host)})`}`;
}

/**
 * Rows as a table, the first of them its head.
 *
 * A bar ends a cell, even in code; one behind a backslash may, by who reads it. So it is shown by its number.
 *
 * @param rows as many cells in each; a cell is Markdown on one line, as `codeCell` and the others of this file write it
 * @returns lines without a line feed at the end
 */
export function markdownTable([head = [], ...body]: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...body]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', markOf('|'))).join(' | ')} |`)
    .join('\n');
}

/** Somebody else's text as the whole of a cell: in code, and nothing where there is none. */
export function codeCell(text: string): string {
  return text === '' ? '' : markdownCode(text);
}

function longestRun(text: string, runs: RegExp): number {
  return Math.max(0, ...(text.match(runs) ?? []).map((run) => run.length));
}
