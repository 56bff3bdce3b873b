import { contentsOf } from '../evidence/content.ts';
import type { Covered } from '../item/evidence.ts';
import { checkedRelease } from '../matrix/checked-release.ts';
import { placesOf } from '../matrix/matrix.ts';
import type { Policy } from '../policy/policy.ts';
import { finish } from '../text/steps.ts';
import type { ReportInput } from './report.ts';
import { surveySteps } from './survey.ts';

/** What there is of a release to be checked, by component; empty where there is nothing. */
export function releaseContents(input: ReportInput, policy: Policy, tag: string): readonly Covered[] {
  const { estate, rosters } = finish(surveySteps(input, policy, []));
  const { releases } = estate.matrix;
  const row = placesOf(releases).get(tag);
  const release = releases[row ?? -1];
  if (row === undefined || release === undefined) return [];
  const checked = checkedRelease(estate, row, rosters.of(row), [], release.stage, false, new Set(), null);
  return checked === null ? [] : contentsOf(checked.cells);
}
