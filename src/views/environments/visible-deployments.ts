import {
  type DeployedComponent,
  type DeployedEnvironment,
  type DeploymentCell,
  type Deployments,
  isNotAsReleased,
} from '../../release/deployed/deployments.ts';
import { compareTypes } from '../../release/item/component.ts';
import type { Report } from '../../release/report/report.ts';
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

/** In place of an environment's name: what is not as released in any. */
export const ANYWHERE = '*';

/**
 * What the filters leave of what runs where.
 *
 * - Type and component text leave components; environment leaves environments, and the components that are in one.
 * - Version and stage leave the components of which such a release is in one of the environments. What is beside it
 *   stays: an environment that looks empty and is not would be a lie.
 * - Only problems leaves those that are marked, or have an unwaived error or warning, in one of the environments.
 *
 * What is wrong comes first among its type, what is wrong in a later environment before the same in an earlier one.
 *
 * @param off an environment, or `ANYWHERE`: only what is not as released there is left; null: all is
 */
export function visibleDeployments(
  report: Report,
  deployments: Deployments,
  filters: Filters,
  off: string | null,
): VisibleDeployments {
  const byName = applyFilters(report, { ...filters, version: '', stage: [], env: [], problems: false });
  const components = new Set(byName.columns.map((column) => report.components[column]?.id));
  const byRelease = applyFilters(report, { ...filters, type: [], env: [], q: '', problems: false });
  const releases =
    byRelease.hiddenRows === 0 ? null : new Set(byRelease.rows.map((row) => report.rows[row]?.release.tag));
  const chosen = filters.env.length === 0 ? null : new Set(filters.env);
  const places = deployments.environments.flatMap(({ name }, place) =>
    chosen === null || chosen.has(name) ? [place] : [],
  );
  const offAt =
    off === null || off === ANYWHERE ? null : deployments.environments.findIndex(({ name }) => name === off);
  const sections = new Map<string, { kind: DeployedComponent['kind']; type: string; rows: VisibleRow[] }>();
  let shown = 0;
  for (const { component, kind, cells } of deployments.rows) {
    if (!components.has(component.id)) continue;
    const left = places.map((place) => cells[place] ?? null);
    const present = left.flatMap((cell) => cell ?? []);
    if (present.length === 0) continue;
    if (releases !== null && !present.some(({ release }) => releases.has(release))) continue;
    if (filters.problems && !present.some(standsOut)) continue;
    const asked = offAt === null ? present : [cells[offAt] ?? null].flatMap((cell) => cell ?? []);
    if (off !== null && !asked.some(isNotAsReleased)) continue;
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
