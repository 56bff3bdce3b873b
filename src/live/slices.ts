import type { Steps } from '../release/text/steps.ts';

/** Longest stretch of work between two looks at what is asked, milliseconds: nobody feels a view that waits for it. */
const SLICE_MS = 8;

/** How many items are worked off in one step. */
const ITEMS_PER_STEP = 50;

/**
 * Drives work in slices, between which questions are answered and, where the engine lives in the page, the page is drawn.
 *
 * @param signal stops it between two slices
 * @throws whatever the work throws; the signal's reason when it was stopped
 */
export async function inSlices<T>(steps: Steps<T>, signal: AbortSignal): Promise<T> {
  let sliceStart = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - sliceStart < SLICE_MS) continue;
    await letOthersWork();
    signal.throwIfAborted();
    sliceStart = performance.now();
  }
}

/** Work on each item of a list, in steps. */
export function* eachOf<T>(items: Iterable<T>, work: (item: T) => void): Steps<void> {
  let done = 0;
  for (const item of items) {
    work(item);
    if (++done % ITEMS_PER_STEP === 0) yield;
  }
}

/** Lets messages, input and painting go first. `scheduler.yield` comes back sooner than a timer; Safari has none. */
export async function letOthersWork(): Promise<void> {
  const scheduler: unknown = Reflect.get(globalThis, 'scheduler');
  if (typeof scheduler === 'object' && scheduler !== null && 'yield' in scheduler) {
    const { yield: pause } = scheduler;
    if (typeof pause === 'function') {
      await pause.call(scheduler);
      return;
    }
  }
  await new Promise((resume) => setTimeout(resume, 0));
}
