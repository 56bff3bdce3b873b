import { CopyButton } from '../elements/CopyButton.tsx';
import { ExportMenu } from '../elements/ExportMenu.tsx';
import { filtersOf } from '../filters/filter-words.ts';
import { useAsk } from '../state/answers.ts';
import type { ViewState } from '../state/view-state.ts';

interface CompareActionsProps {
  /** With two sides that can be compared. */
  readonly view: ViewState;
  /** How many components the filters leave of the comparison, and how many they hide. */
  readonly shown: number;
  readonly hidden: number;
}

/**
 * The comparison to take away, as far as the filters leave it; where they hide some of it, each form says so. It holds every class
 * and step, whichever alone is listed.
 */
export function CompareActions({ view, shown, hidden }: CompareActionsProps) {
  const filters = filtersOf(view);
  const of = { view: 'compare', a: view.a, b: view.b } as const;
  const ask = useAsk();
  const words = `${shown.toLocaleString('en')} of ${(shown + hidden).toLocaleString('en')} components${view.only === null ? '' : ', of every class and step'}`;
  return (
    <div className="ml-auto flex items-center gap-2">
      <CopyButton
        text={async () => (await ask('export', { format: 'Markdown', filters, of }))?.text ?? ''}
        what="comparison as Markdown"
        worded
      />
      <ExportMenu offer={{ words, filters, of }} />
    </div>
  );
}
