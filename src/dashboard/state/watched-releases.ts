import { createContext, useContext, useEffect } from 'react';
import type { TableWatch } from './live-reading.ts';

/** Takes the releases that are on the screen. */
type TellInView = (releases: readonly string[]) => void;

/** By which a view says what of the table is on the screen, for the reading that goes by it. */
export const ReleasesInView = createContext<TellInView>(() => {});

/** @returns what a page hands to `ReleasesInView` */
export function inViewOf({ looked }: TableWatch): TellInView {
  return (inView) => looked.set({ ...looked.get(), inView });
}

/** Tells which releases are on the screen, and that there are none when the view is left. */
export function useReleasesInView(releases: readonly string[]): void {
  const tell = useContext(ReleasesInView);
  // No tag holds a line break.
  const tags = releases.join('\n');
  useEffect(() => tell(tags === '' ? [] : tags.split('\n')), [tell, tags]);
  useEffect(() => () => tell([]), [tell]);
}

/** Tells which releases are open. @param releases tags; null where there is none */
export function useChosenReleases({ looked }: TableWatch, releases: readonly (string | null)[]): void {
  const tags = releases.filter((each) => each !== null).join('\n');
  useEffect(() => looked.set({ ...looked.get(), chosen: tags === '' ? [] : tags.split('\n') }), [looked, tags]);
}
