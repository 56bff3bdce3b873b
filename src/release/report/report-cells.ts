import type { Finding } from '../finding/finding.ts';
import { compareEnvironments, type EnvironmentNames } from '../item/environment.ts';
import type { Fragment } from '../item/fragment.ts';
import { type Estate, entriesAt } from '../matrix/estate.ts';
import { isChanged } from '../matrix/pairs.ts';
import { currentEntries } from '../matrix/places.ts';
import type { Roster } from '../matrix/roster.ts';
import { groupBy } from '../text/group-by.ts';
import type { Steps } from '../text/steps.ts';
import type { ReportCell } from './report.ts';

const NO_FINDINGS: readonly Finding[] = [];

/**
 * The cells of a row.
 *
 * @param absence what it is called that an expected component is not there
 * @param changes of each component, what `comparisonSteps` says of it in this row
 */
export function cellsOf(
  estate: Estate,
  changes: readonly (Change | null)[],
  roster: Roster,
  findings: readonly Finding[],
  absence: 'missing' | 'arriving' | 'left-out',
): (ReportCell | null)[] {
  const byComponent = groupBy(findings, ({ component }) => component);
  const expected = new Map(roster.expected.map((expectation) => [expectation.column, expectation]));
  // What came in the place of a component is expected as that one.
  const standIns = new Set(roster.expected.map(({ cameAs }) => cameAs));
  return estate.matrix.components.map(({ id }, column): ReportCell | null => {
    const own = byComponent.get(id) ?? NO_FINDINGS;
    const change = changes[column];
    const expectation = expected.get(column);
    // Spelt out: spreading it for each of a hundred thousand cells takes ten times as long.
    if (change) {
      const { state, text, entries } = change;
      const isExpected = expectation !== undefined || standIns.has(column);
      return { state, text, entries, carriedFrom: null, expected: isExpected, findings: own };
    }
    if (expectation === undefined) return null;
    if (expectation.cameAs !== null) return withoutEntries('renamed', own);
    if (expectation.inheritedFrom !== null) {
      const inherited = entriesAt(estate, expectation.inheritedFrom, column);
      const carriedFrom = inherited[0]?.release ?? null;
      return { state: 'carried', text: textOf(inherited), entries: [], carriedFrom, expected: true, findings: own };
    }
    return withoutEntries(absence, own);
  });
}

const WORD_OF = { missing: 'missing', arriving: 'arriving', 'left-out': 'left out', renamed: 'renamed' } as const;

/** The cell of a component that should be there, and of which the release has nothing by this name. */
function withoutEntries(state: keyof typeof WORD_OF, findings: readonly Finding[]): ReportCell {
  const expected = state !== 'renamed';
  return { state, text: WORD_OF[state], entries: [], carriedFrom: null, expected, findings };
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
  const below: (readonly Fragment[] | undefined)[] = new Array(estate.matrix.components.length).fill(undefined);
  const changes: (readonly (Change | null)[])[] = new Array(rows.length);
  for (let row = rows.length - 1; row >= 0; row--) {
    const compared = compareRow(estate, row, (column) => below[column]);
    changes[row] = compared;
    for (let column = 0; column < compared.length; column++) below[column] = compared[column]?.entries ?? below[column];
    yield;
  }
  return changes;
}

/** @param below what the nearest lower release that has the component of a column holds of it; undefined: none has */
export function compareRow(
  { matrix, policy }: Pick<Estate, 'matrix' | 'policy'>,
  row: number,
  below: (column: number) => readonly Fragment[] | undefined,
): (Change | null)[] {
  // In the oldest release everything would be new, which says nothing.
  const isOldest = row === matrix.entries.length - 1;
  return (matrix.entries[row] ?? []).map((found, column) => {
    if (found === null) return null;
    const entries = inOrder(currentEntries(found), policy.environments);
    return { state: isOldest ? 'unchanged' : stateOf(below(column), entries), text: textOf(entries), entries };
  });
}

function stateOf(below: readonly Fragment[] | undefined, entries: readonly Fragment[]): Change['state'] {
  return below === undefined ? 'new' : isChanged(below, entries) ? 'changed' : 'unchanged';
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
