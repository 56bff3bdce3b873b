import { useMemo } from 'react';
import type { Exported } from '../views/export/export-answer.ts';
import { describeVisible } from '../views/filters/visible-words.ts';
import type { ShownMatrix } from '../views/matrix/matrix-update.ts';
import type { View } from '../views/params.ts';
import type { ExportOffer } from './elements/ExportMenu.tsx';
import { filtersOf } from './filters/filter-words.ts';
import type { ViewState } from './state/view-state.ts';

/** What each view offers in the filter bar, in words. Null: it has its own place for it, as no filter applies to it. */
const WORDS = {
  matrix: ({ outline, visible }) => `What the filters show: ${describeVisible(outline, visible)}`,
  findings: ({ outline, visible }) => `What the filters show: ${describeVisible(outline, visible)}`,
  environments: () => 'What the filters show of what runs where, a line for each component in each environment',
  activity: () => 'The changes that the filters show, newest first',
  compare: null,
  release: null,
} satisfies Record<View, ((matrix: ShownMatrix) => string) | null>;

/** The export of the current view for the filter bar; null where that has none. The same object while nothing changes. */
export function useExportOffer(matrix: ShownMatrix, state: ViewState): ExportOffer | null {
  const { view, off, at, severity, code, waived } = state;
  const filters = filtersOf(state);
  const words = WORDS[view]?.(matrix) ?? null;
  // By what they hold: the lists of the address are made anew with each change of it.
  const asked = JSON.stringify([view, filters, off, at, severity, code, waived]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `asked` holds the others
  return useMemo(() => {
    if (words === null) return null;
    const of: Exported | null =
      view === 'findings'
        ? { view, severity, code, waived }
        : view === 'environments'
          ? { view, off, at }
          : view === 'matrix' || view === 'activity'
            ? { view }
            : null;
    return of === null ? null : { words, filters, of };
  }, [words, asked]);
}
