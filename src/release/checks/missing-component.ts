import { type Finding, SEVERITY_BY_STAGE } from '../finding.ts';
import type { Matrix } from '../matrix.ts';
import type { Roster } from '../roster.ts';

/**
 * An expected component of which the release has no fragment. While the release is younger than the grace period the
 * fragment may still be on its way, so the finding only informs.
 *
 * A release of which there is no fragment at all has no findings: nothing is known of it.
 *
 * @param arriving whether the release is younger than the grace period
 */
export function missingComponents(matrix: Matrix, row: number, roster: Roster, arriving: boolean): Finding[] {
  const release = matrix.releases[row];
  const entries = matrix.entries[row];
  if (release === undefined || entries === undefined || entries.every((entry) => entry === null)) return [];
  const expectedBy = roster.from.map((from) => matrix.releases[from]?.tag ?? '');
  return roster.expected
    .filter((column) => entries[column] === null)
    .map((column) => ({
      code: 'missing-component',
      severity: arriving ? 'info' : SEVERITY_BY_STAGE['missing-component'][release.stage],
      release: release.tag,
      component: matrix.components[column]?.id ?? null,
      environment: null,
      details: { ...lastSeen(matrix, row, column), expectedBy, arriving },
    }));
}

/** Rows are newest first, so the first one below that holds the component is the newest lower release. */
function lastSeen(
  matrix: Matrix,
  row: number,
  column: number,
): { lastSeenIn: string | null; lastSeenAt: string | null } {
  for (let below = row + 1; below < matrix.entries.length; below++) {
    const [fragment] = matrix.entries[below]?.[column] ?? [];
    if (fragment) return { lastSeenIn: fragment.release, lastSeenAt: fragment.fields.date ?? null };
  }
  return { lastSeenIn: null, lastSeenAt: null };
}
