import { currentReleases } from '../../release/deployed/current-releases.ts';
import type { FindingCode, Severity } from '../../release/finding/finding.ts';
import { type FindingFilters, filterFindings } from '../../release/finding/finding-filters.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { type Weight, weightOf } from '../../release/finding/weights.ts';
import type { Matrix } from '../../release/matrix/matrix.ts';
import { ownerOf } from '../../release/matrix/owners.ts';
import type { PlacedFinding } from '../../release/report/placed-findings.ts';
import type { Report } from '../../release/report/report.ts';
import { type UnknownRelease, unknownReleases } from '../../release/report/unknown-releases.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import type { Visible } from '../filters/visible.ts';
import { visibleFindings } from '../filters/visible-findings.ts';
import { describeVisible } from '../filters/visible-words.ts';
import type { Filters, Grouping } from '../params.ts';
import type { Known } from '../questions.ts';
import { type AlsoIn, alsoIn, sinceWhen, whatIsWrong } from './finding-facts.ts';
import { type FindingGroup, groupFindings, type OwnerOf } from './group-findings.ts';
import { BLOCK } from './list-lines.ts';

export interface FindingsAsks extends FindingFilters {
  readonly filters: Filters;
  readonly group: Grouping;
  /** Whether those of past releases are listed as well. Where the filters leave no current release, they are. */
  readonly past: boolean;
  /** Which blocks of findings are to be drawn, counted from 0 over all groups, one after the other. */
  readonly blocks: readonly number[];
}

export interface FindingsAnswer {
  /** How much of the table it is about, in words. */
  readonly within: string;
  /** How many the filters leave, of current releases and of past ones, and how many there are in the whole table. */
  readonly shown: number;
  readonly all: number;
  /** Of the current releases that the filters leave; where no past ones are told apart, of all. */
  readonly current: Extent;
  /** Of the past releases with findings; null: none are told apart. */
  readonly past: Extent | null;
  /** How many of each kind the filter bar leaves, whatever the view's own filters leave of them. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly codes: Readonly<Partial<Record<FindingCode, number>>>;
  /** How many of them are waived. */
  readonly waived: number;
  /** Of the releases whose findings are listed. */
  readonly unknown: readonly UnknownRelease[];
  /** Those of current releases first. */
  readonly groups: readonly GroupSummary[];
  /** Of the blocks that were asked for those that there are. */
  readonly blocks: readonly FindingBlock[];
}

/** How many findings of how many releases. */
export interface Extent {
  readonly releases: number;
  readonly counts: Readonly<Record<Weight, number>>;
}

/** A group without its findings. */
export interface GroupSummary extends Omit<FindingGroup, 'findings'> {
  readonly size: number;
  /** It is of past releases. */
  readonly past: boolean;
  /** What most of its notes are, the most frequent first. */
  readonly noteCodes: readonly { readonly code: FindingCode; readonly count: number }[];
}

export interface FindingBlock {
  readonly block: number;
  readonly findings: readonly ListedFinding[];
}

/** A finding as its line says it. */
export interface ListedFinding {
  readonly code: FindingCode;
  readonly weight: Weight;
  /** What is wrong, without what stands beside it. */
  readonly what: string;
  /** Why it is one, or by whom it is waived and why. */
  readonly why: string;
  readonly release: string;
  /** Id; null: it is about the release as a whole. */
  readonly component: string | null;
  readonly environment: string | null;
  /** Null: nobody says. */
  readonly owner: string | null;
  /** ISO 8601; null: nobody knows. */
  readonly since: string | null;
  readonly also: AlsoIn;
}

/** All findings that the filters leave, in groups: how many there are, and the words of those that are to be drawn. */
export function answerFindings({ report, survey }: Known, { blocks, ...asks }: FindingsAsks): FindingsAnswer {
  const { matrix } = survey.estate;
  const { grouped, ...found } = findingsOf(report, matrix, asks);
  const owner = ownerIn(matrix);
  return {
    ...found,
    blocks: blocks.flatMap((block): FindingBlock[] => {
      const findings = blockOf(grouped, block).map((placed) => listed(report, placed, asks.group, owner));
      return findings.length === 0 ? [] : [{ block, findings }];
    }),
  };
}

interface Found extends Omit<FindingsAnswer, 'blocks'> {
  readonly grouped: readonly FindingGroup[];
}

/** Of each report what was found last: whoever scrolls asks for block after block of the same. */
const LAST = new WeakMap<Report, { readonly asked: string; readonly found: Found }>();

type Asked = Omit<FindingsAsks, 'blocks'>;

function findingsOf(report: Report, matrix: Matrix, asks: Asked): Found {
  const asked = JSON.stringify(asks);
  const last = LAST.get(report);
  if (last?.asked === asked) return last.found;
  const found = findFindings(report, matrix, asks);
  LAST.set(report, { asked, found });
  return found;
}

function findFindings(report: Report, matrix: Matrix, { filters, group, past, ...own }: Asked): Found {
  const visible = applyFilters(report, filters);
  const left = visibleFindings(report, visible, filters);
  const severities: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const codes: Partial<Record<FindingCode, number>> = {};
  for (const { finding } of left) {
    severities[finding.severity]++;
    codes[finding.code] = (codes[finding.code] ?? 0) + 1;
  }
  const shown = filterFindings(left, own);
  const isPast = pastOf(report, visible, shown, own);
  const [ofCurrent, ofPast] = [shown.filter(({ row }) => !isPast(row)), shown.filter(({ row }) => isPast(row))];
  const listedRows = past ? visible.rows : visible.rows.filter((row) => !isPast(row));
  const groups = [ofCurrent, past ? ofPast : []].map((of) => groupFindings(of, group, own, ownerIn(matrix)));
  return {
    within: describeVisible(report, visible),
    shown: shown.length,
    all: report.rows.reduce((sum, { findings }) => sum + findings.length, 0),
    current: { releases: visible.rows.filter((row) => !isPast(row)).length, counts: countsOf(ofCurrent) },
    past:
      ofPast.length === 0 ? null : { releases: new Set(ofPast.map(({ row }) => row)).size, counts: countsOf(ofPast) },
    severities,
    codes,
    waived: left.filter(({ finding }) => finding.waived !== null).length,
    unknown: unknownReleases(listedRows.flatMap((row) => report.rows[row] ?? [])),
    groups: groups.flatMap((of, place) => of.map((each) => summaryOf(each, place === 1))),
    grouped: groups.flat(),
  };
}

/**
 * Which rows are of the past. None where the filters leave no current release, or of the current ones nothing: whoever
 * looks for what is past wants to see it. None either where nothing of the past is found: nothing is then to be told apart.
 */
function pastOf(
  report: Report,
  visible: Visible,
  shown: readonly PlacedFinding[],
  { severity, code, waived }: FindingFilters,
): (row: number) => boolean {
  const current = currentReleases(report);
  const isCurrent = (row: number) => current.has(report.rows[row]?.release.tag ?? '');
  const all = report.rows.reduce((sum, { findings }) => sum + findings.length, 0);
  const isFiltered = shown.length < all || severity.length + code.length > 0 || waived !== 'show';
  const leavesCurrent = isFiltered ? shown.some(({ row }) => isCurrent(row)) : visible.rows.some(isCurrent);
  const leavesPast = shown.some(({ row }) => !isCurrent(row));
  return leavesCurrent && leavesPast ? (row) => !isCurrent(row) : () => false;
}

function countsOf(findings: readonly PlacedFinding[]): Record<Weight, number> {
  const counts = { error: 0, warning: 0, info: 0, waived: 0 };
  for (const { finding } of findings) counts[weightOf(finding)]++;
  return counts;
}

function summaryOf({ findings, ...group }: FindingGroup, past: boolean): GroupSummary {
  const codes = new Map<FindingCode, number>();
  for (const { finding } of findings.slice(findings.length - group.notes)) {
    codes.set(finding.code, (codes.get(finding.code) ?? 0) + 1);
  }
  const noteCodes = [...codes].map(([code, count]) => ({ code, count })).sort((a, b) => b.count - a.count);
  return { ...group, size: findings.length, past, noteCodes: noteCodes.slice(0, MOST_CODES) };
}

/** So many kinds of notes are named. */
const MOST_CODES = 3;

/** The findings of a block, of however many groups they are. */
function blockOf(groups: readonly FindingGroup[], block: number): readonly PlacedFinding[] {
  const [from, to] = [block * BLOCK, (block + 1) * BLOCK];
  const found: PlacedFinding[] = [];
  let before = 0;
  for (const { findings } of groups) {
    if (before >= to) break;
    found.push(...findings.slice(Math.max(from - before, 0), Math.max(to - before, 0)));
    before += findings.length;
  }
  return found;
}

/** Whose a finding is: its component's owner. */
function ownerIn(matrix: Matrix): OwnerOf {
  return ({ row, column }) => (column === null ? null : ownerOf(matrix, row, column));
}

function listed(report: Report, placed: PlacedFinding, group: Grouping, owner: OwnerOf): ListedFinding {
  const { finding, column } = placed;
  const { code, release, component, environment, waived } = finding;
  return {
    code,
    weight: weightOf(finding),
    what: whatIsWrong(finding, group === 'release'),
    why:
      waived === null
        ? describeFinding(finding).why
        : `Waived until ${waived.expires} by ${waived.by}: ${waived.reason}`,
    release,
    component: column === null ? null : component,
    environment,
    owner: owner(placed),
    since: sinceWhen(report, placed),
    also: alsoIn(report, placed),
  };
}
