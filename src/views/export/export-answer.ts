import type { FindingFilters } from '../../release/finding/finding-filters.ts';
import { exportActivity } from '../activity/activity-export.ts';
import { exportComparison } from '../compare/comparison-export.ts';
import { comparisonOf } from '../compare/comparison-of.ts';
import { shownComparison } from '../compare/shown-comparison.ts';
import { exportEnvironments } from '../environments/environments-export.ts';
import { applyFilters } from '../filters/apply-filters.ts';
import { exportFindings } from '../findings/findings-export.ts';
import { exportMatrix } from '../matrix/matrix-export.ts';
import type { Filters } from '../params.ts';
import type { Known } from '../questions.ts';
import { exportRelease } from '../release/release-export.ts';
import type { Exportable } from './exportable.ts';
import { type FileText, type Format, WRITERS } from './file-text.ts';

/** What of a view is to be saved: what it shows, as the view itself asks for it. */
export type Exported =
  | { readonly view: 'matrix' }
  | { readonly view: 'environments'; readonly off: string | null; readonly at: string | null }
  | { readonly view: 'compare'; readonly a: string; readonly b: string }
  | ({ readonly view: 'findings' } & FindingFilters)
  | { readonly view: 'activity' }
  | { readonly view: 'release'; readonly release: string };

export interface ExportAsks {
  readonly format: Format;
  readonly filters: Filters;
  readonly of: Exported;
}

/** Null: what was to be saved is not there any more. */
export type ExportAnswer = (FileText & { readonly name: string }) | null;

/** A view as a file. */
export function answerExport(known: Known, { format, filters, of }: ExportAsks): ExportAnswer {
  const exported = exportableOf(known, filters, of);
  if (exported === null) return null;
  const file = WRITERS[format](exported);
  return { ...file, name: `${exported.name}.${file.ending}` };
}

function exportableOf(known: Known, filters: Filters, of: Exported): Exportable | null {
  const { report, activity } = known;
  const visible = () => applyFilters(report, filters);
  switch (of.view) {
    case 'matrix':
      return exportMatrix(report, visible());
    case 'environments':
      return exportEnvironments(known, { ...filters, off: of.off, at: of.at });
    case 'findings':
      return exportFindings(known, visible(), { ...filters, ...of });
    case 'activity':
      return activity === null ? null : exportActivity(known, visible(), activity);
    case 'compare': {
      const reading = comparisonOf(known, of.a, of.b);
      if (!('comparison' in reading)) return null;
      return exportComparison(reading.comparison, shownComparison(report, reading.comparison, filters));
    }
    case 'release': {
      const row = report.rows.find(({ release }) => release.tag === of.release);
      return row === undefined ? null : exportRelease(report, row);
    }
  }
}
