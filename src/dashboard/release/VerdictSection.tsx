import { clsx } from 'clsx';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ReleaseDetails } from '../../views/release/release-answer.ts';
import { countedWords, endingWords } from '../../views/words/release-words.ts';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import type { OnGo } from '../elements/ViewLink.tsx';
import { FindingLinks } from './FindingLinks.tsx';
import { Section } from './Section.tsx';

/** May it be promoted, and why. */
export function VerdictSection({ details, onGo }: { readonly details: ReleaseDetails; readonly onGo: OnGo }) {
  const { row, blocking } = details;
  const { release, verdict, completeness } = row;
  const ending = endingWords(verdict);
  return (
    <Section title="Verdict" beside={<VerdictMark result={verdict.result} />}>
      {verdict.result === 'unknown' && <p>{unknownSentence({ unknown: verdict.unknown, completeness })}</p>}
      <p className={clsx(verdict.result === 'unknown' && 'text-dim')}>{blockedWords(row, blocking.length)}</p>
      {blocking.length > 0 && (
        <FindingLinks name="What blocks it" release={release.tag} findings={blocking} onGo={onGo} />
      )}
      {ending !== '' && <p className="text-warning">{shownText(`▲ ${ending}`)}</p>}
    </Section>
  );
}

/** "2 findings block it: 20 of 21 components, 2 errors." */
function blockedWords(row: ReleaseDetails['row'], blocking: number): string {
  const counted = countedWords(row);
  const nothing = row.verdict.result === 'unknown' ? 'So far nothing blocks it' : 'Nothing blocks it';
  const said = blocking === 0 ? nothing : `${blocking} ${blocking === 1 ? 'finding blocks' : 'findings block'} it`;
  return counted === '' ? `${said}.` : `${said}: ${counted}.`;
}
