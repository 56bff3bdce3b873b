import type { Estate } from '../estate.ts';
import type { Check } from '../release-view.ts';

/**
 * An expected component of which the release has no fragment. A carried one is missing only where no lower stable
 * release has it to inherit. While the release is younger than the grace period the fragment may still be on its way,
 * so the finding only informs.
 */
export const missingComponent: Check<'missing-component'> = ({ estate, row, roster, arriving }) => {
  const releases = roster.from.map((from) => estate.matrix.releases[from]?.tag ?? '');
  return roster.expected
    .filter(({ column, inheritedFrom }) => inheritedFrom === null && !estate.matrix.entries[row]?.[column])
    .map((expected) => ({
      component: expected.component,
      environment: null,
      details: {
        ...lastSeen(estate, row, expected.column),
        expectedBy: expected.row === null ? { releases } : { row: expected.row },
        arriving,
      },
      ...(arriving ? { atMost: 'info' } : {}),
    }));
};

/** Rows are newest first, so the first one below that holds the component is the newest lower release. */
function lastSeen(
  { matrix }: Estate,
  row: number,
  column: number,
): { lastSeenIn: string | null; lastSeenAt: string | null } {
  for (let below = row + 1; below < matrix.entries.length; below++) {
    const [fragment] = matrix.entries[below]?.[column] ?? [];
    if (fragment) return { lastSeenIn: fragment.release, lastSeenAt: fragment.fields.date ?? null };
  }
  return { lastSeenIn: null, lastSeenAt: null };
}
