import {
  type DeployedComponent,
  type DeployedEnvironment,
  type DeploymentCell,
  type Deployments,
  isNotAsReleased,
} from '../../release/deployed/deployments.ts';
import { compareTypes } from '../../release/item/component.ts';
import type { Report } from '../../release/report/report.ts';
import { groupBy } from '../../release/text/group-by.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import { hasProblem, isProblem } from '../filters/problem.ts';
import type { Filters } from '../params.ts';
import { offRank } from './deployment-words.ts';

/** What the filters leave of what runs where. */
export interface VisibleDeployments {
  readonly environments: readonly DeployedEnvironment[];
  readonly sections: readonly DeploymentSection[];
  /** Components in the sections, and in all that runs or is declared anywhere. */
  readonly shown: number;
  readonly all: number;
}

/** Components of one type that run, or are only declared. */
export interface DeploymentSection {
  readonly kind: DeployedComponent['kind'];
  readonly type: string;
  readonly rows: readonly VisibleRow[];
}

/** A component's line. */
export interface VisibleRow {
  readonly component: DeployedComponent['component'];
  /** One per environment; null: nothing of it is there. */
  readonly cells: readonly (DeploymentCell | null)[];
}

/** An environment, or a group of them in one. */
export interface VisibleColumn {
  readonly name: string;
  /** The group that it is, or that it stands unfolded in; null: none. */
  readonly group: string | null;
  /** Places among the environments that are left: several of a group that is folded. */
  readonly places: readonly number[];
}

/** The columns of what is left. A group of which the filters leave one environment is that one. */
export function columnsOf(
  environments: readonly DeployedEnvironment[],
  unfolded: readonly string[],
): readonly VisibleColumn[] {
  return [...groupBy([...environments.keys()], (place) => environments[place]?.group ?? `\n${place}`).values()].flatMap(
    (places) => {
      const group = environments[places[0] ?? -1]?.group ?? null;
      if (group !== null && places.length > 1 && !unfolded.includes(group)) return [{ name: group, group, places }];
      return places.map((place) => ({
        name: environments[place]?.name ?? '',
        group: places.length > 1 ? group : null,
        places: [place],
      }));
    },
  );
}

/** In place of an environment's name: what is not as released in any. */
export const ANYWHERE = '*';

/**
 * What the filters leave of what runs where.
 *
 * - Type, owner, and what the text says of components leave components; environment leaves environments, and the
 *   components that are in one.
 * - Stage, and what the text says of releases, leave the components of which such a release is in one of the
 *   environments. What is beside it stays: an environment that looks empty and is not would be a lie.
 * - Only problems leaves those that are marked, or have an unwaived error or warning, in one of the environments.
 *
 * What is wrong comes first among its type, what is wrong in a later environment before the same in an earlier one.
 *
 * @param off an environment, a group, or `ANYWHERE`: only what is not as released there is left; null, and what is none
 *   of these: all is
 */
export function visibleDeployments(
  report: Report,
  deployments: Deployments,
  filters: Filters,
  off: string | null,
): VisibleDeployments {
  const byName = applyFilters(report, { ...filters, stage: [], env: [], problems: false });
  const components = new Set(byName.columns.map((column) => report.components[column]?.id));
  const byRelease = applyFilters(report, { ...filters, type: [], owner: [], env: [], problems: false });
  const releases =
    byRelease.hiddenRows === 0 ? null : new Set(byRelease.rows.map((row) => report.rows[row]?.release.tag));
  const chosen = filters.env.length === 0 ? null : new Set(filters.env);
  const places = deployments.environments.flatMap(({ name }, place) =>
    chosen === null || chosen.has(name) ? [place] : [],
  );
  const offAt = placesNamed(deployments, off);
  const sections = new Map<string, { kind: DeployedComponent['kind']; type: string; rows: VisibleRow[] }>();
  let shown = 0;
  for (const { component, kind, cells } of deployments.rows) {
    if (!components.has(component.id)) continue;
    const left = places.map((place) => cells[place] ?? null);
    const present = left.flatMap((cell) => cell ?? []);
    if (present.length === 0) continue;
    if (releases !== null && !present.some(({ release }) => releases.has(release))) continue;
    if (filters.problems && !present.some(standsOut)) continue;
    const asked = off === ANYWHERE ? present : offAt.flatMap((place) => cells[place] ?? []);
    if ((off === ANYWHERE || offAt.length > 0) && !asked.some(isNotAsReleased)) continue;
    const id = `${kind} ${component.type}`;
    const section = sections.get(id) ?? { kind, type: component.type, rows: [] };
    sections.set(id, section);
    section.rows.push({ component, cells: left });
    shown++;
  }
  return {
    environments: places.flatMap((place) => deployments.environments[place] ?? []),
    sections: [...sections.values()]
      .sort(compareSections)
      .map(({ rows, ...of }) => ({ ...of, rows: worstFirst(rows) })),
    shown,
    all: deployments.rows.length,
  };
}

/** The places of an environment, or of all in a group. */
function placesNamed({ environments }: Deployments, wanted: string | null): readonly number[] {
  return environments.flatMap(({ name, group }, place) =>
    wanted !== null && (name === wanted || group === wanted) ? [place] : [],
  );
}

/** What is asked for by `off`, where there is such a place; else null. */
export function offAsked(deployments: Deployments, off: string | null): string | null {
  return off === ANYWHERE || placesNamed(deployments, off).length > 0 ? off : null;
}

function standsOut({ environment, findings, marks }: DeploymentCell): boolean {
  return marks.some(({ finding }) => isProblem(finding)) || hasProblem(findings, new Set([environment]));
}

/** What runs before what is only declared. */
function compareSections(a: DeploymentSection, b: DeploymentSection): number {
  if (a.kind !== b.kind) return a.kind === 'running' ? -1 : 1;
  return compareTypes(a.type, b.type);
}

/** Stable: what is equally wrong stays in its order. */
function worstFirst(rows: readonly VisibleRow[]): readonly VisibleRow[] {
  const ranked = rows.map((row) => ({ row, rank: rankOf(row) }));
  return ranked.sort((a, b) => a.rank - b.rank).map(({ row }) => row);
}

/** By the worst of its cells, then by the latest environment that has it. */
function rankOf({ cells }: VisibleRow): number {
  const ranks = cells.flatMap((cell, place) => {
    const rank = cell === null ? null : offRank(cell);
    return rank === null ? [] : [(rank + 1) * cells.length - place];
  });
  return ranks.length === 0 ? Number.MAX_SAFE_INTEGER : Math.min(...ranks);
}
