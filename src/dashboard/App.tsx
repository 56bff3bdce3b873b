import { Database } from 'lucide-react';
import {
  type ReactNode,
  Suspense,
  startTransition,
  useDeferredValue,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import type { PageStart } from '../contract/local-server.ts';
import { laterPart } from '../live/later-part.ts';
import type { TableSummary } from '../live/table-data.ts';
import { shownText } from '../release/text/hidden-characters.ts';
import { useDialogs } from './commands/dialogs.ts';
import { EarlySearch } from './commands/EarlySearch.tsx';
import { drawnLater } from './elements/drawn-later.tsx';
import { ProgressBar } from './elements/ProgressBar.tsx';
import { progressWords } from './elements/progress-words.ts';
import { TableCommandsContext, tableCommands } from './elements/table-command.ts';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { FullPage } from './faults/FullPage.tsx';
import { NoReading } from './faults/NoReading.tsx';
import { Notices } from './faults/Notices.tsx';
import { RejectedItems } from './faults/RejectedItems.tsx';
import { FILTERS_ID } from './filters/FilterBar.tsx';
import { filtersOf } from './filters/filter-words.ts';
import { Header } from './header/Header.tsx';
import { fetchParts, ReportPage, VIEW_ID } from './ReportPage.tsx';
import { fetchView } from './shown-views.tsx';
import { Answers } from './state/answers.ts';
import { type TableChoice, unknownTable } from './state/chosen-table.ts';
import { useFreshToken } from './state/fresh-token.ts';
import { type Shown, type TableWatch, useLiveReading, useProgress } from './state/live-reading.ts';
import { ChangeViewContext } from './state/page-context.ts';
import { useViewState, type ViewState } from './state/view-state.ts';
import { useChosenReleases } from './state/watched-releases.ts';

interface AppProps {
  readonly start: PageStart;
  readonly choice: TableChoice;
  readonly watch: TableWatch;
  readonly file?: FileParts | undefined;
}

/** What the page that is one file says of itself. It brings this along, as no other page has it. */
export interface FileParts {
  /** Of its tab. */
  readonly title: string;
  /** Of when it is. */
  readonly asOf: ReactNode;
  /** What it holds; null: the whole table. */
  readonly holds: ReactNode;
}

/** The page: header, then the matrix with its filters and details, or the reason why there is none. */
export function App({ start, choice, watch, file }: AppProps) {
  const live = useLiveReading(watch);
  const [view, change] = useViewState();
  const drawn = useDrawn(view);
  const [opened] = useState(view);
  useChosenReleases(watch, view.view === 'compare' ? [view.a, view.b] : [view.release]);
  useLook(watch, view);
  useEffect(() => fetchParts(opened), [opened]);
  const { reading } = live;
  const dialogs = useDialogs();
  const closeDialog = () => dialogs.show(null);
  const shown = useShown(watch);
  const unseen = useSyncExternalStore(watch.unseen.subscribe, watch.unseen.get);
  const revision = useSyncExternalStore(watch.revision.subscribe, watch.revision.get);
  const answering = useMemo(() => ({ engine: watch.engine, revision }), [watch, revision]);
  const latest = reading?.table ?? null;
  const fault = reading?.fault ?? null;
  const table = shown?.table ?? null;
  const outline = shown?.matrix.outline ?? null;
  const isPart = shown?.of === 'part';
  const counted = isPart ? null : outline;
  const showsFirstRows = fault === null && view.view === 'matrix' && outline !== null && outline.rows.length > 0;
  const unknown = unknownTable(choice);
  const commands = useMemo(() => tableCommands(start), [start]);
  useTitle(file?.title ?? start.table, latest, fault !== null);
  useFreshToken(reading);
  return (
    <Answers value={answering}>
      <ChangeViewContext value={change}>
        <TableCommandsContext value={commands}>
          <div className="relative flex h-dvh flex-col overflow-clip bg-page text-ink low:overflow-y-auto">
            {!isPart && outline !== null && outline.rows.length > 0 && (
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
              choice={choice}
              watch={watch}
              live={live}
              shownFrom={shown === null ? 'nothing' : shown.of === 'table' ? null : shown.of}
              view={view.view}
              counted={counted}
              unseen={unseen}
              onAllSeen={live.allSeen}
              onSearch={() => dialogs.show('search')}
              onHelp={() => dialogs.show('help')}
              onMeant={fetchView}
              asOf={file?.asOf}
              marks={<RejectedItems count={(latest ?? table)?.rejected ?? 0} />}
            />
            <main className="flex min-h-0 flex-1 flex-col low:min-h-80 low:flex-none">
              {file?.holds}
              {(unknown !== null || view.table !== null) && (
                <ErrorBoundary what="Which table this is" triesAgainOn={reading}>
                  <Suspense fallback={null}>
                    <OtherTable start={start} unknown={unknown} view={view} />
                  </Suspense>
                </ErrorBoundary>
              )}
              <Notices
                start={start}
                live={live}
                earlier={shown?.of === 'earlier visit' ? table : null}
                onlyChanges={outline?.onlyChanges ?? null}
              />
              {shown !== null && (table !== null || showsFirstRows) ? (
                <ReportPage
                  start={start}
                  watch={watch}
                  live={live}
                  table={table}
                  matrix={shown.matrix}
                  view={drawn}
                  dialogs={dialogs}
                />
              ) : reading !== null && fault !== null ? (
                <NoReading start={start} reading={reading} fault={fault} paused={live.paused} onRetry={live.readNow} />
              ) : (
                <FirstLoad watch={watch} table={start.table} />
              )}
            </main>
            {dialogs.open === 'search' && <EarlySearch dialogs={dialogs} nothingRead={shown === null} />}
            {dialogs.open === 'help' && (
              <ErrorBoundary what="The help" triesAgainOn={reading}>
                <Suspense fallback={null}>
                  <Help onClose={closeDialog} />
                </Suspense>
              </ErrorBoundary>
            )}
          </div>
        </TableCommandsContext>
      </ChangeViewContext>
    </Answers>
  );
}

const OtherTable = drawnLater(laterPart(() => import('./faults/OtherTable.tsx')));
const Help = drawnLater(laterPart(() => import('./commands/Help.tsx')));

const SKIP_LINK =
  'sr-only focus:not-sr-only focus:absolute focus:z-50 focus:m-1.5 focus:rounded-md focus:bg-raised focus:px-3 focus:py-1.5';

/** The first reading under way: how much of the table has been read. */
function FirstLoad({ watch, table }: { readonly watch: TableWatch; readonly table: string }) {
  const progress = useProgress(watch);
  const { value, text } = progressWords(progress);
  return (
    <FullPage title={`Reading ${table}`} icon={<Database size={20} aria-hidden="true" className="text-dim" />}>
      <ProgressBar name={`Reading ${table}`} value={value} text={text} />
      <p className="tabular-nums">{shownText(text)}</p>
    </FullPage>
  );
}

/**
 * What is shown of the table. Taken in as a transition, so that a screenful of new cells is drawn in steps and keys and
 * pointer are never waited for.
 *
 * @throws Error where nothing can be, for the error boundary to say so
 */
function useShown({ shown }: TableWatch): Shown | null {
  const [now, setNow] = useState(shown.get);
  useLayoutEffect(() => {
    const take = () => startTransition(() => setNow(shown.get()));
    take();
    return shown.subscribe(take);
  }, [shown]);
  if (now !== null && 'failed' in now) throw new Error(now.failed);
  return now;
}

/**
 * What the view is drawn from. Whoever comes back to the matrix has it drawn in steps, as what is shown of the table; the
 * other views ask the engine first, and the sooner the better.
 */
function useDrawn(view: ViewState): ViewState {
  const later = useDeferredValue(view);
  return view.view === 'matrix' && later.view !== 'matrix' ? later : view;
}

/** Tells what the page looks at, from which follows what it is told. */
function useLook({ engine }: TableWatch, view: ViewState): void {
  useLayoutEffect(() => {
    engine.look({ filters: filtersOf(view), cells: view.view === 'matrix' });
  }, [engine, view]);
}

/** So that one among many tabs says what it is, and when it wants to be looked at. */
function useTitle(name: string, table: TableSummary | null, failing: boolean): void {
  useEffect(() => {
    const mark = failing ? '⚠ ' : table === null ? '… ' : '';
    document.title = `${mark}Release Matrix – ${name}`;
  }, [name, table, failing]);
}
