import { type Estate, estateSteps } from '../matrix/estate.ts';
import { matrixSteps } from '../matrix/matrix.ts';
import { type Rosters, rostersOf } from '../matrix/roster.ts';
import type { Policy } from '../policy/policy.ts';
import { groupBy } from '../text/group-by.ts';
import type { Steps } from '../text/steps.ts';
import type { ReportInput } from './report.ts';

/** Everything that is worked out once for an estate, before any row of it is judged. */
export interface Survey {
  readonly estate: Estate;
  readonly rosters: Rosters;
  /** As `ReportInput#judged`. */
  readonly judged?: ReadonlySet<string> | undefined;
}

/**
 * Surveys an estate.
 *
 * @param asked releases that get a row even where nothing is known of them
 */
export function* surveySteps(input: ReportInput, policy: Policy, asked: readonly string[]): Steps<Survey> {
  const named = { releases: asked, components: expectedByName(policy) };
  const matrix = yield* matrixSteps(input.fragments, input.rejected, named, policy.stages);
  const estate = yield* estateSteps(
    matrix,
    policy,
    input.readAt,
    groupBy(input.evidence ?? [], ({ release }) => release),
  );
  return { estate, rosters: rostersOf(estate), judged: input.judged };
}

/** The components that have a column because the policy names them, seen or not. */
export function expectedByName(policy: Policy): string[] {
  return policy.roster.flatMap(({ literal, expectation }) =>
    literal === null || expectation === 'ignored' ? [] : [literal],
  );
}
