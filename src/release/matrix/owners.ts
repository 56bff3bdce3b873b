import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { ownerFinder } from './image-owner.ts';
import { type Matrix, placesOf } from './matrix.ts';

/**
 * Who owns a component, as far as anybody says: by its fragment of the release, else by that of the newest other release,
 * lower ones before higher ones. What is missing from a release is so still somebody's. A workload of which nobody says it
 * belongs to whoever owns what runs in it, or ran.
 *
 * @param row of the release asked about
 * @returns null where nobody says
 */
export function ownerOf(matrix: Matrix, row: number, column: number): string | null {
  return ownersIn(matrix, column)[row] ?? null;
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

/** Of each component that was asked about: its owner in each release. A filter asks about all of them. */
const said = new WeakMap<Matrix, Map<number, readonly (string | null)[]>>();

function ownersIn(matrix: Matrix, column: number): readonly (string | null)[] {
  let columns = said.get(matrix);
  if (columns === undefined) {
    columns = new Map();
    said.set(matrix, columns);
  }
  let owners = columns.get(column);
  if (owners === undefined) {
    owners = ownersOfColumn(matrix, column);
    columns.set(column, owners);
  }
  return owners;
}

/** Of a column either each release has an owner or none has: what one does not say the next one does. */
function ownersOfColumn(matrix: Matrix, column: number): readonly (string | null)[] {
  const said = spread(matrix.entries.map((of) => saidBy(of[column] ?? [])));
  if (said[0] !== null || matrix.components[column]?.type !== 'k8s') return said;
  return spread(matrix.entries.map((_, row) => ownerOfImage(matrix, row, column)));
}

/** Of a release itself, else of what is lower from the newest down, else of what is higher from the lowest up. */
function spread(owners: (string | null)[]): readonly (string | null)[] {
  for (let row = owners.length - 2; row >= 0; row--) owners[row] ??= owners[row + 1] ?? null;
  for (let row = 1; row < owners.length; row++) owners[row] ??= owners[row - 1] ?? null;
  return owners;
}

function saidBy(found: readonly Fragment[]): string | null {
  for (const { fields } of found) {
    const owner = fields.owner?.trim() ?? '';
    if (owner !== '') return owner;
  }
  return null;
}

/** By the component that the workload's image belongs to in this release. */
function ownerOfImage(matrix: Matrix, row: number, column: number): string | null {
  const held = matrix.entries[row];
  for (const workload of held?.[column] ?? []) {
    const image = parseImage(workload.fields.imageRef ?? '');
    const of = image === null || held === undefined ? undefined : finderIn(held)(image, workload);
    const owner = of && ownerOf(matrix, row, placesOf(matrix.components).get(of.component) ?? -1);
    if (owner != null) return owner;
  }
  return null;
}

const IMAGES_ARE_OF: ReadonlySet<string> = new Set(['backend', 'frontend']);

const finders = new WeakMap<Matrix['entries'][number], ReturnType<typeof ownerFinder>>();

function finderIn(held: Matrix['entries'][number]): ReturnType<typeof ownerFinder> {
  const known = finders.get(held);
  if (known !== undefined) return known;
  const finder = ownerFinder(held.flatMap((found) => found ?? []).filter(({ type }) => IMAGES_ARE_OF.has(type)));
  finders.set(held, finder);
  return finder;
}
