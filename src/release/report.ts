import { checkRelease } from './check-release.ts';
import { CLOCK_TOLERANCE_MINUTES } from './checks/future-date.ts';
import type { Component } from './component.ts';
import { compareEnvironments, type EnvironmentNames } from './environment.ts';
import { describeEstate, type Estate, entriesAt } from './estate.ts';
import type { Finding } from './finding.ts';
import type { Fragment, RejectedItem } from './fragment.ts';
import { buildMatrix, type Matrix } from './matrix.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import type { Release, Stage } from './release.ts';
import { viewRelease } from './release-view.ts';
import { type Roster, rosterOf } from './roster.ts';
import { judge, type Verdict } from './verdict.ts';

/** What a report is made of. */
export interface ReportInput {
  readonly fragments: readonly Fragment[];
  readonly rejected: readonly RejectedItem[];
  /** When the items were read, ISO 8601 in UTC. The only clock a report knows. */
  readonly readAt: string;
}

/** Everything the product says about an estate. Plain data: it can be compared, sent and printed as it is. */
export interface Report {
  readonly readAt: string;
  /** In the matrix' column order. */
  readonly components: readonly Component[];
  /** Newest first. */
  readonly rows: readonly ReportRow[];
  readonly rejected: readonly RejectedItem[];
  /** Folded names of all environments that any fragment names, in order. */
  readonly environments: readonly string[];
  readonly fragments: number;
}

export interface ReportRow {
  readonly release: Release;
  /** One per component of the report; null where the release neither has nor expects the component. */
  readonly cells: readonly (ReportCell | null)[];
  readonly completeness: Completeness;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** How many fragments it holds. */
  readonly fragments: number;
  /** Of its earliest and its latest fragment, ISO 8601; null where no fragment is dated. */
  readonly startedAt: string | null;
  readonly updatedAt: string | null;
}

/** How much of its roster a release has. */
export interface Completeness {
  readonly roster: Roster['source'];
  readonly expected: number;
  /** Carried components count as present. */
  readonly present: number;
  /** Component ids, in column order. */
  readonly missing: readonly string[];
}

/**
 * What a release has of a component.
 *
 * - `new`: no lower release in the table has it;
 * - `changed` / `unchanged`: against the nearest lower release that has it, by the own version;
 * - `carried`: not tagged again, inherited from a lower stable release as the policy says;
 * - `missing`: expected and not there; `arriving`: likewise, within the grace period.
 */
export type CellState = 'new' | 'changed' | 'unchanged' | 'carried' | 'missing' | 'arriving';

export interface ReportCell {
  readonly state: CellState;
  /** The own version; several, joined, where the environments' entries differ; the state's word where there is none. */
  readonly text: string;
  /** In the environments' order. Empty where the release has nothing of its own. */
  readonly entries: readonly Fragment[];
  /** The tag of the release it is inherited from; null unless carried. */
  readonly carriedFrom: string | null;
  /** The roster expects it. False for a component that is new to the releases, or optional. */
  readonly expected: boolean;
  readonly findings: readonly Finding[];
}

/**
 * The product in one function: from what was read to what is said. Pure; the order of the input does not matter.
 *
 * @param asked releases that get a row even where nothing is known of them
 * @param evaluatedAs the stage whose severities count, instead of each release's own
 */
export function buildReport(
  input: ReportInput,
  policy: Policy = DEFAULT_POLICY,
  asked: readonly string[] = [],
  evaluatedAs?: Stage,
): Report {
  const { matrix, judgeRow } = survey(input, policy, asked);
  return {
    readAt: input.readAt,
    components: matrix.components,
    rows: matrix.releases.map((_, row) => judgeRow(row, evaluatedAs)),
    rejected: matrix.rejected,
    environments: environmentsOf(input.fragments, policy.environments),
    fragments: input.fragments.length,
  };
}

/**
 * The rows of one release, judged as each of some stages: what `buildReport` says of it, without the work for all the
 * others.
 *
 * @param tag a release that need not have any fragment
 * @param stages as what it is judged; null: as its own
 */
export function buildRows(
  input: ReportInput,
  policy: Policy,
  tag: string,
  stages: readonly (Stage | null)[],
): readonly ReportRow[] {
  const { matrix, judgeRow } = survey(input, policy, [tag]);
  const row = matrix.releases.findIndex((release) => release.tag === tag);
  return stages.map((stage) => judgeRow(row, stage ?? undefined));
}

/** Everything that is worked out once for an estate, and the way to judge one row of it. */
interface Survey {
  readonly matrix: Matrix;
  readonly judgeRow: (row: number, evaluatedAs: Stage | undefined) => ReportRow;
}

function survey(input: ReportInput, policy: Policy, asked: readonly string[]): Survey {
  const named = {
    releases: asked,
    components: policy.roster.flatMap(({ literal, expectation }) =>
      literal === null || expectation === 'ignored' ? [] : [literal],
    ),
  };
  const matrix = buildMatrix(input.fragments, input.rejected, named);
  const estate = describeEstate(matrix, policy, input.readAt);
  const roster = rosterOf(estate);
  const changes = compareWithLower(estate);
  const rejected = groupBy(matrix.rejected, (item) => item.release);
  const ignoresSome = policy.roster.some(({ expectation }) => expectation === 'ignored');
  const judgeRow = (row: number, evaluatedAs: Stage | undefined): ReportRow => {
    const release = matrix.releases[row];
    if (release === undefined)
      throw new RangeError(`The matrix has ${matrix.releases.length} rows, and no row ${row}.`);
    const entries = matrix.entries[row] ?? [];
    const expects = roster(row);
    const { startedAt, updatedAt, fragments } = measure(entries);
    const arriving = isYoung(ignoresSome ? begunAt(estate, entries, expects) : startedAt, estate);
    const view = viewRelease(estate, row, expects, rejected.get(release.tag) ?? [], arriving);
    const findings = view === null ? [] : checkRelease(view, evaluatedAs ?? release.stage);
    const completeness = completenessOf(expects, entries);
    return {
      release,
      cells: cellsOf(estate, changes[row] ?? [], expects, findings, arriving),
      completeness,
      findings,
      verdict: judge(findings, view !== null, completeness.roster, policy.faults.length === 0),
      fragments,
      startedAt,
      updatedAt,
    };
  };
  return { matrix, judgeRow };
}

const NO_FINDINGS: readonly Finding[] = [];

function cellsOf(
  estate: Estate,
  changes: readonly (Change | null)[],
  roster: Roster,
  findings: readonly Finding[],
  arriving: boolean,
): (ReportCell | null)[] {
  const byComponent = groupBy(findings, ({ component }) => component);
  const expected = new Map(roster.expected.map((expectation) => [expectation.column, expectation]));
  return estate.matrix.components.map(({ id }, column): ReportCell | null => {
    const own = byComponent.get(id) ?? NO_FINDINGS;
    const change = changes[column];
    const expectation = expected.get(column);
    // Spelt out: spreading it for each of a hundred thousand cells takes ten times as long.
    if (change) {
      const { state, text, entries } = change;
      return { state, text, entries, carriedFrom: null, expected: expectation !== undefined, findings: own };
    }
    if (expectation === undefined) return null;
    if (expectation.inheritedFrom !== null) {
      const inherited = entriesAt(estate, expectation.inheritedFrom, column);
      const carriedFrom = inherited[0]?.release ?? null;
      return { state: 'carried', text: textOf(inherited), entries: [], carriedFrom, expected: true, findings: own };
    }
    const state = arriving ? 'arriving' : 'missing';
    return { state, text: state, entries: [], carriedFrom: null, expected: true, findings: own };
  });
}

interface Change {
  readonly state: 'new' | 'changed' | 'unchanged';
  readonly text: string;
  readonly entries: readonly Fragment[];
}

type Entries = readonly (readonly Fragment[] | null)[];

/** Walks the rows from the oldest up, remembering per component the text of the nearest lower release. */
function compareWithLower({ matrix, policy }: Estate): (Change | null)[][] {
  const rows = matrix.entries;
  const below: (string | undefined)[] = new Array(matrix.components.length).fill(undefined);
  const changes: (Change | null)[][] = new Array(rows.length);
  for (let row = rows.length - 1; row >= 0; row--) {
    changes[row] = (rows[row] ?? []).map((found, column) => {
      if (found === null) return null;
      const entries = found.length === 1 ? found : [...found].sort((a, b) => byEnvironment(a, b, policy.environments));
      const text = textOf(entries);
      const lower = below[column];
      below[column] = text;
      // In the oldest release everything would be new, which says nothing.
      const state = lower === text || row === rows.length - 1 ? 'unchanged' : lower === undefined ? 'new' : 'changed';
      return { state, text, entries };
    });
  }
  return changes;
}

function byEnvironment(a: Fragment, b: Fragment, names: EnvironmentNames): number {
  return compareEnvironments(a.environments[0] ?? '', b.environments[0] ?? '', names);
}

function textOf(entries: readonly Fragment[]): string {
  if (entries.length === 1) return entries[0]?.ownVersion ?? '';
  return [...new Set(entries.map((entry) => entry.ownVersion))].join(' / ');
}

function completenessOf({ source, expected }: Roster, entries: Entries): Completeness {
  const missing = expected
    .filter(({ column, inheritedFrom }) => inheritedFrom === null && !entries[column])
    .map(({ component }) => component);
  return { roster: source, expected: expected.length, present: expected.length - missing.length, missing };
}

function measure(entries: Entries): { startedAt: string | null; updatedAt: string | null; fragments: number } {
  let startedAt: string | null = null;
  let updatedAt: string | null = null;
  let fragments = 0;
  for (const entry of entries) {
    if (entry === null) continue;
    fragments += entry.length;
    for (const { fields } of entry) {
      // ISO 8601 in UTC with equal precision: text order is time order.
      if (fields.date === undefined) continue;
      if (startedAt === null || fields.date < startedAt) startedAt = fields.date;
      if (updatedAt === null || fields.date > updatedAt) updatedAt = fields.date;
    }
  }
  return { startedAt, updatedAt, fragments };
}

/** The earliest date of what counts: a component that the policy ignores does not make a release older. */
function begunAt({ matrix }: Estate, entries: Entries, roster: Roster): string | null {
  const counted = entries.filter((_, column) => !roster.ignores(matrix.components[column]?.id ?? ''));
  return measure(counted).startedAt;
}

/** A release that is dated in the future, beyond what clocks differ by, is not young: nobody knows how old it is. */
function isYoung(startedAt: string | null, { readAt, policy }: Estate): boolean {
  if (startedAt === null) return false;
  const ageMs = readAt - Date.parse(startedAt);
  return ageMs < policy.graceMinutes * 60_000 && ageMs >= -CLOCK_TOLERANCE_MINUTES * 60_000;
}

function groupBy<T>(list: readonly T[], nameOf: (of: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of list) {
    const name = nameOf(member);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(member);
    else groups.set(name, [member]);
  }
  return groups;
}

function environmentsOf(fragments: readonly Fragment[], names: EnvironmentNames): string[] {
  const found = new Set<string>();
  for (const { environments } of fragments) for (const environment of environments) found.add(environment);
  return [...found].sort((a, b) => compareEnvironments(a, b, names));
}
