import type { ReadProgress } from '../../store/read-table.ts';

const COUNT = new Intl.NumberFormat('en');

/**
 * How far a reading is, for a progress bar and in words. The table's own count is up to six hours old: more may have
 * come than it says, and none may be known.
 *
 * @returns `value` in percent, never above 99 before the end is known; null where it cannot be said
 */
export function progressWords(progress: ReadProgress | null): {
  readonly value: number | null;
  readonly text: string;
} {
  if (progress === null) return { value: null, text: 'Connecting to the table…' };
  const { read, expected } = progress;
  if (expected === null || expected === 0) return { value: null, text: `${COUNT.format(read)} fragments read` };
  if (read > expected) {
    return {
      value: 99,
      text: `${COUNT.format(read)} fragments read, more than the ${COUNT.format(expected)} expected`,
    };
  }
  const value = Math.min(Math.floor((read / expected) * 100), 99);
  return { value, text: `${COUNT.format(read)} of about ${COUNT.format(expected)} fragments read` };
}
