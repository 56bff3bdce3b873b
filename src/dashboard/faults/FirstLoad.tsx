import { Database } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { ProgressBar } from '../elements/ProgressBar.tsx';
import { progressWords } from '../elements/progress-words.ts';
import { type TableWatch, useProgress } from '../state/live-reading.ts';
import { FullPage } from './FullPage.tsx';

/** The first reading under way: how much of the table has been read. */
export function FirstLoad({ watch, table }: { readonly watch: TableWatch; readonly table: string }) {
  const progress = useProgress(watch);
  const { value, text } = progressWords(progress);
  return (
    <FullPage title={`Reading ${table}`} icon={<Database size={20} aria-hidden="true" className="text-dim" />}>
      <ProgressBar name={`Reading ${table}`} value={value} text={text} />
      <p className="tabular-nums">{shownText(text)}</p>
    </FullPage>
  );
}
