import { type ComparisonReading, compareTexts } from '../../release/compare/compare.ts';
import type { Report } from '../../release/report/report.ts';
import type { Known } from '../questions.ts';

interface Last extends Pick<Known, 'policy'> {
  readonly a: string;
  readonly b: string;
  readonly reading: ComparisonReading;
}

/** Of each report the comparison that was asked for last: it is asked for again, with other filters and to be saved. */
const last = new WeakMap<Report, Last>();

/**
 * Compares two sides as they are written: `v1.3.0`, `@prod`, `prev`.
 *
 * @returns the comparison, or what is wrong with either side
 */
export function comparisonOf(
  { report, policy, survey }: Pick<Known, 'report' | 'policy' | 'survey'>,
  a: string,
  b: string,
): ComparisonReading {
  const known = last.get(report);
  if (known !== undefined && known.policy === policy && known.a === a && known.b === b) return known.reading;
  const reading = compareTexts(report, policy, a, b, survey.estate);
  last.set(report, { policy, a, b, reading });
  return reading;
}
