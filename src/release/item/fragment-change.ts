import type { Fragment } from './fragment.ts';

/** How a list of fragments came out of another one. What changed is in both: as it was, and as it is. */
export interface FragmentChange {
  /** The list before; null: there was none, or fragments of it that did not change are other objects now. */
  readonly since: readonly Fragment[] | null;
  readonly come: readonly Fragment[];
  readonly gone: readonly Fragment[];
}

/** What two changes, one after the other, did together. */
export function together(first: FragmentChange, second: FragmentChange): FragmentChange {
  const [came, went] = [new Set(first.come), new Set(second.gone)];
  return {
    since: first.since,
    come: [...first.come.filter((fragment) => !went.has(fragment)), ...second.come],
    gone: [...first.gone, ...second.gone.filter((fragment) => !came.has(fragment))],
  };
}
