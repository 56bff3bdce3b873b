import type { ChangelogPart } from '../release/compare/compare-document.ts';
import type { Evidence } from '../release/item/evidence.ts';
import type { Fragment, RejectedItem } from '../release/item/fragment.ts';
import type { KeyNames } from '../release/item/item.ts';
import type { Policy } from '../release/policy/policy.ts';
import type { WrittenPolicy } from '../release/policy/policy-item.ts';
import type { Report } from '../release/report/report.ts';
import type { Survey } from '../release/report/survey.ts';
import type { Activity } from './activity/activity.ts';
import type { ActivityAnswer, ActivityAsks } from './activity/activity-answer.ts';
import type { CompareAnswer, CompareAsks, ComparedChangelogsAsks } from './compare/compare-answer.ts';
import type { ComponentAnswer, ComponentAsks } from './details/component-answer.ts';
import type { DetailsAnswer, DetailsAsks } from './details/details-answer.ts';
import type { EnvironmentsAnswer, EnvironmentsAsks } from './environments/environments-answer.ts';
import type { ExportAnswer, ExportAsks } from './export/export-answer.ts';
import type { OneFileAnswer, OneFileAsks } from './export/one-file-answer.ts';
import type { ProblemAnswer, ProblemAsks } from './filters/problem-answer.ts';
import type { FindingsAnswer, FindingsAsks } from './findings/findings-answer.ts';
import type { CardAnswer, CardAsks } from './matrix/card-answer.ts';
import type { RejectedAnswer, RejectedAsks } from './rejected/rejected-answer.ts';
import type { ReleaseChangelogsAsks, ReleaseChangesAnswer, ReleaseChangesAsks } from './release/changes-answer.ts';
import type { ReleasePlanAnswer, ReleasePlanAsks } from './release/plan-answer.ts';
import type {
  ManifestAnswer,
  ManifestAsks,
  ReleaseAnswer,
  ReleaseAsks,
  ReleaseFindingsAnswer,
  ReleaseFindingsAsks,
} from './release/release-answer.ts';
import type { SearchAnswer, SearchAsks, WhereAnswer, WhereAsks } from './search/search-answer.ts';

/** What the views are answered from: a report, and what it was made of. */
export interface Known {
  readonly report: Report;
  /** What the report was made by. */
  readonly survey: Survey;
  readonly fragments: readonly Fragment[];
  readonly evidence: readonly Evidence[];
  readonly rejected: readonly RejectedItem[];
  readonly policy: Policy;
  /** When the documents of the policy were written, as far as the table says. */
  readonly policies: readonly WrittenPolicy[];
  readonly keyNames: KeyNames;
  /** Null until the first reading is in it. */
  readonly activity: Activity | null;
}

/**
 * What a view is drawn from, as a question and its answer. Both are plain data: they are sent from the page to whoever
 * holds the table, and back. An answer holds what is drawn and no more.
 */
export interface Questions {
  readonly compare: { readonly asks: CompareAsks; readonly answer: CompareAnswer };
  readonly comparedChangelogs: { readonly asks: ComparedChangelogsAsks; readonly answer: readonly ChangelogPart[] };
  readonly environments: { readonly asks: EnvironmentsAsks; readonly answer: EnvironmentsAnswer };
  readonly export: { readonly asks: ExportAsks; readonly answer: ExportAnswer };
  readonly oneFile: { readonly asks: OneFileAsks; readonly answer: OneFileAnswer };
  readonly findings: { readonly asks: FindingsAsks; readonly answer: FindingsAnswer };
  readonly card: { readonly asks: CardAsks; readonly answer: CardAnswer };
  readonly problem: { readonly asks: ProblemAsks; readonly answer: ProblemAnswer };
  readonly rejected: { readonly asks: RejectedAsks; readonly answer: RejectedAnswer };
  readonly search: { readonly asks: SearchAsks; readonly answer: SearchAnswer };
  readonly where: { readonly asks: WhereAsks; readonly answer: WhereAnswer };
  readonly details: { readonly asks: DetailsAsks; readonly answer: DetailsAnswer };
  readonly component: { readonly asks: ComponentAsks; readonly answer: ComponentAnswer };
  readonly activity: { readonly asks: ActivityAsks; readonly answer: ActivityAnswer };
  readonly manifest: { readonly asks: ManifestAsks; readonly answer: ManifestAnswer };
  readonly release: { readonly asks: ReleaseAsks; readonly answer: ReleaseAnswer };
  readonly releaseChangelogs: { readonly asks: ReleaseChangelogsAsks; readonly answer: readonly ChangelogPart[] };
  readonly releaseChanges: { readonly asks: ReleaseChangesAsks; readonly answer: ReleaseChangesAnswer };
  readonly releasePlan: { readonly asks: ReleasePlanAsks; readonly answer: ReleasePlanAnswer };
  readonly releaseFindings: { readonly asks: ReleaseFindingsAsks; readonly answer: ReleaseFindingsAnswer };
}

export type QuestionName = keyof Questions;
export type Asks<Name extends QuestionName> = Questions[Name]['asks'];
export type Answer<Name extends QuestionName> = Questions[Name]['answer'];
