import { compareTexts } from '../../src/release/compare/compare.ts';
import { deploymentsOf } from '../../src/release/deployed/deployments.ts';
import { describeFinding } from '../../src/release/finding/finding-words.ts';
import { type Fragment, type RejectedItem, readItems } from '../../src/release/item/fragment.ts';
import { DOCUMENTED_KEYS } from '../../src/release/item/item.ts';
import { DEFAULT_POLICY, type Policy } from '../../src/release/policy/policy.ts';
import { makeReport } from '../../src/release/report/make-report.ts';
import type { Report } from '../../src/release/report/report.ts';
import { plainItem } from '../../src/store/plain-item.ts';
import { FORMATS, WRITERS } from '../../src/views/export/file-text.ts';
import { applyFilters } from '../../src/views/filters/apply-filters.ts';
import { exportFindings } from '../../src/views/findings/findings-export.ts';
import { cellName, faceOf } from '../../src/views/matrix/cell-face.ts';
import { exportMatrix } from '../../src/views/matrix/matrix-export.ts';
import { READ_AT } from '../release/report-of.ts';
import { knownOf } from '../views/known-of.ts';
import { WHOLE_VIEW } from './whole-view.ts';

/** Everything that is made of items on the way from the wire to a person. */
export interface OnScreen {
  readonly fragments: readonly Fragment[];
  /** With those that are no map of attributes, as the page's own intake counts them. */
  readonly rejected: readonly RejectedItem[];
  readonly report: Report;
  /** What the cells of the matrix say, by `release component`. */
  readonly cells: ReadonlyMap<string, string>;
  /** The matrix and the findings as files, in every format. */
  readonly files: readonly string[];
}

/**
 * Takes items of the wire the whole way: plain items, fragments, report, words of cells and findings, comparison,
 * deployments, files.
 *
 * @param wire each the JSON text of one element of an answer's `Items`
 */
export function onScreen(wire: readonly string[], policy: Policy = DEFAULT_POLICY): OnScreen {
  const items = wire.map((text) => plainItem(JSON.parse(text)));
  const read = readItems(items, DOCUMENTED_KEYS, policy.environments);
  const { report, survey } = makeReport(null, { ...read, readAt: READ_AT }, policy);
  const cells = new Map<string, string>();
  for (const { release, cells: row, findings } of report.rows) {
    for (const finding of findings) describeFinding(finding);
    report.components.forEach((component, column) => {
      const face = faceOf(component.type, release.tag, row[column] ?? null, null);
      const { text, description } = face;
      const name = cellName(component, release, face);
      if (row[column]) cells.set(`${release.tag} ${component.id}`, text);
      if (typeof name !== 'string' || typeof description !== 'string') throw new Error('A cell says nothing.');
    });
  }
  const [newest, before] = report.rows;
  if (newest && before) compareTexts(report, policy, before.release.tag, newest.release.tag, survey.estate);
  deploymentsOf(report);
  const visible = applyFilters(report, WHOLE_VIEW);
  const files = [
    exportMatrix(report, visible),
    exportFindings(knownOf(report, { policy }), visible, WHOLE_VIEW),
  ].flatMap((exported) => FORMATS.map((format) => WRITERS[format](exported).text));
  return { ...read, report, cells, files };
}
