import { printableName } from '../context/printable.ts';

/**
 * A command to GitHub's runner: `::error title=…::message`.
 * Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 *
 * @param lines of the message; characters that do something are shown by their number
 */
export function annotation(kind: 'error' | 'warning', title: string, lines: readonly string[]): string {
  return `::${kind} title=${property(printableName(title))}::${data(lines.map(printableName).join('\n'))}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
