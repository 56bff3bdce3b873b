import type { Report, ReportRow } from '../../release/report.ts';
import type { Visible } from '../filters/visible.ts';

/** A release of which nothing can be said, and why. */
export interface UnknownRelease {
  readonly tag: string;
  readonly why: string;
}

/** The releases that the filters leave whose verdict is unknown: that nothing was found says nothing of them. */
export function unknownReleases(report: Report, visible: Visible): UnknownRelease[] {
  return visible.rows.flatMap((index) => {
    const row = report.rows[index];
    return row?.verdict.result === 'unknown' ? [{ tag: row.release.tag, why: whyUnknown(row) }] : [];
  });
}

/** Why a release's verdict is unknown, in the order in which one would mend it. */
export function whyUnknown({ fragments, completeness }: ReportRow): string {
  if (fragments === 0) return 'no fragment';
  return completeness.roster === 'none' ? 'no roster' : 'broken policy';
}
