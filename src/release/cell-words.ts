import type { Component } from './component.ts';
import type { Finding } from './finding.ts';
import type { Fragment } from './fragment.ts';
import type { Release } from './release.ts';
import type { ReportCell } from './report.ts';

/**
 * What a cell says, as a sentence: "auth-service in v1.4.0: 1.4.0", "payment-service in v1.4.0: missing", "orders in
 * v1.4.0: 1.4.0-rc.2, 2 findings: image-mismatch, not-ready". Screen readers and tests rely on it.
 */
export function describeCell(component: Component, release: Release, cell: ReportCell | null): string {
  const subject = `${component.name} in ${release.tag}`;
  if (cell === null) return `${subject}: not part of this release`;
  const said = cell.entries.length === 0 ? [] : countFindings(cell.findings);
  return `${subject}: ${[cell.text, ...said].join(', ')}`;
}

/** "2 findings: image-mismatch, not-ready". Nothing where there is none. */
function countFindings(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const codes = [...new Set(findings.map(({ code }) => code))].join(', ');
  return [`${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}: ${codes}`];
}

/** What runs of an entry, ready of desired: "3/3"; null where the desired count is unknown. Absent counters are 0. */
export function readinessText({ fields }: Fragment): string | null {
  return fields.replicas === undefined ? null : `${fields.readyReplicas ?? 0}/${fields.replicas}`;
}
