import type { Component } from '../../release/item/component.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import type { Release } from '../../release/item/release.ts';
import { environmentsOf } from '../../release/matrix/release-view.ts';
import { cellWords, readinessText } from '../../release/report/cell-words.ts';
import type { CellState, ReportCell } from '../../release/report/report.ts';
import {
  ARRIVING_GLYPH,
  CARRIED_GLYPH,
  type CellProblem,
  INFO_GLYPH,
  NEW_GLYPH,
  problemGlyph,
  problemOf,
  RENAMED_GLYPH,
} from './cell-problem.ts';
import type { CellNews } from './news.ts';

/** What a cell of the grid shows and says, whatever component and release it is of. */
export interface CellFace {
  /** `absent`: not part of the release. `elsewhere`: it is, but not in the environments asked for. */
  readonly look: CellState | 'absent' | 'elsewhere';
  /** What is wrong, where anything is. */
  readonly problem: CellProblem | null;
  /** The sign before the text; empty for none. */
  readonly glyph: string;
  /** What it says in the grid; the own version where something is there. */
  readonly text: string;
  /** Short lines beneath: where it runs, where it comes from, that it is waived. At most two. */
  readonly lines: readonly CellLine[];
  /** Accessible name, without the component and the release that it begins with. */
  readonly said: string;
  /** What a screen reader may add to the name: environments, readiness. Empty where there is nothing. */
  readonly description: string;
}

export interface CellLine {
  readonly text: string;
  /** The roll-out is not finished there: fewer replicas are ready than desired, or a finding says so. */
  readonly short: boolean;
}

/**
 * What a cell shows of what the report says.
 *
 * @param type of the component
 * @param environments folded names chosen in the filter: only their entries are shown; null for all
 */
export function faceOf(type: string, cell: ReportCell | null, environments: readonly string[] | null): CellFace {
  const shown = cell === null || environments === null ? cell : within(cell, environments);
  if (shown === null) {
    return cell === null
      ? ABSENT
      : { ...EMPTY, look: 'elsewhere', said: `not in ${environments?.join(' or ') ?? 'any environment'}` };
  }
  const problem = problemOf(shown.findings);
  return {
    look: shown.state,
    problem,
    glyph: glyphOf(shown.state, problem),
    text: shown.text,
    lines: linesOf(type, shown, problem),
    said: cellWords(shown),
    description: descriptionOf(shown, problem),
  };
}

const EMPTY = { look: 'absent', problem: null, glyph: '', text: '·', lines: [], description: '' } as const;

/** What a cell shows that is not part of its release. */
export const ABSENT: CellFace = { ...EMPTY, said: cellWords(null) };

/** What a cell shows of which nothing has been read, while more is still being read. */
export const NOT_READ_YET: CellFace = { ...EMPTY, text: '…', said: 'not read yet' };

/** A cell's accessible name: "orders in v1.4.0: 1.4.0-rc.2, 2 findings: image-mismatch, not-ready". */
export function cellName(component: Component, release: Release, { said }: CellFace): string {
  return `${component.name} in ${release.tag}: ${said}`;
}

/** What is said besides, with what is new. */
export function cellDescription({ description }: CellFace, news: CellNews): string {
  return [description, news === null ? '' : NEWS_WORDS[news]].filter(Boolean).join('; ');
}

/** A sign of the state, where no problem has a weightier one. */
const STATE_GLYPHS = {
  new: NEW_GLYPH,
  changed: '',
  unchanged: '',
  carried: CARRIED_GLYPH,
  missing: INFO_GLYPH,
  arriving: ARRIVING_GLYPH,
  'left-out': '',
  renamed: RENAMED_GLYPH,
} satisfies Record<CellState, string>;

function glyphOf(state: CellState, problem: CellProblem | null): string {
  const glyph = problem === null ? null : problemGlyph(problem);
  if (glyph === null) return STATE_GLYPHS[state];
  // What counts as missing is a hatched box, which is sign enough.
  return state === 'missing' && problem?.kind !== 'waived' ? '' : glyph;
}

/** The cell with only the entries of some environments; null where none is left. */
function within(cell: ReportCell, environments: readonly string[]): ReportCell | null {
  const entries = cell.entries.filter((entry) => entry.environments.some((name) => environments.includes(name)));
  // What is missing runs in no environment and is missing in each.
  if (entries.length === cell.entries.length) return cell;
  if (entries.length === 0) return null;
  const findings = cell.findings.filter(
    ({ environment }) => environment === null || environments.includes(environment),
  );
  return { ...cell, entries, findings, text: versionsOf(entries).join(' / ') };
}

function versionsOf(entries: readonly Fragment[]): string[] {
  return [...new Set(entries.map(({ ownVersion }) => ownVersion))];
}

/** How many lines fit into a row of the grid beneath the version. */
const LINES = 2;

function linesOf(type: string, cell: ReportCell, problem: CellProblem | null): CellLine[] {
  if (cell.carriedFrom !== null) return [{ text: `from ${cell.carriedFrom}`, short: false }];
  // A k8s cell is about where it runs; elsewhere an environment is a detail, for the panel.
  const placed = type === 'k8s' || cell.entries.length > 1;
  const lines = placed ? placesOf(cell) : [];
  if (problem?.kind === 'waived' && lines.length < LINES) lines.push({ text: 'waived', short: false });
  return lines;
}

/** One line per environment, or one for all where they are many and one for the worst of them. */
function placesOf({ entries, findings }: ReportCell): CellLine[] {
  const differ = versionsOf(entries).length > 1;
  // All may be ready and yet of the old specification.
  const waiting = findings.flatMap(({ code, environment }) => (code === 'not-ready' ? [environment] : []));
  const isShort = (entry: Fragment): boolean =>
    readyPart(entry) < 1 || environmentsOf(entry).some((environment) => waiting.includes(environment));
  if (entries.length <= LINES) return entries.flatMap((entry) => lineOf(entry, differ, isShort(entry)));
  const short = entries.filter(isShort).sort((a, b) => readyPart(a) - readyPart(b));
  const [worst] = short;
  const all = { text: `${entries.length} envs`, short: false };
  if (worst === undefined) return [all];
  const more = short.length > 1 ? ` +${short.length - 1}` : '';
  return [all, ...lineOf(worst, differ, true).map(({ text }) => ({ text: `${text}${more}`, short: true }))];
}

function lineOf(entry: Fragment, withVersion: boolean, short: boolean): CellLine[] {
  const words = [
    entry.environments.map(shortName).join('+'),
    withVersion ? entry.ownVersion : '',
    // Without counts a workload would look as if there were nothing to count.
    readinessText(entry) ?? (entry.type === 'k8s' ? '?' : ''),
  ].filter(Boolean);
  return words.length === 0 ? [] : [{ text: words.join(' '), short }];
}

/** Ready replicas per desired one; 1 where the desired count is unknown or 0: nothing is lacking then. */
function readyPart({ fields }: Fragment): number {
  if (fields.replicas === undefined || fields.replicas <= 0) return 1;
  return (fields.readyReplicas ?? 0) / fields.replicas;
}

/** Customary short forms; a cell has room for about 15 characters. */
const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ['staging', 'stg'],
  ['preprod', 'pre'],
]);

function shortName(environment: string): string {
  return SHORT_NAMES.get(environment) ?? environment;
}

const NEWS_WORDS = {
  new: 'arrived since you last looked',
  changed: 'changed since you last looked',
} as const;

const STATE_WORDS = {
  new: 'new here',
  changed: 'changed since the release before',
  unchanged: '',
  carried: 'not published again for this release',
  missing: '',
  arriving: '',
  'left-out': 'expected; the release holds a part only',
  renamed: 'it came under another spelling',
} satisfies Record<CellState, string>;

function descriptionOf(cell: ReportCell, problem: CellProblem | null): string {
  const differ = versionsOf(cell.entries).length > 1;
  const entries = cell.entries.flatMap((entry) => {
    const ready = readinessText(entry);
    const words = [
      entry.environments.join(' and '),
      differ ? entry.ownVersion : '',
      ready === null ? '' : `${ready} ready`,
    ].filter(Boolean);
    return words.length === 0 ? [] : [words.join(' ')];
  });
  const waived = problem?.kind === 'waived' ? 'waived' : '';
  return [...entries, STATE_WORDS[cell.state], waived].filter(Boolean).join('; ');
}
