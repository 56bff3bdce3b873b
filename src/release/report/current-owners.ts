import { parseImage } from '../item/image.ts';
import { ownerFinder } from '../matrix/image-owner.ts';
import type { Report } from './report.ts';

const KNOWN = new WeakMap<Report, readonly (string | null)[]>();

/**
 * Who owns each component now, in the report's order: as its newest fragment that says an owner has it. A workload of
 * which nobody says it belongs to whoever owns what runs in it. Null: nobody says.
 */
export function currentOwners(report: Report): readonly (string | null)[] {
  const known = KNOWN.get(report);
  if (known !== undefined) return known;
  const said = report.components.map((_, column) => saidOwner(report, column));
  const places = new Map(report.components.map(({ id }, column) => [id, column]));
  const owners = said.map((owner, column) => {
    if (owner !== null || report.components[column]?.type !== 'k8s') return owner;
    const runs = componentInside(report, column);
    return runs === null ? null : (said[places.get(runs) ?? -1] ?? null);
  });
  KNOWN.set(report, owners);
  return owners;
}

/** Whose components are asked for, and which those are. */
export interface Owned {
  readonly names: readonly string[];
  /** Ids of components. */
  readonly components: ReadonlySet<string>;
}

/** What somebody owns now. */
export function ownedBy(report: Report, names: readonly string[]): Owned {
  const owners = currentOwners(report);
  const owned = report.components.filter((_, column) => names.includes(owners[column] ?? ''));
  return { names, components: new Set(owned.map(({ id }) => id)) };
}

function saidOwner({ rows }: Report, column: number): string | null {
  for (const { cells } of rows) {
    for (const { fields } of cells[column]?.entries ?? []) {
      const owner = fields.owner?.trim() ?? '';
      if (owner !== '') return owner;
    }
  }
  return null;
}

/** Id of the component whose image a workload runs in the newest release that has it; null: none is known to be. */
function componentInside({ rows }: Report, column: number): string | null {
  for (const row of rows) {
    const [workload] = row.cells[column]?.entries ?? [];
    if (workload === undefined) continue;
    const image = parseImage(workload.fields.imageRef ?? '');
    return image === null ? null : (finderOf(row)(image, workload)?.component ?? null);
  }
  return null;
}

const FINDERS = new WeakMap<Report['rows'][number], ReturnType<typeof ownerFinder>>();

function finderOf(row: Report['rows'][number]): ReturnType<typeof ownerFinder> {
  const known = FINDERS.get(row);
  if (known !== undefined) return known;
  const held = row.cells.flatMap((cell) => cell?.entries ?? []);
  const finder = ownerFinder(held.filter(({ type }) => type === 'backend' || type === 'frontend'));
  FINDERS.set(row, finder);
  return finder;
}
