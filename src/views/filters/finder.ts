import type { pointedAt } from './pointed-at.ts';

type Finder = typeof pointedAt;

/** In a commit, a digest, an image, an address, `#123`, `PAY-812` and `component@version`, and in few words. */
const MAY_POINT = /[@#!/:]|[0-9a-f]{7}|-\d+\W?$/i;

let known: Finder | null = null;

/** Whether a text of the search box may say where something is, so that it takes the finder to read it. */
export function mayPoint(text: string): boolean {
  return MAY_POINT.test(text.trim());
}

/** Null as long as nobody has looked for anything, and where it could not be fetched: all is words then. */
export function finder(): Finder | null {
  return known;
}

/**
 * Takes what finds places, once: most visits do without.
 *
 * @param load fetches it
 */
export async function fetchFinder(load: () => Promise<{ readonly pointedAt: Finder }>): Promise<void> {
  known ??= (await load()).pointedAt;
}
