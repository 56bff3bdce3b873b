import type { FindingCode, FindingDetails, Severity } from '../../../src/release/finding/finding.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item/item.ts';
import type { Stage } from '../../../src/release/item/release.ts';
import { type MadeReport, makeReport } from '../../../src/release/report/make-report.ts';
import type { Report, ReportRow } from '../../../src/release/report/report.ts';
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
  /** The environment that it is gated for, folded. */
  readonly environment?: string | null | undefined;
}

/** A finding in one line: what it weighs, where it is, and its evidence. */
export type Said<C extends FindingCode> = readonly [
  severity: Severity,
  component: string | null,
  environment: string | null,
  details: FindingDetails[C],
];

export function reportOf(items: readonly Item[], asked: Asked = {}): Report {
  return madeReportOf(items, asked).report;
}

/** The report with what it was made of. */
export function madeReportOf(items: readonly Item[], asked: Asked = {}): MadeReport {
  const { policy: document, now = NOW, as, environment = null } = asked;
  const policy = policyOf(document);
  const read = readItems(items, DOCUMENTED_KEYS, policy.environments);
  return makeReport(null, { ...read, readAt: now }, policy, { stage: as, environment });
}

/** The row of the release that is looked at. */
export function rowOf(items: readonly Item[], asked: Asked = {}): ReportRow {
  const { release: tag = 'v1.4.0', policy: document, now = NOW, as, notYet, environment = null } = asked;
  const policy = policyOf(document);
  const read = readItems(items, DOCUMENTED_KEYS, policy.environments);
  if (![...read.fragments, ...read.rejected].some(({ release }) => release === tag)) {
    throw new Error('the release that is looked at has no item');
  }
  const how = { releases: [tag], stage: as, notYet: new Set(notYet), environment };
  const { rows } = makeReport(null, { ...read, readAt: now }, policy, how).report;
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
