import type { ReportRow } from './report.ts';
import type { UnknownReason } from './verdict.ts';
import { whyUnknown } from './verdict-words.ts';

/** A release of which nothing can be said, and why. */
export interface UnknownRelease {
  /** Its tag. */
  readonly release: string;
  /** None: it is there only for others to be held against. */
  readonly reasons: readonly UnknownReason[];
  /** "51 of 63 still arriving". */
  readonly why: string;
}

/** Those whose verdict is unknown: that nothing was found says nothing of them. */
export function unknownReleases(rows: readonly ReportRow[]): UnknownRelease[] {
  return rows
    .filter(({ verdict }) => verdict.result === 'unknown')
    .map((row) => ({ release: row.release.tag, reasons: row.verdict.unknown, why: whyUnknown(row) }));
}
