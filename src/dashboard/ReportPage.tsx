import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { PageStart } from '../contract/local-server.ts';
import { laterPart } from '../live/server-secret.ts';
import type { TableData } from '../live/table-data.ts';
import type { Report } from '../release/report/report.ts';
import { applyFilters } from '../views/filters/apply-filters.ts';
import type { ProblemPlace } from '../views/filters/next-problem.ts';
import type { Visible } from '../views/filters/visible.ts';
import type { WatchedActivity } from './activity/use-activity.ts';
import { CommandPalette } from './commands/CommandPalette.tsx';
import type { useDialogs } from './commands/dialogs.ts';
import { PANEL_PLACE } from './details/panel-place.ts';
import { useFocusHome } from './elements/focus-home.ts';
import { useExportOffer } from './export-offer.ts';
import { EmptyTable } from './faults/EmptyTable.tsx';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { FilterBar } from './filters/FilterBar.tsx';
import { NO_FILTERS } from './filters/filter-words.ts';
import { ProblemKeys } from './findings/ProblemKeys.tsx';
import type { Place } from './grid/place.ts';
import { SHOWN_VIEWS } from './shown-views.tsx';
import type { LiveReading } from './state/live-reading.ts';
import type { ChangeView, ViewState } from './state/view-state.ts';

/** Of the element that holds the view. */
export const VIEW_ID = 'view';

interface ReportPageProps {
  readonly start: PageStart;
  readonly live: LiveReading;
  readonly table: TableData;
  readonly report: Report;
  /** What the filters hold, of which a range may not be applied yet. */
  readonly written: ViewState;
  readonly view: ViewState;
  readonly change: ChangeView;
  readonly watched: WatchedActivity;
  readonly onAllSeen: () => void;
  readonly dialogs: ReturnType<typeof useDialogs>;
}

const FragmentDetails = lazy(async () => ({
  default: (await laterPart(() => import('./details/FragmentDetails.tsx'))()).FragmentDetails,
}));
/** A poll without change makes a new reading but the same report: nothing of the filters is drawn then. */
const SteadyFilters = memo(FilterBar);

/** What is said of a reading: the view that the URL names, with its filters; beside the matrix the chosen cell's details. */
export function ReportPage(props: ReportPageProps) {
  const { start, live, table, report, written, view, change, watched, onAllSeen, dialogs } = props;
  const { version, stage, type, env, q, problems } = view;
  // By the filters alone: choosing a cell changes the view too, and must not work out anew what is visible.
  const visible = useMemo(
    () => applyFilters(report, { version, stage, type, env, q, problems }),
    [report, version, stage, type, env, q, problems],
  );
  const offer = useExportOffer({ report, visible, view, activity: watched.activity });
  const shown = useRef<HTMLDivElement>(null);
  const { goTo, reveal, onRevealed } = useGoTo(report, visible, view, change, live.seen);
  useFocusKept(shown, view.view);
  const shownView = { live, table, report, visible, view, change, watched, onAllSeen, onGo: goTo, reveal, onRevealed };
  const { what, triesAgainOn, draw } = SHOWN_VIEWS[view.view];
  if (report.rows.length === 0) return <EmptyTable start={start} keyNames={table.keyNames} />;
  return (
    <>
      {view.view !== 'release' && (
        <SteadyFilters report={report} view={written} change={change} visible={visible} offer={offer} />
      )}
      <div className="relative flex min-h-0 flex-1">
        <div ref={shown} id={VIEW_ID} tabIndex={-1} className="flex min-w-0 flex-1 outline-none">
          <ErrorBoundary key={view.view} what={what} triesAgainOn={triesAgainOn(shownView)}>
            <Suspense fallback={<ViewLoads />}>{draw(shownView)}</Suspense>
          </ErrorBoundary>
        </div>
        {view.view === 'matrix' && view.release !== null && view.component !== null && (
          <ErrorBoundary what="The details" triesAgainOn={`${view.release}\n${view.component}`}>
            <Suspense fallback={<div className={PANEL_PLACE} />}>
              <FragmentDetails
                report={report}
                start={start}
                keyNames={table.keyNames}
                policy={table.policy.policy}
                release={view.release}
                component={view.component}
                change={change}
              />
            </Suspense>
          </ErrorBoundary>
        )}
        {dialogs.open === 'search' && (
          <ErrorBoundary what="The search" triesAgainOn={report}>
            <CommandPalette
              report={report}
              fragments={table.fragments}
              live={live}
              view={view}
              change={change}
              onGo={goTo}
              onHelp={() => dialogs.show('help')}
              onClose={() => dialogs.show(null)}
            />
          </ErrorBoundary>
        )}
        <ProblemKeys report={report} visible={visible} view={view} onGo={goTo} />
      </div>
    </>
  );
}

/** In place of a view whose program is on its way. */
function ViewLoads() {
  return <p className="p-4 text-[13px] text-dim">Opening…</p>;
}

/**
 * The way to a place of the matrix from anywhere: its cell is chosen, which opens its details, its line unfolded, and it
 * gets the focus. The place of a release as a whole is its head, which has no details. Filters that hide the place are
 * cleared: one has asked for this very place, which must not lead nowhere.
 */
function useGoTo(
  report: Report,
  visible: Visible,
  { folded }: ViewState,
  change: ChangeView,
  seen: LiveReading['seen'],
) {
  const [reveal, setReveal] = useState<Place | null>(null);
  const onRevealed = useCallback(() => setReveal(null), []);
  const goTo = useCallback(
    ({ row, column }: ProblemPlace) => {
      const target = report.rows[row];
      if (target === undefined) return;
      const { release } = target;
      const component = column === null ? null : (report.components[column]?.id ?? null);
      const { rows, columns } = visible;
      // Without any column there is no grid, and no head of a release in it.
      const hidden = !rows.includes(row) || (column === null ? columns.length === 0 : !columns.includes(column));
      const unfolded = folded.filter((line) => line !== release.line);
      change({
        ...(hidden ? NO_FILTERS : {}),
        view: 'matrix',
        release: release.tag,
        component,
        ...(unfolded.length === folded.length ? {} : { folded: unfolded }),
      });
      const cell = column === null ? null : target.cells[column];
      if (cell) seen(cell.entries.map(({ id }) => id));
      setReveal({ release: release.tag, component });
    },
    [report, visible, folded, change, seen],
  );
  return { goTo, reveal, onRevealed };
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
