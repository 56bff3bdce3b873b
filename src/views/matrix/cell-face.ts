import type { Component } from '../../release/item/component.ts';
import type { Fragment } from '../../release/item/fragment.ts';
import type { Release } from '../../release/item/release.ts';
import { sameVersion } from '../../release/item/version.ts';
import { environmentsOf } from '../../release/matrix/checked-release.ts';
import { cellWords, readinessText } from '../../release/report/cell-words.ts';
import type { CellState, ReportCell } from '../../release/report/report.ts';
import {
  CARRIED_GLYPH,
  type CellProblem,
  MISSING_GLYPH,
  NEW_GLYPH,
  NOT_YET_GLYPH,
  OWN_GLYPH,
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
  /** What is in the cell: the own version where something is there, else a word. */
  readonly text: string;
  /** What of it the grid writes behind the sign. Empty where the sign says it all, as of a version that is the release's own. */
  readonly shown: string;
  /** Accessible name, without the component and the release that it begins with. */
  readonly said: string;
  /** What a screen reader may add to the name: environments, readiness. Empty where there is nothing. */
  readonly description: string;
}

/**
 * What a cell shows of what the report says.
 *
 * @param type of the component
 * @param tag of the release
 * @param environments folded names chosen in the filter: only their entries are shown; null for all
 */
export function faceOf(
  type: string,
  tag: string,
  cell: ReportCell | null,
  environments: readonly string[] | null,
): CellFace {
  const shown = cell === null || environments === null ? cell : within(cell, environments);
  if (shown === null) {
    return cell === null
      ? ABSENT
      : { ...EMPTY, look: 'elsewhere', said: `not in ${environments?.join(' or ') ?? 'any environment'}` };
  }
  const problem = problemOf(shown.findings);
  const written = writtenOf(type, tag, shown);
  return {
    look: shown.state,
    problem,
    glyph: glyphOf(shown.state, problem) || (written === '' ? OWN_GLYPH : ''),
    text: shown.text,
    shown: written,
    said: cellWords(shown),
    description: descriptionOf(shown, problem),
  };
}

const EMPTY = { look: 'absent', problem: null, glyph: '', text: '·', shown: '·', description: '' } as const;

/** What a cell shows that is not part of its release. */
export const ABSENT: CellFace = { ...EMPTY, said: cellWords(null) };

/** What a cell shows of which nothing has been read, while more is still being read. */
export const NOT_READ_YET: CellFace = { ...EMPTY, text: '…', shown: '…', said: 'not read yet' };

/** A cell's accessible name: "orders in v1.4.0: 1.4.0-rc.2, 2 findings: image-mismatch, not-ready". */
export function cellName(component: Component, release: Release, { said }: CellFace): string {
  return `${component.name} in ${release.tag}: ${said}`;
}

/** What is said besides, with what is new. */
export function cellDescription({ description }: CellFace, news: CellNews): string {
  return [description, news === null ? '' : NEWS_WORDS[news]].filter(Boolean).join('; ');
}

/** A sign of the state, where no problem has a weightier one. What need not be there yet has one sign, whatever the reason. */
const STATE_GLYPHS = {
  new: NEW_GLYPH,
  changed: '',
  unchanged: '',
  carried: CARRIED_GLYPH,
  missing: NOT_YET_GLYPH,
  arriving: NOT_YET_GLYPH,
  'left-out': NOT_YET_GLYPH,
  renamed: RENAMED_GLYPH,
} satisfies Record<CellState, string>;

function glyphOf(state: CellState, problem: CellProblem | null): string {
  const glyph = problem === null ? null : problemGlyph(problem);
  // That it came under another spelling is what the remark says.
  if (glyph === null || (state === 'renamed' && problem?.kind === 'remark')) return STATE_GLYPHS[state];
  return state === 'missing' && problem?.kind === 'missing' ? MISSING_GLYPH : glyph;
}

/** What the grid writes: what is not as the release says. Where nothing is there, a sign says so. */
function writtenOf(type: string, tag: string, { state, text, entries, findings }: ReportCell): string {
  if (WORDS.has(state)) return '';
  const version = entries.length > 0 && entries.every(({ ownVersion }) => isOwn(ownVersion, tag)) ? '' : text;
  const short = type === 'k8s' || entries.length > 1 ? shortestOf(entries, findings) : '';
  return [version, short].filter(Boolean).join(' ');
}

/** States in which a cell holds a word and no version. */
const WORDS: ReadonlySet<CellState> = new Set(['missing', 'arriving', 'left-out', 'renamed']);

/** Whether a version is the release's own: it repeats the tag. */
export function isOwn(version: string, tag: string): boolean {
  return version === tag || sameVersion(version, tag);
}

/** "1/3": how much is ready where that is least, as far as the roll-out is not finished somewhere; else nothing. */
function shortestOf(entries: readonly Fragment[], findings: ReportCell['findings']): string {
  // All may be ready and yet of the old specification.
  const waiting = findings.flatMap(({ code, environment }) => (code === 'not-ready' ? [environment] : []));
  const short = entries.filter(
    (entry) => readyPart(entry) < 1 || environmentsOf(entry).some((environment) => waiting.includes(environment)),
  );
  const [worst] = short.sort((a, b) => readyPart(a) - readyPart(b));
  return (worst && readinessText(worst)) ?? '';
}

/** Ready replicas per desired one; 1 where the desired count is unknown or 0: nothing is lacking then. */
function readyPart({ fields }: Fragment): number {
  if (fields.replicas === undefined || fields.replicas <= 0) return 1;
  return (fields.readyReplicas ?? 0) / fields.replicas;
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

const NEWS_WORDS = {
  new: 'arrived since you last looked',
  changed: 'changed since you last looked',
} as const;

export const STATE_WORDS = {
  new: 'new here',
  changed: 'changed',
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
