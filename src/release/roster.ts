import { type Estate, lowerStables } from './estate.ts';
import type { RosterRow } from './policy.ts';
import type { Expectation } from './policy-document.ts';

/** The components a release should have, and how that is known. */
export interface Roster {
  /** `none`: nothing says what belongs to the release, so its completeness is unknown. */
  readonly source: 'policy' | 'inferred' | 'none';
  /** Rows of the stable releases it was inferred from, newest first. */
  readonly from: readonly number[];
  /** In column order. */
  readonly expected: readonly Expected[];
  /** Whether the policy says to have no findings of a component. */
  readonly ignores: (component: string) => boolean;
  /** Whether a row of the policy matches a component. True of all where the roster is not the policy's. */
  readonly knows: (component: string) => boolean;
}

/** A component the release should have. */
export interface Expected {
  readonly component: string;
  readonly column: number;
  readonly expectation: 'required' | 'carried';
  /** The policy's row that says so, as written; null where it is inferred. */
  readonly row: string | null;
  /** For a carried component: the row of the newest lower stable release that has it. */
  readonly inheritedFrom: number | null;
}

/** How many stable releases an inferred roster looks back at, and in how many of them a component must be. */
const LOOK_BACK = 3;
const MUST_BE_IN = 2;

/**
 * Makes the function that gives the roster of a row.
 *
 * - With rows of the policy that apply to the release, the first row that matches a component gives its expectation: to components it
 *   names without a wildcard, seen or not; to the matching ones of the inferred roster and of the release itself. A
 *   row that says `carried` also reaches what any lower stable release has, as a component that is carried over twice
 *   is in none of the last releases and still part of the product.
 * - Otherwise inferred: the components present in at least two of the last three lower stable releases, or in all of
 *   them where there are fewer than three.
 * - There is none where no row expects anything, as what is only optional or ignored makes nothing whole; nor where
 *   nothing lower is stable and no row names a component that it expects: rows of wildcards alone would expect just
 *   what is there, and call it whole.
 */
export function rosterOf(estate: Estate): (row: number) => Roster {
  // Releases of one line mostly look back at the same stables.
  const inferred = new Map<string, number[]>();
  return (row) => {
    const from = lowerStables(estate, row, LOOK_BACK);
    const name = from.join();
    const columns = inferred.get(name) ?? inferFrom(estate, from);
    inferred.set(name, columns);
    const release = estate.matrix.releases[row];
    const rows = estate.policy.roster.filter((candidate) => release !== undefined && candidate.appliesTo(release));
    return rows.length > 0 ? policyRoster(estate, row, rows, from, columns) : inferredRoster(estate, from, columns);
  };
}

function inferFrom({ matrix }: Estate, from: readonly number[]): number[] {
  const needed = from.length < LOOK_BACK ? from.length : MUST_BE_IN;
  const columns: number[] = [];
  if (from.length === 0) return columns;
  for (let column = 0; column < matrix.components.length; column++) {
    let seen = 0;
    for (const row of from) if (matrix.entries[row]?.[column]) seen++;
    if (seen >= needed) columns.push(column);
  }
  return columns;
}

function inferredRoster({ matrix }: Estate, from: readonly number[], columns: readonly number[]): Roster {
  return {
    source: from.length === 0 ? 'none' : 'inferred',
    from,
    expected: columns.map((column) => ({
      component: matrix.components[column]?.id ?? '',
      column,
      expectation: 'required',
      row: null,
      inheritedFrom: null,
    })),
    ignores: () => false,
    knows: () => true,
  };
}

function policyRoster(
  estate: Estate,
  row: number,
  rows: readonly RosterRow[],
  from: readonly number[],
  inferred: readonly number[],
): Roster {
  const { matrix } = estate;
  const rowFor = rowFinder(rows);
  const named = new Set(rows.flatMap(({ literal }) => (literal === null ? [] : [literal])));
  const carriesOver = rows.some(({ expectation }) => expectation === 'carried');
  const below = carriesOver ? lowerStables(estate, row, Number.POSITIVE_INFINITY) : [];
  const isInferred = new Set(inferred);
  const expected: Expected[] = [];
  matrix.components.forEach(({ id }, column) => {
    const said = rowFor(id);
    if (!said || !isExpectation(said.expectation)) return;
    const inheritedFrom =
      said.expectation === 'carried' ? (below.find((stable) => matrix.entries[stable]?.[column]) ?? null) : null;
    const belongs = named.has(id) || isInferred.has(column) || inheritedFrom !== null;
    if (!belongs && !matrix.entries[row]?.[column]) return;
    expected.push({ component: id, column, expectation: said.expectation, row: said.component, inheritedFrom });
  });
  return {
    source: saysWhatToExpect(rows, rowFor, from.length > 0) ? 'policy' : 'none',
    from,
    expected,
    ignores: (component) => rowFor(component)?.expectation === 'ignored',
    knows: (component) => rowFor(component) !== undefined,
  };
}

/** Of a component that a row names, the first row that matches it counts. */
function saysWhatToExpect(
  rows: readonly RosterRow[],
  rowFor: (component: string) => RosterRow | undefined,
  hasStables: boolean,
): boolean {
  return rows.some((row) => {
    const counts = row.literal === null ? row : rowFor(row.literal);
    return counts !== undefined && isExpectation(counts.expectation) && (row.literal !== null || hasStables);
  });
}

function rowFinder(rows: readonly RosterRow[]): (component: string) => RosterRow | undefined {
  const found = new Map<string, RosterRow | undefined>();
  return (component) => {
    if (!found.has(component))
      found.set(
        component,
        rows.find((row) => row.matches(component)),
      );
    return found.get(component);
  };
}

function isExpectation(expectation: Expectation): expectation is 'required' | 'carried' {
  return expectation === 'required' || expectation === 'carried';
}
