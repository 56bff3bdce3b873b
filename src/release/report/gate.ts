import { componentsOf, type Finding, type FindingPlace, placeOf } from '../finding/finding.ts';
import { describeFinding } from '../finding/finding-words.ts';
import type { Evidence } from '../item/evidence.ts';
import type { Fragment, RejectedItem } from '../item/fragment.ts';
import type { Item } from '../item/item.ts';
import { compareText, type Stage } from '../item/release.ts';
import { placesOf } from '../matrix/matrix.ts';
import { ownersOf } from '../matrix/owners.ts';
import type { Policy } from '../policy/policy.ts';
import { finish } from '../text/steps.ts';
import { completenessOf, judgeRow } from './judge-row.ts';
import { type LineDue, linesDue } from './line-due.ts';
import { makeReport } from './make-report.ts';
import { type OnlyChanges, seemsToHoldOnlyChanges } from './only-changes.ts';
import type { ListedOwner } from './owned.ts';
import type { Completeness, Report, ReportRow } from './report.ts';
import { basisOf, rowNamed, type Since, sinceBasis } from './since.ts';
import { type Survey, surveySteps } from './survey.ts';
import { judgeFindings, type UnknownReason } from './verdict.ts';

/**
 * What the gate says of one release: the object that `check --format json` prints. Its form is a contract; a change of
 * meaning counts `schema` up.
 */
export interface GateReport {
  readonly schema: 1;
  readonly release: string;
  readonly stage: Stage;
  readonly evaluatedAs: Stage;
  readonly verdict: ReportRow['verdict']['result'];
  /** Why it cannot be told; empty for pass and fail. */
  readonly unknown: readonly UnknownReason[];
  readonly readAt: string;
  readonly completeness: Completeness;
  /** Types of which what is absent was not asked for, by name: a gate before the roll-out. */
  readonly notYet: readonly string[];
  /** The environment that it was gated for, folded; absent: for none. */
  readonly environment?: string;
  /** How its line stands to the day on which it is due; absent: the policy names none, or its stable release is there. */
  readonly due?: LineDue;
  /** The components of which alone it was asked, where it was: completeness, findings and verdict are of these. */
  readonly only?: readonly string[];
  /** Whose findings alone are listed, where that was asked; verdict and completeness are of the whole release. */
  readonly owner?: ListedOwner;
  readonly findings: readonly GateFinding[];
  /** What became of the findings since another release, where that was asked; null: the table holds none before it. */
  readonly since?: GateSince | null;
  /** How many fragments the release holds. */
  readonly fragments: number;
  /** `sha256:…` over the facts the verdict rests on: the items read, and the policy. */
  readonly digest: string;
}

export type GateFinding = Finding & { readonly message: string };

/** What became of the findings since a release. */
export interface GateSince {
  /** Tag of the release that it is held against. */
  readonly basis: string;
  /** Of `findings`, those that the basis does not have. */
  readonly new: readonly FindingPlace[];
  /** Of `findings`, those that it has, each with the first release that has it without a gap. */
  readonly still: readonly (FindingPlace & { readonly since: string })[];
  /** Findings of the basis that are gone. */
  readonly fixed: readonly GateFinding[];
  /** Findings of the basis of which the release holds nothing, so that it cannot be told. */
  readonly unknown: readonly GateFinding[];
}

/** What the gate rests on. */
export interface GateInput {
  readonly fragments: readonly Fragment[];
  readonly evidence?: readonly Evidence[];
  readonly rejected: readonly RejectedItem[];
  readonly readAt: string;
  readonly policy: Policy;
  /** Digest of the facts, `sha256:…`: made by the caller from `factsOf`, as hashing is the platform's. */
  readonly digest: string;
}

/** A release that was gated, and what its whole table seems to be. */
export interface Gated {
  readonly said: GateReport;
  /** Owner of each component that has one, by id. */
  readonly owners: ReadonlyMap<string, string>;
  readonly onlyChanges: OnlyChanges | null;
  /** The release that its findings should be held against, where there is no fragment of it; else null. */
  readonly unknownBasis: string | null;
}

/** All releases of a table, gated at once. */
export interface TableGated {
  /** Newest first. */
  readonly said: readonly GateReport[];
  readonly report: Report;
  /** Of each release, in the same order: the owner of each component that has one, by id. */
  readonly owners: (row: number) => ReadonlyMap<string, string>;
  readonly onlyChanges: OnlyChanges | null;
}

/**
 * Gates one release.
 *
 * @param evaluatedAs the stage whose severities count; null: its own
 * @param notYet types of which what is absent is not asked for: a gate before the roll-out
 * @param since the release that its findings are held against, `prev` for the one before it; null: none. Both are judged
 *   as the same stage where one is asked for, else each as its own
 * @param environment the one that it is to be rolled out to, folded: it may be frozen. Null: none
 * @param only components of which alone it is asked, whoever expects them: a gate of a part that is to be there first
 */
export function gateRelease(
  input: GateInput,
  tag: string,
  evaluatedAs: Stage | null,
  notYet: ReadonlySet<string> = new Set(),
  since: string | null = null,
  environment: string | null = null,
  only?: readonly string[],
): Gated {
  const survey = finish(surveySteps(input, input.policy, [tag]));
  const { estate } = survey;
  const { releases } = estate.matrix;
  const at = placesOf(releases).get(tag) ?? -1;
  const judged = new Map<number, ReportRow>();
  const rowAt = (row: number): ReportRow => {
    const known = judged.get(row);
    if (known !== undefined) return known;
    const as = { stage: evaluatedAs ?? undefined, environment, notYet: only === undefined ? notYet : typesOf(survey) };
    const { row: whole } = judgeRow(survey, row, as);
    const of = only === undefined ? whole : rowOfParts(whole, survey, only);
    judged.set(row, of);
    return of;
  };
  const of = { evaluatedAs, notYet, environment, only };
  const said = { ...gateRow(rowAt(at), input.readAt, linesDueOf(survey, at), of), digest: input.digest };
  const basis = since === null ? null : since === PREVIOUS ? basisOf(estate, at) : rowNamed(estate, since);
  const known = basis === null ? null : gateSince(sinceBasis(estate, rowAt, at, basis));
  return {
    said: since === null ? said : { ...said, since: known },
    owners: ownersOf(estate.matrix, at),
    unknownBasis: since !== null && since !== PREVIOUS && basis === null ? since : null,
    onlyChanges: seemsToHoldOnlyChanges({
      rows: releases.map((release, of) => ({ release, completeness: completenessOf(survey.rosters.of(of)) })),
    }),
  };
}

/**
 * Gates every release of the table. What all have in common is worked out once.
 *
 * @param evaluatedAs the stage whose severities count; null: of each its own
 * @param notYet as of `gateRelease`, and so is `environment`
 */
export function gateTable(
  input: GateInput,
  evaluatedAs: Stage | null,
  notYet: ReadonlySet<string>,
  environment: string | null = null,
): TableGated {
  const asked = { stage: evaluatedAs ?? undefined, notYet, environment };
  const { report, survey } = makeReport(null, input, input.policy, asked);
  return {
    said: report.rows.map((row) => ({
      ...gateRow(row, input.readAt, report.due, { evaluatedAs, notYet, environment }),
      digest: input.digest,
    })),
    report,
    owners: (row) => ownersOf(survey.estate.matrix, row),
    onlyChanges: seemsToHoldOnlyChanges(report),
  };
}

/** How the line of a release stands, by what all of it is as it is, whatever the gate is asked. */
function linesDueOf(survey: Survey, at: number): LineDue[] {
  const { matrix, policy, lines, readAt } = survey.estate;
  const line = matrix.releases[at]?.line ?? '';
  if (!policy.lines.some((planned) => planned.line === line)) return [];
  const rows = (lines.get(line) ?? []).map((row) => judgeRow(survey, row).row);
  return linesDue(policy, rows, readAt);
}

/** The word for the release before: no release of SemVer is called so. */
const PREVIOUS = 'prev';

function gateSince({ basis, new: added, still, fixed, unknown }: Since): GateSince {
  return {
    basis,
    new: added.map(placeOf),
    still: still.map(({ finding, since }) => ({ ...placeOf(finding), since })),
    fixed: fixed.map(withMessage),
    unknown: unknown.map(withMessage),
  };
}

/** A finding as it is written for programs. */
export function withMessage(finding: Finding): GateFinding {
  return { ...finding, message: describeFinding(finding).title };
}

/** What the gate was asked, as of `gateRelease`. */
interface Asked {
  readonly evaluatedAs?: Stage | null;
  readonly notYet?: ReadonlySet<string>;
  readonly environment?: string | null;
  readonly only?: readonly string[] | undefined;
}

/**
 * What the gate says of a row that was judged; the digest is for whoever has the facts.
 *
 * @param lines how those that the policy says are due stand
 */
export function gateRow(
  row: ReportRow,
  readAt: string,
  lines: readonly LineDue[] = [],
  { evaluatedAs = null, notYet = new Set(), environment = null, only }: Asked = {},
): Omit<GateReport, 'digest'> {
  const due = lines.find(({ line }) => line === row.release.line);
  return {
    schema: 1,
    release: row.release.tag,
    stage: row.release.stage,
    evaluatedAs: evaluatedAs ?? row.release.stage,
    verdict: row.verdict.result,
    unknown: row.verdict.unknown,
    readAt,
    completeness: row.completeness,
    notYet: [...notYet].sort(compareText),
    ...(environment === null ? {} : { environment }),
    ...(due && { due }),
    ...(only === undefined ? {} : { only }),
    findings: row.findings.map(withMessage),
    fragments: row.fragments,
  };
}

/** Of a part the rest is still to come: nothing of it is missing, and nothing older stands in for it. */
function typesOf({ estate: { matrix } }: Survey): ReadonlySet<string> {
  return new Set(matrix.components.map(({ type }) => type));
}

/** A row as far as it is about some components. One that is not there keeps it from passing, at any stage. */
function rowOfParts(row: ReportRow, { estate: { matrix, policy } }: Survey, only: readonly string[]): ReportRow {
  const columnOf = placesOf(matrix.components);
  const parts = [...new Set(only)];
  const missing = parts.filter((id) => (row.cells[columnOf.get(id) ?? -1]?.entries.length ?? 0) === 0);
  const asked = new Set(parts);
  const findings = row.findings.filter(
    (finding) => OF_ANY_PART.has(finding.code) || componentsOf(finding).some((component) => asked.has(component)),
  );
  return {
    ...row,
    completeness: { roster: 'policy', expected: parts.length, present: parts.length - missing.length, missing },
    findings,
    verdict: judgeFindings(findings, {
      known: missing.length === 0,
      roster: 'policy',
      arriving: false,
      evidenceArriving: findings.some(
        (finding) => finding.code === 'evidence-missing' && finding.details.arriving && finding.waived === null,
      ),
      policyHolds: policy.faults.length === 0,
    }),
  };
}

/** What is said of a release, and so of each part of it. */
const OF_ANY_PART: ReadonlySet<Finding['code']> = new Set(['frozen', 'withdrawn-release']);

/** The facts a verdict rests on, for a canonical digest: the items in the order of their keys, and the policy. */
export function factsOf(items: readonly { readonly id: string; readonly item: Item }[], policy: Policy): unknown {
  // Items without keys share an id; their text keeps their order fixed.
  const sorted = [...items].sort(
    (a, b) => compareText(a.id, b.id) || compareText(JSON.stringify(a.item), JSON.stringify(b.item)),
  );
  return { items: sorted.map(({ item }) => item), policy: policy.document };
}
