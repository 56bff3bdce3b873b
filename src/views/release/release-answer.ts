import { type Finding, type FindingCode, findingName, isBlocking } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { type LineStory, lineStory } from '../../release/history/line-story.ts';
import { manifestOf } from '../../release/history/manifest.ts';
import {
  type Absence,
  absenceOf,
  type ComponentChangelog,
  changelogOf,
  completenessByType,
  rehearse,
  type TypeCompleteness,
} from '../../release/history/release-story.ts';
import type { Component } from '../../release/item/component.ts';
import type { Stage } from '../../release/item/release.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { sinceInReport } from '../../release/report/since.ts';
import { holdsFindings, sinceWords } from '../../release/report/since-words.ts';
import type { Verdict } from '../../release/report/verdict.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { lineOf, type ReleaseLine } from '../matrix/outline.ts';
import type { ManifestFormat } from '../params.ts';
import type { Known } from '../questions.ts';
import { whyUnknown } from '../words/release-words.ts';
import { type Weight, weightOf } from '../words/weights.ts';

interface OfRelease {
  /** Tag. */
  readonly release: string;
}

/** A finding of a release in one line, which leads to its cell. */
export interface FindingLink {
  /** Id; null: it is about the release as a whole. */
  readonly component: string | null;
  readonly title: string;
  readonly weight: Weight;
  readonly code: FindingCode;
  /** The release before, which it is held against, does not have it. */
  readonly isNew: boolean;
}

/** The findings of one component of a release. */
export interface FindingGroup {
  /** Null: they are about the release as a whole. */
  readonly component: Component | null;
  readonly findings: readonly Finding[];
}

export interface ReleaseAsks extends OfRelease {
  /** How many findings are told whole at most: a release can have thousands. */
  readonly findings: number;
}

/** What is said of a release at once. All its findings, its rehearsal, manifest and changelogs are asked apart. */
export interface ReleaseDetails {
  readonly row: ReleaseLine;
  /** What blocks it, in the order of the checks. */
  readonly blocking: readonly FindingLink[];
  readonly types: readonly TypeCompleteness[];
  /** What it is called that something of it is not there. */
  readonly absence: Absence;
  /** How many there are, and the first of them. */
  readonly findings: { readonly all: number; readonly first: readonly FindingGroup[] };
  /** What became of them; null: there are none and were none, or the table holds no release before it. */
  readonly since: SinceBefore | null;
  /** Of a line that has a stable release without its components. Null: it belongs to no line. */
  readonly line: LineStory | null;
}

/** What became of the findings of a release since the one before it. */
export interface SinceBefore {
  /** Its tag. */
  readonly basis: string;
  /** "fixed 2, still 1 (since v1.3.0), new 1". */
  readonly words: string;
  /** Names of those that are new, as of `findingName`. */
  readonly added: readonly string[];
}

/** Null: there is no such release. */
export type ReleaseAnswer = ReleaseDetails | null;

/** One release: no filter leaves out anything of it. */
export function answerRelease({ report, survey }: Known, { release: tag, findings: most }: ReleaseAsks): ReleaseAnswer {
  const row = rowOf(report, tag);
  if (row === undefined) return null;
  const line = lineStory(report, tag);
  const since = sinceInReport(report, survey.estate, tag);
  const added = since?.new.map(findingName) ?? [];
  return {
    row: lineOf(row),
    blocking: linksOf(row.findings.filter(isBlocking), new Set(added)),
    types: completenessByType(report, row),
    absence: absenceOf(row),
    findings: { all: row.findings.length, first: findingGroups(report, row, most) },
    since: since !== null && holdsFindings(since) ? { basis: since.basis, words: sinceWords(since), added } : null,
    line: line === null || line.inProgress ? line : { ...line, components: [] },
  };
}

export type ReleaseFindingsAsks = OfRelease;

/** All findings of a release; null: there is no such release. */
export type ReleaseFindingsAnswer = readonly FindingGroup[] | null;

export function answerReleaseFindings({ report }: Known, { release: tag }: ReleaseFindingsAsks): ReleaseFindingsAnswer {
  const row = rowOf(report, tag);
  return row === undefined ? null : findingGroups(report, row, row.findings.length);
}

export interface RehearsalAsks extends OfRelease {
  readonly as: Stage;
}

/** What a release would meet as another stage; null: there is no such release. */
export type RehearsalAnswer = {
  readonly stage: Stage;
  readonly as: Stage;
  /** As the stage asked for. */
  readonly result: Verdict['result'];
  /** Why that is unknown, in words; empty where it is not. */
  readonly why: string;
  /** What would block it and does not now; what does both; what does now and would no longer. */
  readonly newBlockers: readonly FindingLink[];
  readonly remaining: readonly FindingLink[];
  readonly relieved: readonly FindingLink[];
} | null;

export function answerRehearsal({ report, survey }: Known, { release: tag, as }: RehearsalAsks): RehearsalAnswer {
  if (rowOf(report, tag) === undefined) return null;
  const rehearsal = rehearse(survey, tag, as);
  const newOnes = new Set(rehearsal.newlyBlocking);
  return {
    stage: rehearsal.stage,
    as,
    result: rehearsal.verdict.result,
    why: whyUnknown(rehearsal),
    newBlockers: linksOf(rehearsal.newlyBlocking),
    remaining: linksOf(rehearsal.blocking.filter((finding) => !newOnes.has(finding))),
    relieved: linksOf(rehearsal.relieved),
  };
}

export interface ManifestAsks extends OfRelease {
  readonly format: ManifestFormat;
}

/** A release's composite manifest as text; null where there is no fragment of it. */
export type ManifestAnswer = { readonly format: ManifestFormat; readonly text: string } | null;

/** @param yamlWriter gets YAML's writer, which most visits never need; where it cannot, the text says so */
export async function answerManifest(
  { report }: Known,
  { release, format }: ManifestAsks,
  yamlWriter: () => Promise<(document: unknown) => string>,
): Promise<ManifestAnswer> {
  const manifest = manifestOf(report, release);
  if (manifest === null) return null;
  if (format === 'json') return { format, text: jsonText(manifest) };
  try {
    const write = await yamlWriter();
    return { format, text: write(manifest) };
  } catch (reason) {
    return { format, text: `# Could not be written: ${String(reason)}` };
  }
}

export interface ChangelogsAsks extends OfRelease {
  /** Of how many components at most; null: of all. */
  readonly first: number | null;
}

/** What the components say of a release; of one that is not there, none does. */
export interface ChangelogsAnswer {
  readonly told: readonly ComponentChangelog[];
  readonly all: number;
}

export function answerChangelogs({ report }: Known, { release: tag, first }: ChangelogsAsks): ChangelogsAnswer {
  const row = rowOf(report, tag);
  const all = row === undefined ? [] : changelogOf(report, row);
  return { told: all.slice(0, first ?? all.length), all: all.length };
}

function rowOf({ rows }: Report, tag: string): ReportRow | undefined {
  return rows.find(({ release }) => release.tag === tag);
}

function linksOf(findings: readonly Finding[], added?: ReadonlySet<string>): FindingLink[] {
  return findings.map((finding) => ({
    component: finding.component,
    title: describeFinding(finding).title,
    weight: weightOf(finding),
    code: finding.code,
    isNew: added?.has(findingName(finding)) === true,
  }));
}

/** First what is about all of the release, then by component in column order; so many at most. */
function findingGroups({ components }: Report, { findings }: ReportRow, most: number): FindingGroup[] {
  const columnOf = new Map(components.map(({ id }, column) => [id, column]));
  const place = ({ component }: Finding) => (component === null ? -1 : (columnOf.get(component) ?? -1));
  const sorted = [...findings].sort((a, b) => place(a) - place(b)).slice(0, most);
  const groups: { component: Component | null; findings: [Finding, ...Finding[]] }[] = [];
  for (const finding of sorted) {
    const last = groups.at(-1);
    if (last?.findings[0].component === finding.component) last.findings.push(finding);
    else groups.push({ component: components[place(finding)] ?? null, findings: [finding] });
  }
  return groups;
}
