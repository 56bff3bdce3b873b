import type { FindingCode } from '../../release/finding/finding.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import { withoutV } from '../../release/item/version.ts';
import type { Report, ReportRow } from '../../release/report/report.ts';
import { verdictWords } from '../../release/report/verdict-words.ts';
import type { PlaceOf, PointedAt } from '../filters/pointed-at.ts';
import { HEADER_VIEWS, type View } from '../params.ts';
import { whereWords } from './where-words.ts';

/** What the search offers, and where choosing it leads. Plain data. */
export interface Entry {
  readonly id: string;
  readonly group: EntryGroup;
  /** What is found by typing it. */
  readonly label: string;
  /** Beside the label. */
  readonly detail: string;
  readonly leads: Leads;
}

export type Leads =
  /** Component: its id; null: the release as a whole. */
  | { readonly to: 'place'; readonly release: string; readonly component: string | null }
  | { readonly to: 'code'; readonly code: FindingCode }
  | { readonly to: 'view'; readonly view: View }
  /** To what the page does that asked, by the entry's id. */
  | { readonly to: 'action' };

/** Something that the page can do. */
export type Action = Pick<Entry, 'id' | 'label' | 'detail'>;

/** In the order in which they are shown. */
export const ENTRY_GROUPS = [
  'Places',
  'Changes',
  'Cells',
  'Releases',
  'Components',
  'Findings',
  'Views',
  'Actions',
] as const;
export type EntryGroup = (typeof ENTRY_GROUPS)[number];

/** Everything of a report that is found by its name, but its cells, of which there may be tens of thousands. */
export function reportEntries(report: Report): Entry[] {
  return [...report.rows.map(releaseEntry), ...componentEntries(report), ...codeEntries(report), ...viewEntries()];
}

function releaseEntry(of: ReportRow): Entry {
  const { tag, stage } = of.release;
  const leads = { to: 'place', release: tag, component: null } as const;
  return { id: `release:${tag}`, group: 'Releases', label: tag, detail: `${stage}, ${verdictWords(of)}`, leads };
}

/** A component leads to its cell in the newest release that has it, else in the newest that misses it. */
function componentEntries({ rows, components }: Report): Entry[] {
  return components.flatMap((component, column) => {
    const has = rows.findIndex(({ cells }) => (cells[column]?.entries.length ?? 0) > 0);
    const row = has === -1 ? rows.findIndex(({ cells }) => cells[column]) : has;
    const release = rows[row]?.release;
    if (release === undefined) return [];
    return {
      id: `component:${component.id}`,
      group: 'Components' as const,
      label: component.name,
      detail: `${component.type}, newest in ${release.tag}`,
      leads: { to: 'place' as const, release: release.tag, component: component.id },
    };
  });
}

/** The codes of which there are findings. */
function codeEntries({ rows }: Report): Entry[] {
  const counts = new Map<FindingCode, number>();
  for (const { findings } of rows) for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return FINDING_CODES.filter((code) => counts.has(code)).map((code) => ({
    id: `code:${code}`,
    group: 'Findings',
    label: code,
    detail: `${counts.get(code) ?? 0} of this kind`,
    leads: { to: 'code', code },
  }));
}

function viewEntries(): Entry[] {
  return HEADER_VIEWS.map((view) => ({
    id: `view:${view}`,
    group: 'Views',
    label: `Go to ${view.slice(0, 1).toUpperCase()}${view.slice(1)}`,
    detail: 'view',
    leads: { to: 'view', view },
  }));
}

export function actionEntries(actions: readonly Action[]): Entry[] {
  return actions.map((action) => ({ ...action, group: 'Actions', leads: { to: 'action' } }));
}

/** How many cells are offered. */
const MOST = 20;

/**
 * Cells, where part of what is typed is in a tag and the rest in a component's name: `1.6.0 payment`.
 *
 * @param typed words, in any order
 */
export function cellEntries({ rows, components }: Report, typed: string): Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length < 2) return [];
  const isTag = (word: string) => rows.some(({ release }) => release.tag.toLowerCase().includes(word));
  const named = words.filter((word) => !/\d/.test(word) || !isTag(word));
  const tagged = words.filter((word) => !named.includes(word));
  if (named.length === 0 || tagged.length === 0) return [];
  const found: Entry[] = [];
  components.forEach(({ name, id }, column) => {
    if (!named.every((word) => id.toLowerCase().includes(word))) return;
    for (const { release, cells } of rows) {
      const cell = cells[column];
      if (found.length >= MOST || !cell || !tagged.every((word) => release.tag.toLowerCase().includes(word))) continue;
      found.push({
        id: `cell:${release.tag}:${id}`,
        group: 'Cells',
        label: `${name} in ${release.tag}`,
        detail: cell.text,
        leads: { to: 'place', release: release.tag, component: id },
      });
    }
  });
  return found;
}

/**
 * Where something is that was pasted: the places, what runs now first; of each component that has it a sentence, which
 * leads to the first of its places.
 */
export function pointedEntries({ rows, components }: Report, { found, places }: PointedAt): Entry[] {
  const { commits } = found;
  const leadsTo = ({ row, column }: PlaceOf): Leads => ({
    to: 'place',
    release: rows[row]?.release.tag ?? '',
    component: components[column ?? -1]?.id ?? null,
  });
  const sentences = found.components.flatMap((of): Entry[] => {
    const place = places.find(({ column }) => components[column ?? -1]?.id === of.component);
    if (place === undefined) return [];
    const subject = commits.find(({ sha, repo }) => repo === of.repo && of.commits.includes(sha))?.subject ?? '';
    const label = subject === '' ? of.name : `${of.name}: ${subject}`;
    const [id, detail] = [`change:${of.component}`, whereWords(of, found.kind)];
    return [{ id, group: 'Changes', label, detail, leads: leadsTo(place) }];
  });
  const named = places.flatMap((place): Entry[] => {
    const { row, column, runsIn } = place;
    const of = rows[row];
    if (of === undefined) return [];
    const leads = leadsTo(place);
    const { tag } = of.release;
    if (column === null) return [releaseEntry(of)];
    const label = `${components[column]?.name ?? ''} in ${tag}`;
    const text = of.cells[column]?.text ?? '';
    const detail = runsIn.length > 0 ? `runs in ${runsIn.join(', ')}` : text === withoutV(tag) ? '' : text;
    return [{ id: `where:${row}:${column}`, group: 'Places', label, detail, leads }];
  });
  return [...sentences, ...named];
}
