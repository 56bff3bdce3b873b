import type { Finding } from '../finding/finding.ts';
import type { Fragment } from '../item/fragment.ts';
import { readRelease } from '../item/release.ts';
import { sameVersion } from '../item/version.ts';
import { digestOf } from '../matrix/classify-change.ts';
import type { ReportRow } from '../report/report.ts';

/**
 * Whether a workload was published under a release that it is not of: it runs another image, or a candidate of it.
 *
 * @param findings what that release has on it where it runs
 */
export function isForeign(
  row: ReportRow | undefined,
  { type, ownVersion }: Fragment,
  findings: readonly Finding[],
): boolean {
  if (type !== 'k8s' || row === undefined) return false;
  if (findings.some(tellsAnotherImage)) return true;
  const { line, tag } = row.release;
  return line !== null && readRelease(ownVersion).line === line && !sameVersion(ownVersion, tag);
}

/** Under one tag the digests of an index and of a platform differ as well: that is the same image. */
export function tellsAnotherImage(finding: Finding): boolean {
  return finding.code === 'image-mismatch' && finding.details.sameTag === null;
}

/** By digest where both are known, else by own version. @param digest that of b */
export function isSameThing(a: Fragment, b: Fragment, digest: string | null): boolean {
  if (a === b) return true;
  const other = digest === null ? null : digestOf(a);
  if (digest !== null && other !== null) return digest.toLowerCase() === other.toLowerCase();
  return sameVersion(a.ownVersion, b.ownVersion);
}
