import {
  MAX_GITHUB_ANNOTATIONS,
  MAX_SLACK_HEADER_CHARACTERS,
  MAX_SLACK_SECTION_CHARACTERS,
} from '../../limits/limits.ts';
import { isBlocking } from '../../release/finding/finding.ts';
import type { GateReport } from '../../release/report/gate.ts';
import { unknownReasonWords } from '../../release/report/unknown-words.ts';
import { countWords } from '../../release/text/count-words.ts';
import { groupBy } from '../../release/text/group-by.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { markdownCode, markdownLink, markdownTable } from '../../release/text/markdown-text.ts';
import { alignedLines } from '../context/aligned.ts';
import { logLines, printableName } from '../context/printable.ts';
import type { TableReport } from './release-report.ts';
import { bytesOf } from './report-markdown.ts';
import { type SlackMessage, section } from './report-slack.ts';
import {
  clipped,
  foundWords,
  othersBlocking,
  ownerWords,
  POLICY_WORD,
  readWords,
  type Show,
  stageWords,
  VERDICT_SIGN,
  VERDICT_WORD,
} from './report-words.ts';
import { clippedCode, linesWithin, textWithin } from './slack-text.ts';
import { annotation } from './workflow-command.ts';

// Many releases at once: a line each, newest first. What is found in one of them, its own report tells.

type Verdict = GateReport['verdict'];

/** Longest name of a release in a table or a message. */
const NAME_CHARACTERS = 80;
/** Releases that an annotation names. */
const MOST_NAMES = 10;

/** The verdict on all of them: the worst, and unknown where there is none. */
export function tableVerdict(said: readonly Pick<GateReport, 'verdict'>[]): Verdict {
  const has = (verdict: Verdict) => said.some((one) => one.verdict === verdict);
  return has('fail') ? 'fail' : has('unknown') || said.length === 0 ? 'unknown' : 'pass';
}

/** For a terminal or a log. */
export function tableAsText(report: TableReport): string {
  const rows = report.said.map((one) => [
    VERDICT_WORD[one.verdict],
    printableName(one.release),
    stageWords(one),
    completeness(one),
    found(one, printableName),
    why(one),
  ]);
  const last = [summary(report), facts(report, printableName)];
  return logLines([...alignedLines(rows), ...(rows.length === 0 ? [] : ['']), ...last]);
}

/** @param mostBytes of UTF-8; releases beyond are counted, the newest come first */
export function tableAsMarkdown(report: TableReport, mostBytes: number): string {
  const verdict = tableVerdict(report.said);
  const title = `## ${VERDICT_SIGN[verdict]} ${VERDICT_WORD[verdict]} ${summary(report)}`;
  const foot = `<sub>${facts(report, markdownCode)}</sub>`;
  const rows = report.said.map((one) => [
    `${VERDICT_SIGN[one.verdict]} ${VERDICT_WORD[one.verdict]}`,
    linked(one.release, report.linkOf(one.release)),
    stageWords(one),
    completeness(one),
    found(one, markdownCode),
    why(one),
  ]);
  const table = markdownTable([['verdict', 'release', 'stage', 'complete', 'found', 'why'], ...rows]).split('\n');
  const lines = table.splice(0, 2);
  // Room for the foot and for the words on what did not fit.
  let left = mostBytes - bytesOf([title, ...lines, foot].join('\n')) - 200;
  for (const [index, line] of table.entries()) {
    left -= bytesOf(line) + 1;
    if (left < 0) {
      const hidden = rows.length - index;
      return blocks([title, lines.join('\n'), `… and ${hidden} more releases, which \`--format json\` lists.`, foot]);
    }
    lines.push(line);
  }
  return blocks([title, ...(rows.length === 0 ? [] : [lines.join('\n')]), foot]);
}

/** A Block Kit message: those that do not pass, newest first. */
export function tableAsSlack(report: TableReport): string {
  const verdict = tableVerdict(report.said);
  const title = textWithin(
    `${VERDICT_SIGN[verdict]} ${VERDICT_WORD[verdict]} ${summary(report)}`,
    MAX_SLACK_HEADER_CHARACTERS,
  );
  const lines = report.said
    .filter((one) => one.verdict !== 'pass')
    .map((one) => {
      const name = clippedCode(one.release, NAME_CHARACTERS);
      return `${VERDICT_SIGN[one.verdict]} ${name} (${stageWords(one)}), ${completeness(one)}: ${why(one)}`;
    });
  const message: SlackMessage = {
    text: title,
    blocks: [
      { type: 'header', text: { type: 'plain_text', text: title } },
      ...(lines.length === 0
        ? []
        : [section(linesWithin(lines, MAX_SLACK_SECTION_CHARACTERS, (hidden) => `… and ${hidden} more releases`))]),
      {
        type: 'context',
        elements: [
          { type: 'plain_text', text: textWithin(facts(report, printableName), MAX_SLACK_SECTION_CHARACTERS) },
        ],
      },
    ],
  };
  return jsonText(message);
}

/** An error for each release that fails and a warning for each that is unknown, at most ten; the last tells of the rest. */
export function tableAnnotations({ said }: TableReport): string {
  return [...ofVerdict('error', 'fail', said), ...ofVerdict('warning', 'unknown', said)].join('');
}

function ofVerdict(kind: 'error' | 'warning', verdict: Verdict, said: readonly GateReport[]): string[] {
  const meant = said.filter((one) => one.verdict === verdict);
  const fits = meant.length <= MAX_GITHUB_ANNOTATIONS ? meant.length : MAX_GITHUB_ANNOTATIONS - 1;
  const shown = meant.slice(0, fits).map((one) => annotation(kind, `${one.release}: ${verdict}`, [why(one)]));
  const hidden = meant.slice(fits).map(({ release }) => release);
  if (hidden.length === 0) return shown;
  const more = hidden.length > MOST_NAMES ? ', …' : '';
  const names = `${hidden.slice(0, MOST_NAMES).join(', ')}${more}`;
  return [...shown, annotation(kind, `${hidden.length} more releases: ${verdict}`, [names])];
}

/** "12 releases: 2 fail, 3 unknown, 7 pass" */
function summary({ said }: TableReport): string {
  const counted = (['fail', 'unknown', 'pass'] as const).flatMap((verdict) => {
    const count = said.filter((one) => one.verdict === verdict).length;
    return count === 0 ? [] : [`${count} ${verdict}`];
  });
  if (said.length === 0) return 'no release at all';
  return `${countWords(said.length, 'release')}: ${counted.join(', ')}`;
}

function facts({ said, fragments, readAt, source, digest }: TableReport, show: Show): string {
  const [notYet = []] = said.map((one) => one.notYet);
  const later = notYet.length === 0 ? '' : `, not yet asked for: ${notYet.map(show).join(', ')}`;
  return `${readWords(fragments, readAt)}, ${POLICY_WORD[source]}, ${digest.slice(0, 19)}${later}`;
}

function completeness({ completeness: { roster, present, expected } }: GateReport): string {
  return roster === 'none' ? 'no roster' : `${present} of ${expected}`;
}

/** What blocks it, by code, or why it cannot be told. Words of ours alone. */
function why(said: GateReport): string {
  if (said.verdict === 'unknown') return unknownReasonWords(said);
  const codes = new Map(
    [...groupBy(said.findings.filter(isBlocking), ({ code }) => code)].map(([code, of]) => [code, of.length]),
  );
  for (const { code, count } of othersBlocking(said)) codes.set(code, (codes.get(code) ?? 0) + count);
  return [...codes].map(([code, count]) => `${code} (${count})`).join(', ');
}

/** All that is found; where only somebody's is asked for, what of it is theirs. */
function found(said: GateReport, show: Show): string {
  return ownerWords(said, show) || foundWords(said);
}

function linked(release: string, link: string | null): string {
  const name = markdownCode(clipped(release, NAME_CHARACTERS));
  return link === null ? name : markdownLink(name, link.replaceAll('|', '%7C'));
}

function blocks(of: readonly string[]): string {
  return `${of.join('\n\n')}\n`;
}
