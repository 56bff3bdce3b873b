import { proseWithCode } from '../../release/text/prose.ts';
import { printable, printableName } from '../context/printable.ts';
import { clipped } from './report-words.ts';

// Limits of a message. Source: https://docs.slack.dev/reference/block-kit/blocks

const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Printable text where no markup is read: `<!channel>` and `<https://…|…>` stay what they are. */
function slackText(shown: string): string {
  return shown.replace(/[&<>]/g, (character) => ENTITY[character] ?? character);
}

/** A printable line as at most so many characters once it is escaped, with no entity cut in two. */
export function textWithin(line: string, most: number): string {
  let length = most;
  while (slackText(clipped(line, length)).length > most) length -= 1;
  return slackText(clipped(line, length));
}

/**
 * Somebody's text within mrkdwn, as code: there nothing is bold, a mention or a link. Slack knows no longer fence for a
 * line, so a backtick becomes a look-alike.
 *
 * @param most characters before they are escaped, which makes up to five of one
 */
export function clippedCode(text: string, most: number): string {
  return code(clipped(printableName(text), most));
}

function code(shown: string): string {
  return shown === '' ? '`(empty)`' : `\`${slackText(shown).replaceAll('`', '\u02cb')}\``;
}

/** A sentence of ours with somebody's text in it, which stands in code. @param most as of `clippedCode` */
export function clippedProse(text: string, most: number): string {
  return proseWithCode(clipped(printableName(text), most), code);
}

/**
 * A link, of an address that was checked to be http or https.
 *
 * @param label of our own
 */
export function slackLink(label: string, address: string): string {
  return `<${slackText(printable(address)).replaceAll('|', '%7C')}|${label}>`;
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
