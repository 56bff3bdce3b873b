/** Longest stretch of work between two looks at what the person does, milliseconds; a frame has 16.7. */
const SLICE_MS = 8;

/** How many items are worked off between two looks at the clock. */
const ITEMS_PER_LOOK = 50;

/**
 * Works off a list in slices, so that the page stays usable while tens of thousands of items are read.
 *
 * @param signal stops it between two slices
 * @throws whatever `work` throws; the signal's reason when it was stopped
 */
export async function inSlices<T>(items: readonly T[], work: (item: T) => void, signal: AbortSignal): Promise<void> {
  let sliceStart = performance.now();
  for (const [index, item] of items.entries()) {
    if (index % ITEMS_PER_LOOK === 0 && performance.now() - sliceStart > SLICE_MS) {
      await letOthersWork();
      signal.throwIfAborted();
      sliceStart = performance.now();
    }
    work(item);
  }
}

/** Lets input and painting go first. `scheduler.yield` comes back sooner than a timer; Safari has none. */
async function letOthersWork(): Promise<void> {
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
