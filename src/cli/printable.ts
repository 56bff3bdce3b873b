/**
 * Text from the table for a terminal or a CI log. Control and bidirectional characters are shown by their number: a
 * component called `\x1b]0;…` must not set the title of a window, nor one with a line feed and `::set-env` give the
 * CI a command.
 */
export function printable(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Lines for a CI log: a line that begins with `::` would be a command to GitHub. */
export function logLines(lines: readonly string[]): string {
  return lines.map((line) => `${line.replace(/^(\s*)::/, '$1\u02d0\u02d0')}\n`).join('');
}
