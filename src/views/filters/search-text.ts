import { currentOwners } from '../../release/report/current-owners.ts';
import type { Report } from '../../release/report/report.ts';
import { finder, mayPoint } from './finder.ts';
import { readRangeFilter } from './range-filter.ts';
import { splitRange } from './range-reader.ts';

/** What the text of the search box leaves, by indexes of the report's rows and components. */
export interface SearchText {
  readonly matchesRow: (row: number) => boolean;
  readonly matchesColumn: (column: number) => boolean;
  /** It says something of components, and not of releases alone. */
  readonly ofComponents: boolean;
  /** What is wrong with the range in it, as a sentence; null where nothing is. A faulty range matches everything. */
  readonly fault: string | null;
}

const ANY = () => true;

/**
 * Reads the search box. What is in some fragment (a commit, a digest, an image, a pull request, a ticket,
 * `component@version`, or the address of one) leaves the releases and components that have it. All else is words, with a SemVer range among them or without. A word
 * that holds a digit and is part of some release's tag chooses releases, and so does one that fits no component, but a
 * tag; the others choose components: by part of their id, by their owner's name, or by its beginning where no id has the
 * word. All must fit, in any order and case.
 */
export function readSearchText(report: Report, text: string): SearchText {
  if (text.trim() === '') return { matchesRow: ANY, matchesColumn: ANY, ofComponents: false, fault: null };
  const pointed = mayPoint(text) ? (finder()?.(report, text) ?? null) : null;
  if (pointed !== null) {
    const rows = new Set(pointed.places.map(({ row }) => row));
    const columns = new Set(pointed.places.map(({ column }) => column));
    const isWhole = columns.has(null);
    return {
      matchesRow: (row) => rows.has(row),
      matchesColumn: (column) => isWhole || columns.has(column),
      ofComponents: !isWhole,
      fault: null,
    };
  }
  const { range, words } = splitRange(text);
  const ofRange = range === '' ? { matches: ANY, fault: null } : readRangeFilter(range);
  const owners = currentOwners(report);
  const tags = report.rows.map(({ release }) => release.tag.toLowerCase());
  const ids = report.components.map(({ id }) => id.toLowerCase());
  const ownedBy = owners.map((owner) => (owner ?? '').toLowerCase());
  const lower = words.map((word) => word.toLowerCase());
  const inNoId = new Set(lower.filter((word) => !ids.some((id) => id.includes(word))));
  const fits = (word: string, column: number): boolean =>
    ids[column]?.includes(word) === true ||
    ownedBy[column] === word ||
    (inNoId.has(word) && ownedBy[column]?.startsWith(word) === true);
  const isOfTag = (word: string): boolean =>
    tags.some((tag) => tag.includes(word)) && (/\d/.test(word) || !ids.some((_, column) => fits(word, column)));
  const ofTags = lower.filter(isOfTag);
  const ofNames = lower.filter((word) => !ofTags.includes(word));
  return {
    matchesRow: (row) => {
      const release = report.rows[row]?.release;
      return release !== undefined && ofTags.every((word) => tags[row]?.includes(word)) && ofRange.matches(release);
    },
    matchesColumn: (column) => ofNames.every((word) => fits(word, column)),
    ofComponents: ofNames.length > 0,
    fault: ofRange.fault,
  };
}
