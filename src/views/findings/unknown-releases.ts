import type { Report } from '../../release/report/report.ts';
import type { Visible } from '../filters/visible.ts';
import { whyUnknown } from '../words/release-words.ts';

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
