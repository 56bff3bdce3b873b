import type { EstateSize } from '../drawn-estate.ts';

/** What a page of the benchmark can be asked to do. Times are in milliseconds. */
export interface BenchPage {
  /** Makes the data, then draws it, and says how long it took from data ready until the frame with cells was made. */
  draw?: (size: EstateSize) => Promise<number>;
  /** Changes one cell of what it has drawn, and says how long it took until the frame that shows it was made. */
  change?: (round: number) => Promise<number>;
  /** Zooms out of what it has drawn, and says how long it took until the frame with all of it was made. */
  overview?: () => Promise<number>;
  /** Works in one of the ways, and says how long it took. */
  work?: (way: string, endpoint: string) => Promise<number>;
  /** Reads a whole table in one of the ways, and says how long it took and how many items came. */
  load?: (way: string, endpoint: string) => Promise<{ ms: number; items: number }>;
  /** Works out what is asked for of the fragments of an estate of a size, and says how long it took. */
  pivot?: (what: string, size: EstateSize) => { ms: number; cells: number };
  /** Asks once for one item, as an idle poll does, and parses the answer. */
  ask?: (endpoint: string) => Promise<void>;
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
  await framedWhen(() => document.querySelector(selector) !== null, selector);
}

/** Waits until an element says something, and then until the frame that shows it has been made. */
export async function framedText(selector: string, text: string): Promise<void> {
  await framedWhen(() => document.querySelector(selector)?.textContent?.includes(text) === true, text);
}

/** Longer than anything takes that is drawn at all, milliseconds. */
const LIMIT_MS = 20_000;

/** Looks whenever the page changes, and not at each frame: what is drawn a moment before a frame is in that frame. */
async function framedWhen(isThere: () => boolean, what: string): Promise<void> {
  await new Promise<void>((resume, fail) => {
    const timer = setTimeout(() => fail(new Error(`Waited for ${what} in vain.`)), LIMIT_MS);
    const look = () => {
      if (!isThere()) return;
      clearTimeout(timer);
      observer.disconnect();
      resume();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
    look();
  });
  await nextFrame();
}

function nextFrame(): Promise<unknown> {
  return new Promise((resume) => requestAnimationFrame(resume));
}
