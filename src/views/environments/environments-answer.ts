import {
  type DeployedComponent,
  type DeploymentCell,
  type Deployments,
  deploymentsOf,
  hiddenWords,
  isNotAsReleased,
} from '../../release/deployed/deployments.ts';
import { placesOf } from '../../release/matrix/matrix.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import type { Readiness } from '../../release/matrix/roll-out.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { WEIGHTS, type Weight } from '../words/weights.ts';
import { type LagWords, labelOf, lagWords, offRank, type Remark, remarksOn, sentencesOn } from './deployment-words.ts';
import { knownThen, observedOf } from './known-then.ts';
import { momentsOf, pinnedMoment, type TimeRail } from './time-rail.ts';
import { ANYWHERE, type VisibleRow, visibleDeployments } from './visible-deployments.ts';

export interface EnvironmentsAsks {
  readonly filters: Filters;
  /** An environment, or `ANYWHERE`: only what is not as released there is wanted. */
  readonly off: string | null;
  /** The date or time to show, as the address writes it; null: now. */
  readonly at: string | null;
  /** Of how many components the lines are wanted at most; null: of all that the filters leave. */
  readonly first: number | null;
}

/** What runs where, as far as the filters leave it. */
export interface EnvironmentsAnswer {
  readonly environments: readonly EnvironmentHead[];
  /** All of them; those of which no line was wanted any more have none. */
  readonly sections: readonly EnvironmentSection[];
  /** Components that the filters leave, and in all that runs or is declared anywhere. */
  readonly shown: number;
  readonly all: number;
  /** Where only what is not as released is left: an environment or `ANYWHERE`; null: everything is. */
  readonly off: string | null;
  /** How many components are not as released somewhere, whatever the filters leave. */
  readonly offAnywhere: number;
  readonly time: TimeRail;
  /** Ids of workloads of which some entry names no environment. */
  readonly withoutEnvironment: readonly string[];
  /** Which environments are hidden and why; absent where none are. */
  readonly hidden?: string;
}

export interface EnvironmentHead {
  readonly name: string;
  /** The release that it mostly runs; null: nothing is there. */
  readonly release: string | null;
  /** How many components are there, and how many of them are not as released, whatever the filters leave. */
  readonly count: number;
  readonly off: number;
  /** The heaviest finding among those; null: they only differ, or there are none. */
  readonly worst: Weight | null;
  /** Until when it is frozen, as the policy writes it, and why; absent: it is not. */
  readonly frozen?: { readonly to: string; readonly reason: string };
}

/** Components of one type that run, or are only declared. */
export interface EnvironmentSection {
  readonly kind: DeployedComponent['kind'];
  readonly type: string;
  /** Of all its components, whether their lines are there or not. */
  readonly count: number;
  readonly rows: readonly EnvironmentRow[];
}

export interface EnvironmentRow {
  readonly component: { readonly id: string; readonly name: string };
  /** Null where nobody says. */
  readonly owner: string | null;
  /** One per environment; null: nothing of it is there, as far as anybody knows. */
  readonly cells: readonly (DeploymentFace | null)[];
  /** By environment when something was first observed there, where that was after the moment shown. ISO 8601 in UTC. */
  readonly notKnown?: Readonly<Record<string, string>>;
}

/** What is drawn of a component in one environment. */
export interface DeploymentFace {
  readonly release: string;
  readonly version: string;
  /** Null for what is only declared. */
  readonly readiness: Readiness | null;
  /** It is not what the environment's release says, or something is wrong with it there. */
  readonly off: boolean;
  /** The heaviest finding on it; null: there is none. */
  readonly worst: Weight | null;
  /** Its version; where that only repeats another release than the environment's, that it is still or already that. */
  readonly label: string;
  /** What is written beside that, the worst first. */
  readonly says: readonly Remark[];
  /** How many entries are beside it under other keys. */
  readonly beside: number;
  readonly card: DeploymentCard;
}

/** What is told of it when it is looked at. */
export interface DeploymentCard {
  /** When it was observed, ISO 8601 in UTC; null where nobody says. */
  readonly observed: string | null;
  readonly image: string | null;
  readonly lags: readonly LagWords[];
  /** All that is said of it in full. */
  readonly says: readonly Remark[];
}

/** What runs where, how that is other than it should be, and what is wrong with it there. */
export function answerEnvironments(known: Known, { filters, off, at, first }: EnvironmentsAsks): EnvironmentsAnswer {
  const then = knownThen(known, at);
  const report = then?.report ?? known.report;
  const { matrix } = known.survey.estate;
  const deployments = deploymentsOf(report);
  const asked = off === ANYWHERE || (off !== null && report.environments.includes(off)) ? off : null;
  const left = visibleDeployments(report, deployments, filters, asked);
  const rowOfTag = placesOf(matrix.releases);
  const columnOf = placesOf(matrix.components);
  const inUse = left.environments.map(({ release }) => release);
  const rowOf = ({ component: { id, name }, cells }: VisibleRow): EnvironmentRow => {
    // As the newest of its releases that is anywhere says it.
    const rows = cells.flatMap((cell) => (cell === null ? [] : (rowOfTag.get(cell.release) ?? [])));
    const owner = ownerOf(matrix, Math.min(...rows), columnOf.get(id) ?? -1);
    const unknown = then?.notKnown.filter(({ component }) => component === id) ?? [];
    return {
      component: { id, name },
      owner,
      cells: cells.map((cell, place) => faceOf(cell, inUse[place] ?? null)),
      ...(unknown.length > 0 && {
        notKnown: Object.fromEntries(unknown.map(({ environment, since }) => [environment, since])),
      }),
    };
  };
  let wanted = first ?? Number.POSITIVE_INFINITY;
  return {
    environments: left.environments.map(({ name }) => headOf(deployments, name, report.frozen)),
    sections: left.sections.map(({ kind, type, rows }) => {
      const listed = rows.slice(0, wanted);
      wanted -= listed.length;
      return { kind, type, count: rows.length, rows: listed.map(rowOf) };
    }),
    shown: left.shown,
    all: left.all,
    off: asked,
    offAnywhere: deployments.rows.filter(({ cells }) => cells.some((cell) => cell !== null && isNotAsReleased(cell)))
      .length,
    time: {
      moments: momentsOf(observedOf(known)),
      pinned: then && pinnedMoment(then, filters.env),
    },
    withoutEnvironment: deployments.withoutEnvironment,
    ...(deployments.withdrawn && { hidden: hiddenWords(deployments) }),
  };
}

function headOf(
  { environments, rows }: Deployments,
  name: string,
  freezes: Known['report']['frozen'] = [],
): EnvironmentHead {
  const place = environments.findIndex((environment) => environment.name === name);
  const there = rows.flatMap(({ cells }) => cells[place] ?? []);
  const ranks = there.flatMap((cell) => offRank(cell) ?? []);
  const frozen = freezes.find(({ environment }) => environment === name);
  return {
    name,
    release: environments[place]?.release ?? null,
    count: there.length,
    off: ranks.length,
    worst: WEIGHTS[Math.min(...ranks)] ?? null,
    ...(frozen && { frozen: { to: frozen.to, reason: frozen.reason } }),
  };
}

function faceOf(cell: DeploymentCell | null, inUse: string | null): DeploymentFace | null {
  if (cell === null) return null;
  const { release, version, readiness, beside, date, entry } = cell;
  const remarks = remarksOn(cell, inUse);
  const label = labelOf(cell);
  return {
    release,
    version,
    readiness,
    off: isNotAsReleased(cell),
    worst: remarks.find(({ weight }) => weight !== null)?.weight ?? null,
    label,
    says: remarks.filter(({ text }) => text !== label),
    beside: beside.length,
    card: {
      observed: date,
      image: entry.fields.imageRef ?? null,
      lags: lagWords(cell),
      says: sentencesOn(cell, inUse),
    },
  };
}
