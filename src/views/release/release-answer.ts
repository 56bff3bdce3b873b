import type { EvidenceLine } from '../../release/evidence/judge-evidence.ts';
import { type Finding, findingName } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { WEIGHTS, type Weight, weightOf } from '../../release/finding/weights.ts';
import { type LineStory, lineStory } from '../../release/history/line-story.ts';
import { manifestOf } from '../../release/history/manifest.ts';
import {
  type Absence,
  absenceOf,
  completenessByType,
  rehearse,
  type TypeCompleteness,
} from '../../release/history/release-story.ts';
import type { Component } from '../../release/item/component.ts';
import { compareText, type Stage } from '../../release/item/release.ts';
import { candidatesOf } from '../../release/matrix/estate.ts';
import { placesOf } from '../../release/matrix/matrix.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { sinceInReport } from '../../release/report/since.ts';
import { holdsFindings, sinceWords } from '../../release/report/since-words.ts';
import { unknownSentence } from '../../release/report/unknown-words.ts';
import type { Verdict } from '../../release/report/verdict.ts';
import { isLeftUnjudged, NOT_JUDGED } from '../../release/report/verdict-words.ts';
import { groupBy } from '../../release/text/group-by.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { markdownCode } from '../../release/text/markdown-text.ts';
import { proseWithCode } from '../../release/text/prose.ts';
import { sinceWhen, tagWithin } from '../findings/finding-facts.ts';
import { lineOf, type ReleaseLine } from '../matrix/outline.ts';
import type { ManifestFormat } from '../params.ts';
import type { Known } from '../questions.ts';
import { type LineWords, lineWords } from './line-words.ts';
import { type RunsIn, runsIn } from './runs-in.ts';

interface OfRelease {
  /** Tag. */
  readonly release: string;
}

/** A finding of a release in one line. */
export interface FindingLine extends LineWords {
  /** Null: it is about the release as a whole. */
  readonly component: Component | null;
  /** Of the component; null: nobody says. */
  readonly owner: string | null;
  /** Since when it is so, ISO 8601; null: nothing is dated. */
  readonly since: string | null;
  /** The first of the releases before that had it already, one after the other, "rc.1" of the same line; null: none had. */
  readonly sinceRelease: string | null;
  readonly weight: Weight;
  /** It blocks as the stage it is judged as, and not as the one it has. */
  readonly onlyThen: boolean;
  /** The release before, which it is held against, does not have it. */
  readonly isNew: boolean;
  /** Whole, for its card. */
  readonly finding: Finding;
}

/** What of a release somebody owns that blocks it, as a message to them. */
export interface OwnerMessage {
  /** Null: nobody says whose it is. */
  readonly owner: string | null;
  readonly count: number;
  /** Markdown. */
  readonly text: string;
}

interface JudgedAsks extends OfRelease {
  /** The stage whose severities count; null: the one that comes next. */
  readonly as: Stage | null;
}

export interface ReleaseAsks extends JudgedAsks {
  /** How many findings are told at most: a release can have thousands. */
  readonly findings: number;
}

/** A release as it is judged. */
export interface Judged {
  readonly as: Stage;
  readonly result: Verdict['result'];
  /** "Blocked by 6, in 5 components". */
  readonly sentence: string;
  /** Those with the most first. */
  readonly owners: readonly OwnerMessage[];
  /** All that was checked, and what is asked for besides. */
  readonly evidence: readonly EvidenceLine[];
  /** How many findings there are of each weight, and the first of them, the weightiest first. */
  readonly counts: Readonly<Record<Weight, number>>;
  readonly findings: readonly FindingLine[];
}

/** What is said of a release at once. The rest of its findings, its changes and its manifest are asked apart. */
export interface ReleaseDetails {
  readonly row: ReleaseLine;
  readonly judged: Judged;
  /** What became of its findings; null: there are none and were none, or the table holds no release before it. */
  readonly since: SinceBefore | null;
  /** Where it is the release that mostly runs, in the environments' order. */
  readonly runsIn: readonly RunsIn[];
  readonly types: readonly TypeCompleteness[];
  /** What it is called that something of it is not there. */
  readonly absence: Absence | 'not-yet';
  /** Of a line that has a stable release without its components. Null: it belongs to no line. */
  readonly line: LineStory | null;
}

/** What became of the findings of a release since the one before it. */
export interface SinceBefore {
  /** Its tag. */
  readonly basis: string;
  /** "fixed 2, still 1 (since v1.3.0), new 1". */
  readonly words: string;
}

/** Null: there is no such release. */
export type ReleaseAnswer = ReleaseDetails | null;

/** One release: no filter leaves out anything of it. */
export function answerRelease(known: Known, { release: tag, as, findings: most }: ReleaseAsks): ReleaseAnswer {
  const { report } = known;
  const at = placeOf(report, tag);
  const row = report.rows[at];
  if (row === undefined) return null;
  const since = sinceInReport(report, known.survey.estate, tag);
  const line = lineStory(report, tag);
  return {
    row: lineOf(row),
    since: since !== null && holdsFindings(since) ? { basis: since.basis, words: sinceWords(since) } : null,
    judged: judgedAs(known, at, as ?? nextStage(row.release.stage), most),
    runsIn: runsIn(report, tag),
    types: completenessByType(report, row),
    absence: needNotHave(row) ? 'not-yet' : absenceOf(row),
    line: line === null || line.inProgress ? line : { ...line, components: [] },
  };
}

/** Whether it is of an early stage, so that no more than notes are said of what is missing. */
function needNotHave({ findings }: ReportRow): boolean {
  const missing = findings.filter(({ code }) => code === 'missing-component');
  return missing.length > 0 && missing.every(({ severity }) => severity === 'info');
}

export type ReleaseFindingsAsks = JudgedAsks;

/** All findings of a release; null: there is no such release. */
export type ReleaseFindingsAnswer = readonly FindingLine[] | null;

export function answerReleaseFindings(known: Known, { release: tag, as }: ReleaseFindingsAsks): ReleaseFindingsAnswer {
  const { report } = known;
  const at = placeOf(report, tag);
  const row = report.rows[at];
  if (row === undefined) return null;
  return judgedAs(known, at, as ?? nextStage(row.release.stage), Number.POSITIVE_INFINITY).findings;
}

const NEXT_STAGE = { alpha: 'beta', beta: 'rc', rc: 'stable', stable: 'stable', other: 'stable' } satisfies Record<
  Stage,
  Stage
>;

/** What a release is promoted to. */
export function nextStage(stage: Stage): Stage {
  return NEXT_STAGE[stage];
}

function judgedAs(known: Known, at: number, as: Stage, most: number): Judged {
  const { report, survey } = known;
  const { matrix } = survey.estate;
  const tag = matrix.releases[at]?.tag ?? '';
  const { row, blocking, newlyBlocking } = rehearse(survey, tag, as);
  const added = new Set(sinceInReport(report, survey.estate, tag)?.new.map(findingName));
  const newly = new Set(newlyBlocking);
  const firsts = firstReleases(known, at);
  const rowOfTag = placesOf(matrix.releases);
  const columnOf = placesOf(matrix.components);
  const lineOf = (finding: Finding): FindingLine => {
    const column = columnOf.get(finding.component ?? '') ?? -1;
    const component = matrix.components[column] ?? null;
    const first = report.rows[rowOfTag.get(firsts.get(findingName(finding)) ?? '') ?? -1];
    return {
      ...lineWords(finding),
      component,
      owner: component === null ? null : ownerOf(matrix, at, column),
      since: first?.startedAt ?? sinceWhen(report, { finding, row: at, column: component === null ? null : column }),
      sinceRelease: first === undefined ? null : tagWithin(row.release.line, first.release),
      weight: weightOf(finding),
      onlyThen: newly.has(finding),
      isNew: added.has(findingName(finding)),
      finding,
    };
  };
  const sorted = row.findings
    .map((finding) => ({ finding, rank: WEIGHTS.indexOf(weightOf(finding)) }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ finding }) => finding);
  const counts = { error: 0, warning: 0, info: 0, waived: 0 };
  for (const finding of row.findings) counts[weightOf(finding)]++;
  return {
    as,
    result: row.verdict.result,
    sentence: judgedWords(row, as, blocking),
    owners: messages(row.release.tag, as, blocking.map(lineOf)),
    evidence: row.evidence,
    counts,
    findings: sorted.slice(0, most).map(lineOf),
  };
}

/**
 * By its name the first release that each finding has been in, one after the other up to this one: of a stable release
 * those of its line too, as what it was made of.
 */
function firstReleases({ report, survey: { estate } }: Known, at: number): ReadonlyMap<string, string> {
  const { releases } = estate.matrix;
  const tag = releases[at]?.tag ?? '';
  const candidate = releases[candidatesOf(estate, at)[0] ?? -1]?.tag;
  const still = [null, ...(candidate === undefined ? [] : [candidate])].flatMap(
    (basis) => sinceInReport(report, estate, tag, basis)?.still ?? [],
  );
  return new Map(still.map(({ finding, since }) => [findingName(finding), since]));
}

/** "Blocked by 6, in 5 components"; of few that can be named: "Not stable until qa signs and orders is published". */
function judgedWords(row: ReportRow, as: Stage, blocking: readonly Finding[]): string {
  const { release, verdict, completeness, withdrawn } = row;
  const isOwn = release.stage === as;
  // Whatever else is wrong with it, there is nothing left to wait for.
  if (withdrawn !== undefined) return 'Withdrawn';
  switch (verdict.result) {
    case 'pass':
      return isOwn ? 'Nothing blocks it' : `May become ${as}`;
    case 'unknown':
      return isLeftUnjudged(row)
        ? `It is ${NOT_JUDGED}: only what other releases are held against is here`
        : unknownSentence({ unknown: verdict.unknown, completeness });
    case 'fail': {
      const when = untilWords(blocking);
      if (when !== null) return isOwn ? `Blocked until ${when}` : `Not ${as} until ${when}`;
      const components = new Set(blocking.flatMap(({ component }) => component ?? [])).size;
      const where = components === 0 ? '' : `, in ${components} ${components === 1 ? 'component' : 'components'}`;
      return isOwn ? `Blocked by ${blocking.length}${where}` : `Not yet ${as}: blocked by ${blocking.length}${where}`;
    }
  }
}

/** So few are named. */
const NAMED = 3;

/** "qa signs and orders is published"; null where there are more, or where what is to be done does not fit into words so few. */
function untilWords(blocking: readonly Finding[]): string | null {
  if (blocking.length > NAMED) return null;
  const words = blocking.map(untilOf);
  if (words.includes(null)) return null;
  return words.length === 1 ? (words[0] ?? null) : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function untilOf(finding: Finding): string | null {
  const nameOf = (id: string | null) => (id === null ? '' : id.slice(id.indexOf('#') + 1));
  switch (finding.code) {
    case 'missing-component':
      return `${nameOf(finding.component)} is published`;
    case 'evidence-missing':
    case 'evidence-stale': {
      const { name, of, byPerson } = finding.details;
      const subject = of === null ? name : `${name} of ${nameOf(of)}`;
      const again = finding.code === 'evidence-stale' ? ' again' : '';
      return byPerson ? `${subject} signs${again}` : `${subject} has passed${again}`;
    }
    default:
      return null;
  }
}

const prose = (text: string) => proseWithCode(text, markdownCode);

/** What blocks it by whose it is: to be copied, and sent to them. */
function messages(tag: string, as: Stage, lines: readonly FindingLine[]): OwnerMessage[] {
  return [...groupBy(lines, ({ owner }) => owner ?? '')]
    .sort(([a, ofA], [b, ofB]) => Number(a === '') - Number(b === '') || ofB.length - ofA.length || compareText(a, b))
    .map(([owner, of]) => ({
      owner: owner === '' ? null : owner,
      count: of.length,
      text: [
        `${of.length === 1 ? 'One finding blocks' : `${of.length} findings block`} ${markdownCode(tag)} as ${as}:`,
        '',
        ...of.map(({ finding }) => {
          const { title, whatToDo } = describeFinding(finding);
          return `- ${prose(`${title}. ${whatToDo}`)}`;
        }),
      ].join('\n'),
    }));
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

function placeOf({ rows }: Report, tag: string): number {
  return rows.findIndex(({ release }) => release.tag === tag);
}
