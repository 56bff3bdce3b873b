import { useEffect, useState } from 'react';
import { inSlices } from '../../live/main-thread.ts';
import { NO_NEWS } from '../../live/news.ts';
import type { TablePart } from '../../live/table-data.ts';
import { firstRowsSteps } from '../../release/report/make-report.ts';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { applyFilters } from '../../views/filters/apply-filters.ts';
import { ProgressBar } from '../elements/ProgressBar.tsx';
import { progressWords } from '../elements/progress-words.ts';
import { type TableWatch, useProgress } from '../state/live-reading.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { MatrixView } from './MatrixView.tsx';
import { StillReading } from './still-reading.ts';

interface FirstRowsProps {
  readonly watch: TableWatch;
  readonly table: string;
  readonly report: Report;
  readonly view: ViewState;
  readonly change: ChangeView;
}

/** What has come of the table while the first reading is under way: its cells, and no verdicts. */
export function FirstRows({ watch, table, report, view, change }: FirstRowsProps) {
  const { value, text } = progressWords(useProgress(watch));
  // Nothing is a problem before all is read: by problems alone the filter would leave nothing.
  const visible = applyFilters(report, { ...view, problems: false });
  return (
    <>
      <div className="flex min-h-[45px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-rule bg-info-soft px-4 py-1.5 text-[13px] text-ink">
        <div className="w-32 shrink-0">
          <ProgressBar name={`Reading ${table}`} value={value} text={text} />
        </div>
        <p>
          <strong className="font-semibold">Still reading.</strong> Releases and cells are missing below until all is
          read; then come the verdicts. <span className="text-dim tabular-nums">{shownText(text)}</span>
        </p>
      </div>
      <div className="relative flex min-h-0 min-w-0 flex-1">
        <StillReading value={true}>
          <MatrixView report={report} visible={visible} news={NO_NEWS} view={view} change={change} onSeen={() => {}} />
        </StillReading>
      </div>
    </>
  );
}

/**
 * The rows of what has been read so far, made in slices. They stay until the whole report is there, which takes a moment
 * longer than the reading.
 *
 * @param wanted false: let go of them
 */
export function useFirstRows(part: TablePart | null, wanted: boolean): Report | null {
  const [rows, setRows] = useState<Report | null>(null);
  useEffect(() => {
    if (!wanted) return setRows(null);
    if (part === null) return;
    const stop = new AbortController();
    const readAt = new Date().toISOString();
    inSlices(firstRowsSteps(part.fragments, part.policy.policy, readAt), stop.signal).then(
      (report) => {
        if (!stop.signal.aborted) setRows(report);
      },
      () => {}, // given up for more of it; whatever is wrong with it is said when all is read
    );
    return () => stop.abort();
  }, [part, wanted]);
  return rows;
}
