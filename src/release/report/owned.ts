import { componentsOf, findingName, type Severity } from '../finding/finding.ts';
import type { Fragment } from '../item/fragment.ts';
import { compareText } from '../item/release.ts';
import { nearestNames } from '../text/nearest.ts';
import type { GateFinding, GateReport } from './gate.ts';

// What is listed where only somebody's is asked for. It filters the list alone: the verdict is the release's.

/** Whose findings a report lists, and what it counts of the others. */
export interface ListedOwner {
  /** As they were asked for. */
  readonly names: readonly string[];
  /** What else is found, and so counts for the verdict: of other components, and of the release as a whole. */
  readonly others: readonly OthersFound[];
}

export interface OthersFound {
  readonly code: GateFinding['code'];
  readonly severity: Severity;
  readonly waived: boolean;
  readonly count: number;
}

/**
 * A report that lists what is found of somebody's components, and counts the rest by code. What became of the findings
 * is told of those alone.
 *
 * @param owners of each component that has one, by id
 */
export function listOwned(said: GateReport, owners: ReadonlyMap<string, string>, names: readonly string[]): GateReport {
  const asked = new Set(names);
  const isTheirs = (finding: GateFinding) => componentsOf(finding).some((id) => asked.has(owners.get(id) ?? ''));
  const findings = said.findings.filter(isTheirs);
  const listed = new Set(findings.map(findingName));
  const since = said.since && {
    ...said.since,
    new: said.since.new.filter((of) => listed.has(findingName(of))),
    still: said.since.still.filter((of) => listed.has(findingName(of))),
    fixed: said.since.fixed.filter(isTheirs),
    unknown: said.since.unknown.filter(isTheirs),
  };
  const others = countOthers(said.findings.filter((finding) => !isTheirs(finding)));
  return { ...said, owner: { names, others }, findings, ...(since === undefined ? {} : { since }) };
}

function countOthers(findings: readonly GateFinding[]): OthersFound[] {
  const counted = new Map<string, OthersFound>();
  for (const { code, severity, waived: by } of findings) {
    const waived = by !== null;
    const key = JSON.stringify([code, severity, waived]);
    counted.set(key, { code, severity, waived, count: (counted.get(key)?.count ?? 0) + 1 });
  }
  return [...counted.values()];
}

/** What is wrong with an owner that is asked for, in a sentence; null where some fragment names each of them. */
export function ownerFault(names: readonly string[], fragments: readonly Fragment[]): string | null {
  const known = new Set(fragments.map(({ fields }) => fields.owner?.trim() ?? ''));
  known.delete('');
  const unknown = names.find((name) => !known.has(name));
  if (unknown === undefined) return null;
  if (known.size === 0) return `no fragment names an owner, so nothing is known to be owned by ${unknown}.`;
  const [first, ...more] = nearestNames(unknown, [...known].sort(compareText));
  const hint = more.length === 0 ? `The only one is ${first}.` : `The nearest are ${[first, ...more].join(', ')}.`;
  return `no fragment names the owner ${unknown}. ${hint}`;
}
