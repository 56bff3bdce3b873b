import { DEFAULT_ENVIRONMENTS } from '../../src/release/item/environment.ts';
import { readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../src/release/item/item.ts';
import { policyOfTable } from '../../src/release/policy/read-policy.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import type { Report } from '../../src/release/report/report.ts';

/** The report on a table of items, by the policy it holds. */
export function reportOn(items: readonly Item[], readAt: string): Report {
  const read = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  return makeReport(null, { ...read, readAt }, policyOfTable(items, DOCUMENTED_KEYS).policy).report;
}

/** One line per error or warning, `code release component environment`, sorted; informative ones left out. */
export function problemsOf(items: readonly Item[], readAt: string): string[] {
  return reportOn(items, readAt)
    .rows.flatMap(({ findings }) => findings)
    .filter(({ severity }) => severity !== 'info')
    .map(({ code, release, component, environment }) => [code, release, component ?? '-', environment ?? '-'].join(' '))
    .sort();
}
