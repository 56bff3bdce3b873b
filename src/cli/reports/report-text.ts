import { describeFinding } from '../../release/finding/finding-words.ts';
import { WEIGHT_WORDS } from '../../release/finding/weights.ts';
import type { GateFinding } from '../../release/report/gate.ts';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import { logLines, printable, printableName } from '../context/printable.ts';
import type { ReleaseReport } from './release-report.ts';
import {
  askedLines,
  bySeverity,
  completenessWords,
  endingSoonWords,
  foundWords,
  goneSince,
  newFirst,
  POLICY_WORD,
  readWords,
  sinceLines,
  sinceMarks,
  stageWords,
  VERDICT_WORD,
} from './report-words.ts';

/** What the gate says of a release, for a terminal or a log: the verdict first, then each finding with what to do. */
export function reportAsText({ said, source, link }: ReleaseReport): string {
  const { release, verdict, readAt } = said;
  const findings = newFirst(said);
  const markOf = sinceMarks(said, printableName);
  const counts = foundWords(said);
  const lines = [
    `${VERDICT_WORD[verdict]}  ${printableName(release)} (${stageWords(said)})${counts === '' ? '' : `: ${counts}`}`,
    ...(verdict === 'unknown' ? [unknownSentence(said)] : []),
    completenessWords(said, printableName),
    ...endingSoonWords(findings, printableName),
    ...sinceLines(said, printableName),
    ...askedLines(said, printableName),
    ...bySeverity(findings).flatMap((finding) => findingLines(finding, markOf(finding))),
    ...goneSince(said, printableName).flatMap(({ heading, found }) => [
      '',
      `${heading}:`,
      ...found.map(({ code, message }) => `  ${code}: ${printableName(message)}`),
    ]),
    '',
    `${readWords(said.fragments, readAt)}, ${POLICY_WORD[source]}, ${said.digest.slice(0, 19)}`,
    ...(link === null ? [] : [link]),
  ];
  return logLines(lines.map(printable));
}

function findingLines(finding: GateFinding, mark: string): string[] {
  const { why, whatToDo, title } = describeFinding(finding);
  const { waived } = finding;
  const marks = [mark, waived === null ? '' : 'waived'].filter(Boolean).join(', ');
  return [
    '',
    `${WEIGHT_WORDS[finding.severity][0]}  ${finding.code}${marks === '' ? '' : ` (${marks})`}: ${printableName(title)}`,
    `  ${printableName(why)}`,
    `  ${printableName(waived === null ? whatToDo : `Waived until ${waived.expires}: ${waived.reason} (${waived.by})`)}`,
  ];
}
