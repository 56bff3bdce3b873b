import { lazy, Suspense, useCallback, useEffect, useMemo } from 'react';
import type { Report } from '../release/report.ts';
import type { PageStart } from '../store/local-server.ts';
import { useActivity } from './activity/use-activity.ts';
import { useDialogs } from './commands/dialogs.ts';
import { FirstLoad } from './faults/FirstLoad.tsx';
import { NoReading } from './faults/NoReading.tsx';
import { Notices } from './faults/Notices.tsx';
import { FILTERS_ID } from './filters/FilterBar.tsx';
import { Header } from './header/Header.tsx';
import { ReportPage, VIEW_ID } from './ReportPage.tsx';
import { type TableWatch, useLiveReading } from './reading/live-reading.ts';
import { reloadOnce } from './reading/reload-once.ts';
import { useReport } from './reading/report-of.ts';
import type { TableData } from './reading/table-data.ts';
import { useViewState } from './view-state.ts';

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
  const table = reading?.table ?? null;
  const fault = reading?.fault ?? null;
  const report = useReport(table);
  const watched = useActivity(start, table);
  const { allSeen: newsSeen } = live;
  const { markSeen } = watched;
  const allSeen = useCallback(() => {
    newsSeen();
    markSeen();
  }, [newsSeen, markSeen]);
  const errors = useMemo(() => (report === null ? null : countErrors(report)), [report]);
  useTitle(start.table, table, fault !== null);
  useFreshToken(fault?.code === 'local-server-restarted');
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
        view={view.view}
        change={change}
        errors={errors}
        unseen={watched.unseen}
        onAllSeen={allSeen}
        onSearch={() => dialogs.show('search')}
        onHelp={() => dialogs.show('help')}
      />
      <main className="flex min-h-0 flex-1 flex-col low:min-h-80 low:flex-none">
        <Notices start={start} live={live} />
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
