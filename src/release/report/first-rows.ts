import type { Fragment } from '../item/fragment.ts';
import { matrixSteps } from '../matrix/matrix.ts';
import type { Policy } from '../policy/policy.ts';
import type { Steps } from '../text/steps.ts';
import { environmentsOf, type Report, type ReportCell } from './report.ts';
import { compareRow } from './report-cells.ts';

/**
 * What can be said of a table of which only a part has been read: which release holds what, as far as it is known.
 * Nothing is judged and nothing is missing: every verdict is unknown, no roster is inferred, no cell is new or changed,
 * and what has not been read has no cell.
 */
export function* firstRowsSteps(fragments: readonly Fragment[], policy: Policy, readAt: string): Steps<Report> {
  const matrix = yield* matrixSteps(fragments, [], { releases: [], components: [] }, policy.stages);
  const rows: Report['rows'][number][] = [];
  for (const [row, release] of matrix.releases.entries()) {
    const cells = compareRow({ matrix, policy }, row, () => undefined).map((held): ReportCell | null => {
      if (held === null) return null;
      const { text, entries } = held;
      return { state: 'unchanged', text, entries, carriedFrom: null, expected: false, findings: [] };
    });
    rows.push({
      release,
      cells,
      completeness: { roster: 'none', expected: 0, present: 0, missing: [] },
      findings: [],
      verdict: { result: 'unknown', unknown: [], errors: 0, warnings: 0, infos: 0, waived: 0, waiversEndingSoon: [] },
      fragments: cells.reduce((sum, cell) => sum + (cell?.entries.length ?? 0), 0),
      startedAt: null,
      updatedAt: null,
    });
    yield;
  }
  return {
    readAt,
    components: matrix.components,
    rows,
    rejected: [],
    environments: environmentsOf(fragments, policy.environments),
    fragments: fragments.length,
  };
}
