import { DEFAULT_ENVIRONMENTS } from '../../../src/release/item/environment.ts';
import { readItems } from '../../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS, type Item } from '../../../src/release/item/item.ts';
import { makeReport } from '../../../src/release/report/make-report.ts';
import type { Report } from '../../../src/release/report/report.ts';
import { applyFilters } from '../../../src/views/filters/apply-filters.ts';
import type { Visible } from '../../../src/views/filters/visible.ts';
import { type ShownMatrix, shownMatrix } from '../../../src/views/matrix/matrix-update.ts';
import type { Filters } from '../../../src/views/params.ts';

const NO_FILTERS: Filters = { stage: [], type: [], owner: [], env: [], q: '', problems: false };

/** A report of fragments written as "v1.0.0 backend#api", with further attributes where a test needs them. */
export function reportOf(...fragments: readonly (string | readonly [string, Item])[]): Report {
  const items = fragments.map((fragment): Item => {
    const [keys, attributes] = typeof fragment === 'string' ? [fragment, {}] : fragment;
    const space = keys.indexOf(' ');
    return { version: keys.slice(0, space), 'component#name': keys.slice(space + 1), ...attributes };
  });
  const { fragments: read, rejected } = readItems(items, DOCUMENTED_KEYS, DEFAULT_ENVIRONMENTS);
  return makeReport(null, { fragments: read, rejected, readAt: '2026-11-22T12:00:00.000Z' }).report;
}

/** What some filters leave of it; all of it where none is named. */
export function visibleOf(report: Report, filters: Partial<Filters> = {}): Visible {
  return applyFilters(report, { ...NO_FILTERS, ...filters });
}

/** What the page has of it. */
export function shownOf(report: Report, filters: Partial<Filters> = {}): ShownMatrix {
  return shownMatrix(report, visibleOf(report, filters));
}
