import type { GoalId } from './goals.ts';

/** What a line of the benchmark is held to. */
export interface Bound {
  readonly goal: GoalId;
  /** What is to be reached. */
  readonly target: number;
  /**
   * What a median must not be over: what is measured, with room for the noise of a shared machine. A regression breaks
   * it. Of sizes, which are exact, it leaves room for a small change only.
   */
  readonly bound: number;
  readonly unit: 'ratio' | 'kB' | 'kB per poll' | '%' | 'ms' | 'times' | 'units';
  /** Where the target is not reached: why, and what would reach it. */
  readonly unreached?: Unreached;
}

interface Unreached {
  readonly reason: string;
  readonly next: string;
}

const ON_MAIN_THREAD: Unreached = {
  reason:
    'The SDK, the parsing and the report work on the main thread, in slices of 8 ms: by choice, since a worker would have to send 100,000 fragments over.',
  next: 'a worker that keeps the fragments and sends only what the screen shows.',
};

const WHOLE_APP: Unreached = {
  reason:
    'The target was set for React, Virtual, a client and semver. The app has besides: Base UI (about 60 kB), Markdown (50), zod (25), Table, Query and nuqs (28), each in use.',
  next: 'a smaller Markdown reader, and zod/mini for the policy.',
};

/** By the name that a line carries. Ratios, so that they hold on any machine; medians are compared. */
export const BOUNDS = {
  'load-generated': { goal: 'G1', target: 1.15, bound: 1.4, unit: 'ratio' },
  'load-estate': { goal: 'G1', target: 1.15, bound: 1.5, unit: 'ratio' },
  'latency-bare': { goal: 'G2', target: 0.4, bound: 0.55, unit: 'ratio' },
  'latency-bare4': { goal: 'G2', target: 1.2, bound: 1.7, unit: 'ratio' },

  'long-tasks-2k': { goal: 'G3', target: 0, bound: 4, unit: 'times', unreached: ON_MAIN_THREAD },
  'long-tasks-20k': { goal: 'G3', target: 0, bound: 6, unit: 'times', unreached: ON_MAIN_THREAD },
  'long-tasks-100k': { goal: 'G3', target: 0, bound: 12, unit: 'times', unreached: ON_MAIN_THREAD },
  'main-20k': { goal: 'G3', target: 0.3, bound: 6, unit: 'ratio', unreached: ON_MAIN_THREAD },
  'main-100k': { goal: 'G3', target: 0.15, bound: 4, unit: 'ratio', unreached: ON_MAIN_THREAD },

  'start-2k': { goal: 'G4', target: 1.5, bound: 4, unit: 'ratio' },
  'start-20k': { goal: 'G4', target: 1.5, bound: 6, unit: 'ratio' },
  'start-100k': { goal: 'G4', target: 1.25, bound: 3, unit: 'ratio' },
  'first-rows-size': { goal: 'G5', target: 1.35, bound: 5, unit: 'ratio' },
  'first-rows-final': { goal: 'G5', target: 0.4, bound: 1, unit: 'ratio' },
  'blocked-2k': { goal: 'G6', target: 30, bound: 300, unit: 'ms' },
  'blocked-20k': { goal: 'G6', target: 30, bound: 400, unit: 'ms' },
  'blocked-100k': { goal: 'G6', target: 30, bound: 1000, unit: 'ms' },

  'pivot-cold': { goal: 'G7', target: 1, bound: 8, unit: 'ratio' },
  'change-generated': { goal: 'G8', target: 0.001, bound: 0.2, unit: 'ratio' },
  'change-estate': { goal: 'G8', target: 0.001, bound: 0.2, unit: 'ratio' },
  'new-release': { goal: 'G8', target: 0.2, bound: 0.3, unit: 'ratio' },

  'down-dropped-small': { goal: 'G9', target: 1, bound: 5, unit: '%' },
  'down-p95-small': { goal: 'G9', target: 1, bound: 1.3, unit: 'ratio' },
  'down-main-small': { goal: 'G9', target: 0.8, bound: 1, unit: 'ratio' },
  'across-dropped-small': { goal: 'G9', target: 2, bound: 8, unit: '%' },
  'across-p95-small': { goal: 'G9', target: 0.65, bound: 0.9, unit: 'ratio' },
  'across-main-small': { goal: 'G9', target: 0.65, bound: 0.85, unit: 'ratio' },
  'down-dropped-large': { goal: 'G9', target: 1, bound: 5, unit: '%' },
  'down-p95-large': { goal: 'G9', target: 1, bound: 1.3, unit: 'ratio' },
  'down-main-large': { goal: 'G9', target: 0.8, bound: 1, unit: 'ratio' },
  'across-dropped-large': { goal: 'G9', target: 2, bound: 8, unit: '%' },
  'across-p95-large': { goal: 'G9', target: 0.65, bound: 0.9, unit: 'ratio' },
  'across-main-large': { goal: 'G9', target: 0.65, bound: 0.85, unit: 'ratio' },
  'size-paint': { goal: 'G10', target: 1.15, bound: 1.6, unit: 'ratio' },
  'size-scroll': { goal: 'G10', target: 1.15, bound: 1.4, unit: 'ratio' },
  'paint-small': { goal: 'G11', target: 0.4, bound: 0.8, unit: 'ratio' },
  'paint-large': { goal: 'G11', target: 0.4, bound: 0.8, unit: 'ratio' },
  'change-small': { goal: 'G11', target: 1, bound: 1.5, unit: 'ratio' },
  'change-large': { goal: 'G11', target: 1, bound: 1.5, unit: 'ratio' },

  'idle-requests': { goal: 'G12', target: 1, bound: 3, unit: 'times' },
  'idle-bytes': { goal: 'G12', target: 1.6, bound: 1500, unit: 'kB per poll' },
  'idle-units': { goal: 'G12', target: 0.5, bound: 140, unit: 'units' },
  'idle-share': { goal: 'G12', target: 0.0001, bound: 0.03, unit: 'ratio' },
  'idle-commits': { goal: 'G12', target: 0, bound: 8, unit: 'times' },
  'idle-main': { goal: 'G12', target: 2, bound: 40, unit: 'ratio' },

  'bundle-critical': { goal: 'G13', target: 100, bound: 95, unit: 'kB' },
  'bundle-matrix': { goal: 'G13', target: 300, bound: 300, unit: 'kB' },
  'bundle-whole': { goal: 'G13', target: 170, bound: 480, unit: 'kB', unreached: WHOLE_APP },
  'bundle-third-party': { goal: 'G13', target: 140, bound: 360, unit: 'kB', unreached: WHOLE_APP },

  'heap-100k': { goal: 'G14', target: 1.1, bound: 3, unit: 'ratio' },
  // About 0.2 s where Node itself takes 0.06 s.
  'cli-start': { goal: 'start', target: 3.5, bound: 3.5, unit: 'ratio' },
} as const satisfies Record<string, Bound>;

export type BoundId = keyof typeof BOUNDS;
