import type { FindingCode, FindingDetails, Severity } from '../finding/finding.ts';
import type { Fragment, RejectedItem } from '../item/fragment.ts';
import type { Release, Stage } from '../item/release.ts';
import { type Estate, entriesAt } from './estate.ts';
import type { Roster } from './roster.ts';
import type { Scope } from './scope.ts';

/**
 * One release as the checks look at it: what it holds and what it carries over, without the components that the policy
 * ignores.
 */
export interface CheckedRelease {
  readonly estate: Estate;
  readonly row: number;
  readonly release: Release;
  /**
   * What it holds and what it carries over, in column order. Something of it is its own: a release of which nothing is
   * known is not checked.
   */
  readonly cells: readonly PresentCell[];
  /** Its items that are no fragments. */
  readonly rejected: readonly RejectedItem[];
  readonly roster: Roster;
  /** The stage whose severities count. What fires depends on the release's own, but for what is asked of a stage. */
  readonly evaluatedAs: Stage;
  /** The release is younger than the grace period. */
  readonly arriving: boolean;
  /** Types of which what is absent is not asked for yet. */
  readonly notYet: ReadonlySet<string>;
  /** The environment that it is gated for, folded; null: none. */
  readonly environment: string | null;
}

export interface PresentCell {
  readonly column: number;
  /** `<type>#<name>`. */
  readonly component: string;
  readonly type: string;
  readonly fragments: readonly Fragment[];
  /** It is inherited from a release before: the fragments are that one's. */
  readonly carried: boolean;
}

/** The fragments of some cells, one after the other. */
export function fragmentsOf(cells: readonly PresentCell[]): Fragment[] {
  return cells.flatMap(({ fragments }) => fragments);
}

/** The fragments of one type among some cells. */
export function ofType(cells: readonly PresentCell[], type: string): Fragment[] {
  return fragmentsOf(cells.filter((cell) => cell.type === type));
}

/** What a check saw: a finding before it is weighed. */
export interface Observation<C extends FindingCode> {
  readonly component: string | null;
  readonly environment: string | null;
  readonly details: FindingDetails[C];
  /** The weight is lowered to this, where it is more. */
  readonly atMost?: Severity;
  /** It only informs, as what is absent may still arrive; without that it would weigh as much as it else does. */
  readonly awaited?: boolean;
  /** The table's weight is raised to this, where it is less; what the policy says of the code stands. */
  readonly atLeast?: Severity;
}

/** Looks for one code. Pure. */
export interface Check<C extends FindingCode> {
  readonly scope: Scope;
  /** @param cells of the release those that are asked about, by the scope */
  readonly look: (checked: CheckedRelease, cells: readonly PresentCell[]) => readonly Observation<C>[];
}

export type Checks = { readonly [C in Exclude<FindingCode, 'waiver-expired'>]: Check<C> };

/** @returns what the checks look at; null where there is no fragment of the release */
export function checkedRelease(
  estate: Estate,
  row: number,
  roster: Roster,
  rejected: readonly RejectedItem[],
  evaluatedAs: Stage,
  arriving: boolean,
  notYet: ReadonlySet<string>,
  environment: string | null,
): CheckedRelease | null {
  const { matrix } = estate;
  const release = matrix.releases[row];
  if (release === undefined) return null;
  const inherited = new Map<number, number>();
  for (const { column, inheritedFrom } of roster.absent) {
    if (inheritedFrom !== null) inherited.set(column, inheritedFrom);
  }
  const cells: PresentCell[] = [];
  const held = matrix.entries[row] ?? [];
  let isKnown = false;
  for (let column = 0; column < held.length; column++) {
    const carried = held[column] === null;
    const from = carried ? inherited.get(column) : row;
    const component = matrix.components[column];
    if (from === undefined || component === undefined || roster.ignores(component.id)) continue;
    const { id, type } = component;
    cells.push({ column, component: id, type, fragments: entriesAt(estate, from, column), carried });
    if (!carried) isKnown = true;
  }
  if (!isKnown) return null;
  return { estate, row, release, cells, rejected, roster, evaluatedAs, arriving, notYet, environment };
}

/** What a fragment is said for: each of its environments, or none. */
export function environmentsOf(fragment: Fragment): readonly (string | null)[] {
  return fragment.environments.length > 0 ? fragment.environments : NO_ENVIRONMENT;
}

/** Said for no environment. */
export const NO_ENVIRONMENT: readonly null[] = [null];

/** Whether two commits are the same as far as both are written out: a short one equals the long one it begins. */
export function sameCommit(a: string, b: string): boolean {
  if (a === b) return true;
  // Nearly always they differ at once.
  if (areOtherDigits(a.charCodeAt(0), b.charCodeAt(0))) return false;
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
  return lowerA.startsWith(lowerB) || lowerB.startsWith(lowerA);
}

/** Whether two characters are different ones in either case; of those beyond ASCII nothing is said. */
function areOtherDigits(a: number, b: number): boolean {
  return a < 128 && b < 128 && (a | LOWER) !== (b | LOWER);
}

/** What a small letter has and the capital one has not. */
const LOWER = 32;
