import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Report } from '../release/report.ts';
import type { PageStart } from '../store/local-server.ts';
import { useActivity, type WatchedActivity } from './activity/use-activity.ts';
import { CommandPalette } from './commands/CommandPalette.tsx';
import { useDialogs } from './commands/dialogs.ts';
import { FragmentDetails } from './details/FragmentDetails.tsx';
import { EmptyTable } from './faults/EmptyTable.tsx';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { FirstLoad } from './faults/FirstLoad.tsx';
import { NoReading } from './faults/NoReading.tsx';
import { Notices } from './faults/Notices.tsx';
import { applyFilters } from './filters/apply-filters.ts';
import { FILTERS_ID, FilterBar } from './filters/FilterBar.tsx';
import { FindingsView } from './findings/FindingsView.tsx';
import { focusPlace } from './findings/focus-place.ts';
import type { ProblemPlace } from './findings/next-problem.ts';
import { ProblemKeys } from './findings/ProblemKeys.tsx';
import { Header } from './header/Header.tsx';
import { FirstRows, useFirstRows } from './matrix/FirstRows.tsx';
import { MatrixView } from './matrix/MatrixView.tsx';
import { type LiveReading, type TableWatch, useLiveReading } from './reading/live-reading.ts';
import { reloadOnce } from './reading/reload-once.ts';
import { useReport } from './reading/report-maker.ts';
import type { TableData } from './reading/table-data.ts';
import { useLastState } from './reading/use-last-state.ts';
import { type ChangeView, useViewState, type ViewState } from './view-state.ts';

interface AppProps {
  readonly start: PageStart;
  readonly watch: TableWatch;
}

/** The page: header, then the matrix with its filters and details, or the reason why there is none. */
export function App({ start, watch }: AppProps) {
  const live = useLiveReading(watch);
  const [view, change] = useViewState();
  const { reading } = live;
  const dialogs = useDialogs();
  const closeDialog = () => dialogs.show(null);
  const latest = reading?.table ?? null;
  const fault = reading?.fault ?? null;
  // The report and the reading that it was made of: the latest one is shown as soon as its report is made.
  const earlier = useLastState(start, latest);
  const { table, report } = useReport(latest ?? earlier.table) ?? { table: null, report: null };
  const part = useSyncExternalStore(watch.part.subscribe, watch.part.get);
  const firstRows = useFirstRows(part, table === null && earlier.table === null && !earlier.looking);
  const shownFrom = table?.earlier ? 'earlier visit' : table === null && firstRows !== null ? 'part' : null;
  const watched = useActivity(start, latest);
  const { allSeen: newsSeen } = live;
  const { markSeen } = watched;
  const allSeen = useCallback(() => {
    newsSeen();
    markSeen();
  }, [newsSeen, markSeen]);
  const errors = useMemo(() => (report === null ? null : countErrors(report)), [report]);
  useTitle(start.table, latest, fault !== null);
  useFreshToken(fault?.code === 'local-server-restarted');
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-page text-ink [@media(max-height:480px)]:overflow-y-auto">
      {report !== null && report.rows.length > 0 && (
        <>
          <a href={`#${VIEW_ID}`} className={SKIP_LINK}>
            Skip to the {view.view}
          </a>
          {view.view !== 'release' && (
            <a href={`#${FILTERS_ID}`} className={SKIP_LINK}>
              Skip to the filters
            </a>
          )}
        </>
      )}
      <Header
        start={start}
        watch={watch}
        live={live}
        shownFrom={shownFrom}
        view={view.view}
        change={change}
        errors={errors}
        unseen={watched.unseen}
        onAllSeen={allSeen}
        onSearch={() => dialogs.show('search')}
        onHelp={() => dialogs.show('help')}
      />
      <main className="flex min-h-0 flex-1 flex-col [@media(max-height:480px)]:min-h-80">
        <Notices start={start} live={live} earlier={table?.earlier ? table : null} />
        {table !== null && report !== null ? (
          <ReportPage
            start={start}
            live={live}
            table={table}
            report={report}
            view={view}
            change={change}
            watched={watched}
            onAllSeen={allSeen}
            dialogs={dialogs}
          />
        ) : reading !== null && fault !== null ? (
          <NoReading start={start} reading={reading} fault={fault} paused={live.paused} onRetry={live.readNow} />
        ) : firstRows !== null && firstRows.rows.length > 0 && view.view === 'matrix' ? (
          <FirstRows watch={watch} table={start.table} report={firstRows} view={view} change={change} />
        ) : (
          <FirstLoad watch={watch} table={start.table} />
        )}
      </main>
      {dialogs.open === 'help' && (
        <Suspense fallback={null}>
          <Help onClose={closeDialog} />
        </Suspense>
      )}
    </div>
  );
}

const Help = lazy(() => import('./commands/Help.tsx'));

const SKIP_LINK =
  'sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-1.5 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5';

/** Of the element that holds the view. */
const VIEW_ID = 'view';

interface ReportPageProps {
  readonly start: PageStart;
  readonly live: LiveReading;
  readonly table: TableData;
  readonly report: Report;
  readonly view: ViewState;
  readonly change: ChangeView;
  readonly watched: WatchedActivity;
  readonly onAllSeen: () => void;
  readonly dialogs: ReturnType<typeof useDialogs>;
}

/** A poll without change makes a new reading but the same report: nothing of the views or the filters is drawn then. */
const SteadyMatrix = memo(MatrixView);
const SteadyFilters = memo(FilterBar);
const SteadyFindings = memo(FindingsView);

/** Loaded when it is first looked at: the matrix must not wait for what most never open. */
const ReleaseView = lazy(async () => ({
  default: memo((await import('./release/ReleaseView.tsx')).ReleaseView),
}));
const EnvironmentsView = lazy(async () => ({
  default: memo((await import('./environments/EnvironmentsView.tsx')).EnvironmentsView),
}));
const CompareView = lazy(async () => ({ default: (await import('./compare/CompareView.tsx')).CompareView }));
const ActivityView = lazy(async () => ({ default: (await import('./activity/ActivityView.tsx')).ActivityView }));

/** What is said of a reading: the matrix and beside it the details of the chosen cell, or the findings. */
function ReportPage({ start, live, table, report, view, change, watched, onAllSeen, dialogs }: ReportPageProps) {
  const { version, stage, type, env, q, problems } = view;
  // By the filters alone: choosing a cell changes the view too, and must not work out anew what is visible.
  const visible = useMemo(
    () => applyFilters(report, { version, stage, type, env, q, problems }),
    [report, version, stage, type, env, q, problems],
  );
  const shown = useRef<HTMLDivElement>(null);
  const { goTo, visit } = useGoTo(report, view, change, live.seen, shown);
  useFocusKept(shown, view.view);
  if (report.rows.length === 0) return <EmptyTable start={start} keyNames={table.keyNames} />;
  return (
    <>
      {view.view !== 'release' && <SteadyFilters report={report} view={view} change={change} visible={visible} />}
      <div className="relative flex min-h-0 flex-1">
        <div ref={shown} id={VIEW_ID} tabIndex={-1} className="flex min-w-0 flex-1 outline-none">
          {view.view === 'findings' ? (
            <ErrorBoundary what="The list of findings" triesAgainOn={report}>
              <SteadyFindings report={report} visible={visible} view={view} change={change} onGo={goTo} />
            </ErrorBoundary>
          ) : view.view === 'environments' ? (
            <ErrorBoundary what="The environments" triesAgainOn={report}>
              <Suspense fallback={<ViewLoads />}>
                <EnvironmentsView report={report} view={view} change={change} onGo={goTo} />
              </Suspense>
            </ErrorBoundary>
          ) : view.view === 'release' ? (
            <ErrorBoundary what="The release" triesAgainOn={`${report.readAt} ${view.release}`}>
              <Suspense fallback={<ViewLoads />}>
                <ReleaseView
                  report={report}
                  fragments={table.fragments}
                  rejected={table.rejected}
                  policy={table.policy.policy}
                  view={view}
                  change={change}
                />
              </Suspense>
            </ErrorBoundary>
          ) : view.view === 'compare' ? (
            <ErrorBoundary what="The comparison" triesAgainOn={report}>
              <Suspense fallback={<ViewLoads />}>
                <CompareView report={report} policy={table.policy.policy} view={view} change={change} onGo={goTo} />
              </Suspense>
            </ErrorBoundary>
          ) : view.view === 'activity' ? (
            <ErrorBoundary what="The activity" triesAgainOn={watched.activity}>
              <Suspense fallback={<ViewLoads />}>
                <ActivityView
                  report={report}
                  visible={visible}
                  activity={watched.activity}
                  unseen={watched.unseen}
                  onAllSeen={onAllSeen}
                  change={change}
                  onGo={goTo}
                />
              </Suspense>
            </ErrorBoundary>
          ) : (
            <ErrorBoundary what="The matrix" triesAgainOn={report}>
              <SteadyMatrix
                key={visit}
                report={report}
                visible={visible}
                news={live.news}
                view={view}
                change={change}
                onSeen={live.seen}
              />
            </ErrorBoundary>
          )}
        </div>
        {view.view === 'matrix' && view.release !== null && view.component !== null && (
          <ErrorBoundary what="The details" triesAgainOn={`${view.release}\n${view.component}`}>
            <FragmentDetails
              report={report}
              start={start}
              keyNames={table.keyNames}
              release={view.release}
              component={view.component}
              change={change}
            />
          </ErrorBoundary>
        )}
        {dialogs.open === 'search' && (
          <CommandPalette
            report={report}
            fragments={table.fragments}
            live={live}
            view={view}
            change={change}
            visible={visible}
            onGo={goTo}
            onHelp={() => dialogs.show('help')}
            onClose={() => dialogs.show(null)}
          />
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
 * gets the focus. The place of a release as a whole is its head, which has no details.
 *
 * @returns `visit`: the matrix is to be mounted anew when it changes, as only then it scrolls to a head
 */
function useGoTo(
  report: Report,
  { folded }: ViewState,
  change: ChangeView,
  seen: LiveReading['seen'],
  shown: React.RefObject<HTMLElement | null>,
) {
  const [visit, setVisit] = useState(0);
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);
  const goTo = useCallback(
    ({ row, column }: ProblemPlace) => {
      const target = report.rows[row];
      if (target === undefined) return;
      const { release } = target;
      const component = column === null ? null : (report.components[column] ?? null);
      const unfolded = folded.filter((line) => line !== release.line);
      change({
        view: 'matrix',
        release: release.tag,
        component: component?.id ?? null,
        ...(unfolded.length === folded.length ? {} : { folded: unfolded }),
      });
      const cell = column === null ? null : target.cells[column];
      if (cell) seen(cell.entries.map(({ id }) => id));
      if (component === null) setVisit((count) => count + 1);
      stop.current();
      if (shown.current) {
        const names = component === null ? `${release.tag},` : `${component.name} in ${release.tag}:`;
        stop.current = focusPlace(shown.current, names);
      }
    },
    [report, folded, change, seen, shown],
  );
  return { goTo, visit };
}

/** Another view takes away what had the focus, unless that was a link of the header: then the view has it. */
function useFocusKept(shown: React.RefObject<HTMLElement | null>, view: ViewState['view']): void {
  const before = useRef(view);
  useEffect(() => {
    if (before.current !== view && document.activeElement === document.body) shown.current?.focus();
    before.current = view;
  }, [shown, view]);
}

/** Unwaived errors of all releases, whatever the filters hide: the count must not fall because somebody hides a row. */
function countErrors({ rows }: Report): number {
  return rows.reduce((sum, { verdict }) => sum + verdict.errors, 0);
}

/** So that one among many tabs says what it is, and when it wants to be looked at. */
function useTitle(name: string, table: TableData | null, failing: boolean): void {
  useEffect(() => {
    const mark = failing ? '⚠ ' : table === null ? '… ' : '';
    document.title = `${mark}Release Matrix – ${name}`;
  }, [name, table, failing]);
}

/** A restarted local server wants its new token, which only a fresh page has; the view lives in the URL and stays. */
function useFreshToken(wanted: boolean): void {
  useEffect(() => {
    if (wanted) reloadOnce(sessionStorage, Date.now(), () => location.reload());
  }, [wanted]);
}
