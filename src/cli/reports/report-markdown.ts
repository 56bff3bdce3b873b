import { SEVERITIES } from '../../release/finding.ts';
import { describeFinding } from '../../release/finding-words.ts';
import type { GateFinding } from '../../release/gate.ts';
import { markdownCode, markdownLink } from '../../release/markdown-text.ts';
import { proseWithCode } from '../../release/prose.ts';
import type { ReleaseReport } from './release-report.ts';
import {
  completenessWords,
  countWords,
  endingSoonWords,
  POLICY_WORD,
  severityCount,
  stageWords,
  unknownWords,
  VERDICT_WORD,
} from './report-words.ts';

/** A comment on GitHub holds 65,536 characters, which are no more than so many bytes. */
const COMMENT_BYTES = 65_000;
/** Missing components that are named before the findings, which name them all. */
const MOST_NAMES = 20;
const VERDICT_SIGN = { pass: '✅', fail: '❌', unknown: '❔' } as const;

/**
 * A release for a pull request, an issue or a job summary. What somebody published stands in code where it is more than a
 * plain word, so that none of it is rendered.
 *
 * @param mostBytes of UTF-8; findings beyond are counted, the weightiest come first
 */
export function reportAsMarkdown({ said, source, link }: ReleaseReport, mostBytes = COMMENT_BYTES): string {
  const { release, verdict, findings, readAt, fragments, digest } = said;
  const counts = countWords(findings);
  const head = [
    `## ${VERDICT_SIGN[verdict]} ${VERDICT_WORD[verdict]} ${markdownCode(release)}`,
    `${stageWords(said)}${counts === '' ? '' : `: ${counts}`}; ${completenessWords(said, markdownCode, MOST_NAMES)}`,
    ...(verdict === 'unknown' ? [unknownWords(said, markdownCode)] : []),
    ...endingSoonWords(findings, markdownCode),
    ...(link === null ? [] : [markdownLink('Open the release', link)]),
  ];
  const foot = `<sub>${fragments} fragments, read ${readAt}, ${POLICY_WORD[source]}, ${digest.slice(0, 19)}</sub>`;
  const groups = [
    ...SEVERITIES.map((severity) => {
      const found = findings.filter((of) => of.severity === severity && of.waived === null);
      return { title: severityCount(found.length, severity), found };
    }),
    { title: 'Waived', found: findings.filter(({ waived }) => waived !== null) },
  ].filter(({ found }) => found.length > 0);

  const blocks = [...head];
  // Room for the foot and for the words on what did not fit.
  let left = mostBytes - bytesOf(head.join('\n\n')) - bytesOf(foot) - 200;
  let hidden = 0;
  for (const { title, found } of groups) {
    const lines: string[] = [];
    for (const finding of found) {
      const line = findingLines(finding);
      const bytes = bytesOf(line) + 1 + (lines.length === 0 ? bytesOf(title) + 8 : 0);
      // Once one did not fit, a later one would stand out of its order.
      if (hidden > 0 || bytes > left) hidden += 1;
      else {
        lines.push(line);
        left -= bytes;
      }
    }
    if (lines.length > 0) blocks.push(`### ${title}`, lines.join('\n'));
  }
  if (hidden > 0) blocks.push(`… and ${hidden} more findings, which \`--format json\` lists.`);
  return `${[...blocks, foot].join('\n\n')}\n`;
}

function findingLines(finding: GateFinding): string {
  const { title, why, whatToDo } = describeFinding(finding);
  const { code, waived, environment } = finding;
  const prose = (text: string) => proseWithCode(text, markdownCode);
  const then =
    waived === null
      ? `To do: ${prose(whatToDo)}`
      : `Waived until ${waived.expires}: ${prose(waived.reason)} (${markdownCode(waived.by)})`;
  const where = [finding.component, environment].flatMap((name) => (name === null ? [] : [markdownCode(name)]));
  const place = where.length === 0 ? '' : ` ${where.join(' in ')}`;
  return [`- **${code}**${place}: ${prose(title)}`, `  - Why: ${prose(why)}`, `  - ${then}`].join('\n');
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
