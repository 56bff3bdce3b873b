import type { ChangelogPart, ComponentComparison } from '../../release/compare/compare-document.ts';
import type { Component } from '../../release/item/component.ts';
import type { ChangeClass, VersionStep } from '../../release/matrix/classify-change.ts';
import { placesOf } from '../../release/matrix/matrix.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import type { ReportRow } from '../../release/report/report.ts';
import { comparisonOf } from '../compare/comparison-of.ts';
import type { Known } from '../questions.ts';
import { inShort } from '../words/changelog-short.ts';

export interface ReleaseChangesAsks {
  /** Tag. */
  readonly release: string;
  /** Of how many components at most; null: of all. */
  readonly first: number | null;
}

/** What became of a component since the stable release before. */
export interface ReleaseChange {
  readonly component: Component;
  readonly owner: string | null;
  /** Null: there is nothing to compare it with. */
  readonly class: Exclude<ChangeClass, 'unchanged'> | null;
  readonly step: VersionStep | null;
  /** Versions; null: not there. */
  readonly from: string | null;
  readonly to: string | null;
  /** What its changelog says in short; empty: nothing. */
  readonly says: string;
}

export interface ReleaseChanges {
  /** Tag of the stable release before; null: there is none, and all that has a changelog is listed. */
  readonly since: string | null;
  /** What changed, by class, in the order in which it is listed. */
  readonly counts: readonly (readonly [of: NonNullable<ReleaseChange['class']>, count: number])[];
  readonly all: number;
  readonly changes: readonly ReleaseChange[];
}

/** Null: there is no such release. */
export type ReleaseChangesAnswer = ReleaseChanges | null;

/** What is seldom and matters comes first. */
const ORDER = ['removed', 'new', 'changed', 'rebuilt'] as const;

/** What is new in a release since the stable one before. */
export function answerReleaseChanges(known: Known, { release: tag, first }: ReleaseChangesAsks): ReleaseChangesAnswer {
  const { report, survey } = known;
  const at = report.rows.findIndex(({ release }) => release.tag === tag);
  const row = report.rows[at];
  if (row === undefined) return null;
  const { matrix } = survey.estate;
  const columnOf = placesOf(matrix.components);
  const reading = comparisonOf(known, 'prev', tag);
  const listed =
    'faults' in reading
      ? report.components.flatMap((component, column) => withoutBasis(component, row, column))
      : reading.comparison.components.flatMap(since);
  const place = ({ class: of }: Listed) => (of === null ? ORDER.length : ORDER.indexOf(of));
  const changes = listed.sort((a, b) => place(a) - place(b));
  return {
    since: 'faults' in reading ? null : reading.comparison.from.release,
    counts: ORDER.map((of) => [of, changes.filter((change) => change.class === of).length] as const).filter(
      ([, count]) => count > 0,
    ),
    all: changes.length,
    changes: changes.slice(0, first ?? changes.length).map(({ changelog, ...change }) => ({
      ...change,
      owner: ownerOf(matrix, at, columnOf.get(change.component.id) ?? -1),
      says: inShort(changelog),
    })),
  };
}

interface Listed extends Omit<ReleaseChange, 'owner' | 'says'> {
  readonly changelog: string;
}

function since(compared: ComponentComparison): Listed[] {
  const { component: id, type, name, class: of, step, from, to, expected, changelogs } = compared;
  // What is missing is told with what is left.
  if (of === 'unchanged' || (of === 'removed' && expected)) return [];
  return [
    {
      component: { id, type, name },
      class: of,
      step,
      from: from?.version ?? null,
      to: to?.version ?? null,
      changelog: changelogs.map(({ text }) => text).join('\n'),
    },
  ];
}

function withoutBasis(component: Component, { cells }: ReportRow, column: number): Listed[] {
  const cell = cells[column];
  const changelog = (cell?.entries ?? []).flatMap(({ fields }) => fields.changelog ?? []).join('\n');
  if (cell == null || changelog === '') return [];
  return [{ component, class: null, step: null, from: null, to: cell.text, changelog }];
}

export interface ReleaseChangelogsAsks {
  /** Tag. */
  readonly release: string;
  /** Id. */
  readonly component: string;
}

/** The changelogs of a component in a release, with those since the stable release before; none where it has none. */
export function answerReleaseChangelogs(
  known: Known,
  { release, component }: ReleaseChangelogsAsks,
): readonly ChangelogPart[] {
  const reading = comparisonOf(known, 'prev', release);
  if (!('faults' in reading)) {
    return reading.comparison.components.find((compared) => compared.component === component)?.changelogs ?? [];
  }
  const column = known.report.components.findIndex(({ id }) => id === component);
  const cell = known.report.rows.find((row) => row.release.tag === release)?.cells[column];
  const texts = new Set((cell?.entries ?? []).flatMap(({ fields }) => fields.changelog ?? []));
  return [...texts].map((text) => ({ releases: [release], text }));
}
