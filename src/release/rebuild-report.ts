import { SOON_MS } from './check-release.ts';
import { environmentInversion } from './checks/environment-inversion.ts';
import { CLOCK_TOLERANCE_MINUTES } from './checks/future-date.ts';
import { missingComponent } from './checks/missing-component.ts';
import { partialEnvironment } from './checks/partial-environment.ts';
import { lowerStables } from './estate.ts';
import { DEFAULT_POLICY, type Policy } from './policy.ts';
import { viewRelease } from './release-view.ts';
import { environmentsOf, type Report, type ReportInput, type ReportRow } from './report.ts';
import { type Survey, type SurveyMemory, surveyEstate } from './survey.ts';

/** A report, with what it takes to make the next one out of it. */
export interface BuiltReport {
  readonly report: Report;
  readonly policy: Policy;
  readonly memory: SurveyMemory;
  /** By tag: a row, and everything that it rests on. */
  readonly rows: ReadonlyMap<string, { readonly row: ReportRow; readonly grounds: readonly unknown[] }>;
}

/**
 * What `buildReport` makes, with the rows of the report before kept wherever nothing that they rest on has changed: a
 * changed fragment costs its own row and those that look at it. Kept rows are the same objects, so that the screen need
 * not draw them again.
 *
 * @param earlier what it returned before; null: nothing
 */
export function rebuildReport(
  earlier: BuiltReport | null,
  input: ReportInput,
  policy: Policy = DEFAULT_POLICY,
): BuiltReport {
  const base = earlier?.policy === policy ? earlier : null;
  const survey = surveyEstate(input, policy, [], base?.memory ?? null);
  const { matrix } = survey.estate;
  const kept = base !== null && base.memory.matrix.components === matrix.components ? base.rows : null;
  const rows = new Map<string, { row: ReportRow; grounds: readonly unknown[] }>();
  matrix.releases.forEach(({ tag }, row) => {
    const grounds = groundsOf(survey, row);
    const before = kept?.get(tag);
    rows.set(
      tag,
      before !== undefined && sameGrounds(before.grounds, grounds)
        ? before
        : { row: survey.judgeRow(row, undefined), grounds },
    );
  });
  const report = {
    readAt: input.readAt,
    components: matrix.components,
    rows: [...rows.values()].map(({ row }) => row),
    rejected: matrix.rejected,
    environments: environmentsOf(input.fragments, policy.environments),
    fragments: input.fragments.length,
  };
  return { report, policy, memory: survey.memory, rows };
}

/**
 * Everything that a row rests on besides its tag, the policy and the columns: what it holds, the stable releases below
 * it, its line, and the time. The three checks that look at the whole estate are asked for what they see, as what they
 * look at is wider than what they find. A check that looks further than this must be added here; the property test
 * that holds this against `buildReport` tells.
 */
function groundsOf(survey: Survey, row: number): readonly unknown[] {
  const { estate } = survey;
  const { matrix, policy, readAt } = estate;
  const release = matrix.releases[row];
  const line = estate.lines.get(release?.line ?? '') ?? [];
  const rc = line.find((at) => matrix.releases[at]?.stage === 'rc');
  const below = lowerStables(estate, row, policy.roster.length > 0 ? Number.POSITIVE_INFINITY : 3);
  const roster = survey.rosterOf(row);
  const view = viewRelease(estate, row, roster, survey.rejectedOf(row), survey.isArriving(row));
  const wide = view && [missingComponent(view), partialEnvironment(view), environmentInversion(view)];
  const limit = new Date(readAt + CLOCK_TOLERANCE_MINUTES * 60_000).toISOString();
  const dated = view?.fragments.some(({ fields }) => fields.date !== undefined && fields.date > limit);
  return [
    matrix.entries[row],
    survey.changesOf(row),
    survey.isArriving(row),
    JSON.stringify(wide),
    line.map((at) => matrix.releases[at]?.tag).join(' '),
    rc === undefined ? null : matrix.entries[rc],
    dated ? readAt : null,
    policy.waivers.map(({ endsAt }) => waiverState(endsAt - readAt)).join(''),
    ...survey.rejectedOf(row),
    null, // keeps the two lists apart
    ...below.map((at) => matrix.entries[at]),
  ];
}

/** Of a waiver that ends in so many milliseconds: whether it holds, and whether that is said to end soon. */
function waiverState(leftMs: number): string {
  return leftMs < 0 ? 'x' : leftMs <= SOON_MS ? 's' : 'h';
}

function sameGrounds(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((ground, at) => Object.is(ground, b[at]));
}
