import type { FindingCode } from '../../release/finding/finding.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
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
  | { readonly kind: 'release'; readonly release: string }
  /** Id; null: what is about releases as a whole. */
  | { readonly kind: 'component'; readonly component: string | null };

/**
 * Groups findings. Codes come with the weightiest first, then as documented; severities from error to what is waived;
 * releases and components in the report's order.
 */
export function groupFindings(placed: readonly PlacedFinding[], grouping: Grouping): readonly FindingGroup[] {
  const members = new Map<string, { of: GroupSubject; byWeight: Record<Weight, PlacedFinding[]> }>();
  for (const each of placed) {
    const id = ID[grouping](each);
    let group = members.get(id);
    if (group === undefined) {
      group = { of: SUBJECT[grouping](each), byWeight: { error: [], warning: [], info: [], waived: [] } };
      members.set(id, group);
    }
    group.byWeight[weightOf(each.finding)].push(each);
  }
  const groups = [...members].map(([id, { of, byWeight }]): FindingGroup => {
    const { error, warning, info, waived } = byWeight;
    return {
      id,
      of,
      findings: error.concat(warning, info, waived),
      counts: { error: error.length, warning: warning.length, info: info.length, waived: waived.length },
    };
  });
  return groups.sort((a, b) => compareRanks(rankOf(a), rankOf(b)));
}

const ID = {
  code: ({ finding }) => finding.code,
  severity: ({ finding }) => weightOf(finding),
  release: ({ finding }) => finding.release,
  // No component's id is empty: each holds a #.
  component: (placed) => componentOf(placed) ?? '',
} satisfies Record<Grouping, (placed: PlacedFinding) => string>;

const SUBJECT = {
  code: ({ finding }) => ({ kind: 'code', code: finding.code }),
  severity: ({ finding }) => ({ kind: 'severity', weight: weightOf(finding) }),
  release: ({ finding }) => ({ kind: 'release', release: finding.release }),
  component: (placed) => ({ kind: 'component', component: componentOf(placed) }),
} satisfies Record<Grouping, (placed: PlacedFinding) => GroupSubject>;

function componentOf({ finding, column }: PlacedFinding): string | null {
  return column === null ? null : finding.component;
}

function rankOf({ of, findings: [first], counts }: FindingGroup): readonly number[] {
  switch (of.kind) {
    case 'code':
      return [WEIGHTS.findIndex((weight) => counts[weight] > 0), FINDING_CODES.indexOf(of.code)];
    case 'severity':
      return [WEIGHTS.indexOf(of.weight)];
    case 'release':
      return [first?.row ?? -1];
    case 'component':
      return [first?.column ?? -1];
  }
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [place, rank] of a.entries()) {
    const other = b[place] ?? 0;
    if (rank !== other) return rank - other;
  }
  return 0;
}
