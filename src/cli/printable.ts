import { shownByNumber, withoutLineCommands } from '../release/log-text.ts';

/**
 * Text from the table for a terminal or a CI log, on one line. Control and bidirectional characters are shown by their
 * number: a component called `\x1b]0;…` must not set the title of a window, nor one with a line feed and `::set-env`, or
 * with `##vso[`, give the CI a command.
 */
export function printable(text: string): string {
  return shownByNumber(text);
}

/** Lines for a CI log: a line that begins with `::` would be a command to GitHub. */
export function logLines(lines: readonly string[]): string {
  return lines.map((line) => `${withoutLineCommands(line)}\n`).join('');
}
