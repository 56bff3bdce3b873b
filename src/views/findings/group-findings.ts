import type { FindingCode } from '../../release/finding/finding.ts';
import type { FindingFilters } from '../../release/finding/finding-filters.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import { WEIGHTS, type Weight, weightOf } from '../../release/finding/weights.ts';
import { compareText } from '../../release/item/release.ts';
import type { PlacedFinding } from '../../release/report/placed-findings.ts';
import type { Grouping } from '../params.ts';

/**
 * Whether a finding is only counted until somebody wants to see it: a note, or what is waived. What one has asked for by
 * its severity, its code or as waived alone is not.
 */
function isNote({ finding }: PlacedFinding, { severity, code, waived }: FindingFilters): boolean {
  if (severity.length > 0 || code.length > 0 || waived === 'only') return false;
  return finding.severity === 'info' || finding.waived !== null;
}

/** Findings that belong together: the weightiest first, those that weigh the same in reading order. Never empty. */
export interface FindingGroup {
  /** Unique among the groups; what the URL names a group by that is shut. */
  readonly id: string;
  readonly of: GroupSubject;
  /** The notes last. */
  readonly findings: readonly PlacedFinding[];
  /** How many of them are notes. */
  readonly notes: number;
  readonly counts: Readonly<Record<Weight, number>>;
}

export type GroupSubject =
  | { readonly kind: 'release'; readonly release: string }
  /** Null: what nobody says whose it is. */
  | { readonly kind: 'owner'; readonly owner: string | null }
  | { readonly kind: 'code'; readonly code: FindingCode }
  /** Id; null: what is about releases as a whole. */
  | { readonly kind: 'component'; readonly component: string | null };

/** Whose a finding is; null: nobody says. */
export type OwnerOf = (placed: PlacedFinding) => string | null;

/**
 * Groups findings. Those with the weightiest come first; of the same weight releases and components in the report's order,
 * codes as documented, owners by name and what is nobody's last.
 */
export function groupFindings(
  placed: readonly PlacedFinding[],
  grouping: Grouping,
  own: FindingFilters,
  ownerOf: OwnerOf,
): readonly FindingGroup[] {
  const members = new Map<string, { of: GroupSubject; byWeight: Record<Weight, PlacedFinding[]> }>();
  for (const each of placed) {
    const of = subjectOf(each, grouping, ownerOf);
    const id = idOf(of);
    let group = members.get(id);
    if (group === undefined) {
      group = { of, byWeight: { error: [], warning: [], info: [], waived: [] } };
      members.set(id, group);
    }
    group.byWeight[weightOf(each.finding)].push(each);
  }
  const groups = [...members].map(([id, { of, byWeight }]): FindingGroup => {
    const { error, warning, info, waived } = byWeight;
    const findings = error.concat(warning, info, waived);
    return {
      id,
      of,
      findings,
      notes: findings.filter((each) => isNote(each, own)).length,
      counts: { error: error.length, warning: warning.length, info: info.length, waived: waived.length },
    };
  });
  return groups.sort(compareGroups);
}

function subjectOf(placed: PlacedFinding, grouping: Grouping, ownerOf: OwnerOf): GroupSubject {
  switch (grouping) {
    case 'release':
      return { kind: 'release', release: placed.finding.release };
    case 'owner':
      return { kind: 'owner', owner: ownerOf(placed) };
    case 'code':
      return { kind: 'code', code: placed.finding.code };
    case 'component':
      return { kind: 'component', component: componentOf(placed) };
  }
}

function idOf(of: GroupSubject): string {
  switch (of.kind) {
    case 'release':
      return of.release;
    // No owner's name is empty, nor a component's id, which holds a #.
    case 'owner':
      return of.owner ?? '';
    case 'code':
      return of.code;
    case 'component':
      return of.component ?? '';
  }
}

function componentOf({ finding, column }: PlacedFinding): string | null {
  return column === null ? null : finding.component;
}

function compareGroups(a: FindingGroup, b: FindingGroup): number {
  return worst(a) - worst(b) || rankOf(a) - rankOf(b) || compareOwners(a.of, b.of);
}

function worst({ counts }: FindingGroup): number {
  return WEIGHTS.findIndex((weight) => counts[weight] > 0);
}

function rankOf({ of, findings: [first] }: FindingGroup): number {
  switch (of.kind) {
    case 'release':
      return first?.row ?? -1;
    case 'owner':
      return of.owner === null ? 1 : 0;
    case 'code':
      return FINDING_CODES.indexOf(of.code);
    case 'component':
      return first?.column ?? -1;
  }
}

function compareOwners(a: GroupSubject, b: GroupSubject): number {
  return a.kind === 'owner' && b.kind === 'owner' ? compareText(a.owner ?? '', b.owner ?? '') : 0;
}
