import { type ChangeQuery, readChangeQuery } from '../../release/history/change-query.ts';
import { findChange } from '../../release/history/find-change.ts';
import type { FoundChange } from '../../release/history/find-document.ts';
import { meantColumns } from '../../release/history/meant-components.ts';
import { currentOwners } from '../../release/report/current-owners.ts';
import type { Report } from '../../release/report/report.ts';

/** A release that has what is looked for, in one component. Row and column are indexes of the report. */
export interface PlaceOf {
  readonly row: number;
  /** Null: the release as a whole. */
  readonly column: number | null;
  /** Environments in which it runs now, as this release. */
  readonly runsIn: readonly string[];
}

/** Where something is that was pasted: whatever `readChangeQuery` reads, but a version alone. */
export interface PointedAt {
  readonly found: FoundChange;
  /** What runs now first, then the newest release. */
  readonly places: readonly PlaceOf[];
  /** What was looked for, where no component has it; null: one has it. */
  readonly nothing: string | null;
}

/** Of each report what was looked for last: the filters and the search ask for the same, at each letter. */
const LAST = new WeakMap<Report, { readonly text: string; readonly pointed: PointedAt | null }>();

/**
 * Where what a text points at is.
 *
 * @returns null where it points at nothing: it is words then
 */
export function pointedAt(report: Report, text: string): PointedAt | null {
  const wanted = text.trim();
  const last = LAST.get(report);
  if (last?.text === wanted) return last.pointed;
  const pointed = lookFor(report, wanted);
  LAST.set(report, { text: wanted, pointed });
  return pointed;
}

function lookFor(report: Report, wanted: string): PointedAt | null {
  const query = readChangeQuery(wanted);
  if (query === null || (query.kind === 'version' && query.repo === undefined)) return null;
  // `acme/payments` may be an image, and the team that owns others.
  if (query.kind === 'image' && query.tag === null && currentOwners(report).includes(wanted)) return null;
  const found = findChange(report, wanted, query);
  const places = placesIn(report, found);
  if (places.length > 0) return { found, places, nothing: null };
  const isKnown = meantColumns(report, query)?.size !== 0;
  if (isWords(report, wanted, query, isKnown)) return null;
  return { found, places: releaseOf(report, query), nothing: nothingWords(query, isKnown) };
}

/** What nobody has may be words: `defaced` and `auth-2` are names as well. */
function isWords(report: Report, text: string, query: ChangeQuery, isKnown: boolean): boolean {
  const word = text.toLowerCase();
  const isPart = (name: string) => name.toLowerCase().includes(word);
  switch (query.kind) {
    case 'component':
      return !isKnown;
    case 'image':
      return !isKnown && (query.tag === null || !query.repository.includes('/'));
    case 'version':
      return false;
    default:
      return (
        report.components.some(({ id }) => isPart(id)) ||
        report.rows.some(({ release }) => isPart(release.tag)) ||
        currentOwners(report).some((owner) => owner !== null && isPart(owner))
      );
  }
}

/** The release of a tag whose repository has no component in it. */
function releaseOf({ rows }: Report, query: ChangeQuery): PlaceOf[] {
  const row = query.kind === 'version' ? rows.findIndex(({ release }) => release.tag === query.version) : -1;
  return row === -1 ? [] : [{ row, column: null, runsIn: [] }];
}

/** Digits of a commit or a digest that tell it from all others. */
const ENOUGH = 12;

function nothingWords(query: ChangeQuery, isKnown: boolean): string {
  switch (query.kind) {
    case 'commit':
      return `No fragment has the commit ${query.hex.slice(0, ENOUGH)}.`;
    case 'digest':
      return `No fragment has the digest ${query.hex.slice(0, ENOUGH)}.`;
    case 'ticket':
      return `No listed change names ${query.ref}.`;
    case 'request':
      return isKnown ? `No listed change names ${query.repo ?? ''}${query.ref}.` : noneOf(query.repo);
    case 'version':
      return isKnown ? `No component of ${query.repo} has version ${query.version}.` : noneOf(query.repo);
    case 'image':
      return `No fragment has the image ${query.repository}${query.tag === null ? '' : `:${query.tag}`}.`;
    case 'component':
      return `No release has ${query.name} in version ${query.version}.`;
  }
}

function noneOf(repo: string | null | undefined): string {
  return `No component is of the repository ${repo}.`;
}

function placesIn({ rows, components }: Report, { components: found }: FoundChange): PlaceOf[] {
  const rowOf = new Map(rows.map(({ release }, row) => [release.tag, row]));
  const columnOf = new Map(components.map(({ id }, column) => [id, column]));
  const places = found.flatMap(({ component, releases, environments }) =>
    releases.flatMap(({ release, has }): PlaceOf[] => {
      const [row, column] = [rowOf.get(release), columnOf.get(component)];
      if (row === undefined || column === undefined || (has !== 'yes' && has !== 'part')) return [];
      const running = environments.filter((of) => of.release === release && of.has === 'yes');
      return [{ row, column, runsIn: running.map(({ environment }) => environment) }];
    }),
  );
  const rank = ({ runsIn }: PlaceOf) => (runsIn.length > 0 ? 0 : 1);
  return places.sort((a, b) => rank(a) - rank(b) || a.row - b.row || (a.column ?? -1) - (b.column ?? -1));
}
