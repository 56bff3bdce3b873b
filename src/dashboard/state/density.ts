import { useSyncExternalStore } from 'react';

/** How much room a row of the matrix takes. */
export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

const REMEMBERED_AS = 'release-matrix:density';

const listeners = new Set<() => void>();
let chosen: Density | null = null;

/** The choice of this visit, else of the last one. */
export function chosenDensity(): Density {
  chosen ??= remembered();
  return chosen;
}

/** Chooses and remembers it. */
export function chooseDensity(density: Density): void {
  chosen = density;
  try {
    if (density === 'comfortable') localStorage.removeItem(REMEMBERED_AS);
    else localStorage.setItem(REMEMBERED_AS, density);
  } catch {
    // Storage is switched off: the choice holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function useDensity(): Density {
  return useSyncExternalStore(subscribe, chosenDensity);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function remembered(): Density {
  try {
    const text = localStorage.getItem(REMEMBERED_AS);
    return DENSITIES.find((density) => density === text) ?? 'comfortable';
  } catch {
    return 'comfortable';
  }
}
