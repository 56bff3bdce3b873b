import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/release/policy/policy.ts';
import { type MadeReport, makeReport } from '../../src/release/report/make-report.ts';
import type { Report } from '../../src/release/report/report.ts';

/** When the tables of these tests were read. */
export const READ_AT = '2026-11-22T12:00:00.000Z';

/** An item with the documented keys: `item('v1.4.0', 'backend#api', { commit: 'abc' })`. */
export function item(release: string, component: string, attributes: Item = {}): Item {
  return { ...attributes, version: release, 'component#name': component };
}

/** The report on a table that holds these items, under a policy or the defaults. */
export function reportOf(items: readonly Item[], policy: Policy = DEFAULT_POLICY): Report {
  return madeReportOf(items, policy).report;
}

/** The report with what it was made of. */
export function madeReportOf(items: readonly Item[], policy: Policy = DEFAULT_POLICY): MadeReport {
  return makeReport(null, { ...readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS), readAt: READ_AT }, policy);
}
