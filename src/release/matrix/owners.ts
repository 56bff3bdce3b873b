import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { ownerFinder } from './image-owner.ts';
import { type Matrix, placesOf } from './matrix.ts';

/**
 * Who owns a component, as far as anybody says: by its fragment of the release, else by that of the newest other release,
 * lower ones before higher ones. What is missing from a release is so still somebody's. A workload of which nobody says it
 * belongs to whoever owns what runs in it.
 *
 * @param row of the release asked about
 * @returns null where nobody says
 */
export function ownerOf(matrix: Matrix, row: number, column: number): string | null {
  return saidOf(matrix, column)[row] ?? ownerOfImage(matrix, row, column);
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

function saidOf(matrix: Matrix, column: number): readonly (string | null)[] {
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

function ownersOfColumn({ entries }: Matrix, column: number): (string | null)[] {
  const owners = entries.map((of) => saidBy(of[column] ?? []));
  // The release itself, what is lower from the newest down, then what is higher from the lowest up.
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
  if (held === undefined || matrix.components[column]?.type !== 'k8s') return null;
  for (const workload of held[column] ?? []) {
    const image = parseImage(workload.fields.imageRef ?? '');
    const of = image === null ? undefined : finderIn(held)(image, workload);
    const owner = of && saidOf(matrix, placesOf(matrix.components).get(of.component) ?? -1)[row];
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
