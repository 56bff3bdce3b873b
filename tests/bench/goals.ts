/** A goal of the performance of the whole: what is measured, and how. */
export interface Goal {
  readonly title: string;
  /** How it is measured, and against what. */
  readonly method: string;
}

/**
 * What is to be reached, each as a ratio to a limit or a peer that is measured in the same round: milliseconds are those
 * of one machine in one minute, ratios hold.
 */
export const GOALS = {
  felt: {
    title: 'What is waited for',
    method:
      'The dashboard of G4, milliseconds: from navigation to the first rows and to the whole matrix with its findings; from the answer with one changed fragment to the frame that shows it; from the click to the slowest of the views.',
  },
  G1: {
    title: 'Load',
    method:
      'A page reads canned DynamoDB answers from another origin, by the reader (DocumentClient, four segments) and bare (fetch, then JSON.parse, page after page).',
  },
  G2: {
    title: 'Load with 40 ms per answer',
    method: 'As G1; each answer takes 40 ms. Beside it bare with the same four segments.',
  },
  G3: {
    title: 'Main thread while loading',
    method:
      'The dashboard as of G4. Time of all tasks of its main thread until the final matrix, beside that of the bare page; tasks of more than 50 ms.',
  },
  G4: {
    title: 'Cold start',
    method:
      'The dashboard as built and served, with credentials from its server and a table on another origin: from navigation to the frame with the final matrix and its findings. Beside it a bare page that fetches and parses the same. D: a page that draws a small matrix from memory, less an empty one, in the same round.',
  },
  G5: { title: 'First rows', method: 'As G4: from navigation to the frame with the first cells.' },
  G6: { title: 'Blocking', method: 'As G4: what tasks of more than 50 ms take beyond that, from navigation on.' },
  G7: {
    title: 'Matrix and all checks',
    method:
      'In a fresh page each, so cold: the report of 100,000 fragments, beside a roll-up of the same by release and component with both axes sorted (Map of Maps as of d3.rollup, without any check).',
  },
  G8: {
    title: 'One changed fragment',
    method: 'In Node: the report after one fragment has changed, beside the report anew. Mean of single changes.',
  },
  G9: {
    title: 'Scroll',
    method:
      'Wheel gestures at 4,000 px/s, down and then across, over the matrix drawn from memory; beside it ag-grid-community with its defaults, the same texts and sizes. Frames by requestAnimationFrame; time of the main thread by CDP.',
  },
  G10: { title: 'Whatever the size', method: 'As G9: 2000 × 500 beside 500 × 200.' },
  G11: {
    title: 'Paint',
    method:
      'What the worker hands over, there until the frame with cells; the same of one changed cell until the next frame. Beside it ag-grid (refreshCells), its rows at hand.',
  },
  G12: {
    title: 'Idle poll',
    method:
      'The dashboard of G4 over a table in which nothing changes, for some seconds; the same while it is paused is taken off. Bytes with heads, as the server counts them.',
  },
  G13: {
    title: 'Bundle',
    method: '`vite build` as it is shipped; gzip -9 per file, 1 kB = 1000 B.',
  },
  G14: {
    title: 'Memory',
    method:
      'Heap of the page of G4 and of its worker after two collections, beside the bare page that keeps all that it has parsed.',
  },
  views: {
    title: 'Any view',
    method:
      'The dashboard of G4 over 100,000 fragments: from the click, or the key, to the frame that shows the view with its answer, each for the second time, as its program is loaded once; the overview over the matrix drawn from memory. Beside it a message to a worker and back.',
  },
  million: {
    title: 'A million fragments',
    method: 'As G4 and G14, over 2,000 releases of 500 components. Only where it is asked for (`--only million`).',
  },
  start: {
    title: 'Command line',
    method: 'The bundled command line says what it can do, beside a Node that does nothing.',
  },
} as const satisfies Record<string, Goal>;

export type GoalId = keyof typeof GOALS;

export function isGoal(id: string): id is GoalId {
  return Object.hasOwn(GOALS, id);
}
