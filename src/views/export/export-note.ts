import { countWords } from '../../release/text/count-words.ts';

/**
 * The note of an export.
 *
 * @param readAt when the table was read, ISO 8601 in UTC
 * @param shown what is in it, of how much: "12 of 64 releases, 31 of 120 components"
 * @param hidden what the filters hide: "31 releases"; what is none is left out
 */
export function exportNote(readAt: string, shown: string, hidden: readonly [count: number, noun: string][]): string {
  const counts = hidden.flatMap(([count, noun]) => (count === 0 ? [] : [countWords(count, noun)]));
  const begin = `Read ${readAt}: ${shown}.`;
  return counts.length === 0
    ? `${begin} The filters hide nothing of it.`
    : `${begin} The filters hide ${counts.join(' and ')}.`;
}
