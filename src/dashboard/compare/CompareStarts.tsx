import { ArrowRight } from 'lucide-react';
import { usualStarts } from '../../views/compare/side-choices.ts';
import { ViewLink } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { useOutline } from '../state/page-context.ts';

/** Where no side is chosen yet: the questions asked most, each a click away. */
export function CompareStarts() {
  const starts = usualStarts(useOutline());
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
              <ViewLink
                to={{ view: 'compare', a, b }}
                className="flex items-center justify-between gap-x-4 gap-y-1 px-3 max-sm:flex-wrap py-2.5 -outline-offset-2 hover:bg-panel"
              >
                <VisibleLabel text={question} className="font-medium" />
                <span className="flex shrink-0 items-center gap-1.5 font-mono text-sm text-dim">
                  <VisibleLabel text={a} limit={40} />
                  <ArrowRight size={12} aria-label="to" />
                  <VisibleLabel text={b} limit={40} />
                </span>
              </ViewLink>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
