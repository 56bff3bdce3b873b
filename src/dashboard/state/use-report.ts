import { useEffect, useState, useSyncExternalStore } from 'react';
import { reportMaker, type ShownReport } from '../../live/report-maker.ts';
import type { TableData } from '../../live/table-data.ts';

/**
 * The report of a reading, made outside of drawing: until it is, the one before stays.
 *
 * @returns null where none is made yet
 * @throws where the report cannot be made, for the error boundary to say so
 */
export function useReport(table: TableData | null): ShownReport | null {
  const [maker] = useState(reportMaker);
  useEffect(() => {
    if (table !== null) maker.take(table);
  }, [maker, table]);
  const shown = useSyncExternalStore(maker.shown.subscribe, maker.shown.get);
  if (shown !== null && 'failed' in shown) throw shown.failed;
  return shown;
}
