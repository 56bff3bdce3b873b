import { ArrowRight } from 'lucide-react';
import type { MouseEvent } from 'react';
import { type SideOutline, usualStarts } from '../../views/compare/side-choices.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { addressOf, type ChangeView } from '../state/view-state.ts';

interface CompareStartsProps {
  readonly outline: SideOutline;
  readonly change: ChangeView;
}

/** Where no side is chosen yet: the questions asked most, each a click away. */
export function CompareStarts({ outline, change }: CompareStartsProps) {
  const starts = usualStarts(outline);
  return (
    <div className="max-w-2xl p-4 text-base">
      <p className="text-dim">
        Choose two sides: a release, an environment as <code className="font-mono text-ink">@name</code> for what runs
        there, or <code className="font-mono text-ink">prev</code> for the stable release before the other side.
      </p>
      {starts.length > 0 && (
        <ul aria-label="Comparisons to start with" className="mt-4 divide-y divide-rule rounded-md border border-rule">
          {starts.map(({ a, b, question }) => (
            <li key={question}>
              <a
                href={addressOf({ view: 'compare', a, b })}
                onClick={(event: MouseEvent) => {
                  // A new tab or window is the browser's own affair.
                  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
                  event.preventDefault();
                  change({ a, b });
                }}
                className="flex items-center justify-between gap-x-4 gap-y-1 px-3 max-sm:flex-wrap py-2.5 -outline-offset-2 hover:bg-panel"
              >
                <VisibleLabel text={question} className="font-medium" />
                <span className="flex shrink-0 items-center gap-1.5 font-mono text-sm text-dim">
                  <VisibleLabel text={a} limit={40} />
                  <ArrowRight size={12} aria-label="to" />
                  <VisibleLabel text={b} limit={40} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
