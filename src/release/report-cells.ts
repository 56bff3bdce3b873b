import { compareEnvironments, type EnvironmentNames } from './environment.ts';
import { type Estate, entriesAt } from './estate.ts';
import type { Finding } from './finding.ts';
import type { Fragment } from './fragment.ts';
import { groupBy } from './group-by.ts';
import type { ReportCell } from './report.ts';
import type { Roster } from './roster.ts';
import type { Steps } from './steps.ts';

const NO_FINDINGS: readonly Finding[] = [];

/**
 * The cells of a row.
 *
 * @param changes of each component, what `comparisonSteps` says of it in this row
 */
export function cellsOf(
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

/** What a release has of a component, against the nearest lower release that has it. */
export interface Change {
  readonly state: 'new' | 'changed' | 'unchanged';
  readonly text: string;
  readonly entries: readonly Fragment[];
}

/** What the rows have, compared with one another from the oldest up; by row, then by column. */
export function* comparisonSteps(estate: Estate): Steps<(readonly (Change | null)[])[]> {
  const rows = estate.matrix.entries;
  const below: (string | undefined)[] = new Array(estate.matrix.components.length).fill(undefined);
  const changes: (readonly (Change | null)[])[] = new Array(rows.length);
  for (let row = rows.length - 1; row >= 0; row--) {
    const compared = compareRow(estate, row, (column) => below[column]);
    changes[row] = compared;
    for (let column = 0; column < compared.length; column++) below[column] = compared[column]?.text ?? below[column];
    yield;
  }
  return changes;
}

/** @param below the text of the nearest lower release that has the component of a column; undefined: none has */
export function compareRow(
  { matrix, policy }: Pick<Estate, 'matrix' | 'policy'>,
  row: number,
  below: (column: number) => string | undefined,
): (Change | null)[] {
  // In the oldest release everything would be new, which says nothing.
  const isOldest = row === matrix.entries.length - 1;
  return (matrix.entries[row] ?? []).map((found, column) => {
    if (found === null) return null;
    const entries = found.length === 1 ? found : [...found].sort((a, b) => byEnvironment(a, b, policy.environments));
    const text = textOf(entries);
    const lower = isOldest ? text : below(column);
    return { state: lower === text ? 'unchanged' : lower === undefined ? 'new' : 'changed', text, entries };
  });
}

function byEnvironment(a: Fragment, b: Fragment, names: EnvironmentNames): number {
  return compareEnvironments(a.environments[0] ?? '', b.environments[0] ?? '', names);
}

function textOf(entries: readonly Fragment[]): string {
  if (entries.length === 1) return entries[0]?.ownVersion ?? '';
  return [...new Set(entries.map((entry) => entry.ownVersion))].join(' / ');
}
