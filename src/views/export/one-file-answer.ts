import type { Report } from '../../release/report/report.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import type { Filters } from '../params.ts';
import type { Exported } from './export-answer.ts';
import type { FileText } from './file-text.ts';

/** What is shown as a page in one file, with the releases that it shows. */
export interface OneFileAsks {
  readonly filters: Filters;
  readonly of: Exported;
  /** The address of the view, from its `?` on. */
  readonly address: string;
}

export type OneFileAnswer = FileText & { readonly name: string };

/**
 * The releases that a view shows; null: all of them. What the filters hide of a release is in the file all the same, as
 * its verdict rests on it.
 */
export function releasesOf(report: Report, { filters, of }: OneFileAsks): readonly string[] | null {
  if (of.view === 'release') return [of.release];
  if (of.view === 'compare') return null;
  const { rows } = applyFilters(report, filters);
  return rows.length === report.rows.length ? null : rows.flatMap((row) => report.rows[row]?.release.tag ?? []);
}
