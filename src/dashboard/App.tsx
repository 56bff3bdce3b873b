import { memo, useEffect, useMemo } from 'react';
import type { PageStart } from '../store/local-server.ts';
import { FragmentDetails } from './details/FragmentDetails.tsx';
import { EmptyTable } from './faults/EmptyTable.tsx';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { FirstLoad } from './faults/FirstLoad.tsx';
import { NoReading } from './faults/NoReading.tsx';
import { Notices } from './faults/Notices.tsx';
import { applyFilters } from './filters/apply-filters.ts';
import { FilterBar } from './filters/FilterBar.tsx';
import { Header } from './header/Header.tsx';
import { MatrixView } from './matrix/MatrixView.tsx';
import { type LiveReading, type TableWatch, useLiveReading } from './reading/live-reading.ts';
import { reloadOnce } from './reading/reload-once.ts';
import { useReport } from './reading/report-of.ts';
import type { TableData } from './reading/table-data.ts';
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
  const table = reading?.table ?? null;
  const fault = reading?.fault ?? null;
  useTitle(start.table, table, fault !== null);
  useFreshToken(fault?.code === 'local-server-restarted');
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-page text-ink">
      <a
        href="#matrix"
        className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-1.5 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5"
      >
        Skip to the matrix
      </a>
      <Header start={start} watch={watch} live={live} view={view.view} change={change} />
      <main className="flex min-h-0 flex-1 flex-col">
        <Notices start={start} live={live} />
        {table !== null ? (
          <MatrixPage start={start} live={live} table={table} view={view} change={change} />
        ) : reading !== null && fault !== null ? (
          <NoReading start={start} reading={reading} fault={fault} paused={live.paused} onRetry={live.readNow} />
        ) : (
          <FirstLoad watch={watch} table={start.table} />
        )}
      </main>
    </div>
  );
}

interface MatrixPageProps {
  readonly start: PageStart;
  readonly live: LiveReading;
  readonly table: TableData;
  readonly view: ViewState;
  readonly change: ChangeView;
}

/** A poll without change makes a new reading but the same report: nothing of the matrix or the filters is drawn then. */
const SteadyMatrix = memo(MatrixView);
const SteadyFilters = memo(FilterBar);

/** The matrix of a reading, beside it the details of the chosen cell. */
function MatrixPage({ start, live, table, view, change }: MatrixPageProps) {
  const report = useReport(table);
  const { version, stage, type, env, q, problems } = view;
  // By the filters alone: choosing a cell changes the view too, and must not work out anew what is visible.
  const visible = useMemo(
    () => applyFilters(report, { version, stage, type, env, q, problems }),
    [report, version, stage, type, env, q, problems],
  );
  if (report.rows.length === 0) return <EmptyTable start={start} keyNames={table.keyNames} />;
  return (
    <>
      <SteadyFilters report={report} view={view} change={change} visible={visible} />
      <div className="flex min-h-0 flex-1">
        <div id="matrix" tabIndex={-1} className="flex min-w-0 flex-1 outline-none">
          <ErrorBoundary what="The matrix" triesAgainOn={report}>
            <SteadyMatrix
              report={report}
              visible={visible}
              news={live.news}
              view={view}
              change={change}
              onSeen={live.seen}
            />
          </ErrorBoundary>
        </div>
        {view.release !== null && view.component !== null && (
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
      </div>
    </>
  );
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
