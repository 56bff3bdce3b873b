import { SHOWN_IN_LINE } from './hidden-characters.ts';
import { COMMAND_BRACKET } from './log-text.ts';

// JSON.stringify and YAML leave alone much that cannot be seen or that a terminal may act on, and what a CI's agent takes for
// a command, `##[…]` or `##vso[…]`. Both languages can write it by number, which every reader turns back into the
// character.
export const ACTING = new RegExp(String.raw`(?!\n)${SHOWN_IN_LINE}|${COMMAND_BRACKET.source}`, 'gu');

/** A document as JSON, indented, harmless to a terminal and a CI log, with a line feed at its end. */
export function jsonText(document: unknown): string {
  return `${JSON.stringify(document, null, 2).replace(ACTING, escapeOf)}\n`;
}

/** A value as JSON on one line, harmless to a terminal and a CI log. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(ACTING, escapeOf);
}

/** A character as it can be written within the quotes of JSON: `\u202e`, and as two beyond the first plane. */
export function escapeOf(character: string): string {
  return Array.from({ length: character.length }, (_, unit) => {
    return `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`;
  }).join('');
}
