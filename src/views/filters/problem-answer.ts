import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { applyFilters } from './apply-filters.ts';
import { nextProblem, type ProblemStep, placeOfSelection, problemPlaces } from './next-problem.ts';

export interface ProblemAsks {
  readonly filters: Filters;
  /** Where one is, as the URL says it; it need not be anywhere. */
  readonly from: { readonly release: string | null; readonly component: string | null };
  readonly direction: 'next' | 'previous';
}

/** Null: what the filters leave has no problem at all. */
export type ProblemAnswer = (Omit<ProblemStep, 'to'> & { readonly to: NamedPlace }) | null;

export interface NamedPlace {
  readonly release: string;
  /** Id, and what it is called; null: the release as a whole. */
  readonly component: { readonly id: string; readonly name: string } | null;
}

/** The next problem of what the filters leave, or the one before. */
export function answerProblem({ report }: Known, { filters, from, direction }: ProblemAsks): ProblemAnswer {
  const places = problemPlaces(report, applyFilters(report, filters), filters);
  const step = nextProblem(places, placeOfSelection(report, from.release, from.component), direction);
  if (step === null) return null;
  const { row, column } = step.to;
  const component = column === null ? undefined : report.components[column];
  return {
    ...step,
    to: {
      release: report.rows[row]?.release.tag ?? '',
      component: component === undefined ? null : { id: component.id, name: component.name },
    },
  };
}
