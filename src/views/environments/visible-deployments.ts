import type {
  DeployedComponent,
  DeployedEnvironment,
  DeploymentCell,
  Deployments,
} from '../../release/deployed/deployments.ts';
import { compareTypes } from '../../release/item/component.ts';
import type { Report } from '../../release/report/report.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import { hasProblem, isProblem } from '../filters/problem.ts';
import type { Filters } from '../params.ts';

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
  readonly cells: readonly VisibleCell[];
}

export interface VisibleCell {
  readonly environment: string;
  readonly cell: DeploymentCell | null;
  /** It is of an older release than the environment looked for holds of the component. */
  readonly older: boolean;
}

/**
 * What the filters leave of what runs where.
 *
 * - Type and component text leave components; environment leaves environments, and the components that are in one.
 * - Version and stage leave the components of which such a release is in one of the environments. What is beside it
 *   stays: an environment that looks empty and is not would be a lie.
 * - Only problems leaves those that are marked, or have an unwaived error or warning, in one of the environments.
 *
 * @param olderThan an environment: what is of an older release than what is in it is told, and comes first among its
 *   type; null: nothing is
 */
export function visibleDeployments(
  report: Report,
  deployments: Deployments,
  filters: Filters,
  olderThan: string | null,
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
  const against = deployments.environments.findIndex(({ name }) => name === olderThan);
  const ageOf = new Map(report.rows.flatMap(({ release }, row) => (release.version ? [[release.tag, row]] : [])));

  const sections = new Map<string, { kind: DeployedComponent['kind']; type: string; rows: VisibleRow[] }>();
  let shown = 0;
  for (const { component, kind, cells } of deployments.rows) {
    if (!components.has(component.id)) continue;
    const newer = ageOf.get(cells[against]?.release ?? '');
    const left = places.map((place): VisibleCell => {
      const cell = cells[place] ?? null;
      const age = cell === null ? undefined : ageOf.get(cell.release);
      const older = newer !== undefined && age !== undefined && age > newer;
      return { environment: deployments.environments[place]?.name ?? '', cell, older };
    });
    const present = left.flatMap(({ cell }) => cell ?? []);
    if (present.length === 0) continue;
    if (releases !== null && !present.some(({ release }) => releases.has(release))) continue;
    if (filters.problems && !present.some(standsOut)) continue;
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
      .map(({ rows, ...of }) => ({ ...of, rows: olderFirst(rows) })),
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

/** Stable: those that are older in their order, then the others in theirs. */
function olderFirst(rows: readonly VisibleRow[]): readonly VisibleRow[] {
  const isOlder = ({ cells }: VisibleRow) => cells.some(({ older }) => older);
  return [...rows.filter(isOlder), ...rows.filter((row) => !isOlder(row))];
}
