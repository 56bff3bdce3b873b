import type { Finding, FindingCode, Severity, Waived } from '../finding/finding.ts';
import { FINDING_CODES, SEVERITY_BY_STAGE, type SeveritySetting } from '../finding/severity.ts';
import { groupOf } from '../item/environment.ts';
import { isEqual } from '../item/equal-values.ts';
import { type Stage, weighedStage } from '../item/release.ts';
import type { CheckedRelease, Checks, Observation, PresentCell } from '../matrix/checked-release.ts';
import { placesOf } from '../matrix/matrix.ts';
import type { Waiver } from '../policy/policy.ts';
import { severityAt, severitySaid } from '../policy/severity-at.ts';
import { chartAppMismatch } from './chart-app-mismatch.ts';
import { environmentInversion } from './environment-inversion.ts';
import { environmentSplit } from './environment-split.ts';
import { evidenceFailed } from './evidence-failed.ts';
import { evidenceMissing } from './evidence-missing.ts';
import { evidenceStale } from './evidence-stale.ts';
import { frozen } from './frozen.ts';
import { futureDate } from './future-date.ts';
import { imageMismatch } from './image-mismatch.ts';
import { immatureVersion } from './immature-version.ts';
import { invalidFragment } from './invalid-fragment.ts';
import { invalidVersion } from './invalid-version.ts';
import { missingComponent } from './missing-component.ts';
import { nearDuplicateName } from './near-duplicate-name.ts';
import { notReady } from './not-ready.ts';
import { partialEnvironment } from './partial-environment.ts';
import { partialRelease } from './partial-release.ts';
import { readinessUnknown } from './readiness-unknown.ts';
import { rebuiltAfterRc } from './rebuilt-after-rc.ts';
import { scaledToZero } from './scaled-to-zero.ts';
import { schemaBreaking } from './schema-breaking.ts';
import { schemaPolicyMissing } from './schema-policy-missing.ts';
import { schemaPolicyWeakened } from './schema-policy-weakened.ts';
import { siblingCommitMismatch } from './sibling-commit-mismatch.ts';
import { stageSkipped } from './stage-skipped.ts';
import { unexpectedComponent } from './unexpected-component.ts';
import { versionMismatch } from './version-mismatch.ts';
import { versionRegressed } from './version-regressed.ts';
import { withdrawnRelease } from './withdrawn-release.ts';

/** One check per code. `waiver-expired` is no look at the release: it comes with the waivers. */
export const CHECKS: Checks = {
  'missing-component': missingComponent,
  'partial-release': partialRelease,
  'unexpected-component': unexpectedComponent,
  'invalid-fragment': invalidFragment,
  'invalid-version': invalidVersion,
  'immature-version': immatureVersion,
  'version-regressed': versionRegressed,
  'version-mismatch': versionMismatch,
  'sibling-commit-mismatch': siblingCommitMismatch,
  'rebuilt-after-rc': rebuiltAfterRc,
  'stage-skipped': stageSkipped,
  'image-mismatch': imageMismatch,
  'not-ready': notReady,
  'readiness-unknown': readinessUnknown,
  'scaled-to-zero': scaledToZero,
  'environment-split': environmentSplit,
  'partial-environment': partialEnvironment,
  'environment-inversion': environmentInversion,
  'schema-policy-missing': schemaPolicyMissing,
  'schema-policy-weakened': schemaPolicyWeakened,
  'schema-breaking': schemaBreaking,
  'chart-app-mismatch': chartAppMismatch,
  'near-duplicate-name': nearDuplicateName,
  'withdrawn-release': withdrawnRelease,
  frozen,
  'evidence-missing': evidenceMissing,
  'evidence-failed': evidenceFailed,
  'evidence-stale': evidenceStale,
  'future-date': futureDate,
};

/** What was found in a release, by the place of its code among `FINDING_CODES`. */
export type Found = readonly FoundOfCode[];

interface FoundOfCode {
  /** With what is said of its waivers. */
  readonly findings: readonly Finding[];
  /** Something would be an unwaived error, and only informs as it may still arrive. */
  readonly arriving: boolean;
}

const NOTHING: FoundOfCode = { findings: [], arriving: false };

/** Of a release of which nothing is known. */
export const NOTHING_FOUND: Found = FINDING_CODES.map(() => NOTHING);

/** What was found before, and what may be found otherwise now: by which checks, and in which columns. */
export interface FoundBefore {
  readonly found: Found;
  readonly codes: ReadonlySet<FindingCode>;
  readonly columns: ReadonlySet<number>;
}

/**
 * All findings of a release, weighed and with its waivers.
 *
 * @param before what is known of the same release; what is found again is the same objects
 */
export function checkRelease(checked: CheckedRelease, before: FoundBefore | null = null): Found {
  const { evaluatedAs } = checked;
  const all = byType(checked.cells);
  const touched = before === null ? all : byType(checked.cells.filter(({ column }) => before.columns.has(column)));
  return FINDING_CODES.map((code, place) => {
    if (code === 'waiver-expired') return NOTHING;
    const { scope, look } = CHECKS[code];
    const known = before?.found[place];
    if (known !== undefined && before?.codes.has(code) === false) return known;
    const cells = (scope.asks === 'component' ? touched : all)(scope.type);
    const now =
      cells.length === 0 && scope.type !== undefined
        ? NOTHING
        : weighed(code, look(checked, cells), evaluatedAs, checked);
    if (before === null || known === undefined) return now;
    if (scope.asks === 'component') return inColumns(known, now, before.columns, checked);
    return isEqual(now, known) ? known : now;
  });
}

/** The cells of a type, looked for once. */
function byType(cells: readonly PresentCell[]): (type: string | undefined) => readonly PresentCell[] {
  const found = new Map<string, readonly PresentCell[]>();
  return (type) => {
    if (type === undefined) return cells;
    const known = found.get(type) ?? cells.filter((cell) => cell.type === type);
    found.set(type, known);
    return known;
  };
}

/** What was found of all components, with that of some columns in the place of what it was before. */
function inColumns(
  known: FoundOfCode,
  now: FoundOfCode,
  columns: ReadonlySet<number>,
  { estate: { matrix } }: CheckedRelease,
): FoundOfCode {
  if (known.findings.length + now.findings.length === 0) return known;
  const columnOf = placesOf(matrix.components);
  const place = ({ component }: Finding) => columnOf.get(component ?? '') ?? -1;
  const kept = known.findings.filter((finding) => !columns.has(place(finding)));
  const findings = [...kept, ...now.findings].sort((a, b) => place(a) - place(b));
  return isEqual(findings, known.findings) ? known : { findings, arriving: now.arriving };
}

function weighed(
  code: Exclude<FindingCode, 'waiver-expired'>,
  observations: readonly Observation<FindingCode>[],
  evaluatedAs: Stage,
  checked: CheckedRelease,
): FoundOfCode {
  if (observations.length === 0) return NOTHING;
  const findings: Finding[] = [];
  let arriving = false;
  for (const observation of observations) {
    const severity = weigh(code, observation, evaluatedAs, checked);
    if (severity === 'off') continue;
    const shown = observation.awaited === true && severity !== 'info' ? 'info' : severity;
    const told = find(checked, code, shown, observation);
    const place = findings.length;
    if (checked.estate.policy.waivers.length === 0) findings.push(told);
    else findings.push(...applyWaivers(checked, told, evaluatedAs));
    arriving ||= observation.awaited === true && severity === 'error' && findings[place]?.waived === null;
  }
  return { findings, arriving };
}

function find(checked: CheckedRelease, code: FindingCode, severity: Severity, seen: Observation<FindingCode>): Finding {
  const { component, environment, details } = seen;
  // The check of a code observes details of that code: `Checks` says so, which the union over codes cannot.
  return { code, severity, release: checked.release.tag, component, environment, details, waived: null } as Finding;
}

const RANK = { off: 0, info: 1, warning: 2, error: 3 } satisfies Record<SeveritySetting, number>;

/** What the policy says of the code wins over the table, and over a check that asks for more, not over one for less. */
function weigh(
  code: FindingCode,
  seen: Observation<FindingCode>,
  stage: Stage,
  { release, estate }: CheckedRelease,
): SeveritySetting {
  const said = severitySaid(code, stage, release, estate.policy);
  let severity = said ?? SEVERITY_BY_STAGE[code][weighedStage(stage, release)];
  if (said === undefined && seen.atLeast !== undefined && RANK[severity] < RANK[seen.atLeast]) severity = seen.atLeast;
  if (seen.atMost !== undefined && RANK[severity] > RANK[seen.atMost]) severity = seen.atMost;
  return severity;
}

/** How long before its end a waiver is called to mind. */
export const SOON_MS = 7 * 24 * 60 * 60_000;

/** The finding, waived where a waiver holds; where only expired ones match, with a word on the latest of them. */
function applyWaivers(checked: CheckedRelease, finding: Finding, evaluatedAs: Stage): Finding[] {
  const { readAt, policy } = checked.estate;
  const waiver = lastWaiver(checked, finding);
  if (waiver === null) return [finding];
  if (waiver.endsAt >= readAt) return [{ ...finding, waived: waivedBy(waiver, readAt) }];
  const severity = severityAt('waiver-expired', evaluatedAs, checked.release, policy);
  if (severity === 'off') return [finding];
  const { reason, by, expires } = waiver;
  const expired: Finding = {
    code: 'waiver-expired',
    severity,
    release: finding.release,
    component: finding.component,
    environment: finding.environment,
    details: { waived: finding.code, reason, by, expires },
    waived: null,
  };
  // That it has expired can be waived in turn; of that waiver's own end nothing is said, or there would be no end.
  const inTurn = lastWaiver(checked, expired);
  const holds = inTurn !== null && inTurn.endsAt >= readAt;
  return [finding, holds ? { ...expired, waived: waivedBy(inTurn, readAt) } : expired];
}

/** Of the waivers that mean a finding, the one that ends last; null for none. */
function lastWaiver(checked: CheckedRelease, finding: Finding): Waiver | null {
  let last: Waiver | null = null;
  for (const waiver of checked.estate.policy.waivers) {
    if (isMeant(waiver, finding, checked) && (last === null || waiver.endsAt > last.endsAt)) last = waiver;
  }
  return last;
}

/** What is waived in a group is waived in each of its environments. */
function isMeant(
  waiver: Waiver,
  { code, component, environment }: Finding,
  { release, estate }: CheckedRelease,
): boolean {
  const group = environment === null ? null : groupOf(environment, estate.policy.environments);
  return (
    waiver.code === code &&
    waiver.appliesTo(release) &&
    waiver.matches(component) &&
    (waiver.environment === null || waiver.environment === environment || waiver.environment === group)
  );
}

function waivedBy({ reason, by, expires, endsAt }: Waiver, readAt: number): Waived {
  return { reason, by, expires, soon: endsAt - readAt <= SOON_MS };
}
