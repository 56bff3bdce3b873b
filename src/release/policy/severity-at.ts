import type { FindingCode } from '../finding/finding.ts';
import { SEVERITY_BY_STAGE, type SeveritySetting } from '../finding/severity.ts';
import { type Release, type Stage, weighedStage } from '../item/release.ts';
import type { Policy } from './policy.ts';

/** What a finding of a code weighs at a stage, where its check does not ask for more or less. */
export function severityAt(code: FindingCode, stage: Stage, release: Release, policy: Policy): SeveritySetting {
  return severitySaid(code, stage, release, policy) ?? SEVERITY_BY_STAGE[code][weighedStage(stage, release)];
}

/** What the policy says of a code at a stage; undefined: nothing. */
export function severitySaid(
  code: FindingCode,
  stage: Stage,
  release: Release,
  { severityOf }: Policy,
): SeveritySetting | undefined {
  return severityOf(code, stage) ?? severityOf(code, weighedStage(stage, release));
}
