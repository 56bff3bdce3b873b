/** So many findings are asked for at once. */
export const BLOCK = 200;

/** So many lines before and after those that are drawn are asked for too, so that a scroll finds them there. */
const AHEAD = 100;

/** What of a group its lines follow from. */
interface Sized {
  readonly id: string;
  readonly size: number;
}

/** The lines of a list: each group's head and, unless the group is shut, its findings beneath it. */
export interface ListLines<Group extends Sized> {
  readonly groups: readonly Group[];
  /** How many there are. */
  readonly count: number;
  /** The line of each group's head, ascending. */
  readonly heads: readonly number[];
  /** How many findings stand in the groups before each. */
  readonly before: readonly number[];
  /** Ids of the groups that are shut. */
  readonly shut: ReadonlySet<string>;
}

export interface ListLine<Group extends Sized> {
  readonly group: Group;
  readonly shut: boolean;
  /** Null: the group's head. */
  readonly finding: {
    /** From 0, in the group and among those of all groups. */
    readonly place: number;
    readonly ofAll: number;
  } | null;
}

/** @param shut ids of the groups whose findings are folded away */
export function linesOf<Group extends Sized>(groups: readonly Group[], shut: readonly string[]): ListLines<Group> {
  const folded = new Set(shut);
  const heads: number[] = [];
  const before: number[] = [];
  let count = 0;
  let findings = 0;
  for (const { id, size } of groups) {
    heads.push(count);
    before.push(findings);
    count += folded.has(id) ? 1 : 1 + size;
    findings += size;
  }
  return { groups, count, heads, before, shut: folded };
}

/** @returns null where there is no such line */
export function lineAt<Group extends Sized>(lines: ListLines<Group>, index: number): ListLine<Group> | null {
  if (index < 0 || index >= lines.count) return null;
  const at = groupAt(lines.heads, index);
  const group = lines.groups[at];
  if (group === undefined) return null;
  const place = index - (lines.heads[at] ?? 0) - 1;
  return {
    group,
    shut: lines.shut.has(group.id),
    finding: place === -1 ? null : { place, ofAll: (lines.before[at] ?? 0) + place },
  };
}

/**
 * @param heads ascending, the first 0
 * @returns which of them is the last one that is not after `index`
 */
export function groupAt(heads: readonly number[], index: number): number {
  let low = 0;
  let high = heads.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((heads[middle] ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The blocks of findings that are wanted where these lines are drawn, ascending. */
export function blocksOf(lines: ListLines<Sized>, drawn: readonly number[]): number[] {
  const last = (lines.before.at(-1) ?? 0) + (lines.groups.at(-1)?.size ?? 0) - 1;
  const blocks = new Set<number>();
  for (const index of drawn) {
    const at = lineAt(lines, index)?.finding?.ofAll;
    if (at === undefined) continue;
    for (const near of [Math.max(at - AHEAD, 0), at, Math.min(at + AHEAD, last)]) blocks.add(Math.floor(near / BLOCK));
  }
  return [...blocks].sort((a, b) => a - b);
}
