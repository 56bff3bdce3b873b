import { type Finding, findingName } from '../../release/finding/finding.ts';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { observedAt } from '../../release/item/fragment.ts';
import type { Release } from '../../release/item/release.ts';
import type { PlacedFinding } from '../../release/report/placed-findings.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { isProblem } from '../filters/problem.ts';

/** So many other releases are named; of more it is said how many. */
const NAMED = 3;

/** The other releases that have the same problem, newest first: "rc.2" of the same line, else their whole tag. */
export interface AlsoIn {
  readonly releases: readonly string[];
  readonly more: number;
}

const NOWHERE: AlsoIn = { releases: [], more: 0 };

/** Where else a finding is; of what is no problem nobody asks. */
export function alsoIn(report: Report, { finding, row, column }: PlacedFinding): AlsoIn {
  // An item that cannot be read has no name by which another would be the same.
  if (!isProblem(finding) || (finding.code === 'invalid-fragment' && column === null)) return NOWHERE;
  const name = findingName(finding);
  const isSame = (other: Finding) => other.code === finding.code && isProblem(other) && findingName(other) === name;
  const others = report.rows.filter((of, at) => at !== row && findingsAt(of, column).some(isSame));
  const line = report.rows[row]?.release.line ?? null;
  const releases = others.slice(0, NAMED).map(({ release }) => tagWithin(line, release));
  return { releases, more: others.length - releases.length };
}

/** "rc.2" of a release of the line, else its whole tag. @param line of the release beside which it is named */
export function tagWithin(line: string | null, { tag, line: own }: Pick<Release, 'tag' | 'line'>): string {
  return line !== null && own === line && tag.startsWith(`v${line}-`) ? tag.slice(line.length + 2) : tag;
}

/** What is found of a component in a release; of no column: of the release as a whole. */
function findingsAt(row: ReportRow, column: number | null): readonly Finding[] {
  if (column !== null) return row.cells[column]?.findings ?? [];
  const known = ofWhole.get(row);
  if (known !== undefined) return known;
  const found = row.findings.filter(({ component }) => component === null);
  ofWhole.set(row, found);
  return found;
}

const ofWhole = new WeakMap<ReportRow, readonly Finding[]>();

/**
 * Since when it is so, as far as the table says: when what it is about was observed; of a component that is not there, and
 * of the release as a whole, when the release began. Null: nothing is dated.
 */
export function sinceWhen(report: Report, { finding, row, column }: PlacedFinding): string | null {
  const of = report.rows[row];
  if (of === undefined) return null;
  if (finding.code === 'evidence-failed') return finding.details.failures[0]?.at ?? of.startedAt;
  const { environment } = finding;
  const entries = (of.cells[column ?? -1]?.entries ?? []).filter(
    ({ environments }) => environment === null || environments.includes(environment),
  );
  if (entries.length === 0) return of.startedAt;
  const times = entries.flatMap((entry) => observedAt(entry) ?? []);
  return times.sort().at(-1) ?? null;
}

/**
 * What is wrong, where other columns say the rest: "catalog: 1 of 3 ready" of "catalog in prod: 1 of 3 ready"; beneath the
 * release "orders is missing" of "orders is missing from v1.4.0", and "only partly deployed" of "v1.4.0 is only partly
 * deployed in qa".
 *
 * @param inRelease whether it stands beneath the release
 */
export function whatIsWrong(finding: Finding, inRelease: boolean): string {
  const { component, environment, release } = finding;
  const name = component === null ? release : component.slice(component.indexOf('#') + 1);
  const title = withoutEnvironment(describeFinding(finding).title, name, environment);
  if (!inRelease) return title;
  for (const [whole, short] of [
    [`${name} is missing from ${release}`, `${name} is missing`],
    [`${name} has not arrived in ${release} yet`, `${name} has not arrived yet`],
    [`An item of ${release} cannot be read`, 'an item cannot be read'],
  ] as const) {
    if (title === whole) return short;
  }
  if (component !== null || !title.startsWith(`${release} `)) return title;
  return title.slice(release.length + 1).replace(/^is /, '');
}

function withoutEnvironment(title: string, name: string, environment: string | null): string {
  if (environment === null) return title;
  const place = `${name} in ${environment}`;
  if (title.startsWith(place)) return `${name}${title.slice(place.length)}`;
  for (const end of [` in ${environment}`, ` in ${environment} yet`]) {
    if (title.endsWith(end)) return `${title.slice(0, -end.length)}${end.endsWith(' yet') ? ' yet' : ''}`;
  }
  return title;
}
