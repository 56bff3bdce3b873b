import { isBlocking } from '../../release/finding.ts';
import type { ReportRow } from '../../release/report.ts';
import { unknownSentence } from '../../release/unknown-words.ts';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import { completenessWords, countsOf, countWords, endingWords } from '../matrix/release-words.ts';
import { FindingLinks } from './FindingLinks.tsx';
import { Section } from './Section.tsx';

/** May it be promoted, and why. */
export function VerdictSection({ row, onGo }: { readonly row: ReportRow; readonly onGo: OnGo }) {
  const blocking = row.findings.filter(isBlocking);
  const ending = endingWords(row.verdict);
  return (
    <Section title="Verdict" beside={<VerdictMark result={row.verdict.result} />}>
      <p>{reason(row, blocking.length)}</p>
      {blocking.length > 0 && <FindingLinks name="What blocks it" findings={blocking} onGo={onGo} />}
      {ending !== '' && <p className="text-warning">{`▲ ${ending}`}</p>}
    </Section>
  );
}

function reason(row: ReportRow, blocking: number): string {
  const counted = [completenessWords(row.completeness), ...countsOf(row.verdict).map(countWords)].join(', ');
  switch (row.verdict.result) {
    case 'fail':
      return `${blocking} ${blocking === 1 ? 'finding blocks' : 'findings block'} it: ${counted}.`;
    case 'unknown':
      return `Nothing blocks it. ${unknownSentence({ unknown: row.verdict.unknown, completeness: row.completeness })} ${counted}.`;
    case 'pass':
      return `Nothing blocks it: ${counted}.`;
  }
}
