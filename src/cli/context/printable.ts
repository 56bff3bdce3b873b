import { shownByNumber, withoutLineCommands } from '../../release/text/log-text.ts';
import type { CliContext } from './cli-context.ts';

/**
 * Text from the table for a terminal or a CI log, on one line. What is invisible or turns the direction is shown by its
 * number: a component called `\x1b]0;…` must not set the title of a window, nor one with a line feed and `::set-env`, or
 * with `##vso[`, give the CI a command. A line may be made of names that were made printable before.
 */
export function printable(line: string): string {
  return shownByNumber(line, 'line');
}

/** The same of a name, or a sentence that neither indents nor aligns: whatever makes two look alike is shown. Once only. */
export function printableName(text: string): string {
  return shownByNumber(text, 'name');
}

/** Says sentences to whoever watches, on standard error. */
export function say({ stderr }: Pick<CliContext, 'stderr'>, ...lines: readonly string[]): void {
  stderr(logLines(lines.map(printable)));
}

/** Lines for a CI log: a line that begins with `::` would be a command to GitHub. */
export function logLines(lines: readonly string[]): string {
  return lines.map((line) => `${withoutLineCommands(line)}\n`).join('');
}
