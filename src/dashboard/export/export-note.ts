import type { Report } from '../../release/report.ts';
import { describeVisible } from '../filters/filter-words.ts';
import type { Visible } from '../filters/visible.ts';

/** The note of an export. @param hidden what the filters hide: "31 releases"; what is none is left out */
export function exportNote(report: Report, visible: Visible, hidden: readonly [count: number, noun: string][]): string {
  const counts = hidden.flatMap(([count, noun]) =>
    count === 0 ? [] : [`${count.toLocaleString('en')} ${count === 1 ? noun : `${noun}s`}`],
  );
  const shown = `Read ${report.readAt}: ${describeVisible(report, visible)}.`;
  return counts.length === 0
    ? `${shown} The filters hide nothing of it.`
    : `${shown} The filters hide ${counts.join(' and ')}.`;
}
