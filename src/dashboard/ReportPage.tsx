import { memo, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { PageStart } from '../contract/local-server.ts';
import { laterPart } from '../live/later-part.ts';
import type { TableSummary } from '../live/table-data.ts';
import type { ShownMatrix } from '../views/matrix/matrix-update.ts';
import { CommandPalette } from './commands/CommandPalette.tsx';
import type { Dialogs } from './commands/dialogs.ts';
import { PANEL_PLACE } from './details/panel-place.ts';
import { drawnLater } from './elements/drawn-later.tsx';
import { useFocusHome } from './elements/focus-home.ts';
import { ViewLoads } from './elements/ViewLoads.tsx';
import { useExportOffer } from './export-offer.ts';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { FilterBar } from './filters/FilterBar.tsx';
import { NO_FILTERS } from './filters/filter-words.ts';
import { ProblemKeys } from './findings/ProblemKeys.tsx';
import { foldedByThemselves } from './grid/heads.ts';
import type { Place, Whereabouts } from './grid/place.ts';
import { ReadingStrip } from './matrix/ReadingStrip.tsx';
import { StillReading } from './matrix/still-reading.ts';
import { fetchView, SHOWN_VIEWS } from './shown-views.tsx';
import type { LiveReading, TableWatch } from './state/live-reading.ts';
import { type Go, GoContext, OutlineContext, useChangeView } from './state/page-context.ts';
import { tableMark } from './state/table-mark.ts';
import type { ViewState } from './state/view-state.ts';

/** Of the element that holds the view. */
export const VIEW_ID = 'view';

interface ReportPageProps {
  readonly start: PageStart;
  readonly watch: TableWatch;
  readonly live: LiveReading;
  /** The reading that is shown; null: the first is still under way, and these are its first rows. */
  readonly table: TableSummary | null;
  readonly matrix: ShownMatrix;
  readonly view: ViewState;
  readonly dialogs: Dialogs;
}

const FragmentDetails = drawnLater(async () => ({
  default: (await laterPart(() => import('./details/FragmentDetails.tsx'))()).FragmentDetails,
}));
const EmptyTable = drawnLater(laterPart(() => import('./faults/EmptyTable.tsx')));
/** The views beside which a cell's details stand. */
const DETAILED: readonly ViewState['view'][] = ['matrix', 'environments', 'findings', 'compare', 'activity'];
/** A poll without change makes a new reading but the same report: nothing of the filters is drawn then. */
const SteadyFilters = memo(FilterBar);

/**
 * What is said of a reading: the view that the URL names, with its filters; beside the matrix the chosen cell's details.
 * While the first reading is under way, its cells, and no verdicts: in the place in which the whole matrix will be, which
 * then changes what differs.
 */
export function ReportPage(props: ReportPageProps) {
  const { start, watch, live, table, matrix, view, dialogs } = props;
  const { outline, visible } = matrix;
  const offer = useExportOffer(matrix, view);
  const shown = useRef<HTMLDivElement>(null);
  const { goTo, goFromView, reveal, onRevealed } = useGoTo(matrix, view, live.seen);
  const whereabouts = useRef<(() => Whereabouts) | null>(null);
  useFocusKept(shown, view.view);
  const shownView = { watch, live, matrix, view, reveal, onRevealed, whereabouts };
  const { what, triesAgainOn, draw } = SHOWN_VIEWS[view.view];
  const isPart = table === null;
  if (!isPart && outline.rows.length === 0) {
    return (
      <ErrorBoundary what="What to do first" triesAgainOn={table}>
        <Suspense fallback={<ViewLoads />}>
          <EmptyTable start={start} keyNames={table.keyNames} />
        </Suspense>
      </ErrorBoundary>
    );
  }
  return (
    <OutlineContext value={outline}>
      <GoContext value={goTo}>
        {isPart ? (
          <ReadingStrip watch={watch} table={start.table} />
        ) : (
          view.view !== 'release' && <SteadyFilters view={view} visible={visible} offer={offer} />
        )}
        <div className="relative flex min-h-0 flex-1">
          <div
            ref={shown}
            id={VIEW_ID}
            tabIndex={-1}
            // Whoever points into a view is about to open something of it.
            onPointerEnter={isPart || !hasDetails(view) ? undefined : FragmentDetails.fetch}
            className="flex min-w-0 flex-1 outline-none"
          >
            <ErrorBoundary key={view.view} what={what} triesAgainOn={triesAgainOn(shownView)}>
              <Suspense fallback={<ViewLoads />}>
                <GoContext value={goFromView}>
                  <StillReading value={isPart}>{draw(shownView)}</StillReading>
                </GoContext>
              </Suspense>
            </ErrorBoundary>
          </div>
          {!isPart && hasDetails(view) && view.component !== null && (
            <ErrorBoundary what="The details" triesAgainOn={`${view.release}\n${view.component}`}>
              <Suspense fallback={<div className={PANEL_PLACE} />}>
                <FragmentDetails
                  start={start}
                  release={view.release}
                  component={view.component}
                  first={view.first ?? view.env[0] ?? null}
                  leadsToMatrix={view.view !== 'matrix'}
                  hasWhole={view.view !== 'compare'}
                />
              </Suspense>
            </ErrorBoundary>
          )}
          {dialogs.open === 'search' && (
            <ErrorBoundary what="The search" triesAgainOn={outline}>
              <CommandPalette isPart={isPart} mark={tableMark(start)} live={live} view={view} dialogs={dialogs} />
            </ErrorBoundary>
          )}
          {!isPart && <ProblemKeys view={view} whereabouts={whereabouts} />}
        </div>
      </GoContext>
    </OutlineContext>
  );
}

/** Gets early what the place that an address names is drawn with: while the table is read there is time. */
export function fetchParts(view: ViewState): void {
  fetchView(view.view);
  if (view.component !== null && hasDetails(view)) FragmentDetails.fetch();
}

/** Of a comparison a component alone is the line that one came for. */
function hasDetails({ view, release }: ViewState): boolean {
  return DETAILED.includes(view) && (release !== null || view !== 'compare');
}

/**
 * The ways to a place of the matrix.
 *
 * @returns goTo: from anywhere. Its cell is chosen, which opens its details, its line unfolded, and it gets the focus. The
 *   place of a release as a whole is its head, which has no details. Filters that hide the place are cleared: one has
 *   asked for this very place, which must not lead nowhere. goFromView: from within the view that is shown. reveal: the
 *   place that the matrix is to show and focus, null: none; onRevealed is called once it was
 */
function useGoTo({ outline, visible }: ShownMatrix, view: ViewState, seen: LiveReading['seen']) {
  const change = useChangeView();
  const { rows, components } = outline;
  const [reveal, setReveal] = useState<Place | null>(null);
  const onRevealed = useCallback(() => setReveal(null), []);
  const goTo = useCallback<Go>(
    (tag, component, first = null) => {
      const row = rows.findIndex(({ release }) => release.tag === tag);
      const release = rows[row]?.release;
      if (release === undefined) return;
      const column = component === null ? -1 : components.findIndex(({ id }) => id === component);
      const place = { release: tag, component: column === -1 ? null : component };
      // Without any column there is no grid, and no head of a release in it.
      const hidden =
        !visible.rows.includes(row) ||
        (column === -1 ? visible.columns.length === 0 : !visible.columns.includes(column));
      const folded = view.folded ?? foldedByThemselves(outline, visible);
      const unfolded = folded.filter((line) => line !== release.line);
      change({
        ...(hidden ? NO_FILTERS : {}),
        view: 'matrix',
        ...place,
        first,
        ...(unfolded.length === folded.length ? {} : { folded: unfolded }),
      });
      if (place.component !== null) seen(tag, place.component);
      setReveal(place);
    },
    [outline, rows, components, visible, view.folded, change, seen],
  );
  // No view throws one into another: a component is told of beside it. A release as a whole has no panel.
  const openBeside = useCallback<Go>(
    (tag, component, first = null) => {
      if (component === null) return goTo(tag, null);
      change({ release: tag, component, first });
      seen(tag, component);
    },
    [goTo, change, seen],
  );
  return { goTo, goFromView: DETAILED.includes(view.view) ? openBeside : goTo, reveal, onRevealed };
}

/** The view has the focus where what had it is taken away, be it that it has served its turn or stood in another view. */
function useFocusKept(shown: React.RefObject<HTMLElement | null>, view: ViewState['view']): void {
  useFocusHome(shown, isOfPage);
  const before = useRef(view);
  useEffect(() => {
    if (before.current !== view && document.activeElement === document.body) shown.current?.focus();
    before.current = view;
  }, [shown, view]);
}

/** Dialogs, small ones that open from a button too, give the focus back themselves. */
function isOfPage(element: Element): boolean {
  return element.closest('[role="dialog"]') === null;
}
