import type { Finding, FindingCode } from '../finding/finding.ts';
import type { Component } from '../item/component.ts';
import { type Fragment, observedAt } from '../item/fragment.ts';
import { compareKeys, type ReleaseKey, readReleaseKey, type Stage } from '../item/release.ts';
import { digestOf } from '../matrix/classify-change.ts';
import { isObservedLater } from '../matrix/places.ts';
import { type Readiness, readinessOf } from '../matrix/roll-out.ts';
import type { CellState, Report, WithdrawnEnvironment } from '../report/report.ts';
import { groupBy } from '../text/group-by.ts';
import { environmentRelease, type Says, sayer, type There } from './environment-release.ts';
import { isForeign, isSameThing, tellsAnotherImage } from './what-runs.ts';

/** What runs where: components down, environments across. Plain data. */
export interface Deployments {
  readonly readAt: string;
  readonly environments: readonly DeployedEnvironment[];
  /** Components that have an entry in some environment, in column order. */
  readonly rows: readonly DeployedComponent[];
  /** Ids of workloads of which some entry names no environment: where those run, nobody knows. */
  readonly withoutEnvironment: readonly string[];
  /** Environments that the policy withdraws. Absent where there are none. */
  readonly withdrawn?: readonly WithdrawnEnvironment[];
}

export interface DeployedEnvironment {
  readonly name: string;
  /** The newest release of which anything runs or is declared there; null where nothing does. */
  readonly newest: string | null;
  /**
   * The release that says of the most components what is there: the one it runs; null where nothing does. The
   * environments of a group have one: what differs within the group differs from that.
   */
  readonly release: string | null;
  /** The group that the policy puts it into; null: none. */
  readonly group: string | null;
  /** Of the releases that run there: `partial-environment`, while what is absent still runs something older. */
  readonly partial: readonly Finding[];
}

export interface DeployedComponent {
  readonly component: Component;
  /** `running`: a Kubernetes workload. `declared`: another component whose fragment names environments. */
  readonly kind: 'running' | 'declared';
  /** One per environment; null where it has no entry. */
  readonly cells: readonly (DeploymentCell | null)[];
}

/** Why a cell stands out. */
export const DEPLOYMENT_MARKS = ['split', 'inversion', 'partial', 'scaled-to-zero', 'withdrawn'] as const;
export type DeploymentMark = (typeof DEPLOYMENT_MARKS)[number];

/** What of a component is in one environment: its newest entry there. */
export interface DeploymentCell {
  readonly environment: string;
  /** Tag of the release that the entry belongs to. */
  readonly release: string;
  readonly stage: Stage;
  /** The own version. */
  readonly version: string;
  /** When it was observed, ISO 8601; null where the entry does not say. */
  readonly date: string | null;
  /** Null for what is only declared. */
  readonly readiness: Readiness | null;
  /** Null where it cannot be told: no stable release, or a release that is not SemVer. */
  readonly behindStable: Lag | null;
  readonly behindNewest: Lag | null;
  readonly marks: readonly { readonly mark: DeploymentMark; readonly finding: Finding }[];
  /** All that is said of the component in that release for this environment, or for no single one. */
  readonly findings: readonly Finding[];
  /** How it differs from what the environment's release says; null: that is what it is. */
  readonly differs: Difference | null;
  readonly entry: Fragment;
  /** Entries of the same release in the same environment under other keys: a job beside the deployment. */
  readonly beside: readonly Fragment[];
}

/**
 * How what is there differs from what the environment's release says of it: it came with an older or a newer one, with
 * one of no order (`apart`), or with that very one and is something else (`other`: another image, a candidate of it).
 */
export const DIFFERENCES = ['older', 'newer', 'apart', 'other'] as const;
export type Difference = (typeof DIFFERENCES)[number];

/** Whether something is not as the environment's release says, or is said to be wrong there by an error or a warning. */
export function isNotAsReleased({ differs, findings, marks }: DeploymentCell): boolean {
  const counts = ({ severity, waived }: Finding) => waived === null && severity !== 'info';
  return differs !== null || findings.some(counts) || marks.some(({ finding }) => counts(finding));
}

/**
 * How far what runs is behind, by what runs (its digest, else its own version) and not by the release it came with. What
 * runs under a release and is not of it (another image, a candidate of it) is measured by the others.
 */
export interface Lag {
  /** Tag of the release it is measured against. */
  readonly to: string;
  /** What runs is what that release holds. */
  readonly level: boolean;
  /** How many releases hold something newer. 0: it is level, or none of them, and of a release that is no lower. */
  readonly releases: number;
  /**
   * Whole days between the starts of the two releases (the dates of their first fragments), as libyear measures: how
   * much older what runs is, not how long it has been outdated. Null where a release is not dated.
   */
  readonly days: number | null;
}

/**
 * In one line that environments are hidden, and why; empty where none are: "Hidden, as withdrawn: uat (2026-11-01, jane:
 * replaced by qa)".
 *
 * @param shown writes what the policy says; the words around it are ours
 */
export function hiddenWords(
  { withdrawn = [] }: { readonly withdrawn?: readonly WithdrawnEnvironment[] | undefined },
  shown: (text: string) => string = (text) => text,
): string {
  const each = withdrawn.map(({ name, date, by, reason }) => shown(`${name} (${date}, ${by}: ${reason})`));
  return each.length === 0 ? '' : `Hidden, as withdrawn: ${each.join('; ')}`;
}

/**
 * What runs where, by a report.
 *
 * - In an environment runs the entry of a component that was observed last, by when it was published, else by its date,
 *   whatever release it belongs to: what was rolled back runs, though a higher release was deployed before. Equal times:
 *   the higher release. An entry that says no time is taken only where no other does.
 * - Lag behind the newest stable counts the stable releases, of which the component is part, above the newest one that
 *   holds what runs; where none does, those above the release that it came with. They hold it or lack it, but do not
 *   carry it over, are not a patch of a part that leaves it out, and are not without it. A stable release that was never
 *   deployed counts, as its workloads are missing from it.
 * - Lag behind the newest release counts the releases of any stage that hold the component.
 * - Neither counts what is withdrawn, nor is anything behind it.
 * - An environment's release is the one that says of the most components what is there, whatever release each came
 *   with; of several the one of which the most came, then the newest. A release says it by its own entry, by what it
 *   carries over, and by the image that its component published.
 * - Marks are the report's findings on the release that runs. `partial` marks what is left behind: the component that
 *   the finding says is absent, while an older release of it runs.
 */
export function deploymentsOf(report: Report): Deployments {
  const known = deployments.get(report);
  if (known !== undefined) return known;
  const made = makeDeployments(report);
  deployments.set(report, made);
  return made;
}

/** Whoever looks at what runs where asks again with every filter, and a comparison of environments for each of its sides. */
const deployments = new WeakMap<Report, Deployments>();

function makeDeployments(report: Report): Deployments {
  const keys = report.rows.map(({ release }) => readReleaseKey(release.tag));
  const newest = newestEntries(report);
  const withoutEnvironment = report.components.flatMap(({ id, type }, column) =>
    type === 'k8s' && newest[column]?.anywhere ? [id] : [],
  );
  const placed = report.components.flatMap((component, column) => {
    const entries = newest[column]?.entries;
    return entries === undefined || entries.size === 0 ? [] : [{ component, column, entries }];
  });
  const says = sayer(report);
  const there = report.environments.map((environment) => thereIn(report, placed, environment));
  const partial = report.environments.map((environment, place) =>
    partialIn(report, environment, [...(there[place]?.values() ?? [])], says),
  );
  const inUse = releasesInUse(report, there, says);
  const rows = placed.map(({ component, column, entries }): DeployedComponent => {
    const kind = component.type === 'k8s' ? 'running' : 'declared';
    const measures = measuresOf(report, keys, column);
    const cells = report.environments.map((environment, place) => {
      const found = entries.get(environment);
      const runs = there[place]?.get(column);
      if (found === undefined || runs === undefined) return null;
      const left = (partial[place] ?? []).filter((finding) => leavesBehind(report, finding, runs, says));
      const release = inUse[place] ?? null;
      const isAsSaid = release === null || says(release, runs);
      const differs = isAsSaid ? null : differenceOf(keys, found.row, release);
      return cellOf(report, keys, measures, kind, environment, found, left, differs);
    });
    return { component, kind, cells };
  });
  const environments = report.environments.map((name, place): DeployedEnvironment => {
    const rowsThere = placed.flatMap(({ entries }) => entries.get(name)?.row ?? []);
    const newestRow = rowsThere.length === 0 ? undefined : report.rows[Math.min(...rowsThere)];
    const release = report.rows[inUse[place] ?? -1]?.release.tag ?? null;
    const group =
      report.groups !== undefined && Object.hasOwn(report.groups, name) ? (report.groups[name] ?? null) : null;
    return { name, group, newest: newestRow?.release.tag ?? null, release, partial: partial[place] ?? [] };
  });
  const { readAt, withdrawn } = report;
  return { readAt, environments, rows, withoutEnvironment, ...(withdrawn && { withdrawn }) };
}

/** By environment, the row of the release that it runs, or that its group does; null where nothing is there. */
function releasesInUse(
  { environments, groups }: Report,
  there: readonly ReadonlyMap<number, There>[],
  says: Says,
): readonly (number | null)[] {
  const together = groupBy([...environments.keys()], (place) => groupName(environments[place] ?? '', groups));
  const inUse = new Map(
    [...together].map(([group, places]) => {
      const all = places.flatMap((place) => [...(there[place]?.values() ?? [])]);
      return [group, environmentRelease(all, says)];
    }),
  );
  return environments.map((name) => inUse.get(groupName(name, groups)) ?? null);
}

function groupName(name: string, groups: Report['groups']): string {
  return groups !== undefined && Object.hasOwn(groups, name) ? (groups[name] ?? name) : name;
}

/** What is in an environment, by column. */
function thereIn(report: Report, placed: Placed, environment: string): ReadonlyMap<number, There> {
  const there = new Map<number, There>();
  for (const { column, entries } of placed) {
    const found = entries.get(environment);
    if (found === undefined) continue;
    const { row, entry } = found;
    const isOther = isForeign(report.rows[row], entry, findingsThere(report, row, column, environment));
    there.set(column, { column, row, entry, isForeign: isOther });
  }
  return there;
}

interface NewestEntry {
  readonly row: number;
  readonly entry: Fragment;
  readonly beside: readonly Fragment[];
}

type Placed = readonly {
  readonly component: Component;
  readonly column: number;
  readonly entries: ReadonlyMap<string, NewestEntry>;
}[];

/** By column, the newest entry of each environment; `anywhere`: some entry names none. */
function newestEntries(report: Report): readonly { entries: Map<string, NewestEntry>; anywhere: boolean }[] {
  const columns = report.components.map(() => ({ entries: new Map<string, NewestEntry>(), anywhere: false }));
  report.rows.forEach(({ cells }, row) => {
    cells.forEach((cell, at) => {
      const column = columns[at];
      if (cell === null || column === undefined) return;
      for (const entry of cell.entries) {
        if (entry.environments.length === 0) column.anywhere = true;
        for (const environment of entry.environments) {
          const known = column.entries.get(environment);
          // Rows come newest first, so that of equal times the first stays.
          if (known !== undefined && !isObservedLater(entry, known.entry)) continue;
          const beside = cell.entries.filter((other) => other !== entry && other.environments.includes(environment));
          column.entries.set(environment, { row, entry, beside });
        }
      }
    });
  });
  return columns;
}

function cellOf(
  report: Report,
  keys: readonly (ReleaseKey | null)[],
  measures: Measures,
  kind: DeployedComponent['kind'],
  environment: string,
  { row, entry, beside }: NewestEntry,
  left: readonly Finding[],
  differs: Difference | null,
): DeploymentCell {
  const { column, stable, holding } = measures;
  const findings = findingsThere(report, row, column, environment);
  const ofRelease = report.rows[row]?.findings.filter(({ code }) => code === 'withdrawn-release') ?? [];
  const marks = [...findings, ...left, ...ofRelease].flatMap((finding) => {
    const mark = markOf(finding, environment);
    return mark === null ? [] : [{ mark, finding }];
  });
  const from: Measured = { row, entry, isForeign: isForeign(report.rows[row], entry, findings) };
  return {
    environment,
    release: entry.release,
    stage: report.rows[row]?.release.stage ?? 'other',
    version: entry.ownVersion,
    date: observedAt(entry),
    readiness: kind === 'running' ? readinessOf(entry) : null,
    behindStable: lag(report, keys, column, from, stable),
    behindNewest: lag(report, keys, column, from, holding),
    marks,
    findings,
    differs,
    entry,
    beside,
  };
}

/** What a release has on a component for one environment, or for no single one. */
function findingsThere({ rows }: Report, row: number, column: number, environment: string): readonly Finding[] {
  const said = rows[row]?.cells[column]?.findings ?? [];
  return said.filter((finding) => finding.environment === null || finding.environment === environment);
}

function differenceOf(keys: readonly (ReleaseKey | null)[], row: number, inUse: number): Difference {
  if (row === inUse) return 'other';
  const [key, than] = [keys[row], keys[inUse]];
  return isAbove(than, key) ? 'older' : isAbove(key, than) ? 'newer' : 'apart';
}

/** What a component can be behind: indexes of the releases that have a place in the order, newest first. */
interface Measures {
  readonly column: number;
  readonly stable: readonly number[];
  readonly holding: readonly number[];
}

function measuresOf({ rows }: Report, keys: readonly (ReleaseKey | null)[], column: number): Measures {
  const [stable, holding]: [number[], number[]] = [[], []];
  rows.forEach(({ release, cells, withdrawn }, index) => {
    const cell = cells[column];
    if (cell == null || !keys[index] || withdrawn !== undefined) return;
    if (release.stage === 'stable' && !PASSES_OVER.has(cell.state)) stable.push(index);
    if (cell.entries.length > 0) holding.push(index);
  });
  return { column, stable, holding };
}

/** States of a component that a release says nothing new of: inherited, not touched by a patch, under another name. */
const PASSES_OVER: ReadonlySet<CellState> = new Set(['carried', 'left-out', 'renamed']);

interface Measured {
  readonly row: number;
  readonly entry: Fragment;
  /** The release it was published under is not what it is of. */
  readonly isForeign: boolean;
}

const DAY_MS = 24 * 60 * 60_000;

/** @param against indexes of the releases that it can be behind, newest first */
function lag(
  { rows }: Report,
  keys: readonly (ReleaseKey | null)[],
  column: number,
  { row: at, entry, isForeign }: Measured,
  against: readonly number[],
): Lag | null {
  const [running, key] = [rows[at], keys[at]];
  const newest = rows[against[0] ?? -1];
  if (running === undefined || newest === undefined) return null;
  const digest = digestOf(entry);
  const holder = against.findIndex(
    (row) =>
      !(isForeign && row === at) && rows[row]?.cells[column]?.entries.some((held) => isSameThing(held, entry, digest)),
  );
  if (holder === -1 && !key) return null;
  const releases = holder === -1 ? against.filter((row) => isAbove(keys[row], key)).length : holder;
  const since = rows[against[holder] ?? at] ?? running;
  const days = releases === 0 ? 0 : daysBetween(since.startedAt, newest.startedAt);
  return { to: newest.release.tag, level: holder === 0, releases, days };
}

/** How what runs stands to another release. `other`: it is not what that one holds, and no older. */
export const STANDINGS = ['level', 'behind', 'ahead', 'other'] as const;
export type Standing = (typeof STANDINGS)[number];

/**
 * How what runs stands to the release that its lag is measured against.
 *
 * @param release the one it was published under
 * @param findings what is said of it: another image than its release's is not ahead with that release
 */
export function standingOf(release: string, { to, level, releases }: Lag, findings: readonly Finding[] = []): Standing {
  if (level) return 'level';
  if (releases > 0) return 'behind';
  return !findings.some(tellsAnotherImage) && isAbove(readReleaseKey(release), readReleaseKey(to)) ? 'ahead' : 'other';
}

function isAbove(key: ReleaseKey | null | undefined, other: ReleaseKey | null | undefined): boolean {
  return key != null && other != null && compareKeys(key, other) > 0;
}

/** A patch of an older line may be younger than the release that it is behind: that is no day, not fewer than none. */
function daysBetween(from: string | null, to: string | null): number | null {
  if (from === null || to === null) return null;
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / DAY_MS));
}

const MARKS: ReadonlyMap<FindingCode, DeploymentMark> = new Map([
  ['environment-split', 'split'],
  ['environment-inversion', 'inversion'],
  ['partial-environment', 'partial'],
  ['scaled-to-zero', 'scaled-to-zero'],
  ['withdrawn-release', 'withdrawn'],
]);

function markOf(finding: Finding, environment: string): DeploymentMark | null {
  // A split is said of a workload as a whole; it marks the environments whose images it lists.
  const meant =
    finding.code !== 'environment-split' || finding.details.images.some((image) => image.environment === environment);
  return meant ? (MARKS.get(finding.code) ?? null) : null;
}

/** The `partial-environment` findings on releases that run there, of which anything absent still runs older. */
function partialIn(report: Report, environment: string, there: readonly There[], says: Says): Finding[] {
  const running = [...new Set(there.map(({ row }) => row))].sort((a, b) => a - b);
  return running
    .flatMap((row) => report.rows[row]?.findings ?? [])
    .filter(
      (finding) =>
        finding.code === 'partial-environment' &&
        finding.environment === environment &&
        there.some((runs) => leavesBehind(report, finding, runs, says)),
    );
}

/** Whether what runs is of an older release than one that lacks it there, and is not what that one says all the same. */
function leavesBehind({ rows, components }: Report, finding: Finding, runs: There, says: Says): boolean {
  const component = components[runs.column]?.id;
  if (component === undefined || finding.code !== 'partial-environment') return false;
  if (!finding.details.absent.includes(component)) return false;
  const lacking = rows.findIndex(({ release }) => release.tag === finding.release);
  return lacking < runs.row && !says(lacking, runs);
}
