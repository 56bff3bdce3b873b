import { shownText } from '../../release/text/hidden-characters.ts';
import { ProgressBar } from '../elements/ProgressBar.tsx';
import { progressWords } from '../elements/progress-words.ts';
import { type TableWatch, useProgress } from '../state/live-reading.ts';

/** Above the first rows, in the place and the height of the filters: how much of the table has been read. */
export function ReadingStrip({ watch, table }: { readonly watch: TableWatch; readonly table: string }) {
  const { value, text } = progressWords(useProgress(watch));
  return (
    <div className="flex min-h-[36px] shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-rule bg-info-soft px-4 py-1 text-base text-ink">
      <div className="w-32 shrink-0">
        <ProgressBar name={`Reading ${table}`} value={value} text={text} />
      </div>
      <p>
        <strong className="font-semibold">Still reading.</strong> Releases and cells are missing below until all is
        read; then come the verdicts. <span className="text-dim tabular-nums">{shownText(text)}</span>
      </p>
    </div>
  );
}
