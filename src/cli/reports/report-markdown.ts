import { SEVERITIES } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { weightCount } from '../../release/finding/weights.ts';
import type { GateFinding } from '../../release/report/gate.ts';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import { markdownCode, markdownLink } from '../../release/text/markdown-text.ts';
import { proseWithCode } from '../../release/text/prose.ts';
import type { ReleaseReport } from './release-report.ts';
import {
  askedLines,
  clipped,
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
  VERDICT_SIGN,
  VERDICT_WORD,
} from './report-words.ts';

/** Missing components that are named before the findings, which name them all. */
const MOST_NAMES = 20;
/** Of a name in the head: about the longest that `publish` takes. The findings have each name whole. */
const NAME_CHARACTERS = 200;

/**
 * A release for a pull request, an issue or a job summary. What somebody published stands in code where it is more than a
 * plain word, so that none of it is rendered.
 *
 * @param mostBytes of UTF-8; findings beyond are counted, the weightiest come first
 */
export function reportAsMarkdown({ said, source, link }: ReleaseReport, mostBytes: number): string {
  const { release, verdict, readAt, fragments, digest } = said;
  const findings = newFirst(said);
  const counts = foundWords(said);
  const shortened = (text: string) => markdownCode(clipped(text, NAME_CHARACTERS));
  const title = `## ${VERDICT_SIGN[verdict]} ${VERDICT_WORD[verdict]} ${shortened(release)}`;
  const head = [
    ...(verdict === 'unknown' ? [unknownSentence(said)] : []),
    `${stageWords(said)}${counts === '' ? '' : `: ${counts}`}; ${completenessWords(said, shortened, MOST_NAMES)}`,
    ...endingSoonWords(findings, shortened),
    ...sinceLines(said, shortened),
    ...askedLines(said, shortened),
    ...(link === null ? [] : [markdownLink('Open the release', link)]),
  ];
  const foot = `<sub>${readWords(fragments, readAt)}, ${POLICY_WORD[source]}, ${digest.slice(0, 19)}</sub>`;
  const markOf = sinceMarks(said, shortened);
  const groups = [
    ...SEVERITIES.map((severity) => {
      const found = findings.filter((of) => of.severity === severity && of.waived === null);
      return { heading: weightCount(found.length, severity), found, write: findingLines };
    }),
    { heading: 'Waived', found: findings.filter(({ waived }) => waived !== null), write: findingLines },
    ...goneSince(said, shortened).map((gone) => ({ ...gone, write: titleLine })),
  ].filter(({ found }) => found.length > 0);

  const blocks = [title];
  // Room for the foot and for the words on what did not fit.
  let left = mostBytes - bytesOf(title) - bytesOf(foot) - 200;
  for (const block of head) {
    const bytes = bytesOf(block) + 2;
    // An address may be as long as it likes, and a summary may have next to no room left.
    if (bytes > left) continue;
    blocks.push(block);
    left -= bytes;
  }
  let hidden = 0;
  for (const { heading, found, write } of groups) {
    const lines: string[] = [];
    for (const finding of found) {
      const line = write(finding, markOf(finding));
      const bytes = bytesOf(line) + 1 + (lines.length === 0 ? bytesOf(heading) + 8 : 0);
      // Once one did not fit, a later one would stand out of its order.
      if (hidden > 0 || bytes > left) hidden += 1;
      else {
        lines.push(line);
        left -= bytes;
      }
    }
    if (lines.length > 0) blocks.push(`### ${heading}`, lines.join('\n'));
  }
  if (hidden > 0) blocks.push(`… and ${hidden} more findings, which \`--format json\` lists.`);
  return `${[...blocks, foot].join('\n\n')}\n`;
}

function findingLines(finding: GateFinding, mark: string): string {
  const { why, whatToDo } = describeFinding(finding);
  const { waived } = finding;
  const then =
    waived === null
      ? `To do: ${prose(whatToDo)}`
      : `Waived until ${waived.expires}: ${prose(waived.reason)} (${markdownCode(waived.by)})`;
  return [titleLine(finding, mark), `  - Why: ${prose(why)}`, `  - ${then}`].join('\n');
}

function titleLine({ code, component, environment, message }: GateFinding, mark: string): string {
  const where = [component, environment].flatMap((name) => (name === null ? [] : [markdownCode(name)]));
  const place = where.length === 0 ? '' : ` ${where.join(' in ')}`;
  return `- **${code}**${mark === '' ? '' : ` (${mark})`}${place}: ${prose(message)}`;
}

function prose(text: string): string {
  return proseWithCode(text, markdownCode);
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
