import type { Finding } from '../finding/finding.ts';
import { compareEnvironments, type EnvironmentNames } from '../item/environment.ts';
import type { Fragment } from '../item/fragment.ts';
import type { Release } from '../item/release.ts';
import { type Estate, entriesAt } from '../matrix/estate.ts';
import { isChanged } from '../matrix/pairs.ts';
import { currentEntries } from '../matrix/places.ts';
import type { Expected, Roster } from '../matrix/roster.ts';
import { groupBy } from '../text/group-by.ts';
import type { ReportCell, ReportRow } from './report.ts';

const NO_FINDINGS: readonly Finding[] = [];

/** What it is called that an expected component is not there. */
export type Absence = 'missing' | 'arriving' | 'left-out';

/** The cells of a row. */
export function cellsOf(
  estate: Estate,
  row: number,
  { expected, absent }: Roster,
  findings: readonly Finding[],
  absence: Absence,
): (ReportCell | null)[] {
  const { components } = estate.matrix;
  const byComponent = groupBy(findings, ({ component }) => component);
  const expectations: (Expected | undefined)[] = new Array(components.length).fill(undefined);
  for (const expectation of expected) expectations[expectation.column] = expectation;
  // What came in the place of a component is expected as that one.
  const standIns = new Set(absent.map(({ cameAs }) => cameAs));
  return components.map(({ id }, column) => {
    const own = byComponent.get(id) ?? NO_FINDINGS;
    return cellAt(estate, row, column, expectations[column], standIns.has(column), own, absence);
  });
}

/**
 * What a row has of the component of a column, against the release before it (`stateOf`); null for nothing.
 *
 * @param isStandIn it came in the place of an expected component
 * @param findings of the component
 */
export function cellAt(
  estate: Estate,
  row: number,
  column: number,
  expectation: Expected | undefined,
  isStandIn: boolean,
  findings: readonly Finding[],
  absence: Absence,
): ReportCell | null {
  const entries = heldAt(estate, row, column);
  if (entries !== null) {
    const expected = expectation !== undefined || isStandIn;
    return {
      state: stateOf(estate, row, column, entries),
      text: textOf(entries),
      entries,
      carriedFrom: null,
      expected,
      findings,
    };
  }
  if (expectation === undefined) return null;
  if (expectation.cameAs !== null) return withoutEntries('renamed', findings);
  if (expectation.inheritedFrom === null) return withoutEntries(absence, findings);
  const inherited = entriesAt(estate, expectation.inheritedFrom, column);
  const carriedFrom = inherited[0]?.release ?? null;
  return { state: 'carried', text: textOf(inherited), entries: [], carriedFrom, expected: true, findings };
}

/** What a release holds, where nothing is judged: its verdict is unknown, without a reason that lies in the release. */
export function unjudgedRow(estate: Pick<Estate, 'matrix' | 'policy'>, row: number, release: Release): ReportRow {
  const cells = estate.matrix.components.map((_, column) => unjudgedCell(estate, row, column));
  return {
    release,
    cells,
    completeness: { roster: 'none', expected: 0, present: 0, missing: [] },
    findings: [],
    evidence: [],
    verdict: { result: 'unknown', unknown: [], errors: 0, warnings: 0, infos: 0, waived: 0, waiversEndingSoon: [] },
    fragments: cells.reduce((sum, cell) => sum + (cell?.entries.length ?? 0), 0),
    startedAt: null,
    updatedAt: null,
  };
}

/** What a row has of a component, where nothing is judged. */
function unjudgedCell(estate: Pick<Estate, 'matrix' | 'policy'>, row: number, column: number): ReportCell | null {
  const entries = heldAt(estate, row, column);
  if (entries === null) return null;
  return {
    state: 'unchanged',
    text: textOf(entries),
    entries,
    carriedFrom: null,
    expected: false,
    findings: NO_FINDINGS,
  };
}

const WORD_OF = { missing: 'missing', arriving: 'arriving', 'left-out': 'left out', renamed: 'renamed' } as const;

/** The cell of a component that should be there, and of which the release has nothing by this name. */
function withoutEntries(state: keyof typeof WORD_OF, findings: readonly Finding[]): ReportCell {
  const expected = state !== 'renamed';
  return { state, text: WORD_OF[state], entries: [], carriedFrom: null, expected, findings };
}

/**
 * A stable release is compared with the stable ones before it, another with those before it in its line and then with
 * the stable ones: what one looks for is what comes with it, and not what other lines have meanwhile. Where there is no
 * stable release yet, with whatever is before. In the oldest release everything would be new, which says nothing. What is
 * withdrawn is nothing to compare with.
 */
export function stateOf(
  estate: Estate,
  row: number,
  column: number,
  entries: readonly Fragment[],
): 'new' | 'changed' | 'unchanged' {
  const { releases } = estate.matrix;
  const release = releases[row];
  let isOldest = true;
  let hasStable = false;
  /** Of the releases that it is only compared with where there is no stable one. */
  let nearest: readonly Fragment[] | null = null;
  for (let lower = row + 1; lower < releases.length; lower++) {
    if (estate.withdrawn.has(lower)) continue;
    isOldest = false;
    const other = releases[lower];
    const isStable = isStableRelease(other);
    hasStable ||= isStable;
    const isOfLine = release?.stage !== 'stable' && other?.line === release?.line;
    if (isStable || isOfLine || release?.line == null) {
      const below = heldAt(estate, lower, column);
      if (below !== null) return isChanged(below, entries) ? 'changed' : 'unchanged';
    } else if (!hasStable) nearest ??= heldAt(estate, lower, column);
  }
  if (nearest !== null && !hasStable) return isChanged(nearest, entries) ? 'changed' : 'unchanged';
  return isOldest ? 'unchanged' : 'new';
}

/** Whether a release is one that others are compared with: what has no number order comes before nothing. */
export function isStableRelease(release: Release | undefined): boolean {
  return release?.stage === 'stable' && release.line !== null;
}

function heldAt(
  { matrix, policy }: Pick<Estate, 'matrix' | 'policy'>,
  row: number,
  column: number,
): readonly Fragment[] | null {
  const found = matrix.entries[row]?.[column];
  return found == null ? null : inOrder(currentEntries(found), policy.environments);
}

function inOrder(entries: readonly Fragment[], names: EnvironmentNames): readonly Fragment[] {
  return entries.length === 1 ? entries : [...entries].sort((a, b) => byEnvironment(a, b, names));
}

function byEnvironment(a: Fragment, b: Fragment, names: EnvironmentNames): number {
  return compareEnvironments(a.environments[0] ?? '', b.environments[0] ?? '', names);
}

function textOf(entries: readonly Fragment[]): string {
  if (entries.length === 1) return entries[0]?.ownVersion ?? '';
  return [...new Set(entries.map((entry) => entry.ownVersion))].join(' / ');
}
