import { type Finding, findingName } from '../finding/finding.ts';
import { readRelease } from '../item/release.ts';
import { cameLater, type Estate, fullest, isBefore, predecessors } from '../matrix/estate.ts';
import { placesOf } from '../matrix/matrix.ts';
import type { Report, ReportRow } from './report.ts';

// What became of the findings of a release since its basis. They are the same where code, component and environment
// are, whatever they weigh and whoever waives them.

/** A finding that the basis has as well. */
export interface StillFinding {
  readonly finding: Finding;
  /** Tag of the first release, going back from the basis without a gap, that has it. */
  readonly since: string;
}

/** The findings of a release beside those of its basis, each list in the order of the checks. */
export interface Since {
  /** Tag of the release that it is held against. */
  readonly basis: string;
  readonly new: readonly Finding[];
  readonly still: readonly StillFinding[];
  /** Findings of the basis that the release, which holds what they are about, does not have. */
  readonly fixed: readonly Finding[];
  /** Findings of the basis of which the release holds nothing: not deployed yet, or not there. */
  readonly unknown: readonly Finding[];
}

/**
 * The row that a release is held against: of a candidate the one before it in its line, else the last predecessor; of a
 * stable release its predecessor. Null where the table holds none.
 */
export function basisOf(estate: Estate, row: number): number | null {
  const { matrix, lines, withdrawn } = estate;
  const release = matrix.releases[row];
  const line = release?.stage === 'stable' ? [] : (lines.get(release?.line ?? '') ?? []);
  // Rows are newest first.
  const before = line.filter(
    (other) =>
      matrix.releases[other]?.stage !== 'stable' &&
      !withdrawn.has(other) &&
      isHeld(estate, other) &&
      isBefore(estate, other, row) &&
      !cameLater(estate, other, row),
  );
  const version = matrix.releases[before[0] ?? -1]?.version;
  const spelt = before.filter((other) => matrix.releases[other]?.version === version);
  if (spelt.length > 0) return fullest(matrix, spelt);
  return predecessors(estate, row, 1, (stable) => isHeld(estate, stable))[0] ?? null;
}

/** The row of a release by its tag, or by its version where just one has it; null where there is no fragment of it. */
export function rowNamed(estate: Estate, tag: string): number | null {
  const { releases } = estate.matrix;
  const held = releases.flatMap((_, row) => (isHeld(estate, row) ? [row] : []));
  const exact = held.find((row) => releases[row]?.tag === tag);
  if (exact !== undefined) return exact;
  const { version } = readRelease(tag);
  const equal = version === null ? [] : held.filter((row) => releases[row]?.version === version);
  return equal.length === 1 ? (equal[0] ?? null) : null;
}

function isHeld({ matrix }: Estate, row: number): boolean {
  return matrix.entries[row]?.some((cell) => cell != null) === true;
}

/**
 * What became of the findings of a release since another.
 *
 * @param rowAt what is said of a row of the estate; all judged by the same rules
 */
export function sinceBasis(estate: Estate, rowAt: (row: number) => ReportRow, row: number, basis: number): Since {
  const [now, then] = [rowAt(row), rowAt(basis)];
  const [namesNow, namesThen] = [namesOf(now), namesOf(then)];
  const kept = now.findings.filter((finding) => namesThen.has(findingName(finding)));
  const since = firstReleases(estate, rowAt, new Set(kept.map(findingName)), basis);
  const gone = then.findings.filter((finding) => !namesNow.has(findingName(finding)));
  const holds = holdsOf(estate, now);
  return {
    basis: then.release.tag,
    new: now.findings.filter((finding) => !namesThen.has(findingName(finding))),
    still: kept.map((finding) => ({ finding, since: since.get(findingName(finding)) ?? then.release.tag })),
    fixed: gone.filter(holds),
    unknown: gone.filter((finding) => !holds(finding)),
  };
}

/**
 * The same of releases of a report, which was made of the estate.
 *
 * @param tag of a release
 * @param asked tag of the other; null: the basis
 * @returns null where there is no such release, or none before it
 */
export function sinceInReport(
  { rows }: Pick<Report, 'rows'>,
  estate: Estate,
  tag: string,
  asked: string | null = null,
): Since | null {
  const places = placesOf(estate.matrix.releases);
  const row = places.get(tag);
  if (row === undefined) return null;
  const basis = asked === null ? basisOf(estate, row) : places.get(asked);
  const rowAt = (at: number) => {
    const found = rows[at];
    if (found === undefined) throw new RangeError(`The report has ${rows.length} rows, and no row ${at}.`);
    return found;
  };
  return basis == null ? null : sinceBasis(estate, rowAt, row, basis);
}

const namesByRow = new WeakMap<ReportRow, ReadonlySet<string>>();

/** Worked out once of a row: whoever goes back in history passes the same ones again. */
function namesOf(row: ReportRow): ReadonlySet<string> {
  const names = namesByRow.get(row) ?? new Set(row.findings.map(findingName));
  namesByRow.set(row, names);
  return names;
}

/** By name the first release that has a finding, going back from the basis as long as each one has it. */
function firstReleases(
  estate: Estate,
  rowAt: (row: number) => ReportRow,
  names: ReadonlySet<string>,
  basis: number,
): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  let left = names;
  for (let at: number | null = basis; at !== null && left.size > 0; at = basisOf(estate, at)) {
    const row = rowAt(at);
    const here = namesOf(row);
    left = new Set([...left].filter((name) => here.has(name)));
    for (const name of left) first.set(name, row.release.tag);
  }
  return first;
}

/** Whether a release holds what a finding is about: of what is not there nobody can say that it is fixed. */
function holdsOf({ matrix }: Estate, { cells, fragments }: ReportRow): (finding: Finding) => boolean {
  const columnOf = new Map(matrix.components.map(({ id }, column) => [id, column]));
  return ({ component, environment }) => {
    const looked = component === null ? cells : [cells[columnOf.get(component) ?? -1] ?? null];
    // What concerns the release, or an item that is in no cell, can be told of any release.
    if (environment === null && (component === null || !columnOf.has(component))) return fragments > 0;
    return looked.some((cell) => {
      if (cell === null) return false;
      if (component !== null && (cell.state === 'carried' || cell.state === 'renamed')) return true;
      return cell.entries.some(({ environments }) => environment === null || environments.includes(environment));
    });
  };
}
