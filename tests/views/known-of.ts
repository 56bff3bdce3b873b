import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY } from '../../src/release/policy/policy.ts';
import type { Report } from '../../src/release/report/report.ts';
import { surveySteps } from '../../src/release/report/survey.ts';
import { finish } from '../../src/release/text/steps.ts';
import type { Known } from '../../src/views/questions.ts';

/** What an engine knows that has read a table and made this report of it. */
export function knownOf(report: Report, more: Partial<Known> = {}): Known {
  const fragments = report.rows.flatMap(({ cells }) => cells.flatMap((cell) => cell?.entries ?? []));
  const { rejected, readAt } = report;
  const { policy = DEFAULT_POLICY } = more;
  const survey = finish(surveySteps({ fragments, rejected, readAt }, policy, []));
  const keyNames = DOCUMENTED_KEYS;
  return { report, survey, fragments, evidence: [], rejected, policy, policies: [], keyNames, activity: null, ...more };
}
