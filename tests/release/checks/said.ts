import type { FindingCode, FindingDetails, Severity } from '../../../src/release/finding/finding.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item/item.ts';
import type { Stage } from '../../../src/release/item/release.ts';
import { buildReport, type Report, type ReportRow } from '../../../src/release/report/report.ts';
import { policyOf } from '../items.ts';

/** When the items are read, where a test does not say otherwise. */
export const NOW = '2026-11-20T12:00:00.000Z';

export interface Asked {
  /** The release that is looked at; v1.4.0 where absent. */
  readonly release?: string;
  /** A policy document. */
  readonly policy?: unknown;
  readonly now?: string;
  readonly as?: Stage;
  /** Types of which what is absent is not asked for. */
  readonly notYet?: readonly string[];
}

/** A finding in one line: what it weighs, where it is, and its evidence. */
export type Said<C extends FindingCode> = readonly [
  severity: Severity,
  component: string | null,
  environment: string | null,
  details: FindingDetails[C],
];

export function reportOf(items: readonly Item[], { policy: document, now = NOW, as }: Asked = {}): Report {
  const policy = policyOf(document);
  const read = readItems(items, DOCUMENTED_KEYS, policy.environments);
  return buildReport({ ...read, readAt: now }, policy, [], as);
}

/** The row of the release that is looked at. */
export function rowOf(items: readonly Item[], asked: Asked = {}): ReportRow {
  const { release: tag = 'v1.4.0', policy: document, now = NOW, as, notYet } = asked;
  const policy = policyOf(document);
  const read = readItems(items, DOCUMENTED_KEYS, policy.environments);
  if (![...read.fragments, ...read.rejected].some(({ release }) => release === tag)) {
    throw new Error('the release that is looked at has no item');
  }
  const { rows } = buildReport({ ...read, readAt: now }, policy, [tag], as, new Set(notYet));
  const row = rows.find(({ release }) => release.tag === tag);
  if (row === undefined) throw new Error('a release that is asked for has a row');
  return row;
}

/** All that is said of a release under one code, in order. Other codes are left out. */
export function said<C extends FindingCode>(code: C, items: readonly Item[], asked: Asked = {}): Said<C>[] {
  return rowOf(items, asked).findings.flatMap((finding): Said<C>[] =>
    finding.code === code
      ? [[finding.severity, finding.component, finding.environment, finding.details as FindingDetails[C]]]
      : [],
  );
}
