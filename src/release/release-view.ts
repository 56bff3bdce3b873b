import { type Estate, lowerStables } from './estate.ts';
import type { FindingCode, FindingDetails, Severity } from './finding.ts';
import type { Fragment, RejectedItem } from './fragment.ts';
import type { Release } from './release.ts';
import type { Roster } from './roster.ts';

/** One release as the checks look at it, without the components that the policy ignores. */
export interface ReleaseView {
  readonly estate: Estate;
  readonly row: number;
  readonly release: Release;
  /** What it holds, in column order. Not empty: a release of which nothing is known is not checked. */
  readonly cells: readonly PresentCell[];
  readonly fragments: readonly Fragment[];
  /** The fragments of one type. */
  readonly ofType: (type: string) => readonly Fragment[];
  /** Its items that are no fragments. */
  readonly rejected: readonly RejectedItem[];
  readonly roster: Roster;
  /** The release is younger than the grace period. */
  readonly arriving: boolean;
  /** Row of the greatest stable release lower than it; null for none. */
  readonly previousStable: number | null;
}

export interface PresentCell {
  readonly column: number;
  /** `<type>#<name>`. */
  readonly component: string;
  readonly fragments: readonly Fragment[];
}

/** What a check saw: a finding before it is weighed. */
export interface Observation<C extends FindingCode> {
  readonly component: string | null;
  readonly environment: string | null;
  readonly details: FindingDetails[C];
  /** The table's weight is lowered to this, where it is more. */
  readonly atMost?: Severity;
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
): ReleaseView | null {
  const { matrix } = estate;
  const release = matrix.releases[row];
  if (release === undefined) return null;
  const cells: PresentCell[] = [];
  const fragments: Fragment[] = [];
  const byType = new Map<string, Fragment[]>();
  matrix.entries[row]?.forEach((found, column) => {
    const component = matrix.components[column];
    if (found === null || component === undefined || roster.ignores(component.id)) return;
    cells.push({ column, component: component.id, fragments: found });
    const sameType = byType.get(component.type);
    if (sameType) sameType.push(...found);
    else byType.set(component.type, [...found]);
    for (const fragment of found) fragments.push(fragment);
  });
  if (cells.length === 0) return null;
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
    previousStable: lowerStables(estate, row, 1)[0] ?? null,
  };
}

/** What a fragment is said for: each of its environments, or none. */
export function environmentsOf(fragment: Fragment): readonly (string | null)[] {
  return fragment.environments.length > 0 ? fragment.environments : NO_ENVIRONMENT;
}

const NO_ENVIRONMENT: readonly null[] = [null];

/** Whether two commits are the same as far as both are written out: a short one equals the long one it begins. */
export function sameCommit(a: string, b: string): boolean {
  const [lowerA, lowerB] = [a.toLowerCase(), b.toLowerCase()];
  return lowerA.startsWith(lowerB) || lowerB.startsWith(lowerA);
}
