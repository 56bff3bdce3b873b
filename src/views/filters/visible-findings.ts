import { type PlacedFinding, placedFindings } from '../../release/report/placed-findings.ts';
import type { Report } from '../../release/report/report.ts';
import type { Filters } from '../params.ts';

import { isProblem } from './problem.ts';
import { readSearchText } from './search-text.ts';
import type { Visible } from './visible.ts';

/**
 * The findings that the filter bar leaves, in reading order.
 *
 * - Text and stage leave the findings of the releases that they leave.
 * - Type, owner, and text that is about components leave those of the components that they leave. A finding about a
 *   release as a whole is about none of them.
 * - Environment leaves those that name one of the environments chosen. Of those that name none it leaves what is about
 *   a component that has an entry there, and what is about a release as a whole: the same as the matrix shows.
 * - Only problems leaves unwaived errors and warnings.
 */
export function visibleFindings(report: Report, visible: Visible, filters: Filters): PlacedFinding[] {
  const columns = new Set(visible.columns);
  const environments = visible.environments === null ? null : new Set(visible.environments);
  const ofComponentsOnly =
    filters.type.length + filters.owner.length > 0 || readSearchText(report, filters.q).ofComponents;
  return placedFindings(report, visible.rows).filter(({ finding, row, column }) => {
    if (filters.problems && !isProblem(finding)) return false;
    if (column === null ? ofComponentsOnly : !columns.has(column)) return false;
    if (environments === null) return true;
    if (finding.environment !== null) return environments.has(finding.environment);
    if (column === null) return true;
    const entries = report.rows[row]?.cells[column]?.entries ?? [];
    return entries.some((entry) => entry.environments.some((name) => environments.has(name)));
  });
}
