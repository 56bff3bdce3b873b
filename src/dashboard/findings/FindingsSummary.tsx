import { clsx } from 'clsx';
import { CircleQuestionMark } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FindingsAnswer } from '../../views/findings/findings-answer.ts';
import type { UnknownRelease } from '../../views/findings/unknown-releases.ts';
import { Button } from '../elements/Button.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';

interface FindingsSummaryProps {
  readonly found: Pick<FindingsAnswer, 'within' | 'shown' | 'all' | 'unknown'>;
  readonly onShowAll: () => void;
}

/** What the list holds, over how much, what is hidden, and of which releases nothing can be said. */
export function FindingsSummary({ found: { within, shown, all, unknown }, onShowAll }: FindingsSummaryProps) {
  const hidden = all - shown;
  return (
    <div className="shrink-0 border-b border-rule px-4 py-2 text-[13px]">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <p aria-live="polite" aria-atomic="true" className="tabular-nums">
          <strong className="font-semibold">{countWords(shown, 'finding')}</strong>
          <span className="text-dim">{` in ${shownText(within)}`}</span>
          {hidden > 0 && <span className="text-dim">{` · ${hidden.toLocaleString('en')} hidden by filters`}</span>}
        </p>
        {/* In place of an empty list stands the same button. */}
        {hidden > 0 && shown > 0 && (
          <Button className="h-6 px-2 text-[12.5px]" onClick={onShowAll}>
            Show all findings
          </Button>
        )}
        <p className="ml-auto text-xs text-dim">
          <kbd className={KEY}>n</kbd> next problem <kbd className={clsx(KEY, 'ml-2')}>p</kbd> previous
        </p>
      </div>
      <UnknownReleases unknown={unknown} />
    </div>
  );
}

const KEY = 'mr-0.5 rounded border border-edge px-1 font-mono text-[11px] text-ink';

export function countWords(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`;
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
  return releases.map(({ tag, why }, place) => (
    <span key={tag}>
      {place > 0 && ', '}
      <VisibleLabel text={tag} limit={60} className="font-mono text-[12px]" />
      <span className="text-dim">{` (${shownText(why)})`}</span>
    </span>
  ));
}
