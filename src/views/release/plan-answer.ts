import { describeFinding } from '../../release/finding/finding-words.ts';
import { rehearse } from '../../release/history/release-story.ts';
import type { Stage } from '../../release/item/release.ts';
import type { PromotionPlan } from '../../release/plan/plan-document.ts';
import { groupedSkips } from '../../release/plan/plan-script.ts';
import { planPromotion } from '../../release/plan/promotion.ts';
import { targetOf } from '../../release/plan/target.ts';
import type { Known } from '../questions.ts';
import { nextStage } from './release-answer.ts';

export interface ReleasePlanAsks {
  /** Tag. */
  readonly release: string;
  /** What it is to become; null: the stage that comes next. */
  readonly as: Stage | null;
}

/** What a promotion would do. Null: there is nothing that it could become. */
export type ReleasePlanAnswer =
  | (Pick<PromotionPlan, 'target' | 'stage' | 'left' | 'done' | 'waves' | 'notes'> & {
      readonly blocked: boolean;
      /** Components of which a tag, or the target, is at another commit. */
      readonly conflicts: readonly string[];
      /** What follows for the order from each schema that changed, as sentences. */
      readonly schemas: readonly string[];
      readonly skips: ReturnType<typeof groupedSkips>;
    })
  | null;

/** What is left to do until a release has become what comes next. */
export function answerReleasePlan(
  { report, survey, policy }: Known,
  { release: tag, as }: ReleasePlanAsks,
): ReleasePlanAnswer {
  const row = report.rows.find(({ release }) => release.tag === tag);
  if (row === undefined || row.fragments === 0) return null;
  const target = targetOf(report, row, as ?? nextStage(row.release.stage));
  if ('fault' in target) return null;
  const { row: judged } = rehearse(survey, tag, target.stage);
  const { verdict, findings } = judged;
  const gate = {
    verdict: verdict.result,
    unknown: verdict.unknown,
    findings: findings.map((finding) => ({ ...finding, message: describeFinding(finding).title })),
  };
  const plan = planPromotion(report, policy, { row, target, gate, forms: [], estate: survey.estate });
  return {
    target: plan.target,
    stage: plan.stage,
    left: plan.left,
    done: plan.done,
    waves: plan.waves,
    notes: plan.notes,
    blocked: plan.blocked !== null,
    conflicts: plan.blocked?.conflicts ?? [],
    schemas: plan.schemas.map(({ words }) => words),
    skips: groupedSkips(plan),
  };
}
