import type { WeighedStage } from '../item/release.ts';
import type { FindingCode, Severity } from './finding.ts';

/** The severity of a finding at a stage; where it is `off`, there is no finding. */
export type SeveritySetting = Severity | 'off';

/** How much each finding weighs at each stage of the release, where no policy says otherwise. */
export const SEVERITY_BY_STAGE = {
  'missing-component': byStage('info', 'warning', 'error', 'error'),
  'partial-release': byStage('info', 'info', 'warning', 'warning'),
  'unexpected-component': byStage('info', 'info', 'info', 'warning'),
  'invalid-fragment': byStage('warning', 'warning', 'error', 'error'),
  'invalid-version': byStage('info', 'info', 'info', 'info'),
  'immature-version': byStage('off', 'info', 'warning', 'error'),
  'version-regressed': byStage('warning', 'warning', 'error', 'error'),
  'version-mismatch': byStage('warning', 'warning', 'error', 'error'),
  'sibling-commit-mismatch': byStage('info', 'warning', 'error', 'error'),
  'rebuilt-after-rc': byStage('off', 'off', 'off', 'warning'),
  'stage-skipped': byStage('off', 'off', 'off', 'warning'),
  'image-mismatch': byStage('warning', 'warning', 'error', 'error'),
  'not-ready': byStage('warning', 'warning', 'error', 'error'),
  'readiness-unknown': byStage('info', 'info', 'warning', 'warning'),
  'scaled-to-zero': byStage('info', 'info', 'warning', 'warning'),
  'environment-split': byStage('warning', 'warning', 'error', 'error'),
  'partial-environment': byStage('info', 'warning', 'error', 'error'),
  'environment-inversion': byStage('info', 'info', 'warning', 'warning'),
  'schema-policy-missing': byStage('info', 'warning', 'warning', 'error'),
  'schema-policy-weakened': byStage('info', 'warning', 'error', 'error'),
  'schema-breaking': byStage('warning', 'warning', 'error', 'error'),
  'chart-app-mismatch': byStage('info', 'warning', 'warning', 'error'),
  'near-duplicate-name': byStage('warning', 'warning', 'warning', 'warning'),
  'withdrawn-release': byStage('error', 'error', 'error', 'error'),
  frozen: byStage('error', 'error', 'error', 'error'),
  'evidence-missing': byStage('info', 'warning', 'error', 'error'),
  'evidence-failed': byStage('info', 'warning', 'error', 'error'),
  'evidence-stale': byStage('info', 'warning', 'error', 'error'),
  'future-date': byStage('warning', 'warning', 'warning', 'warning'),
  'waiver-expired': byStage('warning', 'warning', 'warning', 'warning'),
} satisfies Record<FindingCode, Record<WeighedStage, SeveritySetting>>;

/** Every code, in the order of the documentation. */
export const FINDING_CODES = Object.keys(SEVERITY_BY_STAGE) as readonly FindingCode[];

function byStage(
  alpha: SeveritySetting,
  beta: SeveritySetting,
  rc: SeveritySetting,
  stable: SeveritySetting,
): Record<WeighedStage, SeveritySetting> {
  return { alpha, beta, rc, stable };
}
