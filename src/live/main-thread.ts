import type { Steps } from '../release/text/steps.ts';

/** Longest stretch of work between two looks at what the person does, milliseconds; a frame has 16.7. */
const SLICE_MS = 8;

/** How many items are worked off in one step. */
const ITEMS_PER_STEP = 50;

/**
 * Drives work in slices, so that the page stays usable. A worker of its own would not do it better: the page's policy
 * allows none (Trusted Types), and handing over a hundred thousand fragments stops the page longer than a slice does.
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

/** Lets input and painting go first. `scheduler.yield` comes back sooner than a timer; Safari has none. */
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
