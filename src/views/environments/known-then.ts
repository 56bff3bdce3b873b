import {
  type AsOf,
  asOf,
  type Observation,
  observationsOf,
  pastMoment,
  sourceOf,
} from '../../release/deployed/as-of.ts';
import type { Known } from '../questions.ts';

/** Of each reading, the moment that was looked at last: it is asked for again, with other filters and to be saved. */
const last = new WeakMap<Known['report'], AsOf>();

/** What was known at a moment as the address writes it; null: nothing is asked, or what is no time in the past. */
export function knownThen({ report, survey, policy }: Known, at: string | null): AsOf | null {
  const moment = at === null ? null : pastMoment(at, report.readAt);
  if (typeof moment !== 'string') return null;
  const known = last.get(report);
  if (known?.at === moment) return known;
  const made = asOf(sourceOf(survey.estate), policy, moment);
  last.set(report, made);
  return made;
}

const observed = new WeakMap<Known['report'], readonly Observation[]>();

/** All that was observed, the earliest first. */
export function observedOf({ report, fragments, policy }: Known): readonly Observation[] {
  const known = observed.get(report);
  if (known !== undefined) return known;
  const made = observationsOf(fragments, policy.environments);
  observed.set(report, made);
  return made;
}
