import type { FragmentChange } from '../../src/release/item/fragment-change.ts';

const NOTHING: FragmentChange = { since: null, come: [], gone: [] };

/** Ids of what arrived, what changed and what left. */
export function told({ come, gone }: FragmentChange = NOTHING): [arrived: string[], changed: string[], left: string[]] {
  const [is, was] = [new Set(come.map(({ id }) => id)), new Set(gone.map(({ id }) => id))];
  return [
    [...is].filter((id) => !was.has(id)),
    [...is].filter((id) => was.has(id)),
    [...was].filter((id) => !is.has(id)),
  ];
}
