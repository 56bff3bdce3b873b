import { useState } from 'react';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { isForBrowser } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { useChangeView } from '../state/page-context.ts';
import { viewOf } from '../state/view-state.ts';
import type { SavedViewsProps } from './SavedViews.tsx';

/** The views that the policy names, and how this one gets among them. @param onPick told when one is shown */
export function SavedViewList({ views, onPick }: SavedViewsProps & { readonly onPick: () => void }) {
  const change = useChangeView();
  return (
    <>
      {views.length === 0 ? (
        <p className="px-2 pb-1.5 text-dim">The policy names none.</p>
      ) : (
        <ul className="max-h-80 overflow-y-auto">
          {views.map(({ name, address }) => (
            <li key={`${name} ${address}`}>
              <a
                href={address}
                className="block truncate rounded px-2 py-1 hover:bg-accent-soft"
                onClick={(event) => {
                  if (isForBrowser(event)) return;
                  event.preventDefault();
                  onPick();
                  change(viewOf(address));
                }}
              >
                <VisibleLabel text={name} />
              </a>
            </li>
          ))}
        </ul>
      )}
      <SaveView />
    </>
  );
}

/** A view is saved by the policy, as what it says is everybody's: this gives the line for it. */
function SaveView() {
  const [name, setName] = useState('');
  const address = new URL(location.href);
  address.searchParams.delete('table');
  const line = { name: name.trim() || 'Name', address: address.search || '?view=matrix' };
  return (
    <details className="mt-1 border-t border-rule px-2 pt-2 pb-1">
      <summary className="cursor-pointer font-medium">Save this view</summary>
      <div className="mt-2 space-y-2">
        <label className="flex items-center gap-2">
          Name
          <input
            type="text"
            value={name}
            maxLength={100}
            onChange={(event) => setName(event.target.value)}
            className="h-7 min-w-0 flex-1 rounded border border-edge bg-page px-2 text-ink"
          />
        </label>
        <p className="text-dim">
          A line for <code>views</code> of the policy:
        </p>
        <CodeBlock text={JSON.stringify(line)} what="line for the policy" />
      </div>
    </details>
  );
}
