import type { NotKnown } from '../../release/deployed/as-of.ts';
import {
  type DeployedComponent,
  type DeploymentCell,
  type Deployments,
  deploymentsOf,
  hiddenWords,
  isNotAsReleased,
} from '../../release/deployed/deployments.ts';
import { WEIGHTS, type Weight } from '../../release/finding/weights.ts';
import { placesOf } from '../../release/matrix/matrix.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import type { Readiness } from '../../release/matrix/roll-out.ts';
import { groupBy } from '../../release/text/group-by.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { type LagWords, labelOf, lagWords, offRank, type Remark, remarksOn, sentencesOn } from './deployment-words.ts';
import { knownThen, observedOf } from './known-then.ts';
import { momentsOf, pinnedMoment, type TimeRail } from './time-rail.ts';
import {
  columnsOf,
  offAsked,
  type VisibleColumn,
  type VisibleDeployments,
  type VisibleRow,
  visibleDeployments,
} from './visible-deployments.ts';

export interface EnvironmentsAsks {
  readonly filters: Filters;
  /** An environment, or `ANYWHERE`: only what is not as released there is wanted. */
  readonly off: string | null;
  /** Groups whose environments are wanted one by one. */
  readonly unfolded: readonly string[];
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

/** Of an environment, or of a group that is folded into one. */
export interface EnvironmentHead {
  readonly name: string;
  /** The group that it is, or that it stands unfolded in; null: none. */
  readonly group: string | null;
  /** The environments of a group that is folded; of one environment none. */
  readonly members: readonly string[];
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
  /** One per head; null: nothing of it is there, as far as anybody knows. */
  readonly cells: readonly (DeploymentFace | null)[];
  /** By the name at a head when something was first observed there, where that was after the moment shown. ISO 8601 in UTC. */
  readonly notKnown?: Readonly<Record<string, string>>;
}

/** What is drawn of a component in one environment, or in a group of them. */
export interface DeploymentFace {
  /** That it came with; of a group, the one with which the worst came. */
  readonly release: string;
  /** Of a group, the release that it runs; else absent. */
  readonly of?: string;
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
export function answerEnvironments(
  known: Known,
  { filters, off, unfolded, at, first }: EnvironmentsAsks,
): EnvironmentsAnswer {
  const then = knownThen(known, at);
  const report = then?.report ?? known.report;
  const { matrix } = known.survey.estate;
  const deployments = deploymentsOf(report);
  const asked = offAsked(deployments, off);
  const left = visibleDeployments(report, deployments, filters, asked);
  const rowOfTag = placesOf(matrix.releases);
  const columnOf = placesOf(matrix.components);
  const columns = columnsOf(left.environments, unfolded);
  const unknown = groupBy(then?.notKnown ?? [], ({ component }) => component);
  const rowOf = ({ component: { id, name }, cells }: VisibleRow): EnvironmentRow => {
    // As the newest of its releases that is anywhere says it.
    const rows = cells.flatMap((cell) => (cell === null ? [] : (rowOfTag.get(cell.release) ?? [])));
    const owner = ownerOf(matrix, Math.min(...rows), columnOf.get(id) ?? -1);
    return {
      component: { id, name },
      owner,
      cells: columns.map(({ places }) => {
        const there = places.flatMap((place) => cells[place] ?? []);
        const inUse = left.environments[places[0] ?? -1]?.release ?? null;
        return there.length === 0 ? null : faceOf(there, places.length, inUse);
      }),
      ...notKnownIn(unknown.get(id), left, columns),
    };
  };
  let wanted = first ?? Number.POSITIVE_INFINITY;
  return {
    environments: columns.map((column) => headOf(deployments, left, column, report.frozen)),
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

/** Under which heads what is of a component is not known. */
function notKnownIn(
  unknown: readonly NotKnown[] | undefined,
  { environments }: VisibleDeployments,
  columns: readonly VisibleColumn[],
): Pick<EnvironmentRow, 'notKnown'> {
  if (unknown === undefined) return {};
  const since = columns.flatMap(({ name, places }) => {
    const members = places.map((place) => environments[place]?.name);
    // The earliest comes first.
    const first = unknown.find(({ environment }) => members.includes(environment));
    return first === undefined ? [] : [[name, first.since] as const];
  });
  return since.length === 0 ? {} : { notKnown: Object.fromEntries(since) };
}

function headOf(
  { environments, rows }: Deployments,
  left: VisibleDeployments,
  { name, group, places }: VisibleColumn,
  freezes: Known['report']['frozen'] = [],
): EnvironmentHead {
  const members = places.flatMap((place) => left.environments[place]?.name ?? []);
  const all = environments.flatMap((environment, place) => (members.includes(environment.name) ? [place] : []));
  const there = rows.flatMap(({ cells }) => {
    const held = all.flatMap((place) => cells[place] ?? []);
    return held.length === 0 ? [] : [held];
  });
  const ranks = there.flatMap((cells) => {
    const off = cells.flatMap((cell) => offRank(cell) ?? []);
    return off.length === 0 ? [] : [Math.min(...off)];
  });
  const frozen = freezes.find(({ environment }) => environment === group || members.includes(environment));
  return {
    name,
    group,
    members: places.length > 1 ? members : [],
    release: left.environments[places[0] ?? -1]?.release ?? null,
    count: there.length,
    off: ranks.length,
    worst: WEIGHTS[Math.min(...ranks)] ?? null,
    ...(frozen && { frozen: { to: frozen.to, reason: frozen.reason } }),
  };
}

/** @param of how many environments the column is */
function faceOf(cells: readonly DeploymentCell[], of: number, inUse: string | null): DeploymentFace {
  // What is worst is what it leads to.
  const [lead, ...others] = [...cells].sort(
    (a, b) => (offRank(a) ?? WEIGHTS.length + 1) - (offRank(b) ?? WEIGHTS.length + 1),
  );
  const face = singleFace(lead as DeploymentCell, inUse); // there is one
  if (of === 1) return face;
  const faces = cells.map((cell) => ({ environment: cell.environment, face: singleFace(cell, inUse) }));
  const asIs = faces.filter(({ face: { off } }) => !off).map(({ face: { label } }) => label);
  const label = commonest(asIs.length > 0 ? asIs : faces.map(({ face: { label: text } }) => text));
  const alike = faces.filter(({ face: one }) => one.label === label).length;
  const shown = alike === of ? label : `${label} in ${alike} of ${of}`;
  const says = faces.flatMap(({ environment, face: one }) => {
    const differs = one.label === label ? [] : [{ weight: one.worst, text: one.label }];
    return [...differs, ...one.says].map((remark) => ({ environment, remark }));
  });
  return {
    ...face,
    version: shown,
    of: inUse ?? face.release,
    readiness: together(faces.map((one) => one.face.readiness)),
    label: shown,
    says: byRemark(says, cells.length),
    beside: faces.reduce((sum, one) => sum + one.face.beside, 0),
    card: {
      ...face.card,
      says: byRemark(
        faces.flatMap(({ environment, face: { card } }) => card.says.map((remark) => ({ environment, remark }))),
        others.length + 1,
      ),
    },
  };
}

interface SaidIn {
  readonly environment: string;
  readonly remark: Remark;
}

/** Each remark once, with where it is said unless that is everywhere; the worst first. */
function byRemark(said: readonly SaidIn[], everywhere: number): Remark[] {
  const weightRank = ({ weight }: Remark) => (weight === null ? WEIGHTS.length : WEIGHTS.indexOf(weight));
  return [...groupBy(said, ({ remark: { text } }) => text).values()]
    .map((all): Remark => {
      const [first] = all;
      const { weight = null, text = '' } = first?.remark ?? {};
      const names = all.map(({ environment }) => environment);
      return { weight, text: names.length === everywhere ? text : `${names.join(', ')}: ${text}` };
    })
    .sort((a, b) => weightRank(a) - weightRank(b));
}

/** Of several that are as common the first. */
function commonest(texts: readonly string[]): string {
  const counted = [...groupBy(texts, (text) => text)];
  return counted.reduce((best, next) => (next[1].length > best[1].length ? next : best), counted[0] ?? ['', []])[0];
}

/** How ready all of them are together; null where one is only declared. */
function together(all: readonly (Readiness | null)[]): Readiness | null {
  const each = all.flatMap((one) => one ?? []);
  if (each.length < all.length) return null;
  const desired = each.flatMap((one) => one.desired ?? []);
  const unfinished = each.find(({ state }) => state !== 'ready');
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  return {
    state: unfinished?.state ?? 'ready',
    ready: sum(each.map(({ ready }) => ready)),
    desired: desired.length < each.length ? null : sum(desired),
    waitsFor: unfinished?.waitsFor ?? null,
  };
}

function singleFace(cell: DeploymentCell, inUse: string | null): DeploymentFace {
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
