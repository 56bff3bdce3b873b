import type { KnownType } from '../item/component.ts';
import type { Fragment } from '../item/fragment.ts';

/**
 * What a check looks at beyond what its release itself holds. What a change can touch is read from here
 * (`src/release/report/reach.ts`): a check that looks elsewhere must say so.
 */
export interface Scope {
  /** `component`: at each component of the release by itself. `release`: at several of them together, or at none. */
  readonly asks: 'component' | 'release';
  /** Of which type alone it finds something; of all where absent. */
  readonly type?: KnownType;
  /** Of a component that the release has: at the newest predecessors that have it, too. */
  readonly before?: Before;
  /** At what was checked of it and signed. Only of checks that ask of a release as a whole. */
  readonly evidence?: true;
  /** Only of checks that ask of a release as a whole. */
  readonly elsewhere?: readonly Elsewhere[];
}

export interface Before {
  /** At how many of them. */
  readonly most: number;
  /** What it asks of theirs: where that is the same, it finds the same. */
  readonly facts: (fragment: Fragment) => readonly unknown[];
  /** Of which fragments of the release it asks at all; of all where absent. */
  readonly of?: (fragment: Fragment) => boolean;
}

/**
 * - `line`: which releases its line has, and what the candidates among them hold;
 * - `spellings`: the releases that spell its version in another way;
 * - `last-seen`: the nearest lower release that has a component that it lacks, and when that was published;
 * - `environments`: which workloads the last releases before have in its environments;
 * - `running`: what runs of its workloads in each environment.
 */
export type Elsewhere = 'line' | 'spellings' | 'last-seen' | 'environments' | 'running';
