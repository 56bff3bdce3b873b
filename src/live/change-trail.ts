import type { Fragment } from '../release/item/fragment.ts';
import { type FragmentChange, together } from '../release/item/fragment-change.ts';
import type { TableData } from './table-data.ts';

/** What the readings of late changed, for somebody who does not work off each of them. */
export interface ChangeTrail {
  /** Takes every reading, in their order. */
  add(table: TableData): void;
  /** How the newest reading came out of an earlier one; undefined where nobody knows. */
  since(fragments: readonly Fragment[] | undefined): FragmentChange | undefined;
}

/** Each holds a list of all fragments; whoever is further behind has nothing to gain from them. */
const MOST_STEPS = 8;

export function changeTrail(): ChangeTrail {
  let newest: readonly Fragment[] | undefined;
  let steps: FragmentChange[] = [];
  return {
    add({ fragments, change }) {
      if (fragments === newest) return;
      if (change === undefined || change.since !== newest) steps = [];
      else steps = [...steps, change].slice(-MOST_STEPS);
      newest = fragments;
    },
    since(fragments) {
      if (fragments === undefined) return undefined;
      if (fragments === newest) return { since: fragments, come: [], gone: [] };
      const from = steps.findIndex(({ since }) => since === fragments);
      if (from === -1) return undefined;
      // Nobody goes back: what led there is let go.
      steps = steps.slice(from);
      return steps.reduce(together);
    },
  };
}
