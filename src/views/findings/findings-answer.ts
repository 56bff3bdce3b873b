import type { FindingCode, Severity } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import type { Report } from '../../release/report/report.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import { type PlacedFinding, visibleFindings } from '../filters/visible-findings.ts';
import { describeVisible } from '../filters/visible-words.ts';
import type { Filters, FindingFilters, Grouping } from '../params.ts';
import type { Known } from '../questions.ts';
import { type Weight, weightOf } from '../words/weights.ts';
import { type FindingGroup, filterFindings, groupFindings } from './group-findings.ts';
import { BLOCK } from './list-lines.ts';
import { type UnknownRelease, unknownReleases } from './unknown-releases.ts';

export interface FindingsAsks extends FindingFilters {
  readonly filters: Filters;
  readonly group: Grouping;
  /** Which blocks of findings are to be drawn, counted from 0 over all groups, one after the other. */
  readonly blocks: readonly number[];
}

export interface FindingsAnswer {
  /** How much of the table it is about, in words. */
  readonly within: string;
  readonly shown: number;
  /** In the whole table. */
  readonly all: number;
  /** How many of each kind the filter bar leaves, whatever the view's own filters leave of them. */
  readonly severities: Readonly<Record<Severity, number>>;
  readonly codes: Readonly<Partial<Record<FindingCode, number>>>;
  readonly unknown: readonly UnknownRelease[];
  readonly groups: readonly GroupSummary[];
  /** Of the blocks that were asked for those that there are. */
  readonly blocks: readonly FindingBlock[];
}

/** A group without its findings. */
export interface GroupSummary extends Omit<FindingGroup, 'findings'> {
  readonly size: number;
}

export interface FindingBlock {
  readonly block: number;
  readonly findings: readonly ListedFinding[];
}

/** A finding as its line says it. */
export interface ListedFinding {
  readonly code: FindingCode;
  readonly weight: Weight;
  readonly title: string;
  /** Why it is one, or by whom it is waived and why. */
  readonly why: string;
  readonly release: string;
  /** Id; null: it is about the release as a whole. */
  readonly component: string | null;
  readonly environment: string | null;
}

/** All findings that the filters leave, in groups: how many there are, and the words of those that are to be drawn. */
export function answerFindings({ report }: Known, { blocks, ...asks }: FindingsAsks): FindingsAnswer {
  const { grouped, ...found } = findingsOf(report, asks);
  return {
    ...found,
    blocks: blocks.flatMap((block): FindingBlock[] => {
      const findings = blockOf(grouped, block).map(listed);
      return findings.length === 0 ? [] : [{ block, findings }];
    }),
  };
}

interface Found extends Omit<FindingsAnswer, 'blocks'> {
  readonly grouped: readonly FindingGroup[];
}

/** Of each report what was found last: whoever scrolls asks for block after block of the same. */
const LAST = new WeakMap<Report, { readonly asked: string; readonly found: Found }>();

function findingsOf(report: Report, asks: Omit<FindingsAsks, 'blocks'>): Found {
  const asked = JSON.stringify(asks);
  const last = LAST.get(report);
  if (last?.asked === asked) return last.found;
  const found = findFindings(report, asks);
  LAST.set(report, { asked, found });
  return found;
}

function findFindings(report: Report, { filters, group, ...own }: Omit<FindingsAsks, 'blocks'>): Found {
  const visible = applyFilters(report, filters);
  const left = visibleFindings(report, visible, filters);
  const severities: Record<Severity, number> = { error: 0, warning: 0, info: 0 };
  const codes: Partial<Record<FindingCode, number>> = {};
  for (const { finding } of left) {
    severities[finding.severity]++;
    codes[finding.code] = (codes[finding.code] ?? 0) + 1;
  }
  const shown = filterFindings(left, own);
  const grouped = groupFindings(shown, group);
  return {
    within: describeVisible(report, visible),
    shown: shown.length,
    all: report.rows.reduce((sum, { findings }) => sum + findings.length, 0),
    severities,
    codes,
    unknown: unknownReleases(report, visible),
    groups: grouped.map(({ findings, ...summary }) => ({ ...summary, size: findings.length })),
    grouped,
  };
}

/** The findings of a block, of however many groups they are. */
function blockOf(groups: readonly FindingGroup[], block: number): PlacedFinding[] {
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

function listed({ finding, column }: PlacedFinding): ListedFinding {
  const { code, release, component, environment, waived } = finding;
  const { title, why } = describeFinding(finding);
  return {
    code,
    weight: weightOf(finding),
    title,
    why: waived === null ? why : `Waived until ${waived.expires} by ${waived.by}: ${waived.reason}`,
    release,
    component: column === null ? null : component,
    environment,
  };
}
