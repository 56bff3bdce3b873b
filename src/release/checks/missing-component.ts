import type { Check } from '../matrix/checked-release.ts';
import type { Estate } from '../matrix/estate.ts';
import { type Expected, missingOf } from '../matrix/roster.ts';
import { isPartial } from './partial-release.ts';

/**
 * An expected component of which the release has no fragment. While the release is younger than the grace period the
 * fragment may still be on its way, so the finding only informs. It only warns where nobody but the releases before
 * expects it and the newest of them lacks it as well: perhaps it was retired. A release of a part is told once, by
 * `partial-release`.
 */
export const missingComponent: Check<'missing-component'> = {
  scope: { asks: 'release', elsewhere: ['last-seen'] },
  look: (checked) => {
    const { estate, row, roster, arriving } = checked;
    if (isPartial(checked)) return [];
    return missingOf(roster).map((expected) => {
      const perhapsRetired = isPerhapsRetired(estate, expected, roster.from[0]);
      return {
        component: expected.component,
        environment: null,
        details: {
          ...lastSeen(estate, row, expected.column),
          expectedBy: expected.row === null ? { releases: tagsOf(estate, expected.taughtBy) } : { row: expected.row },
          arriving,
          perhapsRetired,
        },
        ...(arriving ? { awaited: true } : {}),
        ...(perhapsRetired ? { atMost: 'warning' } : {}),
      };
    });
  },
};

function isPerhapsRetired(
  { matrix }: Estate,
  { row, column, taughtBy }: Expected,
  newest: number | undefined,
): boolean {
  const byCandidate = taughtBy.some((teacher) => matrix.releases[teacher]?.stage === 'rc');
  return row === null && !byCandidate && newest !== undefined && !matrix.entries[newest]?.[column];
}

function tagsOf({ matrix }: Estate, rows: readonly number[]): string[] {
  return rows.flatMap((row) => matrix.releases[row]?.tag ?? []);
}

/** Rows are newest first, so the first one below that holds the component is the newest lower release. */
function lastSeen(
  { matrix }: Estate,
  row: number,
  column: number,
): { lastSeenIn: string | null; lastSeenAt: string | null } {
  for (let below = row + 1; below < matrix.entries.length; below++) {
    const fragment = matrix.entries[below]?.[column]?.[0];
    if (fragment) return { lastSeenIn: fragment.release, lastSeenAt: fragment.fields.date ?? null };
  }
  return { lastSeenIn: null, lastSeenAt: null };
}
