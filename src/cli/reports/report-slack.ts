import { MAX_SLACK_BLOCKS, MAX_SLACK_HEADER_CHARACTERS, MAX_SLACK_SECTION_CHARACTERS } from '../../limits/limits.ts';
import { isBlocking } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import type { GateFinding } from '../../release/report/gate.ts';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import { groupBy } from '../../release/text/group-by.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { printableName } from '../context/printable.ts';
import type { ReleaseReport } from './release-report.ts';
import {
  askedLines,
  bySeverity,
  completenessWords,
  foundWords,
  newFirst,
  readWords,
  sinceLines,
  sinceMarks,
  stageWords,
  VERDICT_SIGN,
  VERDICT_WORD,
} from './report-words.ts';
import { clippedCode, clippedProse, linesWithin, slackLink, textWithin } from './slack-text.ts';

type SlackBlock =
  | { readonly type: 'header'; readonly text: { readonly type: 'plain_text'; readonly text: string } }
  | {
      readonly type: 'section';
      readonly text: { readonly type: 'mrkdwn'; readonly text: string; readonly verbatim: true };
    }
  | { readonly type: 'context'; readonly elements: readonly { readonly type: 'plain_text'; readonly text: string }[] };

/** What an incoming webhook takes. */
export interface SlackMessage {
  /** For notifications, and where blocks cannot be shown. */
  readonly text: string;
  readonly blocks: readonly SlackBlock[];
}

/** Longest title of a finding and longest name in a message; escaping makes five characters of one. */
const TITLE_CHARACTERS = 200;
const NAME_CHARACTERS = 80;
/** Missing components that are named at the top; each is a finding below. */
const MOST_NAMES = 10;
/** Slack refuses messages beyond about 13,200 characters in all (bolt-js #2509). */
const MESSAGE_CHARACTERS = 12_000;
const NO_OWNER = 'no owner';

/**
 * A release as a message: the verdict, and what blocks it and warns, grouped by owner, most blocking first. What does
 * not fit is counted.
 */
export function slackMessage({ said, owners, link }: ReleaseReport): SlackMessage {
  const { release, verdict, readAt, digest } = said;
  const findings = newFirst(said);
  const title = `${VERDICT_SIGN[verdict]} ${VERDICT_WORD[verdict]} ${printableName(release)}`;
  const counts = foundWords(said);
  const shortened = (text: string) => clippedCode(text, NAME_CHARACTERS);
  const summary = [
    `${stageWords(said)}${counts === '' ? '' : `: ${counts}`}`,
    ...(verdict === 'unknown' ? [unknownSentence(said)] : []),
    completenessWords(said, shortened, MOST_NAMES),
    ...sinceLines(said, shortened),
    ...askedLines(said, shortened),
    ...(link === null ? [] : [slackLink('Open the release', link)]),
  ];
  const first: SlackBlock[] = [
    { type: 'header', text: { type: 'plain_text', text: textWithin(title, MAX_SLACK_HEADER_CHARACTERS) } },
    section(linesWithin(summary, MAX_SLACK_SECTION_CHARACTERS, more)),
  ];
  const last: SlackBlock = {
    type: 'context',
    elements: [{ type: 'plain_text', text: `${readWords(said.fragments, readAt)}, ${digest.slice(0, 19)}` }],
  };
  const text = `${textWithin(title, MAX_SLACK_HEADER_CHARACTERS)} (${stageWords(said)})${counts === '' ? '' : `: ${counts}`}`;
  const used = text.length + JSON.stringify([...first, last]).length;
  return {
    text,
    blocks: [
      ...first,
      ...ownerSections(findings, owners, sinceMarks(said, shortened), MESSAGE_CHARACTERS - used),
      last,
    ],
  };
}

/** The message as `check --format slack` prints it. */
export function reportAsSlack(report: ReleaseReport): string {
  return jsonText(slackMessage(report));
}

function ownerSections(
  findings: readonly GateFinding[],
  owners: ReadonlyMap<string, string>,
  markOf: (finding: GateFinding) => string,
  room: number,
): SlackBlock[] {
  const told = bySeverity(findings).filter(({ severity, waived }) => severity !== 'info' && waived === null);
  const groups = [...groupBy(told, ({ component }) => owners.get(component ?? '') ?? NO_OWNER)].sort(
    ([a, one], [b, other]) => blocking(other) - blocking(one) || (a < b ? -1 : 1),
  );
  const sections: SlackBlock[] = [];
  let left = room;
  for (const [index, [owner, found]] of groups.entries()) {
    const name = clippedProse(owner, NAME_CHARACTERS);
    const lines = found.map((finding) => findingLine(finding, markOf(finding)));
    const text = linesWithin([`*${name}*`, ...lines], MAX_SLACK_SECTION_CHARACTERS, more);
    // Room for the head (two blocks), this section, the words on the rest and the foot.
    if (sections.length + 5 > MAX_SLACK_BLOCKS || text.length + 200 > left) {
      const rest = groups.slice(index).reduce((count, [, members]) => count + members.length, 0);
      sections.push(section(`… and ${rest} more findings of ${groups.length - index} owners`));
      break;
    }
    sections.push(section(text));
    left -= text.length;
  }
  return sections;
}

function blocking(findings: readonly GateFinding[]): number {
  return findings.filter(isBlocking).length;
}

function findingLine(finding: GateFinding, mark: string): string {
  const title = clippedProse(describeFinding(finding).title, TITLE_CHARACTERS);
  return `${isBlocking(finding) ? '•' : '◦ (warning)'} ${finding.code}${mark === '' ? '' : ` (${mark})`}: ${title}`;
}

function more(hidden: number): string {
  return `… and ${hidden} more`;
}

export function section(text: string): SlackBlock {
  // Without `verbatim` Slack makes links of addresses and channels of names.
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
}
