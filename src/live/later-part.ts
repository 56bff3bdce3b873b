import { whoAnswers } from './server-secret.ts';

/** Whether all parts of the program have come with the page, which then has no server. */
let isAllHere = false;

/** To be called by a page that is one file, before anything of it is wanted: nobody is asked for the parts it has. */
export function allPartsAreHere(): void {
  isAllHere = true;
}

/**
 * A part of the program that is loaded when it is wanted. It is fetched from the server of this page or not at all: what
 * another one sends would run in this page, with all that it shows and holds.
 *
 * @returns gets the part; what has been had once needs no server any more
 * @throws Error (from what it returns) where the server does not prove itself; else what `load` throws
 */
export function laterPart<Part>(load: () => Promise<Part>): () => Promise<Part> {
  let loaded: Part | null = null;
  return async () => {
    if (loaded !== null) return loaded;
    if (!isAllHere && (await whoAnswers()) !== 'ours')
      throw new Error('This part of the page was not loaded yet, and the local server does not answer.');
    loaded = await load();
    return loaded;
  };
}
