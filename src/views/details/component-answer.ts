import { currentReleases } from '../../release/deployed/current-releases.ts';
import { type DeploymentCell, deploymentsOf, isNotAsReleased } from '../../release/deployed/deployments.ts';
import { type Weight, weightOf } from '../../release/finding/weights.ts';
import type { Component } from '../../release/item/component.ts';
import { parseImage } from '../../release/item/image.ts';
import { ownerFinder } from '../../release/matrix/image-owner.ts';
import { currentOwners } from '../../release/report/current-owners.ts';
import type { Report } from '../../release/report/report.ts';
import type { Known } from '../questions.ts';
import { lineWords } from '../release/line-words.ts';
import { type HistoryLine, historyOf } from './details-answer.ts';
import { type PlotPoint, plotPoints } from './history-plot.ts';

export interface ComponentAsks {
  /** Id, as the URL names it: it may name nothing. */
  readonly component: string;
}

/** A component as a whole: whose it is, where it runs, what is found of it, and how it was over the releases. */
export interface ComponentDetails {
  readonly kind: 'found';
  readonly component: Component;
  /** Null: nobody says. */
  readonly owner: string | null;
  readonly repo: string | null;
  /** Where it runs, or the workloads that run its image do; in the environments' order. */
  readonly runs: readonly RunsLine[];
  /** What is found of it in current releases, newest first. */
  readonly findings: readonly FoundLine[];
  readonly history: readonly HistoryLine[];
  readonly plot: readonly PlotPoint[];
}

export interface RunsLine {
  readonly environment: string;
  /** Id and name of the workload. */
  readonly component: string;
  readonly name: string;
  /** That it came with. */
  readonly release: string;
  readonly version: string;
  /** "2/3"; empty of what is only declared. */
  readonly ready: string;
  /** It is not what the environment's release says, or something is wrong with it there. */
  readonly off: boolean;
}

export interface FoundLine {
  readonly release: string;
  /** Folded name; null: it is about no single one. */
  readonly environment: string | null;
  readonly weight: Weight;
  /** What is wrong, and a short fact behind it, without what stands beside them; empty: there is none. */
  readonly what: string;
  readonly fact: string;
}

export type ComponentAnswer = { readonly kind: 'unknown' } | ComponentDetails;

/** What is known of a component over all releases; `unknown` where none has one of that id. */
export function answerComponent({ report }: Known, { component: id }: ComponentAsks): ComponentAnswer {
  const column = report.components.findIndex((one) => one.id === id);
  const component = report.components[column];
  if (component === undefined) return { kind: 'unknown' };
  const current = currentReleases(report);
  const history = historyOf(report, column);
  return {
    kind: 'found',
    component,
    owner: currentOwners(report)[column] ?? null,
    repo: repoOf(report, column),
    runs: runsOf(report, component),
    findings: report.rows.flatMap(({ release, cells }) =>
      current.has(release.tag)
        ? (cells[column]?.findings ?? []).map((finding) => {
            const { what, fact } = lineWords(finding);
            const { environment } = finding;
            return { release: release.tag, environment, weight: weightOf(finding), what, fact };
          })
        : [],
    ),
    history,
    plot: plotPoints(history),
  };
}

function repoOf({ rows }: Report, column: number): string | null {
  for (const { cells } of rows) {
    for (const { fields } of cells[column]?.entries ?? []) if (fields.repo !== undefined) return fields.repo;
  }
  return null;
}

function runsOf(report: Report, { id, type }: Component): RunsLine[] {
  const { environments, rows } = deploymentsOf(report);
  const isBuilt = type === 'backend' || type === 'frontend';
  const ownerOfImage = isBuilt ? ownerFinder(newestBuilt(report)) : null;
  const runsIt = ({ entry }: DeploymentCell): boolean => {
    const image = entry.type === 'k8s' ? parseImage(entry.fields.imageRef ?? '') : null;
    return image !== null && ownerOfImage?.(image, entry)?.component === id;
  };
  return environments.flatMap((_, place) =>
    rows.flatMap(({ component, cells }) => {
      const cell = cells[place];
      if (cell == null || (component.id !== id && !runsIt(cell))) return [];
      const { environment, release, version, readiness } = cell;
      const ready = readiness === null ? '' : `${readiness.ready}/${readiness.desired ?? '?'}`;
      const line = { environment, component: component.id, name: component.name, release, version, ready };
      return [{ ...line, off: isNotAsReleased(cell) }];
    }),
  );
}

/** Of each component that images are made of, its fragments in the newest release that has it. */
function newestBuilt({ components, rows }: Report) {
  return components.flatMap(({ type }, column) => {
    if (type !== 'backend' && type !== 'frontend') return [];
    return rows.find(({ cells }) => (cells[column]?.entries.length ?? 0) > 0)?.cells[column]?.entries ?? [];
  });
}
