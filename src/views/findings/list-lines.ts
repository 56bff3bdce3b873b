/** So many findings are asked for at once. */
export const BLOCK = 200;

/** So many lines before and after those that are drawn are asked for too, so that a scroll finds them there. */
const AHEAD = 100;

/** What of a group its lines follow from. */
interface Sized {
  readonly id: string;
  /** How many findings it has, its notes, which come last, among them. */
  readonly size: number;
  readonly notes: number;
  /** It stands beneath the line of what is past. */
  readonly past: boolean;
}

/** What of the list is open and shut. */
export interface Folds {
  /** Ids of the groups that are shut, and of those whose notes are listed. */
  readonly shut: readonly string[];
  readonly notes: readonly string[];
  /** Whether what is past is listed; null: there is nothing past. */
  readonly past: boolean | null;
}

/** What a line is: a group's head, the count of its notes, a finding, or what opens the past. */
export type LineKind = 'head' | 'notes' | 'finding' | 'past';

/** Lines of one kind, one after the other. */
interface Run<Group extends Sized> {
  readonly kind: LineKind;
  /** The first of its lines, and how many there are. */
  readonly from: number;
  readonly count: number;
  /** Null: of none. */
  readonly group: Group | null;
  /** Whether what it opens is open; of findings nothing. */
  readonly open: boolean;
  /** Of findings: place of the first among those of the group, and among those of all groups. */
  readonly place: number;
  readonly ofAll: number;
}

/**
 * The lines of a list: each group's head and, unless the group is shut, its findings beneath it; then how many notes it
 * has, and those where they are opened. Where a group has nothing but notes, its head is what opens them.
 */
export interface ListLines<Group extends Sized> {
  readonly groups: readonly Group[];
  /** How many there are. */
  readonly count: number;
  /** How many findings there are, listed or not. */
  readonly findings: number;
  readonly runs: readonly Run<Group>[];
  /** The lines of heads, ascending. */
  readonly heads: readonly number[];
}

export interface ListLine<Group extends Sized> {
  readonly kind: LineKind;
  readonly group: Group | null;
  readonly open: boolean;
  /** Of a finding: its place from 0, in the group and among those of all groups. */
  readonly place: number;
  readonly ofAll: number;
}

export function linesOf<Group extends Sized>(groups: readonly Group[], { shut, notes, past }: Folds): ListLines<Group> {
  const [folded, unfolded] = [new Set(shut), new Set(notes)];
  const runs: Run<Group>[] = [];
  const heads: number[] = [];
  let [count, findings] = [0, 0];
  const add = (kind: LineKind, many: number, group: Group | null, open: boolean, place = 0) => {
    if (many > 0) runs.push({ kind, from: count, count: many, group, open, place, ofAll: findings + place });
    count += many;
  };
  const firstPast = groups.findIndex((group) => group.past);
  const current = firstPast === -1 ? groups : groups.slice(0, firstPast);
  const addGroup = (group: Group) => {
    const { id, size } = group;
    const loud = size - group.notes;
    const showsNotes = unfolded.has(id);
    const isOpen = loud === 0 ? showsNotes : !folded.has(id);
    heads.push(count);
    add('head', 1, group, isOpen);
    if (isOpen) {
      add('finding', loud, group, true);
      if (loud > 0 && group.notes > 0) add('notes', 1, group, showsNotes);
      if (showsNotes) add('finding', group.notes, group, true, loud);
    }
    findings += size;
  };
  for (const group of current) addGroup(group);
  if (past !== null) add('past', 1, null, past);
  for (const group of groups.slice(current.length)) addGroup(group);
  return { groups, count, findings, runs, heads };
}

/** @returns null where there is no such line */
export function lineAt<Group extends Sized>({ runs, count }: ListLines<Group>, index: number): ListLine<Group> | null {
  if (index < 0 || index >= count) return null;
  const run = runs[lastNotAfter(runs, index, ({ from }) => from)];
  if (run === undefined) return null;
  const { kind, group, open, from, place, ofAll } = run;
  return { kind, group, open, place: place + index - from, ofAll: ofAll + index - from };
}

/** @returns the line of the head that a line stands under; null: it stands under none */
export function headOf({ runs, heads }: ListLines<Sized>, index: number): number | null {
  const run = runs[lastNotAfter(runs, index, ({ from }) => from)];
  if (run === undefined || run.group === null) return null;
  return heads[lastNotAfter(heads, index, (head) => head)] ?? null;
}

/** @param list ascending by their place, the first at 0 @returns the index of the last one that is not after `index` */
function lastNotAfter<T>(list: readonly T[], index: number, placeOf: (one: T) => number): number {
  let [low, high] = [0, list.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const at = list[middle];
    if (at !== undefined && placeOf(at) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The blocks of findings that are wanted where these lines are drawn, ascending. */
export function blocksOf(lines: ListLines<Sized>, drawn: readonly number[]): number[] {
  const blocks = new Set<number>();
  for (const index of drawn) {
    const line = lineAt(lines, index);
    if (line?.kind !== 'finding') continue;
    const { ofAll } = line;
    for (const near of [Math.max(ofAll - AHEAD, 0), ofAll, Math.min(ofAll + AHEAD, lines.findings - 1)]) {
      blocks.add(Math.floor(near / BLOCK));
    }
  }
  return [...blocks].sort((a, b) => a - b);
}
