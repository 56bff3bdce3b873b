import { parseImage } from '../item/image.ts';
import { ownerFinder } from '../matrix/image-owner.ts';
import { onceFor } from '../text/once-for.ts';
import type { Report, ReportRow } from './report.ts';

/**
 * Who owns each component now, in the report's order: as its newest fragment that says an owner has it. A workload of
 * which nobody says it belongs to whoever owns what runs in it. Null: nobody says.
 */
export const currentOwners: (report: Report) => readonly (string | null)[] = onceFor(findOwners);

function findOwners(report: Report): readonly (string | null)[] {
  const said: (string | null)[] = report.components.map(() => null);
  // The newest first.
  for (const row of report.rows) for (const [column, owner] of ownersIn(row)) said[column] ??= owner;
  const places = new Map(report.components.map(({ id }, column) => [id, column]));
  return said.map((owner, column) => {
    if (owner !== null || report.components[column]?.type !== 'k8s') return owner;
    const runs = componentInside(report, column);
    return runs === null ? null : (said[places.get(runs) ?? -1] ?? null);
  });
}

/** Of each column whose fragments in a row say one: the first that is said. */
const ownersIn = onceFor(({ cells }: ReportRow): readonly (readonly [column: number, owner: string])[] =>
  cells.flatMap((cell, column) => {
    const owner = cell?.entries.map(({ fields }) => fields.owner?.trim() ?? '').find((text) => text !== '');
    return owner === undefined ? [] : [[column, owner] as const];
  }),
);

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

const finderOf = onceFor(({ cells }: ReportRow) => {
  const held = cells.flatMap((cell) => cell?.entries ?? []);
  return ownerFinder(held.filter(({ type }) => type === 'backend' || type === 'frontend'));
});
