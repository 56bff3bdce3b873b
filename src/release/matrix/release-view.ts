import type { FindingCode, FindingDetails, Severity } from '../finding/finding.ts';
import type { Fragment, RejectedItem } from '../item/fragment.ts';
import type { Release } from '../item/release.ts';
import { type Estate, entriesAt } from './estate.ts';
import type { Roster } from './roster.ts';

/**
 * One release as the checks look at it: what it holds and what it carries over, without the components that the policy
 * ignores.
 */
export interface ReleaseView {
  readonly estate: Estate;
  readonly row: number;
  readonly release: Release;
  /**
   * What it holds and what it carries over, in column order. Something of it is its own: a release of which nothing is
   * known is not checked.
   */
  readonly cells: readonly PresentCell[];
  readonly fragments: readonly Fragment[];
  /** The fragments of one type. */
  readonly ofType: (type: string) => readonly Fragment[];
  /** Its items that are no fragments. */
  readonly rejected: readonly RejectedItem[];
  readonly roster: Roster;
  /** The release is younger than the grace period. */
  readonly arriving: boolean;
  /** Types of which what is absent is not asked for yet. */
  readonly notYet: ReadonlySet<string>;
}

export interface PresentCell {
  readonly column: number;
  /** `<type>#<name>`. */
  readonly component: string;
  readonly fragments: readonly Fragment[];
  /** It is inherited from a release before: the fragments are that one's. */
  readonly carried: boolean;
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

/** Looks at one release for one code. Pure. */
export type Check<C extends FindingCode> = (view: ReleaseView) => readonly Observation<C>[];

export type Checks = { readonly [C in Exclude<FindingCode, 'waiver-expired'>]: Check<C> };

/** Looks at a release; null where there is no fragment of it. */
export function viewRelease(
  estate: Estate,
  row: number,
  roster: Roster,
  rejected: readonly RejectedItem[],
  arriving: boolean,
  types: ReadonlySet<string>,
): ReleaseView | null {
  const { matrix } = estate;
  const release = matrix.releases[row];
  if (release === undefined) return null;
  const inherited = new Map<number, number>();
  for (const { column, inheritedFrom } of roster.expected) {
    if (inheritedFrom !== null) inherited.set(column, inheritedFrom);
  }
  const cells: PresentCell[] = [];
  const fragments: Fragment[] = [];
  const byType = new Map<string, Fragment[]>();
  let isKnown = false;
  matrix.entries[row]?.forEach((own, column) => {
    const component = matrix.components[column];
    const from = own === null ? inherited.get(column) : row;
    if (from === undefined || component === undefined || roster.ignores(component.id)) return;
    const found = entriesAt(estate, from, column);
    cells.push({ column, component: component.id, fragments: found, carried: own === null });
    if (own !== null) isKnown = true;
    const sameType = byType.get(component.type);
    if (sameType) sameType.push(...found);
    else byType.set(component.type, [...found]);
    for (const fragment of found) fragments.push(fragment);
  });
  if (!isKnown) return null;
  return {
    estate,
    row,
    release,
    cells,
    fragments,
    ofType: (type) => byType.get(type) ?? [],
    rejected,
    roster,
    arriving,
    notYet: types,
  };
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
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
  return lowerA.startsWith(lowerB) || lowerB.startsWith(lowerA);
}
