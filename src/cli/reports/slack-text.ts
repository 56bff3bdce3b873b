import { proseWithCode } from '../../release/prose.ts';
import { printable } from '../printable.ts';
import { clipped } from './report-words.ts';

// Limits of a message. Source: https://docs.slack.dev/reference/block-kit/blocks
/** Characters of a section's text. */
export const SECTION_CHARACTERS = 3_000;
/** Characters of a header's text. */
export const HEADER_CHARACTERS = 150;
/** Blocks of a message. */
export const MOST_BLOCKS = 50;

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Somebody's text where no markup is read: `<!channel>` and `<https://…|…>` stay what they are. */
function slackText(text: string): string {
  return printable(text).replace(/[&<>]/g, (character) => ENTITY[character] ?? character);
}

/**
 * Somebody's text as at most so many characters once it is escaped, with no entity cut in two.
 */
export function textWithin(text: string, most: number): string {
  const shown = printable(text);
  let length = most;
  while (slackText(clipped(shown, length)).length > most) length -= 1;
  return slackText(clipped(shown, length));
}

/**
 * Somebody's text within mrkdwn, as code: there nothing is bold, a mention or a link. Slack knows no longer fence for a
 * line, so a backtick becomes a look-alike.
 *
 * @param most characters before they are escaped, which makes up to five of one
 */
export function clippedCode(text: string, most: number): string {
  const shown = slackText(clipped(printable(text), most))
    .replaceAll('`', '\u02cb')
    .trim();
  return shown === '' ? '`(empty)`' : `\`${shown}\``;
}

/** A sentence of ours with somebody's text in it, which stands in code. @param most as of `clippedCode` */
export function clippedProse(text: string, most: number): string {
  return proseWithCode(clipped(printable(text), most), (word) => clippedCode(word, most));
}

/**
 * A link, of an address that was checked to be http or https.
 *
 * @param label of our own
 */
export function slackLink(label: string, address: string): string {
  return `<${slackText(address).replaceAll('|', '%7C')}|${label}>`;
}

/**
 * Joins lines as far as they fit and counts the rest, so that no entity, code or link is cut in two.
 *
 * @param rest says how many lines are left out
 */
export function linesWithin(lines: readonly string[], most: number, rest: (hidden: number) => string): string {
  const kept: string[] = [];
  let used = 0;
  for (const [index, line] of lines.entries()) {
    const last = index === lines.length - 1;
    const closing = last ? 0 : rest(lines.length - index - 1).length + 1;
    if (used + line.length + 1 + closing > most) {
      kept.push(rest(lines.length - index));
      break;
    }
    kept.push(line);
    used += line.length + 1;
  }
  return kept.join('\n');
}
