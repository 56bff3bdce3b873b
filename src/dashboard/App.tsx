import { lazy, Suspense, useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { PageStart } from '../contract/local-server.ts';
import { laterPart } from '../live/server-secret.ts';
import type { TableData } from '../live/table-data.ts';
import { seemsToHoldOnlyChanges } from '../release/report/only-changes.ts';
import type { Report } from '../release/report/report.ts';
import { useActivity } from './activity/use-activity.ts';
import { useDialogs } from './commands/dialogs.ts';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { FirstLoad } from './faults/FirstLoad.tsx';
import { NoReading } from './faults/NoReading.tsx';
import { Notices } from './faults/Notices.tsx';
import { FILTERS_ID } from './filters/FilterBar.tsx';
import { useReadableVersion } from './filters/range-reader.ts';
import { Header } from './header/Header.tsx';
import { FirstRows, useFirstRows } from './matrix/FirstRows.tsx';
import { ReportPage, VIEW_ID } from './ReportPage.tsx';
import { type TableWatch, useLiveReading } from './state/live-reading.ts';
import { useFreshToken } from './state/reload-once.ts';
import { useLastState } from './state/use-last-state.ts';
import { useReport } from './state/use-report.ts';
import { useViewState } from './state/view-state.ts';
import { useChosenReleases } from './state/watched-releases.ts';

interface AppProps {
  readonly start: PageStart;
  readonly watch: TableWatch;
}

/** The page: header, then the matrix with its filters and details, or the reason why there is none. */
export function App({ start, watch }: AppProps) {
  const read = useLiveReading(watch);
  const [view, change] = useViewState();
  const version = useReadableVersion(view.version);
  const applied = useMemo(() => (version === null ? null : { ...view, version }), [view, version]);
  useChosenReleases(watch, view.view === 'compare' ? [view.a, view.b] : [view.release]);
  const { reading } = read;
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
  const watched = useActivity(start, latest, watch.news);
  const { allSeen: newsSeen } = read;
  const { markSeen } = watched;
  const allSeen = useCallback(() => {
    newsSeen();
    markSeen();
  }, [newsSeen, markSeen]);
  // Wherever all is marked as seen, the marks of the matrix and the history are.
  const live = useMemo(() => ({ ...read, allSeen }), [read, allSeen]);
  const errors = useMemo(() => (report === null ? null : countErrors(report)), [report]);
  const onlyChanges = useMemo(() => (report === null ? null : seemsToHoldOnlyChanges(report)), [report]);
  useTitle(start.table, latest, fault !== null);
  useFreshToken(reading);
  return (
    <div className="relative flex h-dvh flex-col overflow-clip bg-page text-ink low:overflow-y-auto">
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
      <main className="flex min-h-0 flex-1 flex-col low:min-h-80 low:flex-none">
        <Notices start={start} live={live} earlier={table?.earlier ? table : null} onlyChanges={onlyChanges} />
        {table !== null && report !== null && applied !== null ? (
          <ReportPage
            start={start}
            live={live}
            table={table}
            report={report}
            written={view}
            view={applied}
            change={change}
            watched={watched}
            onAllSeen={allSeen}
            dialogs={dialogs}
          />
        ) : reading !== null && fault !== null ? (
          <NoReading start={start} reading={reading} fault={fault} paused={live.paused} onRetry={live.readNow} />
        ) : firstRows !== null && firstRows.rows.length > 0 && applied?.view === 'matrix' ? (
          <FirstRows watch={watch} table={start.table} report={firstRows} view={applied} change={change} />
        ) : (
          <FirstLoad watch={watch} table={start.table} />
        )}
      </main>
      {dialogs.open === 'help' && (
        <ErrorBoundary what="The help" triesAgainOn={reading}>
          <Suspense fallback={null}>
            <Help onClose={closeDialog} />
          </Suspense>
        </ErrorBoundary>
      )}
    </div>
  );
}

const Help = lazy(laterPart(() => import('./commands/Help.tsx')));

const SKIP_LINK =
  'sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-1.5 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5';

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
