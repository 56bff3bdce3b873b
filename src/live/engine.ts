import type { DemoAsk, DemoState } from '../contract/demo.ts';
import type { PageStart } from '../contract/local-server.ts';
import { type FaultFields, faultFields, faultFrom } from '../contract/read-fault.ts';
import type { SignInAsk, SignInState } from '../contract/sign-in.ts';
import { firstRowsSteps } from '../release/report/make-report.ts';
import type { Report } from '../release/report/report.ts';
import type { Survey } from '../release/report/survey.ts';
import type { ReadProgress } from '../store/read-table.ts';
import { countUnseen, unseenNews } from '../views/activity/unseen.ts';
import { applyFilters } from '../views/filters/apply-filters.ts';
import { fetchFinder, mayPoint } from '../views/filters/finder.ts';
import { fetchRangeReader, hasRange } from '../views/filters/range-reader.ts';
import { type MatrixUpdate, matrixSender } from '../views/matrix/matrix-update.ts';
import { type News, type NewsPlace, placesOfNews } from '../views/matrix/news.ts';
import type { Filters } from '../views/params.ts';
import type { Answer, Asks, Known, QuestionName } from '../views/questions.ts';
import { activityLog, tableName } from './activity-log.ts';
import type { ActivityStore } from './activity-store.ts';
import { ANSWERS } from './answers.ts';
import { lastState } from './last-state.ts';
import type { LastStateStore } from './last-state-store.ts';
import { laterPart } from './later-part.ts';
import { addNews, NO_NEWS, withoutSeen } from './news.ts';
import { reportMaker } from './report-maker.ts';
import type { ServerAsker } from './server-asker.ts';
import { inSlices, letOthersWork } from './slices.ts';
import { summaryOf, type TableData, type TablePart, type TableSummary } from './table-data.ts';
import type { ReadWishes, TableReader } from './table-reader.ts';

/**
 * The copy of the table with all that is said of it. It lives apart from the page, in a worker: credentials, items,
 * findings and the report stay here, and the page is told what it shows.
 */
export interface Engine {
  /** Brings the copy up to date. A failure is part of what it returns; it throws only where `signal` stopped it. */
  read(wishes: ReadWishes, signal: AbortSignal): Promise<ReadOutcome>;
  /** What the page looks at: from now on the matrix is told as these filters leave it. */
  look(at: Look): void;
  /**
   * What a view is drawn from.
   *
   * @throws Error where it cannot be made: a part of the program cannot be had, or nothing is known yet
   */
  ask<Name extends QuestionName>(name: Name, asks: Asks<Name>): Promise<Answer<Name>>;
  /** Has the AWS CLI sign in again. @throws Error where the local server does not answer, or refuses */
  signIn(ask: SignInAsk): Promise<SignInState>;
  /** Steers the simulated CI of the demo. @throws Error as above */
  demo(ask: DemoAsk): Promise<DemoState>;
  /** Somebody has looked at a cell. @param place null: all is marked as seen, in the history too */
  seen(place: { readonly release: string; readonly component: string } | null): void;
  /** @param listener is called with all that is told from now on; @returns ends that */
  listen(listener: (told: Told) => void): () => void;
}

export interface Look {
  readonly filters: Filters;
  /** The grid is on the screen: its cells are told as well as its heads. */
  readonly cells: boolean;
}

/** How a try to read ended. Plain data. */
export type ReadOutcome = {
  /** Milliseconds for which the table is to be left alone; 0: as one likes. */
  readonly restMs: number;
} & (
  | { readonly table: TableSummary; readonly wholeFault: FaultFields | null; readonly slowMs: number | null }
  | { readonly fault: FaultFields }
);

/** What the page is told without having asked. Plain data. */
export type Told =
  | { readonly kind: 'progress'; readonly progress: ReadProgress | null }
  | ({ readonly kind: 'matrix' } & ToldMatrix)
  | { readonly kind: 'news'; readonly places: readonly NewsPlace[] }
  | { readonly kind: 'activity'; readonly unseen: number; readonly revision: number }
  /** The report could not be made. */
  | { readonly kind: 'failed'; readonly message: string };

export interface ToldMatrix {
  /** Counts up with each report: what was answered of an earlier one may be otherwise now. */
  readonly revision: number;
  /** `part`: of what has come so far of the first reading, and nothing is judged. */
  readonly of: 'table' | 'earlier visit' | 'part';
  /** The reading that it is of; null for a part. */
  readonly table: TableSummary | null;
  readonly update: MatrixUpdate;
}

/** What an engine is made with. */
export interface EngineParts {
  readonly reader: TableReader;
  readonly server: ServerAsker;
  /** Each gets at what the browser keeps of a table; it may fail. */
  readonly openActivity: (table: string) => Promise<ActivityStore>;
  readonly openLastState: (table: string) => Promise<LastStateStore>;
  /** Resolves when there is nothing else to do. */
  readonly idle: () => Promise<void>;
  readonly loadRanges: Parameters<typeof fetchRangeReader>[0];
  /** Gets the page into which a file's data are put (`src/contract/one-file.ts`). */
  readonly loadFilePage: () => Promise<string>;
  /** The page still shows what an engine of before has told: it is told of the whole table only. Default: false. */
  readonly resumed?: boolean;
}

/** What has been read sooner is shown as a whole: rows that stand for a moment only would be a flicker. Milliseconds. */
export const PART_AFTER_MS = 100;
/** Where the rest is likely to come within that time, a part is not shown before it is over. Milliseconds. */
export const PART_STANDS_MS = 500;

const places = laterPart(() => import('../views/filters/pointed-at.ts'));

const NO_FILTERS: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };

/** @returns besides, the reading that is known, for whoever is in the same process */
export function startEngine(start: PageStart, parts: EngineParts): Engine & { table(): TableData | null } {
  const listeners = new Set<(told: Told) => void>();
  const tell = (told: Told): void => {
    for (const listener of listeners) listener(told);
  };

  let table: TableData | null = null;
  let news: News = NO_NEWS;
  let look: Look = { filters: NO_FILTERS, cells: false };
  /** The report that is shown, and what it was made of. */
  let shown: {
    readonly of: ToldMatrix['of'];
    readonly report: Report;
    /** Null: it is of a part, of which nothing is answered. */
    readonly table: TableData | null;
    readonly survey: Survey | null;
  } | null = null;
  let revision = 0;
  let activityRevision = 0;
  const sender = matrixSender();

  /** What it takes to read a text of the search box. Where it cannot be fetched, the box makes of it what it can. */
  const fetchReaders = async (text: string): Promise<void> => {
    if (hasRange(text)) await fetchRangeReader(parts.loadRanges).catch(() => undefined);
    if (mayPoint(text)) await fetchFinder(places).catch(() => undefined);
  };
  /** @throws Error while not all of the table has been read */
  const known = (): Known & { readonly table: TableData } => {
    if (shown === null || shown.table === null || shown.survey === null) {
      throw new Error('The table has not been read yet.');
    }
    const { report, survey } = shown;
    const { fragments, evidence, rejected, policy: inForce, keyNames } = shown.table;
    const { policy, written: policies = [] } = inForce;
    const activity = log.activity.get();
    return { report, survey, fragments, evidence, rejected, policy, policies, keyNames, activity, table: shown.table };
  };

  /** Ends the telling of a matrix that is out of date. */
  let telling = 0;
  const tellMatrix = async (): Promise<void> => {
    const mine = ++telling;
    const { filters, cells } = look;
    // Where ranges cannot be read, the filter says so.
    await fetchReaders(filters.q);
    if (mine !== telling || shown === null) return;
    const { of, report } = shown;
    // Nothing is a problem before all is read: by problems alone the filter would leave nothing.
    const visible = applyFilters(report, of === 'part' ? { ...filters, problems: false } : filters);
    const summary = shown.table === null ? null : summaryOf(shown.table);
    for (const update of sender.next(report, visible, cells)) {
      tell({ kind: 'matrix', revision, of, table: summary, update });
      await letOthersWork();
      if (mine !== telling) return;
    }
  };
  const tellNews = (): void => {
    tell({ kind: 'news', places: shown === null ? [] : placesOfNews(shown.report, news) });
  };
  const show = (next: NonNullable<typeof shown>): void => {
    shown = next;
    revision++;
    void tellMatrix();
    if (news.size > 0) tellNews();
  };

  const maker = reportMaker();
  maker.shown.subscribe(() => {
    const made = maker.shown.get();
    if (made === null) return;
    if ('failed' in made) {
      const { failed } = made;
      tell({ kind: 'failed', message: failed instanceof Error ? failed.message : String(failed) });
    } else {
      const { table, report, survey } = made;
      show({ of: table.earlier ? 'earlier visit' : 'table', table, report, survey });
    }
  });

  const log = activityLog(start, parts.openActivity);
  let recalled = false;
  log.activity.subscribe(() => {
    const activity = log.activity.get();
    if (activity === null) return;
    if (!recalled) {
      recalled = true;
      const earlier = unseenNews(activity);
      if (earlier.size > 0) {
        news = new Map([...earlier, ...news]);
        tellNews();
      }
    }
    tell({ kind: 'activity', unseen: countUnseen(activity), revision: ++activityRevision });
  });

  // The embedded table is filled anew whenever the server starts, and read in no time.
  const keeps = start.source.kind !== 'embedded';
  const kept = lastState(start, () => parts.openLastState(tableName(start)), parts.idle);
  let looksForEarlier = keeps && parts.resumed !== true;
  const endLooking = new AbortController();

  let readsSince = 0;
  let progress: ReadProgress | null = null;
  /** What has come of the first reading and is not shown yet. */
  let part: TablePart | null = null;
  let showsParts = false;
  const endParts = new AbortController();
  /**
   * Shows the rows of what has come so far, one after the other: the newest that is there when the ones before are shown.
   * While an earlier visit is looked for they wait, as it may have left all of them.
   */
  const showParts = async (): Promise<void> => {
    if (showsParts) return;
    showsParts = true;
    const { signal } = endParts;
    try {
      const early = readsSince + PART_AFTER_MS - performance.now();
      if (early > 0) await pause(early);
      for (let next = part; next !== null && !looksForEarlier; next = part) {
        if (restMs(progress, performance.now() - readsSince) < PART_STANDS_MS) {
          await pause(PART_STANDS_MS);
          next = part ?? next;
        }
        part = null;
        if (signal.aborted || (shown !== null && shown.of !== 'part')) break;
        const { fragments, policy } = next;
        const report = await inSlices(firstRowsSteps(fragments, policy.policy, new Date().toISOString()), signal);
        show({ of: 'part', table: null, report, survey: null });
      }
    } catch {
      // Stopped when all is read; whatever is wrong with a part is said then.
    } finally {
      showsParts = false;
    }
  };
  const takePart = (next: TablePart): void => {
    if (parts.resumed === true) return;
    part = next;
    void showParts();
  };
  if (looksForEarlier) {
    void kept.load(endLooking.signal).then((earlier) => {
      looksForEarlier = false;
      if (earlier === null) void showParts();
      else if (table === null) maker.take(earlier);
    });
  }

  return {
    table: () => table,
    async read(wishes, signal) {
      readsSince = performance.now();
      try {
        const {
          table: next,
          wholeFault,
          slowMs,
        } = await parts.reader.read(
          table,
          (now) => {
            progress = now;
            tell({ kind: 'progress', progress });
          },
          signal,
          wishes,
          takePart,
        );
        table = next;
        endLooking.abort();
        endParts.abort();
        const before = news;
        news = addNews(news, next.change);
        maker.take(next);
        log.take(next);
        if (keeps) void kept.keep(next);
        if (news !== before) tellNews();
        const fault = wholeFault === null ? null : faultFields(wholeFault);
        return { table: summaryOf(next), wholeFault: fault, slowMs, restMs: parts.reader.restMs() };
      } catch (error) {
        signal.throwIfAborted();
        const fault = faultFields(faultFrom(error));
        return { fault, restMs: parts.reader.restMs() };
      } finally {
        tell({ kind: 'progress', progress: null });
      }
    },
    look(at) {
      if (JSON.stringify(at) === JSON.stringify(look)) return;
      look = at;
      void tellMatrix();
    },
    async ask(name, asks) {
      await fetchReaders(searchedBy(asks));
      const { table, ...all } = known();
      return ANSWERS[name](all, asks, { start, policy: table.policy, loadPage: parts.loadFilePage });
    },
    ...parts.server,
    seen(place) {
      const before = news;
      if (place === null) {
        news = NO_NEWS;
        log.markSeen();
      } else {
        const row = shown?.report.rows.find(({ release }) => release.tag === place.release);
        const column = shown?.report.components.findIndex(({ id }) => id === place.component) ?? -1;
        news = withoutSeen(news, row?.cells[column]?.entries.map(({ id }) => id) ?? []);
      }
      if (news !== before) tellNews();
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}

/** How long the rest of a reading is likely to take, which has taken so long. Where the table does not say how much it has: long. */
function restMs(progress: ReadProgress | null, tookMs: number): number {
  if (progress === null || progress.expected === null || progress.read === 0) return Number.POSITIVE_INFINITY;
  return (tookMs * Math.max(0, progress.expected - progress.read)) / progress.read;
}

/** The text of the search box in a question; empty where it has none. */
function searchedBy(asks: object): string {
  const { q } = 'filters' in asks ? (asks.filters as Filters) : (asks as { readonly q?: string }); // so they are called in every question
  return q ?? '';
}
