import { describeFinding } from '../../release/finding/finding-words.ts';
import type { GateFinding } from '../../release/report/gate.ts';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import { logLines, printable, printableName } from '../context/printable.ts';
import type { ReleaseReport } from './release-report.ts';
import {
  bySeverity,
  completenessWords,
  countWords,
  endingSoonWords,
  POLICY_WORD,
  SEVERITY_WORD,
  stageWords,
  VERDICT_WORD,
} from './report-words.ts';

/** What the gate says of a release, for a terminal or a log: the verdict first, then each finding with what to do. */
export function reportAsText({ said, source, link }: ReleaseReport): string {
  const { release, verdict, findings, readAt } = said;
  const counts = countWords(findings);
  const lines = [
    `${VERDICT_WORD[verdict]}  ${printableName(release)} (${stageWords(said)})${counts === '' ? '' : `: ${counts}`}`,
    ...(verdict === 'unknown' ? [unknownSentence(said)] : []),
    completenessWords(said, printableName),
    ...endingSoonWords(findings, printableName),
    ...bySeverity(findings).flatMap(findingLines),
    '',
    `${said.fragments} fragments, read ${readAt}, ${POLICY_WORD[source]}, ${said.digest.slice(0, 19)}`,
    ...(link === null ? [] : [link]),
  ];
  return logLines(lines.map(printable));
}

function findingLines(finding: GateFinding): string[] {
  const { why, whatToDo, title } = describeFinding(finding);
  const { waived } = finding;
  return [
    '',
    `${SEVERITY_WORD[finding.severity]}  ${finding.code}${waived === null ? '' : ' (waived)'}: ${printableName(title)}`,
    `  ${printableName(why)}`,
    `  ${printableName(waived === null ? whatToDo : `Waived until ${waived.expires}: ${waived.reason} (${waived.by})`)}`,
  ];
}
