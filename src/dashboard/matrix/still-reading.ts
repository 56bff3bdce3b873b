import { createContext } from 'react';

/**
 * The table has not been read to its end: no release has a verdict yet, and what has no cell may have one. A context, as
 * heads and cells deep inside the grid say so, and it changes once in the life of a page.
 */
export const StillReading = createContext(false);
