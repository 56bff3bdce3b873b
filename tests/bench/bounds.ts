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

const DRAWING: Unreached = {
  reason:
    'What is left on the main thread is the start of the program (each of its files is run in one piece), the heads of rows and columns, and of each few rows that come in a frame style, layout and paint.',
  next: 'draw cells on a canvas, as the overview does.',
};

const SDK_BODY: Unreached = {
  reason:
    'The SDK signs each call and reads each body by its own way, and every value is made plain without losing one.',
  next: 'a request handler of our own that reads the body natively.',
};

const ALL_HEADS: Unreached = {
  reason:
    'Places of all rows, and heads and columns of all releases and components, are made before the first cell is.',
  next: 'make the heads of what is in view.',
};

const LOOKED_OVER: Unreached = {
  reason: 'A new report makes the heads of all releases anew, and React looks at each row and chunk in view.',
  next: 'keep the heads of the rows that are the same.',
};

const CHAIN: Unreached = {
  reason:
    'Before the first page of the table stand credentials, then DescribeTable with the policy and the counters, each an answer to be waited for, and the SDK has to be compiled.',
  next: 'ask for the first page along with the counters, and for what was written between the two once more.',
};

const FIRST_DRAWING: Unreached = {
  reason:
    'A row says more at its head than the prototype did (verdict, stage, completeness, age, findings: 18 elements of a row’s 50), and cells carry names and descriptions for screen readers.',
  next: 'draw the heads’ second line in the frame after the first.',
};

const ALL_CHECKS: Unreached = {
  reason:
    'The generated versions and commits are random: there are more findings (107,000) than fragments, each an object with its evidence and its place in a cell, and to make and keep these is most of the work.',
  next: 'make the evidence of a finding when it is asked for, and keep of each finding its code and its cell in columns of numbers.',
};

const WHOLE_ROW: Unreached = {
  reason:
    'Of the changed release every check that looks at a release as a whole looks again at all of its components; a whole row is two thousandths of the report anew.',
  next: 'have checks that compare within one repository look at the repositories of the change alone.',
};

const WITH_HEADS: Unreached = {
  reason: 'Row heads are a third of what comes in while scrolling down; the peer draws plain texts.',
  next: 'keep the heads of a few rows more than the cells, so that a step of the wheel brings fewer at once.',
};

const POLLS: Unreached = {
  reason:
    'The SDK’s heads and the signature are most of the bytes; and the header, which says when it looked last, is drawn.',
  next: 'say the time of the last look outside of React.',
};

const ITEMS_KEPT: Unreached = {
  reason:
    'Each fragment keeps its item, for the details and to be compared with the next reading’s, beside its fields.',
  next: 'read the fields that only the details show when these are opened.',
};

const WHOLE_APP: Unreached = {
  reason:
    'The target was set for React, Virtual, a client and semver. The app has besides: Base UI (about 60 kB), Markdown (42), zod (25), Table, Query and nuqs (28), each in use.',
  next: 'a smaller Markdown reader, and zod/mini for the policy.',
};

const ENVIRONMENTS: Unreached = {
  reason: 'It was 95 ms in one run of a day and 121 in another; how much of that is the machine’s is not known.',
  next: 'profile the drawing of its cells, of which each has its words.',
};

const FIRST_LOAD: Unreached = {
  reason:
    'React’s DOM is 66 kB of it, Table, Virtual and Query 28, and the worker 111, of which the SDK is about 50: of its parts, imported one by one, none is large, and all of them take part in a call. The words of releases and findings are in both files.',
  next: 'a protocol of our own for the five calls beneath DocumentClient.',
};

/** By the name that a line carries. Ratios, so that they hold on any machine; medians are compared. */
export const BOUNDS = {
  'load-generated': { goal: 'G1', target: 1, bound: 1.4, unit: 'ratio', unreached: SDK_BODY },
  'load-estate': { goal: 'G1', target: 1, bound: 1.5, unit: 'ratio', unreached: SDK_BODY },
  'latency-bare': { goal: 'G2', target: 0.4, bound: 0.55, unit: 'ratio', unreached: SDK_BODY },
  'latency-bare4': { goal: 'G2', target: 1.1, bound: 1.7, unit: 'ratio', unreached: SDK_BODY },

  'long-tasks-2k': { goal: 'G3', target: 0, bound: 5, unit: 'times', unreached: DRAWING },
  'long-tasks-20k': { goal: 'G3', target: 0, bound: 4, unit: 'times', unreached: DRAWING },
  'long-tasks-100k': { goal: 'G3', target: 0, bound: 6, unit: 'times', unreached: DRAWING },
  'busy-long-tasks': { goal: 'G3', target: 0, bound: 1, unit: 'times' },
  'main-20k': { goal: 'G3', target: 0.3, bound: 4.5, unit: 'ratio', unreached: DRAWING },
  'main-100k': { goal: 'G3', target: 0.3, bound: 1.8, unit: 'ratio', unreached: DRAWING },

  'start-2k': { goal: 'G4', target: 1.2, bound: 4, unit: 'ratio', unreached: CHAIN },
  'start-20k': { goal: 'G4', target: 1.2, bound: 5, unit: 'ratio', unreached: CHAIN },
  'start-100k': { goal: 'G4', target: 1.3, bound: 3, unit: 'ratio', unreached: CHAIN },
  'first-rows-size': { goal: 'G5', target: 1.35, bound: 2, unit: 'ratio', unreached: CHAIN },
  'first-rows-final': { goal: 'G5', target: 0.25, bound: 0.4, unit: 'ratio', unreached: CHAIN },
  'blocked-2k': { goal: 'G6', target: 30, bound: 120, unit: 'ms', unreached: DRAWING },
  'blocked-20k': { goal: 'G6', target: 30, bound: 120, unit: 'ms', unreached: DRAWING },
  'blocked-100k': { goal: 'G6', target: 30, bound: 150, unit: 'ms', unreached: DRAWING },

  'blocked-slow-2k': { goal: 'G6', target: 120, bound: 750, unit: 'ms', unreached: DRAWING },
  'blocked-slow-20k': { goal: 'G6', target: 120, bound: 1100, unit: 'ms', unreached: DRAWING },
  'blocked-slow-100k': { goal: 'G6', target: 120, bound: 1300, unit: 'ms', unreached: DRAWING },

  'pivot-cold': { goal: 'G7', target: 3, bound: 17, unit: 'ratio', unreached: ALL_CHECKS },
  'change-generated': { goal: 'G8', target: 0.001, bound: 0.02, unit: 'ratio', unreached: WHOLE_ROW },
  'change-estate': { goal: 'G8', target: 0.001, bound: 0.03, unit: 'ratio', unreached: WHOLE_ROW },

  'release-generated': { goal: 'G8', target: 0.2, bound: 0.03, unit: 'ratio', unreached: WHOLE_ROW },
  'release-estate': { goal: 'G8', target: 0.2, bound: 0.05, unit: 'ratio', unreached: WHOLE_ROW },

  'down-dropped-small': { goal: 'G9', target: 1, bound: 5, unit: '%', unreached: WITH_HEADS },
  'down-p95-small': { goal: 'G9', target: 1, bound: 1.3, unit: 'ratio', unreached: WITH_HEADS },
  'down-main-small': { goal: 'G9', target: 0.8, bound: 1.4, unit: 'ratio', unreached: WITH_HEADS },
  'across-dropped-small': { goal: 'G9', target: 2, bound: 8, unit: '%', unreached: WITH_HEADS },
  'across-p95-small': { goal: 'G9', target: 0.65, bound: 0.9, unit: 'ratio', unreached: WITH_HEADS },
  'across-main-small': { goal: 'G9', target: 0.65, bound: 1, unit: 'ratio', unreached: WITH_HEADS },
  'down-dropped-large': { goal: 'G9', target: 1, bound: 5, unit: '%', unreached: WITH_HEADS },
  'down-p95-large': { goal: 'G9', target: 1, bound: 1.3, unit: 'ratio', unreached: WITH_HEADS },
  'down-main-large': { goal: 'G9', target: 0.8, bound: 1.6, unit: 'ratio', unreached: WITH_HEADS },
  'across-dropped-large': { goal: 'G9', target: 2, bound: 8, unit: '%', unreached: WITH_HEADS },
  'across-p95-large': { goal: 'G9', target: 0.65, bound: 0.9, unit: 'ratio', unreached: WITH_HEADS },
  'across-main-large': { goal: 'G9', target: 0.65, bound: 1, unit: 'ratio', unreached: WITH_HEADS },
  'size-paint': { goal: 'G10', target: 1.15, bound: 1.6, unit: 'ratio', unreached: ALL_HEADS },
  'size-scroll': { goal: 'G10', target: 1.15, bound: 1.4, unit: 'ratio' },
  'paint-small': { goal: 'G11', target: 0.4, bound: 0.9, unit: 'ratio', unreached: FIRST_DRAWING },
  'paint-large': { goal: 'G11', target: 0.4, bound: 1.1, unit: 'ratio', unreached: FIRST_DRAWING },
  'change-small': { goal: 'G11', target: 1, bound: 2.6, unit: 'ratio', unreached: LOOKED_OVER },
  'change-large': { goal: 'G11', target: 1, bound: 2.6, unit: 'ratio', unreached: LOOKED_OVER },

  'idle-requests': { goal: 'G12', target: 1, bound: 1.2, unit: 'times', unreached: POLLS },
  'idle-bytes': { goal: 'G12', target: 1.6, bound: 2.5, unit: 'kB per poll', unreached: POLLS },
  'idle-units': { goal: 'G12', target: 0.5, bound: 0.6, unit: 'units', unreached: POLLS },
  'idle-share': { goal: 'G12', target: 0.0001, bound: 0.0002, unit: 'ratio', unreached: POLLS },
  'idle-commits': { goal: 'G12', target: 0, bound: 0.5, unit: 'times', unreached: POLLS },
  'idle-main': { goal: 'G12', target: 2, bound: 4, unit: 'ratio', unreached: POLLS },

  'bundle-critical': { goal: 'G13', target: 85, bound: 20, unit: 'kB' },
  'bundle-matrix': { goal: 'G13', target: 220, bound: 294, unit: 'kB', unreached: FIRST_LOAD },
  'bundle-whole': { goal: 'G13', target: 420, bound: 616, unit: 'kB', unreached: WHOLE_APP },
  'bundle-third-party': { goal: 'G13', target: 140, bound: 350, unit: 'kB', unreached: WHOLE_APP },

  'heap-100k': { goal: 'G14', target: 1.1, bound: 2.1, unit: 'ratio', unreached: ITEMS_KEPT },
  'view-environments': { goal: 'views', target: 100, bound: 150, unit: 'ms', unreached: ENVIRONMENTS },
  'view-findings': { goal: 'views', target: 100, bound: 150, unit: 'ms' },
  'view-compare': { goal: 'views', target: 100, bound: 150, unit: 'ms' },
  'view-release': { goal: 'views', target: 100, bound: 150, unit: 'ms' },
  'view-overview': { goal: 'views', target: 100, bound: 150, unit: 'ms' },
  'view-search': { goal: 'views', target: 100, bound: 150, unit: 'ms' },
  'million-start': { goal: 'million', target: 1.4, bound: 3, unit: 'ratio' },
  'million-heap': { goal: 'million', target: 1.2, bound: 2.5, unit: 'ratio' },
  // About 0.2 s where Node itself takes 0.06 s.
  'cli-start': { goal: 'start', target: 3.5, bound: 3.5, unit: 'ratio' },
} as const satisfies Record<string, Bound>;

export type BoundId = keyof typeof BOUNDS;
