import type { MadeReport } from '../release/report/make-report.ts';
import type { Report } from '../release/report/report.ts';
import type { Survey } from '../release/report/survey.ts';
import { changeTrail } from './change-trail.ts';
import { reportOf } from './report-of.ts';
import { inSlices } from './slices.ts';
import type { TableData } from './table-data.ts';
import { type Watched, watched } from './watched.ts';

/** A reading and what is said of it: what the screen shows, always of one moment. */
export interface ShownReport {
  readonly table: TableData;
  readonly report: Report;
  /** What the report was made by: it judges a release as another stage, too. */
  readonly survey: Survey;
}

/** Makes the reports of the readings it is given, in slices. */
export interface ReportMaker {
  /** The latest that is made; `failed`: why none could be. The same object while there is nothing else to say. */
  readonly shown: Watched<ShownReport | { readonly failed: unknown } | null>;
  /** Takes a reading; what is shown stays until its report is made. */
  take(table: TableData): void;
  /** When everything handed over so far is shown. */
  settled(): Promise<void>;
}

export function reportMaker(): ReportMaker {
  const shown: ReportMaker['shown'] = watched<ShownReport | { readonly failed: unknown } | null>(null);
  const trail = changeTrail();
  let made: MadeReport | null = null;
  let latest: TableData | null = null;
  let worked: TableData | null = null;
  let running: { readonly stop: AbortController; readonly done: Promise<void> } | null = null;
  /** Given up once, the next is brought to its end: else nothing would ever be shown where news come all the time. */
  let gaveUp = false;

  const makeLatest = async (stop: AbortController): Promise<void> => {
    const table = latest;
    if (table === null || table === worked) return;
    try {
      const next = await inSlices(reportOf(table, made, trail.since(made?.input.fragments)), stop.signal);
      if (next.report !== made?.report) shown.set({ table, report: next.report, survey: next.survey });
      made = next;
    } catch (error) {
      if (stop.signal.aborted) return;
      shown.set({ failed: error });
    }
    gaveUp = false;
    worked = table;
  };
  const work = (): void => {
    const stop = new AbortController();
    const done = makeLatest(stop).then(() => {
      running = null;
      if (latest !== worked) work();
    });
    running = { stop, done };
  };
  return {
    shown,
    take(table) {
      if (table === latest) return;
      trail.add(table);
      latest = table;
      if (running === null) work();
      else if (!gaveUp) {
        gaveUp = true;
        running.stop.abort();
      }
    },
    async settled() {
      while (running !== null) await running.done;
    },
  };
}
