import type { Matrix } from './matrix.ts';
import { parseVersion } from './version.ts';

/** The components a release should have, and how that is known. */
export interface Roster {
  /** `none`: nothing says what belongs to the release, so its completeness is unknown. */
  readonly source: 'inferred' | 'none';
  /** Indexes of the expected components, ascending. */
  readonly expected: readonly number[];
  /** Rows of the stable releases it was inferred from, newest first. */
  readonly from: readonly number[];
}

const NO_ROSTER: Roster = { source: 'none', expected: [], from: [] };

/** How many stable releases an inferred roster looks back at, and in how many of them a component must be. */
const LOOK_BACK = 3;
const MUST_BE_IN = 2;

/**
 * The inferred roster of each row of a matrix: the components present in at least two of the last three stable
 * releases lower than it, or in all of them where there are fewer than three.
 */
export function inferRosters(matrix: Matrix): Roster[] {
  const versions = matrix.releases.map(({ version }) => (version === null ? null : parseVersion(version)));
  const stables = matrix.releases.flatMap(({ stage }, row) => (stage === 'stable' ? [row] : []));
  // Releases of one line mostly look back at the same stables.
  const remembered = new Map<string, Roster>();
  return versions.map((version) => {
    if (version === null) return NO_ROSTER;
    const from: number[] = [];
    for (const row of stables) {
      const stable = versions[row];
      if (stable && stable.compare(version) < 0) from.push(row);
      if (from.length === LOOK_BACK) break;
    }
    if (from.length === 0) return NO_ROSTER;
    const name = from.join();
    const roster = remembered.get(name) ?? inferFrom(matrix, from);
    remembered.set(name, roster);
    return roster;
  });
}

function inferFrom(matrix: Matrix, from: readonly number[]): Roster {
  const needed = from.length < LOOK_BACK ? from.length : MUST_BE_IN;
  const expected: number[] = [];
  for (let column = 0; column < matrix.components.length; column++) {
    let seen = 0;
    for (const row of from) if (matrix.entries[row]?.[column]) seen++;
    if (seen >= needed) expected.push(column);
  }
  return { source: 'inferred', expected, from };
}
