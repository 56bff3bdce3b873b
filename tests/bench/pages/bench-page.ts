import type { EstateSize } from '../drawn-estate.ts';

/** What a page of the benchmark can be asked to do. Times are in milliseconds. */
export interface BenchPage {
  /** Makes the data, then draws it, and says how long it took from data ready until the frame with cells was made. */
  draw?: (size: EstateSize) => Promise<number>;
  /** Works in one of the ways, and says how long it took. */
  work?: (way: string, endpoint: string) => Promise<number>;
  /** Reads a whole table in one of the ways, and says how long it took and how many items came. */
  load?: (way: string, endpoint: string) => Promise<{ ms: number; items: number }>;
}

/** Set by a page when it begins to work, by which a trace tells its thread from those of other pages. */
export const WORK_MARK = 'bench-work';

declare global {
  interface Window {
    bench?: BenchPage;
  }
}

/** Waits until something is drawn, and then until the frame that shows it has been made. */
export async function framed(selector: string): Promise<void> {
  while (document.querySelector(selector) === null) await nextFrame();
  await nextFrame();
}

function nextFrame(): Promise<unknown> {
  return new Promise((resume) => requestAnimationFrame(resume));
}
