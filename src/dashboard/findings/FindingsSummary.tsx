import { CircleQuestionMark } from 'lucide-react';
import { weightCount } from '../../release/finding/weights.ts';
import type { UnknownRelease } from '../../release/report/unknown-releases.ts';
import { countWords } from '../../release/text/count-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { Extent, FindingsAnswer } from '../../views/findings/findings-answer.ts';
import { Button } from '../elements/Button.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import type { ViewState } from '../state/view-state.ts';
import { FindingsFilters } from './FindingsFilters.tsx';

interface FindingsSummaryProps {
  readonly found: FindingsAnswer;
  readonly view: ViewState;
  readonly onShowAll: () => void;
}

/** How much blocks how many releases, what is hidden, and of which nothing can be said; beside it what chooses among it. */
export function FindingsSummary({ found, view, onShowAll }: FindingsSummaryProps) {
  const { within, shown, all, current, past, unknown } = found;
  const hidden = all - shown;
  const { error, warning } = current.counts;
  return (
    <div className="shrink-0 border-b border-rule px-4 py-1 text-base">
      <div className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
        <p aria-live="polite" aria-atomic="true" title={shownText(within)} className="tabular-nums">
          {error > 0 && <strong className="font-semibold text-error">{weightCount(error, 'error')}</strong>}
          {error > 0 && warning > 0 && ', '}
          {warning > 0 && <strong className="font-semibold text-warning">{weightCount(warning, 'warning')}</strong>}
          {error + warning === 0 && <strong className="font-semibold">Nothing blocks or warns</strong>}
          {` in ${shownText(inReleases(current.releases, past !== null))}`}
          {hidden > 0 && <span className="text-dim">{` · ${countWords(hidden, 'finding')} hidden by filters`}</span>}
        </p>
        {/* In place of an empty list stands the same button. */}
        {hidden > 0 && shown > 0 && (
          <Button className="h-6 px-2 text-sm" onClick={onShowAll}>
            Show all findings
          </Button>
        )}
        <FindingsFilters found={found} view={view} />
      </div>
      <UnknownReleases unknown={unknown} />
    </div>
  );
}

/** "the 4 current releases"; where no past ones are told apart, "17 releases". */
function inReleases(releases: number, hasPast: boolean): string {
  return hasPast ? `the ${countWords(releases, 'current release')}` : countWords(releases, 'release');
}

/** "14 errors, 11 warnings, 130 notes"; empty for nothing. */
export function extentWords(extent: Extent | null): string {
  if (extent === null) return '';
  const { error, warning, info, waived } = extent.counts;
  const counts = [
    [error, 'error'],
    [warning, 'warning'],
    [info + waived, 'info'],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, weight]) => weightCount(count, weight))
    .join(', ');
}

/** So many are named on the line; the rest opens. */
const NAMED = 5;

/** Without them a short list of findings would look like good news. */
function UnknownReleases({ unknown }: { readonly unknown: readonly UnknownRelease[] }) {
  if (unknown.length === 0) return null;
  const named = unknown.slice(0, NAMED);
  const more = unknown.slice(NAMED);
  return (
    <div className="mt-1 flex items-start gap-1.5 text-ink">
      <CircleQuestionMark size={14} aria-hidden="true" className="mt-[3px] shrink-0 text-warning" />
      <div className="min-w-0">
        <span className="font-medium">{`${countWords(unknown.length, 'release')} unknown: `}</span>
        <Names releases={named} />
        {more.length > 0 && (
          <details className="inline-block align-top open:block">
            <summary className="ml-1 cursor-pointer list-none text-accent hover:underline">
              {`and ${more.length.toLocaleString('en')} more`}
            </summary>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
            <section tabIndex={0} aria-label="More unknown releases" className="max-h-32 overflow-y-auto">
              <Names releases={more} />
            </section>
          </details>
        )}
      </div>
    </div>
  );
}

function Names({ releases }: { readonly releases: readonly UnknownRelease[] }) {
  return releases.map(({ release, why }, place) => (
    <span key={release}>
      {place > 0 && ', '}
      <VisibleLabel text={release} limit={60} className="font-mono text-sm" />
      <span className="text-dim">{` (${shownText(why)})`}</span>
    </span>
  ));
}
