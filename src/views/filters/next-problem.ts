import type { Report } from '../../release/report/report.ts';
import type { Filters } from '../params.ts';

import { isProblem } from './problem.ts';
import type { Visible } from './visible.ts';
import { visibleFindings } from './visible-findings.ts';

/** Where a problem is: a cell, or the head of a release where it is about the release as a whole. */
export interface ProblemPlace {
  /** Indexes of the report's rows and components; column null: the release as a whole. */
  readonly row: number;
  readonly column: number | null;
}

/** A step from one problem to another. */
export interface ProblemStep {
  readonly to: ProblemPlace;
  /** Place among the problems, from 1, and how many there are. */
  readonly place: number;
  readonly of: number;
  /** It went past the last one to the first, or the other way. */
  readonly wrapped: boolean;
}

/**
 * Where the unwaived errors and warnings are of what the filters leave, each place once, in reading order: releases top
 * to bottom; in each first the release as a whole, then its components from left to right. A flipped grid keeps the order.
 */
export function problemPlaces(report: Report, visible: Visible, filters: Filters): ProblemPlace[] {
  const places: ProblemPlace[] = [];
  for (const { finding, row, column } of visibleFindings(report, visible, filters)) {
    if (!isProblem(finding)) continue;
    const last = places.at(-1);
    if (last?.row !== row || last.column !== column) places.push({ row, column });
  }
  return places;
}

/**
 * The next problem, or the one before.
 *
 * @param places in reading order
 * @param from where one is, which need not be a problem; null: nowhere, so that the first or the last one comes
 * @returns null where there is none at all
 */
export function nextProblem(
  places: readonly ProblemPlace[],
  from: ProblemPlace | null,
  direction: 'next' | 'previous',
): ProblemStep | null {
  const count = places.length;
  if (count === 0) return null;
  const [first, last] = [0, count - 1];
  let index: number;
  if (from === null) index = direction === 'next' ? first : last;
  else if (direction === 'next') index = places.findIndex((place) => compare(place, from) > 0);
  else index = places.findLastIndex((place) => compare(place, from) < 0);
  const wrapped = index === -1;
  if (wrapped) index = direction === 'next' ? first : last;
  const to = places[index];
  return to === undefined ? null : { to, place: index + 1, of: count, wrapped };
}

function compare(a: ProblemPlace, b: ProblemPlace): number {
  return a.row - b.row || (a.column ?? -1) - (b.column ?? -1);
}

/** Where a selection of the URL is in a report; null where it is nowhere. */
export function placeOfSelection(
  report: Report,
  release: string | null,
  component: string | null,
): ProblemPlace | null {
  if (release === null) return null;
  const row = report.rows.findIndex((candidate) => candidate.release.tag === release);
  if (row === -1) return null;
  const column = component === null ? -1 : report.components.findIndex(({ id }) => id === component);
  return { row, column: column === -1 ? null : column };
}
