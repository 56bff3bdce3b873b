import type { Matrix } from './matrix.ts';

/**
 * Who owns a component, as far as anybody says: by its fragment of the release, else by that of the newest other release,
 * lower ones before higher ones. What is missing from a release is so still somebody's.
 *
 * @param row of the release asked about
 * @returns null where nobody says
 */
export function ownerOf({ entries }: Matrix, row: number, column: number): string | null {
  // The release itself, what is lower from the newest down, then what is higher from the lowest up.
  for (let at = row; at < entries.length; at++) {
    const owner = saidBy(entries, at, column);
    if (owner !== null) return owner;
  }
  for (let at = row - 1; at >= 0; at--) {
    const owner = saidBy(entries, at, column);
    if (owner !== null) return owner;
  }
  return null;
}

function saidBy(entries: Matrix['entries'], row: number, column: number): string | null {
  for (const { fields } of entries[row]?.[column] ?? []) {
    const owner = fields.owner?.trim() ?? '';
    if (owner !== '') return owner;
  }
  return null;
}

/** The same of all components that have an owner, by id. */
export function ownersOf(matrix: Matrix, row: number): ReadonlyMap<string, string> {
  return new Map(
    matrix.components.flatMap(({ id }, column) => {
      const owner = ownerOf(matrix, row, column);
      return owner === null ? [] : [[id, owner] as const];
    }),
  );
}
