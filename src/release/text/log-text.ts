import { markOf, shownText, type TextKind } from './hidden-characters.ts';

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

const COMMAND_BRACKETS = new RegExp(COMMAND_BRACKET.source, 'gu');

/**
 * Text with what cannot be seen, and what a terminal or the runner would act on, shown by its number. Of prose, which
 * keeps its lines, those that begin with a command are left: `withoutLineCommands`.
 */
export function shownByNumber(text: string, kind: TextKind): string {
  return shownText(text, kind).replace(COMMAND_BRACKETS, markOf);
}

/** Lines of which none begins with a command: its colons become look-alikes. */
export function withoutLineCommands(text: string): string {
  return text.replace(/^(\s*)::/gm, '$1\u02d0\u02d0');
}
