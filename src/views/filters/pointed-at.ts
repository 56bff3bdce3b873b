import { type ChangeQuery, readChangeQuery } from '../../release/history/change-query.ts';
import { findChange } from '../../release/history/find-change.ts';
import type { FoundChange } from '../../release/history/find-document.ts';
import type { Report } from '../../release/report/report.ts';

/** A release that has what is looked for, in one component. Row and column are indexes of the report. */
export interface PlaceOf {
  readonly row: number;
  readonly column: number;
  /** Environments in which it runs now, as this release. */
  readonly runsIn: readonly string[];
}

/** Where something is that was pasted: a commit, a digest, a pull request, a ticket, or `component@version`. */
export interface PointedAt {
  readonly found: FoundChange;
  /** What runs now first, then the newest release. */
  readonly places: readonly PlaceOf[];
  /** Said where there is no place; null: there is one. */
  readonly nothing: string | null;
}

const COMPONENT_VERSION = /^(@?[^@\s]+)@([^@\s]+)$/;

/** Of each report what was looked for last: the filters and the search ask for the same, at each letter. */
const LAST = new WeakMap<Report, { readonly text: string; readonly pointed: PointedAt | null }>();

/**
 * Where what a text points at is.
 *
 * @returns null where it points at nothing: it is words then. A ticket (`auth-2`) that no change names is a name
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
  if (query !== null && query.kind !== 'version') {
    const found = findChange(report, wanted, query);
    const places = placesIn(report, found);
    if (places.length > 0) return { found, places, nothing: null };
    const nothing =
      query.kind === 'request'
        ? 'No listed change is of this pull request.'
        : 'No fragment holds this commit or digest.';
    return isName(report, wanted, query) ? null : { found, places, nothing };
  }
  const [, name = '', version = ''] = COMPONENT_VERSION.exec(wanted) ?? [];
  const named = componentsCalled(report, name);
  if (named.size === 0) return null;
  const all = findChange(report, wanted, { kind: 'version', version });
  const found = { ...all, components: all.components.filter(({ component }) => named.has(component)) };
  const places = placesIn(report, found);
  return { found, places, nothing: places.length > 0 ? null : `No release has ${name} in version ${version}.` };
}

/** Words such as `defaced` and `auth-2` are names as well. */
function isName({ components, rows }: Report, text: string, { kind }: ChangeQuery): boolean {
  const word = text.toLowerCase();
  const isPart = (name: string) => name.toLowerCase().includes(word);
  return (
    kind === 'ticket' || components.some(({ id }) => isPart(id)) || rows.some(({ release }) => isPart(release.tag))
  );
}

/** By id or name, or by part of it where nothing is called so. */
function componentsCalled({ components }: Report, name: string): ReadonlySet<string> {
  const word = name.toLowerCase();
  if (word === '') return new Set();
  const called = components.filter((of) => of.id.toLowerCase() === word || of.name.toLowerCase() === word);
  const meant = called.length > 0 ? called : components.filter(({ id }) => id.toLowerCase().includes(word));
  return new Set(meant.map(({ id }) => id));
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
  return places.sort((a, b) => rank(a) - rank(b) || a.row - b.row || a.column - b.column);
}
