/**
 * Text of somebody else's pipeline where a terminal or a CI reads it. GitHub's runner takes commands from what a step
 * prints: `::name::…` at the start of a line, after blanks too, and in its older form `##[name]…` anywhere in a line. So do
 * the agent of Azure Pipelines, `##vso[name]…`, and that of TeamCity, `##teamcity[name …]`.
 * Sources: https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs,
 * https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands,
 * https://www.jetbrains.com/help/teamcity/service-messages.html
 */

/**
 * The bracket of a command that may stand anywhere in a line, whoever's agent it is for. What .NET passes over when it
 * looks for a text, such as a soft hyphen, hides none. Looked back from the bracket only, or long words would take long.
 */
export const COMMAND_BRACKET = /\[(?<=#\p{Default_Ignorable_Code_Point}*#[\p{Default_Ignorable_Code_Point}\w]*\[)/u;

/** Control, bidirectional and other invisible characters, and the bracket of a command. */
const ACTING = new RegExp(
  String.raw`[\p{Cc}\p{Cs}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|${COMMAND_BRACKET.source}`,
  'gu',
);

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
