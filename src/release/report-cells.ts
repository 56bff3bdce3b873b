import { compareEnvironments, type EnvironmentNames } from './environment.ts';
import { type Estate, entriesAt } from './estate.ts';
import type { Finding } from './finding.ts';
import type { Fragment } from './fragment.ts';
import { groupBy } from './group-by.ts';
import type { ReportCell } from './report.ts';
import type { Roster } from './roster.ts';

const NO_FINDINGS: readonly Finding[] = [];

/**
 * The cells of a row.
 *
 * @param changes of each component, what `compareWithLower` says of it in this row
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

/**
 * Walks the rows from the oldest up, remembering per component the text of the nearest lower release.
 *
 * @param earlier what it returned before, by what a row held: a row that says the same stays the same object
 */
export function compareWithLower(
  { matrix, policy }: Estate,
  earlier: ReadonlyMap<Estate['matrix']['entries'][number], readonly (Change | null)[]>,
): (readonly (Change | null)[])[] {
  const rows = matrix.entries;
  const below: (string | undefined)[] = new Array(matrix.components.length).fill(undefined);
  const changes: (readonly (Change | null)[])[] = new Array(rows.length);
  // In the oldest release everything would be new, which says nothing.
  const stateOf = (row: number, lower: string | undefined, text: string) =>
    lower === text || row === rows.length - 1 ? 'unchanged' : lower === undefined ? 'new' : 'changed';
  for (let row = rows.length - 1; row >= 0; row--) {
    const held = rows[row] ?? [];
    const known = earlier.get(held);
    if (
      known?.every((change, column) => change === null || change.state === stateOf(row, below[column], change.text))
    ) {
      known.forEach((change, column) => {
        if (change !== null) below[column] = change.text;
      });
      changes[row] = known;
      continue;
    }
    changes[row] = held.map((found, column) => {
      if (found === null) return null;
      const entries = found.length === 1 ? found : [...found].sort((a, b) => byEnvironment(a, b, policy.environments));
      const text = textOf(entries);
      const state = stateOf(row, below[column], text);
      below[column] = text;
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
