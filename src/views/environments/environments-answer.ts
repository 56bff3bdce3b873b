import {
  type DeployedComponent,
  type DeployedEnvironment,
  deploymentsOf,
  hiddenWords,
} from '../../release/deployed/deployments.ts';
import type { FindingCode } from '../../release/finding/finding.ts';
import type { Readiness } from '../../release/matrix/roll-out.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { type Weight, weightOf } from '../words/weights.ts';
import { findingsIn, findingTitle, type LagWords, lagWords, olderWords } from './deployment-words.ts';
import { type VisibleCell, type VisibleRow, visibleDeployments } from './visible-deployments.ts';

export interface EnvironmentsAsks {
  readonly filters: Filters;
  /** An environment: what is of an older release than what is in it is told, and comes first among its type. */
  readonly older: string | null;
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
  /** What is older than which environment; null: no environment of this name was asked for. */
  readonly older: { readonly than: string; readonly words: string } | null;
  /** Ids of workloads of which some entry names no environment. */
  readonly withoutEnvironment: readonly string[];
  /** Which environments are hidden and why; absent where none are. */
  readonly hidden?: string;
}

export interface EnvironmentHead {
  readonly name: string;
  readonly newest: string | null;
  /** A release that is there only in part, and the first component that is absent of it. */
  readonly partial: { readonly release: string; readonly absent: string } | null;
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
  /** One per environment; null: nothing of it is there. */
  readonly cells: readonly (DeploymentFace | null)[];
}

/** What is drawn of a component in one environment. */
export interface DeploymentFace {
  readonly release: string;
  readonly version: string;
  /** Null for what is only declared. */
  readonly readiness: Readiness | null;
  readonly lags: readonly LagWords[];
  /** It is of an older release than the environment asked for holds of the component. */
  readonly older: boolean;
  /** How many entries are beside it under other keys. */
  readonly beside: number;
  /** What weighs most of all that is said of it. */
  readonly worst: DeploymentFinding | null;
  /** The titles of what else is said. */
  readonly rest: readonly string[];
}

export interface DeploymentFinding {
  readonly code: FindingCode;
  readonly weight: Weight;
  readonly title: string;
  /** The release that it is said of. */
  readonly release: string;
}

/** What runs where, how far behind it is, and what is wrong with it there. */
export function answerEnvironments({ report }: Known, { filters, older, first }: EnvironmentsAsks): EnvironmentsAnswer {
  const deployments = deploymentsOf(report);
  const than = older !== null && report.environments.includes(older) ? older : null;
  const left = visibleDeployments(report, deployments, filters, than);
  let wanted = first ?? Number.POSITIVE_INFINITY;
  return {
    environments: left.environments.map((environment) => headOf(environment, report.frozen)),
    sections: left.sections.map(({ kind, type, rows }) => {
      const listed = rows.slice(0, wanted);
      wanted -= listed.length;
      return { kind, type, count: rows.length, rows: listed.map(rowOf) };
    }),
    shown: left.shown,
    all: left.all,
    older: than === null ? null : { than, words: olderWords(left, than) },
    withoutEnvironment: deployments.withoutEnvironment,
    ...(deployments.withdrawn && { hidden: hiddenWords(deployments) }),
  };
}

function headOf(
  { name, newest, partial: [first] }: DeployedEnvironment,
  freezes: Known['report']['frozen'] = [],
): EnvironmentHead {
  const frozen = freezes.find(({ environment }) => environment === name);
  const absent = first?.code === 'partial-environment' ? first.details.absent[0] : undefined;
  return {
    name,
    newest,
    partial: first === undefined || absent === undefined ? null : { release: first.release, absent },
    ...(frozen && { frozen: { to: frozen.to, reason: frozen.reason } }),
  };
}

function rowOf({ component: { id, name }, cells }: VisibleRow): EnvironmentRow {
  return { component: { id, name }, cells: cells.map(faceOf) };
}

function faceOf({ cell, older }: VisibleCell): DeploymentFace | null {
  if (cell === null) return null;
  const [worst, ...rest] = findingsIn(cell);
  const { release, version, readiness, beside } = cell;
  return {
    release,
    version,
    readiness,
    lags: lagWords(cell),
    older,
    beside: beside.length,
    worst:
      worst === undefined
        ? null
        : { code: worst.code, weight: weightOf(worst), title: findingTitle(worst), release: worst.release },
    rest: rest.map(findingTitle),
  };
}
