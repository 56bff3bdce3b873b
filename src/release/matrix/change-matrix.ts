import type { Fragment, RejectedItem } from '../item/fragment.ts';
import type { FragmentChange } from '../item/fragment-change.ts';
import { type StageWords, sortReleases } from '../item/release.ts';
import { groupBy } from '../text/group-by.ts';
import { byKey, type Matrix, namesRow, placesOf, sortRejected } from './matrix.ts';

/** A row that holds something else than before. */
export interface TouchedRow {
  readonly tag: string;
  /** Its index before, and now; null: it was not, or is not there. */
  readonly was: number | null;
  readonly is: number | null;
  /** The columns in which the difference is. Empty where it lies in the rejected items alone. */
  readonly columns: readonly number[];
}

/** A matrix made out of the one before. Rows that were not touched are the same arrays. */
export interface ChangedMatrix {
  readonly matrix: Matrix;
  readonly touched: readonly TouchedRow[];
  /** No release came and none went: indexes of rows mean what they meant. */
  readonly sameRows: boolean;
}

interface Draft {
  readonly was: number | null;
  readonly cells: (readonly Fragment[] | null)[];
  readonly columns: Set<number>;
}

/**
 * What `buildMatrix` would make, out of the matrix before and what has changed since.
 *
 * @param rejected all of them; the same array as before where none changed
 * @param rejectedBefore the array that `before` was made of
 * @param named components that have a column whether or not they are seen
 * @param words what the policy says of the words of release keys
 * @returns null where the columns are others now: every row is another one then
 */
export function changeMatrix(
  before: Matrix,
  { gone, come }: Pick<FragmentChange, 'come' | 'gone'>,
  rejected: readonly RejectedItem[],
  rejectedBefore: readonly RejectedItem[],
  named: readonly string[],
  words?: StageWords,
): ChangedMatrix | null {
  if ([...gone, ...come].some(({ retired }) => retired)) return null; // too seldom to be worth more
  const [rowOf, columnOf] = [placesOf(before.releases), placesOf(before.components)];
  const drafts = new Map<string, Draft>();
  const draftOf = (tag: string): Draft => {
    const known = drafts.get(tag);
    if (known !== undefined) return known;
    const was = rowOf.get(tag) ?? null;
    const held = was === null ? undefined : before.entries[was];
    const draft = { was, cells: [...(held ?? new Array(columnOf.size).fill(null))], columns: new Set<number>() };
    drafts.set(tag, draft);
    return draft;
  };
  for (const fragment of gone) {
    const column = columnOf.get(fragment.component);
    if (column === undefined) return null; // cannot be: the columns were made from what there was
    const { cells, columns } = draftOf(fragment.release);
    const left = (cells[column] ?? []).filter((other) => other !== fragment);
    cells[column] = left.length === 0 ? null : left;
    columns.add(column);
  }
  for (const fragment of come) {
    const column = columnOf.get(fragment.component);
    if (column === undefined) return null;
    const { cells, columns } = draftOf(fragment.release);
    cells[column] = [...(cells[column] ?? []), fragment].sort(byKey);
    columns.add(column);
  }
  const holders = rejected === rejectedBefore ? null : groupBy(rejected, ({ release }) => release);
  if (holders !== null)
    for (const tag of otherLists(
      groupBy(rejectedBefore, (item) => item.release),
      holders,
    ))
      draftOf(tag);

  const isThere = (tag: string, { was, cells, columns }: Draft): boolean => {
    if (was !== null && columns.size === 0 && holders === null) return true;
    if (cells.some((cell) => cell !== null)) return true;
    return (holders ?? groupBy(rejected, ({ release }) => release)).has(tag);
  };
  const names = new Set(named);
  const entries = [...before.entries];
  const lost: number[] = [];
  for (const { was, cells, columns } of drafts.values()) {
    if (was !== null) entries[was] = cells;
    for (const column of columns) if (cells[column] === null) lost.push(column);
  }
  const added = [...drafts].filter(([tag, draft]) => draft.was === null && isThere(tag, draft));
  const removed = new Set(
    [...drafts].flatMap(([tag, draft]) => (isThere(tag, draft) || draft.was === null ? [] : [tag])),
  );
  const isUsed = (column: number) =>
    names.has(before.components[column]?.id ?? '') ||
    entries.some((cells) => cells[column] != null) ||
    added.some(([, { cells }]) => cells[column] != null);
  if (!lost.every(isUsed)) return null;

  const sorted = holders === null ? before.rejected : sortRejected(rejected);
  const touchedOf = (isNow: (tag: string) => number | null): TouchedRow[] =>
    [...drafts].flatMap(([tag, { was, columns }]) => {
      const is = isNow(tag);
      return was === null && is === null ? [] : [{ tag, was, is, columns: [...columns] }];
    });
  if (added.length === 0 && removed.size === 0) {
    const matrix = { ...before, entries, rejected: sorted };
    return { matrix, touched: touchedOf((tag) => rowOf.get(tag) ?? null), sameRows: true };
  }
  const cellsOf = new Map(added.map(([tag, { cells }]) => [tag, cells]));
  const tags = [...before.releases.map(({ tag }) => tag).filter((tag) => !removed.has(tag)), ...cellsOf.keys()];
  const releases = sortReleases(tags, words).map((release) => before.releases[rowOf.get(release.tag) ?? -1] ?? release);
  const matrix: Matrix = {
    ...before,
    releases,
    entries: releases.map(({ tag }) => cellsOf.get(tag) ?? entries[rowOf.get(tag) ?? -1] ?? []),
    rejected: sorted,
  };
  const rowNow = placesOf(releases);
  return { matrix, touched: touchedOf((tag) => rowNow.get(tag) ?? null), sameRows: false };
}

/** Releases of which other items are rejected than before. Only those that make a row. */
function otherLists(
  before: ReadonlyMap<string, readonly RejectedItem[]>,
  now: ReadonlyMap<string, readonly RejectedItem[]>,
): string[] {
  return [...new Set([...before.keys(), ...now.keys()])].filter((tag) => {
    if (!namesRow(tag)) return false;
    const [old, items] = [before.get(tag) ?? [], now.get(tag) ?? []];
    return old.length !== items.length || items.some((item, at) => item !== old[at]);
  });
}
