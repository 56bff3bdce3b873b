import { useMemo } from 'react';
import { laterPart } from '../live/server-secret.ts';
import type { ExportOffer } from '../views/export/exportable.ts';
import type { Visible } from '../views/filters/visible.ts';
import { describeVisible } from '../views/filters/visible-words.ts';
import type { View } from '../views/params.ts';
import type { Known } from '../views/questions.ts';
import type { ViewState } from './state/view-state.ts';

const matrixExports = laterPart(() => import('../views/matrix/matrix-export.ts'));
const findingsExports = laterPart(() => import('../views/findings/findings-export.ts'));
const environmentsExports = laterPart(() => import('../views/environments/environments-export.ts'));
const activityExports = laterPart(() => import('../views/activity/activity-export.ts'));

interface Shown extends Pick<Known, 'report' | 'activity'> {
  readonly visible: Visible;
  readonly view: ViewState;
}

/** What each view offers in the filter bar. Null: it has its own place for it, as the bar does not know all of it. */
const OFFERS = {
  matrix: (shown) => ({
    words: `What the filters show: ${describeVisible(shown.report, shown.visible)}`,
    make: async () => (await matrixExports()).exportMatrix(shown.report, shown.visible),
  }),
  findings: (shown) => ({
    words: `What the filters show: ${describeVisible(shown.report, shown.visible)}`,
    make: async () => (await findingsExports()).exportFindings(shown.report, shown.visible, shown.view),
  }),
  environments: (shown) => ({
    words: 'What the filters show of what runs where, a line for each component in each environment',
    make: async () => (await environmentsExports()).exportEnvironments(shown.report, shown.view),
  }),
  activity: ({ report, visible, activity }) =>
    activity === null
      ? null
      : {
          words: 'The changes that the filters show, newest first',
          make: async () => (await activityExports()).exportActivity(report, visible, activity),
        },
  compare: () => null,
  release: () => null,
} satisfies Record<View, (shown: Shown) => ExportOffer | null>;

/** The export of the current view for the filter bar; null where that has none. The same object while nothing changes. */
export function useExportOffer({
  known: { report, activity },
  visible,
  view,
}: Pick<Shown, 'visible' | 'view'> & { readonly known: Known }): ExportOffer | null {
  // What happens elsewhere must not have the bar drawn again.
  const told = view.view === 'activity' ? activity : null;
  return useMemo(() => OFFERS[view.view]({ report, visible, view, activity: told }), [report, visible, view, told]);
}
