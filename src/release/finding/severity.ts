import type { WeighedStage } from '../item/release.ts';
import type { FindingCode, Severity } from './finding.ts';

/** What a finding weighs at a stage; `off` is not emitted. */
export type Weight = Severity | 'off';

/** How much each finding weighs at each stage of the release, where no policy says otherwise. */
export const SEVERITY_BY_STAGE = {
  'missing-component': weights('info', 'warning', 'error', 'error'),
  'partial-release': weights('info', 'info', 'warning', 'warning'),
  'unexpected-component': weights('info', 'info', 'info', 'warning'),
  'invalid-fragment': weights('warning', 'warning', 'error', 'error'),
  'invalid-version': weights('info', 'info', 'info', 'info'),
  'immature-version': weights('off', 'info', 'warning', 'error'),
  'version-regressed': weights('warning', 'warning', 'error', 'error'),
  'version-mismatch': weights('warning', 'warning', 'error', 'error'),
  'sibling-commit-mismatch': weights('info', 'warning', 'error', 'error'),
  'rebuilt-after-rc': weights('off', 'off', 'off', 'warning'),
  'stage-skipped': weights('off', 'off', 'off', 'warning'),
  'image-mismatch': weights('warning', 'warning', 'error', 'error'),
  'not-ready': weights('warning', 'warning', 'error', 'error'),
  'readiness-unknown': weights('info', 'info', 'warning', 'warning'),
  'scaled-to-zero': weights('info', 'info', 'warning', 'warning'),
  'environment-split': weights('warning', 'warning', 'error', 'error'),
  'partial-environment': weights('info', 'warning', 'error', 'error'),
  'environment-inversion': weights('info', 'info', 'warning', 'warning'),
  'schema-policy-missing': weights('info', 'warning', 'warning', 'error'),
  'schema-policy-weakened': weights('info', 'warning', 'error', 'error'),
  'schema-breaking': weights('warning', 'warning', 'error', 'error'),
  'chart-app-mismatch': weights('info', 'warning', 'warning', 'error'),
  'near-duplicate-name': weights('warning', 'warning', 'warning', 'warning'),
  'withdrawn-release': weights('error', 'error', 'error', 'error'),
  frozen: weights('error', 'error', 'error', 'error'),
  'evidence-missing': weights('info', 'warning', 'error', 'error'),
  'evidence-failed': weights('info', 'warning', 'error', 'error'),
  'evidence-stale': weights('info', 'warning', 'error', 'error'),
  'future-date': weights('warning', 'warning', 'warning', 'warning'),
  'waiver-expired': weights('warning', 'warning', 'warning', 'warning'),
} satisfies Record<FindingCode, Record<WeighedStage, Weight>>;

/** Every code, in the order of the documentation. */
export const FINDING_CODES = Object.keys(SEVERITY_BY_STAGE) as readonly FindingCode[];

function weights(alpha: Weight, beta: Weight, rc: Weight, stable: Weight): Record<WeighedStage, Weight> {
  return { alpha, beta, rc, stable };
}
