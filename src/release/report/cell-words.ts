import type { Finding } from '../finding/finding.ts';
import type { Component } from '../item/component.ts';
import type { Fragment } from '../item/fragment.ts';
import type { Release } from '../item/release.ts';
import { countWords } from '../text/count-words.ts';
import type { ReportCell } from './report.ts';

/**
 * What a cell says, as a sentence: "auth-service in v1.4.0: 1.4.0", "payment-service in v1.4.0: missing", "orders in
 * v1.4.0: 1.4.0-rc.2, 2 findings: image-mismatch, not-ready". Screen readers and tests rely on it.
 */
export function describeCell(component: Component, release: Release, cell: ReportCell | null): string {
  return `${component.name} in ${release.tag}: ${cellWords(cell)}`;
}

/** The same without the component and the release. */
export function cellWords(cell: ReportCell | null): string {
  if (cell === null) return 'not part of this release';
  const carried = cell.carriedFrom === null ? [] : [`carried over from ${cell.carriedFrom}`];
  return [cell.text, ...carried, ...countFindings(said(cell))].join(', ');
}

/** The findings that the cell's own word does not say already: "missing" is the finding. */
function said(cell: ReportCell): readonly Finding[] {
  if (cell.state !== 'missing' && cell.state !== 'arriving') return cell.findings;
  return cell.findings.filter(({ code }) => code !== 'missing-component');
}

/** "2 findings: image-mismatch, not-ready", with what is waived said. Nothing where there is none. */
function countFindings(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const codes = [...new Set(findings.map(({ code, waived }) => (waived === null ? code : `${code} (waived)`)))];
  return [`${countWords(findings.length, 'finding')}: ${codes.join(', ')}`];
}

/** What runs of an entry, ready of desired: "3/3"; null where the desired count is unknown. Absent counters are 0. */
export function readinessText({ fields }: Fragment): string | null {
  return fields.replicas === undefined ? null : `${fields.readyReplicas ?? 0}/${fields.replicas}`;
}
