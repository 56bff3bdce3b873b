import { Progress } from '@base-ui/react/progress';
import { Database } from 'lucide-react';
import { type TableWatch, useProgress } from '../reading/live-reading.ts';
import { FullPage } from './FullPage.tsx';
import { progressWords } from './progress-words.ts';

/** The first reading under way: how much of the table has been read. */
export function FirstLoad({ watch, table }: { readonly watch: TableWatch; readonly table: string }) {
  const progress = useProgress(watch);
  const { value, text } = progressWords(progress);
  return (
    <FullPage title={`Reading ${table}`} icon={<Database size={20} aria-hidden="true" className="text-dim" />}>
      <Progress.Root value={value} aria-label={`Reading ${table}`} aria-valuetext={text}>
        <Progress.Track className="h-1.5 overflow-hidden rounded-full bg-rule">
          <Progress.Indicator
            className={
              value === null
                ? 'h-full w-1/4 animate-pulse rounded-full bg-dim'
                : 'h-full rounded-full bg-accent transition-[width]'
            }
          />
        </Progress.Track>
      </Progress.Root>
      <p className="tabular-nums">{text}</p>
    </FullPage>
  );
}
