import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item/item.ts';
import { type PromotionPlan, planDocument } from '../../../src/release/plan/plan-document.ts';
import { planPromotion } from '../../../src/release/plan/promotion.ts';
import type { WrittenTagForm } from '../../../src/release/plan/tag-form.ts';
import { targetOf } from '../../../src/release/plan/target.ts';
import { gateRelease } from '../../../src/release/report/gate.ts';
import { makeReport } from '../../../src/release/report/make-report.ts';
import type { Report, ReportRow } from '../../../src/release/report/report.ts';
import { NOW } from '../checks/said.ts';
import { policyOf } from '../items.ts';

export interface PlanAsked {
  /** v1.4.0-rc.2 where absent. */
  readonly release?: string;
  readonly to?: string;
  readonly policy?: unknown;
  readonly forms?: readonly WrittenTagForm[];
}

/** The plan of a promotion, and held against its schema; or what is wrong with what was asked for. */
export function promotionOf(items: readonly Item[], asked: PlanAsked = {}): PromotionPlan | { readonly fault: string } {
  const { release = 'v1.4.0-rc.2', to = 'stable', forms = [] } = asked;
  const policy = policyOf(asked.policy);
  const input = { ...readItems(items, DOCUMENTED_KEYS, policy.environments), readAt: NOW };
  const { report, survey } = makeReport(null, input, policy);
  const row = rowNamed(report, release);
  const target = targetOf(report, row, to);
  if ('fault' in target) return target;
  const { said: gate } = gateRelease({ ...input, policy, digest: '' }, release, target.stage);
  const plan = planPromotion(report, policy, { row, target, gate, forms, estate: survey.estate });
  planDocument.parse(plan);
  return plan;
}

export function rowNamed({ rows }: Report, tag: string): ReportRow {
  const row = rows.find(({ release }) => release.tag === tag);
  if (row === undefined) throw new Error(`there is no ${tag}`);
  return row;
}

/** A plan in lines: what it is about, why it is blocked, its waves, what needs no tag, the order, and what else. */
export function saidOf(plan: PromotionPlan | { readonly fault: string }): string[] {
  if ('fault' in plan) return [plan.fault];
  const { blocked } = plan;
  return [
    `${plan.release} → ${plan.target}: ${plan.left} left, ${plan.done} done`,
    ...(blocked === null
      ? []
      : [
          `blocked: ${[blocked.verdict, ...blocked.unknown, ...blocked.findings.map(({ code }) => code), ...blocked.conflicts].join(' ')}`,
        ]),
    ...plan.waves.map(({ steps }, at) =>
      [
        `${at + 1}:`,
        ...steps.map(
          ({ repo, tag, commit, components, tagFrom }) =>
            `${repo} ${tag} ${commit.slice(0, 7)} (${components.join(' ')})${tagFrom === 'fragment' ? '' : ` by ${tagFrom}`}`,
        ),
      ].join(' '),
    ),
    ...plan.skips.map(({ component, code, words }) => `${code} ${component}: ${words}`),
    ...plan.schemas.map(({ words }) => words),
    ...plan.notes,
  ];
}
