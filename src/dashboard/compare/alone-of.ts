import type { VersionStep } from '../../release/matrix/classify-change.ts';
import { type ListedAlone, OUTCOMES, type Outcome, STEPS } from '../../views/compare/shown-comparison.ts';

/** The step, and the class that it is of; null where all of a class, or all classes, are listed. */
export function aloneOf(only: ListedAlone | null): { readonly of: Outcome | null; readonly step: VersionStep | null } {
  const step = STEPS.find((each) => each === only) ?? null;
  return { of: step === null ? (OUTCOMES.find((each) => each === only) ?? null) : 'changed', step };
}
