import { missingComponents } from './checks/missing-component.ts';
import type { Component } from './component.ts';
import { compareEnvironments, DEFAULT_ENVIRONMENTS, type EnvironmentNames } from './environment.ts';
import type { Finding } from './finding.ts';
import type { Fragment, RejectedItem } from './fragment.ts';
import { buildMatrix } from './matrix.ts';
import type { Release } from './release.ts';
import { inferRosters, type Roster } from './roster.ts';

/** What a report is made of. */
export interface ReportInput {
  readonly fragments: readonly Fragment[];
  readonly rejected: readonly RejectedItem[];
  /** When the items were read, ISO 8601 in UTC. The only clock a report knows. */
  readonly readAt: string;
}

/** Settings of the checks. */
export interface ReportSettings {
  readonly environments: EnvironmentNames;
  /** How long after its first fragment a release may still be arriving, minutes. */
  readonly graceMinutes: number;
}

export const DEFAULT_REPORT_SETTINGS: ReportSettings = { environments: DEFAULT_ENVIRONMENTS, graceMinutes: 60 };

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
  /** Of its earliest and its latest fragment, ISO 8601; null where no fragment is dated. */
  readonly startedAt: string | null;
  readonly updatedAt: string | null;
}

/** How much of its roster a release has. */
export interface Completeness {
  readonly roster: Roster['source'];
  readonly expected: number;
  readonly present: number;
  /** Component ids, in column order. */
  readonly missing: readonly string[];
}

/**
 * What a release has of a component.
 *
 * - `new`: no lower release in the table has it;
 * - `changed` / `unchanged`: against the nearest lower release that has it, by the own version;
 * - `missing`: expected and not there; `arriving`: likewise, within the grace period.
 */
export type CellState = 'new' | 'changed' | 'unchanged' | 'missing' | 'arriving';

export interface ReportCell {
  readonly state: CellState;
  /** The own version; several, joined, where the environments' entries differ; the state's word where there is none. */
  readonly text: string;
  /** In the environments' order. Empty where nothing is there. */
  readonly entries: readonly Fragment[];
  readonly findings: readonly Finding[];
}

/**
 * The product in one function: from what was read to what is said. Pure; the order of the input does not matter.
 */
export function buildReport(input: ReportInput, settings: ReportSettings = DEFAULT_REPORT_SETTINGS): Report {
  const matrix = buildMatrix(input.fragments, input.rejected);
  const rosters = inferRosters(matrix);
  const changes = compareWithLower(matrix.entries, matrix.components.length, settings.environments);
  const rows = matrix.releases.map((release, row): ReportRow => {
    const entries = matrix.entries[row] ?? [];
    const roster = rosters[row] ?? { source: 'none', expected: [], from: [] };
    const { startedAt, updatedAt } = datesOf(entries);
    const arriving = isYoung(startedAt, input.readAt, settings.graceMinutes);
    const findings = missingComponents(matrix, row, roster, arriving);
    const byComponent = groupByComponent(findings);
    const cells = entries.map((_, column): ReportCell | null => {
      const own = byComponent.get(matrix.components[column]?.id ?? '') ?? NO_FINDINGS;
      const change = changes[row]?.[column];
      if (change) return { state: change.state, text: change.text, entries: change.entries, findings: own };
      if (own.length === 0) return null;
      const state = arriving ? 'arriving' : 'missing';
      return { state, text: state, entries: [], findings: own };
    });
    return {
      release,
      cells,
      completeness: completenessOf(roster, entries, matrix.components),
      findings,
      startedAt,
      updatedAt,
    };
  });
  return {
    readAt: input.readAt,
    components: matrix.components,
    rows,
    rejected: matrix.rejected,
    environments: environmentsOf(input.fragments, settings.environments),
    fragments: input.fragments.length,
  };
}

const NO_FINDINGS: readonly Finding[] = [];

interface Change {
  readonly state: 'new' | 'changed' | 'unchanged';
  readonly text: string;
  readonly entries: readonly Fragment[];
}

type Entries = readonly (readonly Fragment[] | null)[];

/** Walks the rows from the oldest up, remembering per component the text of the nearest lower release. */
function compareWithLower(
  rows: readonly Entries[],
  columns: number,
  environments: EnvironmentNames,
): (Change | null)[][] {
  const below: (string | undefined)[] = new Array(columns).fill(undefined);
  const changes: (Change | null)[][] = new Array(rows.length);
  for (let row = rows.length - 1; row >= 0; row--) {
    changes[row] = (rows[row] ?? []).map((found, column) => {
      if (found === null) return null;
      const entries = found.length === 1 ? found : [...found].sort((a, b) => byEnvironment(a, b, environments));
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

function completenessOf(roster: Roster, entries: Entries, components: readonly Component[]): Completeness {
  const missing = roster.expected.filter((column) => !entries[column]).map((column) => components[column]?.id ?? '');
  const expected = roster.expected.length;
  return { roster: roster.source, expected, present: expected - missing.length, missing };
}

function datesOf(entries: Entries): { startedAt: string | null; updatedAt: string | null } {
  let startedAt: string | null = null;
  let updatedAt: string | null = null;
  for (const entry of entries) {
    for (const { fields } of entry ?? []) {
      // ISO 8601 in UTC with equal precision: text order is time order.
      if (fields.date === undefined) continue;
      if (startedAt === null || fields.date < startedAt) startedAt = fields.date;
      if (updatedAt === null || fields.date > updatedAt) updatedAt = fields.date;
    }
  }
  return { startedAt, updatedAt };
}

function isYoung(startedAt: string | null, readAt: string, graceMinutes: number): boolean {
  return startedAt !== null && Date.parse(readAt) - Date.parse(startedAt) < graceMinutes * 60_000;
}

function groupByComponent(findings: readonly Finding[]): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    if (finding.component === null) continue;
    const group = groups.get(finding.component);
    if (group) group.push(finding);
    else groups.set(finding.component, [finding]);
  }
  return groups;
}

function environmentsOf(fragments: readonly Fragment[], names: EnvironmentNames): string[] {
  const found = new Set<string>();
  for (const { environments } of fragments) for (const environment of environments) found.add(environment);
  return [...found].sort((a, b) => compareEnvironments(a, b, names));
}
