import type { Release } from '../item/release.ts';
import { WEIGHED_STAGES } from '../item/release.ts';
import { LOOK_BACK, predecessors } from '../matrix/estate.ts';
import { placesOf } from '../matrix/matrix.ts';
import { missingOf } from '../matrix/roster.ts';
import type { Policy } from '../policy/policy.ts';
import type { Steps } from '../text/steps.ts';
import { judgeRow } from './judge-row.ts';
import { reportSteps } from './make-report.ts';
import type { Report, ReportInput, ReportRow } from './report.ts';
import { sinceInReport } from './since.ts';
import type { Survey } from './survey.ts';

/** A part of a table that is enough to say of some releases what all of it says. */
export interface Enough extends Required<Pick<ReportInput, 'fragments' | 'evidence' | 'rejected'>> {
  /** Tags of all releases in it of which it says the same as the whole; null: it is the whole. */
  readonly judged: readonly string[] | null;
}

/** What was read, and what is said of it. */
export interface Whole extends Pick<Enough, 'fragments' | 'evidence' | 'rejected'> {
  readonly policy: Policy;
  readonly report: Report;
  readonly survey: Survey;
}

/**
 * Finds what releases are judged by: their lines, the releases before them, what runs, and what those rest on. Whether
 * that is enough is not guessed: the part is judged, and where anything of what was asked for comes out otherwise than in
 * the whole, more of the releases before are taken in, in the end all.
 *
 * @param tags of the releases that are asked for; one that is not there counts for nothing
 */
export function* enoughSteps(whole: Whole, tags: readonly string[]): Steps<Enough> {
  const { fragments, evidence, rejected, policy, report, survey } = whole;
  const { matrix } = survey.estate;
  const places = placesOf(matrix.releases);
  const asked = tags.flatMap((tag) => places.get(tag) ?? []);
  const said = asked.map((row) => whatIsSaid(report, survey, row));
  yield;
  for (let most = LOOK_BACK; ; most *= 2) {
    const rows = lookedAt(survey, asked, most);
    if (rows.size === matrix.releases.length || most > matrix.releases.length) break;
    const part = partOf(whole, new Set([...rows].map((row) => matrix.releases[row]?.tag ?? '')));
    const input = { ...part, readAt: report.readAt };
    const guess = yield* reportSteps(null, input, policy);
    const judged = sameRows(report, guess.report);
    if (!tags.every((tag) => !places.has(tag) || judged.has(tag))) continue;
    // Once more with the others left unjudged: what is said since the release before rests on what is said of that one.
    const made = yield* reportSteps(null, { ...input, judged }, policy);
    const rowOf = placesOf(made.survey.estate.matrix.releases);
    const isSame = asked.every((row, at) => {
      const there = rowOf.get(matrix.releases[row]?.tag ?? '') ?? -1;
      return whatIsSaid(made.report, made.survey, there) === said[at];
    });
    yield;
    if (isSame) return { ...part, judged: [...judged] };
  }
  return { fragments, evidence, rejected, judged: null };
}

/** The rows that some rows look at, as far as they look back. */
function lookedAt({ estate, rosters }: Survey, asked: readonly number[], most: number): ReadonlySet<number> {
  const { matrix, lines, twins, running } = estate;
  const rows = new Set<number>(asked);
  const withLine = (row: number) => {
    const { line, version } = matrix.releases[row] ?? NO_RELEASE;
    for (const other of lines.get(line ?? '') ?? []) rows.add(other);
    for (const other of twins.get(version ?? '') ?? []) rows.add(other);
  };
  for (const row of asked) {
    withLine(row);
    const roster = rosters.of(row);
    for (const other of [...predecessors(estate, row, most, () => true), ...rosters.basis(row)]) {
      rows.add(other);
      // Candidates say what belongs to a stable release, and that, what belongs to those after it.
      if (most > LOOK_BACK) withLine(other);
    }
    for (const { inheritedFrom } of roster.absent) if (inheritedFrom !== null) rows.add(inheritedFrom);
    for (const { column } of missingOf(roster)) {
      const last = matrix.entries.findIndex((cells, other) => other > row && cells[column] != null);
      if (last !== -1) rows.add(last);
    }
  }
  for (const places of running.values()) for (const { row } of places.values()) rows.add(row);
  return rows;
}

const NO_RELEASE: Pick<Release, 'line' | 'version'> = { line: null, version: null };

function partOf({ fragments, evidence, rejected }: Whole, tags: ReadonlySet<string>) {
  return {
    fragments: fragments.filter(({ release }) => tags.has(release)),
    evidence: evidence.filter(({ release }) => tags.has(release)),
    rejected: rejected.filter(({ release }) => release !== null && tags.has(release)),
  };
}

/** Tags of the releases of which two reports say the same. */
function sameRows(whole: Report, part: Report): ReadonlySet<string> {
  const rows = new Map(whole.rows.map((row) => [row.release.tag, row]));
  const same = part.rows.filter((row) => {
    const other = rows.get(row.release.tag);
    return other !== undefined && wordsOf(row, part) === wordsOf(other, whole);
  });
  return new Set(same.map(({ release }) => release.tag));
}

/** All that is said of a release: as each stage, since the release before it, and of its line. */
function whatIsSaid(report: Report, survey: Survey, at: number): string {
  const row = report.rows[at];
  if (row === undefined) return '';
  const { tag, line } = row.release;
  const asStages = WEIGHED_STAGES.map((stage) => wordsOf(judgeRow(survey, at, { stage }).row, report));
  const since = sinceInReport(report, survey.estate, tag);
  const due = report.due?.find((one) => one.line === line);
  return JSON.stringify([wordsOf(row, report), asStages, since, due]);
}

/** A row as a text; what it has of a component stands under its name, as columns are others in a part. */
function wordsOf({ cells, release: _, ...said }: ReportRow, { components }: Pick<Report, 'components'>): string {
  const held = cells.flatMap((cell, column) => {
    if (cell === null) return [];
    const { entries, ...rest } = cell;
    return [[components[column]?.id, entries.length, rest]];
  });
  return JSON.stringify([said, held]);
}
