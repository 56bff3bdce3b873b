import { shownText } from '../../release/text/hidden-characters.ts';
import type { ShownMatrix } from '../../views/matrix/matrix-update.ts';
import { ProgressBar } from '../elements/ProgressBar.tsx';
import { progressWords } from '../elements/progress-words.ts';
import { NO_PLACES, type TableWatch, useProgress } from '../state/live-reading.ts';
import type { ChangeView, ViewState } from '../state/view-state.ts';
import { MatrixView } from './MatrixView.tsx';
import { StillReading } from './still-reading.ts';

interface FirstRowsProps {
  readonly watch: TableWatch;
  readonly table: string;
  readonly matrix: ShownMatrix;
  readonly view: ViewState;
  readonly change: ChangeView;
}

/** What has come of the table while the first reading is under way: its cells, and no verdicts. */
export function FirstRows({ watch, table, matrix, view, change }: FirstRowsProps) {
  const { value, text } = progressWords(useProgress(watch));
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
          <MatrixView matrix={matrix} news={NO_PLACES} view={view} change={change} onSeen={() => {}} />
        </StillReading>
      </div>
    </>
  );
}
