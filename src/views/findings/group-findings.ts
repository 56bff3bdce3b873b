import type { FindingCode } from '../../release/finding/finding.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import type { Report } from '../../release/report/report.ts';
import type { PlacedFinding } from '../filters/visible-findings.ts';
import type { FindingFilters, Grouping } from '../params.ts';
import { WEIGHTS, type Weight, weightOf } from '../words/weights.ts';

/** What the view's own filters leave. None chosen means all. */
export function filterFindings(
  placed: readonly PlacedFinding[],
  { severity, code, waived }: FindingFilters,
): readonly PlacedFinding[] {
  if (severity.length === 0 && code.length === 0 && waived === 'show') return placed;
  const severities = new Set(severity);
  const codes = new Set(code);
  return placed.filter(({ finding }) => {
    if (severities.size > 0 && !severities.has(finding.severity)) return false;
    if (codes.size > 0 && !codes.has(finding.code)) return false;
    return waived === 'show' || (finding.waived !== null) === (waived === 'only');
  });
}

/** Findings that belong together: the weightiest first, those that weigh the same in reading order. Never empty. */
export interface FindingGroup {
  /** Unique among the groups; what the URL names a group by that is shut. */
  readonly id: string;
  readonly of: GroupSubject;
  readonly findings: readonly PlacedFinding[];
  readonly counts: Readonly<Record<Weight, number>>;
}

export type GroupSubject =
  | { readonly kind: 'code'; readonly code: FindingCode }
  | { readonly kind: 'severity'; readonly weight: Weight }
  | { readonly kind: 'release'; readonly row: number }
  /** Column null: what is about releases as a whole. */
  | { readonly kind: 'component'; readonly column: number | null };

/**
 * Groups findings. Codes come with the weightiest first, then as documented; severities from error to what is waived;
 * releases and components in the report's order.
 */
export function groupFindings(
  report: Report,
  placed: readonly PlacedFinding[],
  grouping: Grouping,
): readonly FindingGroup[] {
  const members = new Map<string, { of: GroupSubject; findings: PlacedFinding[]; counts: Record<Weight, number> }>();
  for (const each of placed) {
    const id = ID[grouping](report, each);
    let group = members.get(id);
    if (group === undefined) {
      group = { of: SUBJECT[grouping](each), findings: [], counts: { error: 0, warning: 0, info: 0, waived: 0 } };
      members.set(id, group);
    }
    group.findings.push(each);
    group.counts[weightOf(each.finding)]++;
  }
  const groups = [...members].map(
    ([id, { of, findings, counts }]): FindingGroup => ({
      id,
      of,
      findings: findings.sort((a, b) => WEIGHTS.indexOf(weightOf(a.finding)) - WEIGHTS.indexOf(weightOf(b.finding))),
      counts,
    }),
  );
  return groups.sort((a, b) => compareRanks(rankOf(a), rankOf(b)));
}

const ID = {
  code: (_, { finding }) => finding.code,
  severity: (_, { finding }) => weightOf(finding),
  release: (_, { finding }) => finding.release,
  // No component's id is empty: each holds a #.
  component: (report, { column }) => (column === null ? '' : (report.components[column]?.id ?? '')),
} satisfies Record<Grouping, (report: Report, placed: PlacedFinding) => string>;

const SUBJECT = {
  code: ({ finding }) => ({ kind: 'code', code: finding.code }),
  severity: ({ finding }) => ({ kind: 'severity', weight: weightOf(finding) }),
  release: ({ row }) => ({ kind: 'release', row }),
  component: ({ column }) => ({ kind: 'component', column }),
} satisfies Record<Grouping, (placed: PlacedFinding) => GroupSubject>;

function rankOf({ of, counts }: FindingGroup): readonly number[] {
  switch (of.kind) {
    case 'code':
      return [WEIGHTS.findIndex((weight) => counts[weight] > 0), FINDING_CODES.indexOf(of.code)];
    case 'severity':
      return [WEIGHTS.indexOf(of.weight)];
    case 'release':
      return [of.row];
    case 'component':
      return [of.column ?? -1];
  }
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [place, rank] of a.entries()) {
    const other = b[place] ?? 0;
    if (rank !== other) return rank - other;
  }
  return 0;
}

/** A line of the list. */
export type ListLine =
  | { readonly kind: 'group'; readonly group: FindingGroup; readonly shut: boolean }
  | {
      readonly kind: 'finding';
      readonly group: FindingGroup;
      readonly placed: PlacedFinding;
      /** Its place in the group, from 0. */
      readonly place: number;
    };

/** @param shut ids of the groups whose findings are folded away */
export function linesOf(groups: readonly FindingGroup[], shut: readonly string[]): readonly ListLine[] {
  const folded = new Set(shut);
  const lines: ListLine[] = [];
  for (const group of groups) {
    const isShut = folded.has(group.id);
    lines.push({ kind: 'group', group, shut: isShut });
    if (isShut) continue;
    group.findings.forEach((placed, place) => {
      lines.push({ kind: 'finding', group, placed, place });
    });
  }
  return lines;
}
