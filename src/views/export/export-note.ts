import { countWords } from '../../release/text/count-words.ts';

/** What is hidden, by its noun: "release", "component". */
export type Hidden = readonly (readonly [count: number, noun: string])[];

/** "The filters hide 31 releases and 1 component."; null where they hide nothing. */
export function hiddenNote(hidden: Hidden): string | null {
  const counts = hidden.flatMap(([count, noun]) => (count === 0 ? [] : [countWords(count, noun)]));
  return counts.length === 0 ? null : `The filters hide ${counts.join(' and ')}.`;
}

/**
 * The note of an export.
 *
 * @param readAt when the table was read, ISO 8601 in UTC
 * @param shown what is in it, of how much: "12 of 64 releases, 31 of 120 components"
 */
export function exportNote(readAt: string, shown: string, hidden: Hidden): string {
  return `Read ${readAt}: ${shown}. ${hiddenNote(hidden) ?? 'The filters hide nothing of it.'}`;
}
