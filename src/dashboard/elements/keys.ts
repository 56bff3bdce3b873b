/**
 * Every key of the page, once: what listens for keys asks here, and the help lists what stands here. A key of one letter
 * does nothing where one types.
 */

interface Key {
  /** As `KeyboardEvent.key` says it. */
  readonly key: string;
  /** Held with Ctrl, or with Cmd on a Mac; such a key works where one types, too. */
  readonly held?: true;
  readonly words: string;
}

export const PAGE_KEYS = {
  search: { key: 'k', held: true, words: 'Search releases, components, findings, commits and commands' },
  filter: { key: '/', words: 'Filter, or find a commit, a digest or a ticket' },
  nextProblem: { key: 'n', words: 'Next problem' },
  previousProblem: { key: 'p', words: 'Previous problem' },
  zoomIn: { key: '+', words: 'In the matrix: zoom in' },
  zoomOut: { key: '-', words: 'In the matrix: zoom out' },
  help: { key: '?', words: 'This list of keys' },
  close: { key: 'Escape', words: 'Close the details, the search or this list; empty a filter' },
} as const satisfies Record<string, Key>;

export type PageKey = keyof typeof PAGE_KEYS;

/** What moves the focus in the grid, as `KeyboardEvent.key` says it. */
export type GridKey = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight' | 'Home' | 'End' | 'PageUp' | 'PageDown';

/** The keys of the grid, as the help lists them. */
export const GRID_KEY_WORDS: readonly { readonly keys: readonly string[]; readonly words: string }[] = [
  { keys: ['↑', '↓', '←', '→'], words: 'By one; the heads are next to the first row and column' },
  { keys: ['Ctrl', '↑ ↓ ← →'], words: 'To the edge' },
  { keys: ['Home', 'End'], words: 'First and last cell of the row' },
  { keys: ['Ctrl', 'Home End'], words: 'First and last cell of the grid' },
  { keys: ['Page ↑', 'Page ↓'], words: 'By a screenful' },
  { keys: ['Alt', 'Page ↑ ↓'], words: 'By a screenful sideways' },
  { keys: ['Shift', '↑ ↓ ← →'], words: 'In the overview: choose what Enter zooms in on' },
  { keys: ['o'], words: 'Open the release' },
  { keys: ['e'], words: 'Show the evidence of the release' },
  { keys: ['c'], words: 'Compare the release with the stable release before it' },
  { keys: ['f'], words: 'List the findings of the release' },
  {
    keys: ['Enter'],
    words: 'Open the details of the cell, in the overview zoom in; on a head its release or its component',
  },
  { keys: ['←', '→'], words: 'On the head of a line: fold and unfold it, as the space bar does' },
];

/** Places where a letter is typed, and dialogs, which have their own keys. */
const TYPED = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role="dialog"]';

/** Whether an event is that key of the page, and nothing nearer to the focus has a use for it. */
export function isPageKey(event: KeyboardEvent, name: PageKey): boolean {
  const wanted: Key = PAGE_KEYS[name];
  if (event.defaultPrevented || event.isComposing || event.altKey) return false;
  const held = event.ctrlKey || event.metaKey;
  if (wanted.held) return held && !event.shiftKey && event.key.toLowerCase() === wanted.key;
  if (held || event.key !== wanted.key) return false;
  return !(event.target instanceof Element && event.target.closest(TYPED) !== null);
}
