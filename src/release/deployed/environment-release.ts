import type { Fragment } from '../item/fragment.ts';
import { parseImage } from '../item/image.ts';
import { digestOf } from '../matrix/classify-change.ts';
import { imageDifference, ownerFinder } from '../matrix/image-owner.ts';
import type { Report, ReportCell, ReportRow } from '../report/report.ts';
import { isForeign, isSameThing } from './what-runs.ts';

/** What of a component is in an environment, by indexes of the report. */
export interface There {
  readonly column: number;
  /** Of the release it was published under. */
  readonly row: number;
  readonly entry: Fragment;
  /** It was published under a release that it is not of. */
  readonly isForeign: boolean;
}

/** Whether the release of a row says of a component what is in an environment. */
export type Says = (row: number, there: There) => boolean;

/**
 * The release that says of the most components what is there, whatever release each came with; of several the one of
 * which the most came, then the newest.
 *
 * @param there what is in an environment, or in those of a group
 * @returns its row; null where nothing is there
 */
export function environmentRelease(there: readonly There[], says: Says): number | null {
  const came = new Map<number, number>();
  for (const { row } of there) came.set(row, (came.get(row) ?? 0) + 1);
  let [best, most] = [null as number | null, 0];
  for (const [row] of [...came].sort(([a, ofA], [b, ofB]) => ofB - ofA || a - b)) {
    const said = there.filter((one) => says(row, one)).length;
    if (best === null || said > most) [best, most] = [row, said];
    if (said === there.length) break;
  }
  return best;
}

/**
 * Whether a release says of a component what is in an environment: by its own entry, whatever environment that is of, by
 * the one that it carries over, or by the image that its component published.
 */
export function sayer(report: Report): Says {
  const { rows, components } = report;
  const byTag = new Map(rows.map((row) => [row.release.tag, row]));
  const imagesOf = oncePerRow((row) => ownerFinder(publishedIn(report, rows[row], byTag)));
  return (row, { column, row: came, entry, isForeign: isNoneOfIts }) => {
    if (row === came) return !isNoneOfIts;
    const digest = digestOf(entry);
    const [holder, cell] = heldBy(rows[row], column, byTag);
    if (cell?.entries.some((held) => !isForeignIn(holder, cell, held) && isSameThing(held, entry, digest))) return true;
    const image = components[column]?.type === 'k8s' ? parseImage(entry.fields.imageRef ?? '') : null;
    if (image === null) return false;
    const owner = imagesOf(row)(image, entry);
    if (owner === undefined) return false;
    // A tag and a digest cannot be compared: that one says nothing of the other.
    const isComparable = image.tag !== null || (digest !== null && digestOf(owner) !== null);
    return isComparable && imageDifference(entry, image, owner) === null;
  };
}

function isForeignIn(row: ReportRow | undefined, { findings }: ReportCell, entry: Fragment): boolean {
  const said = findings.filter(({ environment }) => environment === null || entry.environments.includes(environment));
  return isForeign(row, entry, said);
}

type ByTag = ReadonlyMap<string, ReportRow>;

/** What a release has of a component, or the release that it carries it over from. */
function heldBy(row: ReportRow | undefined, column: number, byTag: ByTag) {
  const cell = row?.cells[column];
  if (cell == null || cell.carriedFrom === null) return [row, cell] as const;
  const from = byTag.get(cell.carriedFrom);
  return [from, from?.cells[column]] as const;
}

/** What images are made of, in a release. */
function publishedIn({ components }: Report, row: ReportRow | undefined, byTag: ByTag): Fragment[] {
  return components.flatMap(({ type }, column) => {
    if (type !== 'backend' && type !== 'frontend') return [];
    const [, cell] = heldBy(row, column, byTag);
    return [...(cell?.entries ?? [])];
  });
}

function oncePerRow<T>(make: (row: number) => T): (row: number) => T {
  const made = new Map<number, T>();
  return (row) => {
    const known = made.get(row) ?? make(row);
    made.set(row, known);
    return known;
  };
}
