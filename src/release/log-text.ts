/**
 * Text of somebody else's pipeline where a terminal or a CI reads it. GitHub's runner takes commands from what a step
 * prints: `::name::…` at the start of a line, after blanks too, and in its older form `##[name]…` anywhere in a line.
 * Source: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 */

/** Control, bidirectional and other invisible characters, and the bracket of an older command. */
const ACTING = /[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|(?<=##)\[/gu;

/**
 * Text with what a terminal or the runner would act on shown by its number. Of a text that keeps its lines those that
 * begin with a command are left: `withoutLineCommands`.
 *
 * @param kept characters that stay as they are
 */
export function shownByNumber(text: string, kept = ''): string {
  return text.replace(ACTING, (character) =>
    kept.includes(character) ? character : `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** Lines of which none begins with a command: its colons become look-alikes. */
export function withoutLineCommands(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1\u02d0\u02d0');
}
