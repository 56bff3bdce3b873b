import { clsx } from 'clsx';
import { ChevronRight, GitCompareArrows } from 'lucide-react';
import { isBlocking } from '../../release/finding/finding.ts';
import { completenessWords, whyUnknown } from '../../release/report/verdict-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { CellDetails } from '../../views/details/details-answer.ts';
import { Button } from '../elements/Button.tsx';
import { cardKey, FindingCard } from '../elements/FindingCard.tsx';
import { VerdictMark } from '../elements/VerdictMark.tsx';
import { useChangeView } from '../state/page-context.ts';
import { SECTION_HEADING } from './EntrySection.tsx';

interface ThisReleaseProps extends Pick<CellDetails, 'row' | 'ofRelease'> {}

/** The release as a whole: its verdict, and behind a line with their number the findings that are of no one component. */
export function ThisRelease({ row, ofRelease }: ThisReleaseProps) {
  const change = useChangeView();
  const why = whyUnknown(row);
  return (
    <section aria-label="This release">
      <div className="flex items-baseline gap-2">
        <h3 className={clsx(SECTION_HEADING, 'shrink-0')}>This release</h3>
        <VerdictMark result={row.verdict.result} />
        <span className="text-sm text-dim">{judgedBy(row)}</span>
        <button
          type="button"
          onClick={() => change({ view: 'release', release: row.release.tag, component: null })}
          className="ml-auto shrink-0 rounded text-sm text-accent hover:underline"
        >
          Open release
        </button>
      </div>
      {why !== '' && <p className="mt-0.5 text-sm text-ink">{shownText(`Unknown: ${why}.`)}</p>}
      <Button
        look="quiet"
        className="-ml-2 h-6 px-2 text-sm"
        title="Key c in the matrix"
        onClick={() => change({ view: 'compare', a: 'prev', b: row.release.tag })}
      >
        <GitCompareArrows size={13} aria-hidden="true" />
        Compare with previous
      </Button>
      {ofRelease.length > 0 && (
        <details className="group mt-1">
          <summary className="flex cursor-pointer list-none items-center gap-1 rounded text-sm text-ink hover:text-accent">
            <ChevronRight size={13} aria-hidden="true" className="shrink-0 transition-transform group-open:rotate-90" />
            {ownWords(ofRelease)}
          </summary>
          <div className="mt-2 space-y-2">
            {ofRelease.map((finding) => (
              <FindingCard key={cardKey(finding)} finding={finding} />
            ))}
          </div>
        </details>
      )}
    </section>
  );
}

/** What the verdict rests on, in a few words. */
function judgedBy({ completeness, verdict }: CellDetails['row']): string {
  const parts = completenessWords(completeness);
  const blocking = verdict.errors;
  return blocking === 0 ? parts : `${parts}, ${blocking} ${blocking === 1 ? 'finding blocks' : 'findings block'}`;
}

/** "2 findings of the release as a whole, 1 blocks". */
function ownWords(findings: CellDetails['ofRelease']): string {
  const count = findings.length;
  const blocking = findings.filter(isBlocking).length;
  const said = `${count} ${count === 1 ? 'finding' : 'findings'} of the release as a whole`;
  return blocking === 0 ? said : `${said}, ${blocking} ${blocking === 1 ? 'blocks' : 'block'}`;
}
