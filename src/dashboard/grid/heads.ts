import type { Component } from '../../release/item/component.ts';
import type { Release } from '../../release/item/release.ts';
import { dueSentence, dueWords } from '../../release/report/line-due.ts';
import { onceFor } from '../../release/text/once-for.ts';
import type { Visible } from '../../views/filters/visible.ts';
import type { ShownOutline, ShownRow } from '../../views/matrix/matrix-update.ts';
import { typeLabel } from '../elements/type-marks.ts';
import { type NameParts, NOTHING_SHARED, sharedParts, wordsBefore } from './shared-parts.ts';

/** Heads that belong together: a type's components, a line's releases. */
export interface HeadGroup {
  readonly id: string;
  readonly label: string;
  /** How many the filters leave of it. */
  readonly count: number;
  /** The components' type; null for a group of releases. */
  readonly type: string | null;
}

interface HeadBase {
  /** Unique on the axis, and never a word that means something to an object, whatever tags and names hold. */
  readonly id: string;
  /** Index among all releases or components, whatever the filters leave. */
  readonly index: number;
  /** Place among all heads that the filters leave, those that are folded away included; from 0. */
  readonly ordinal: number;
  readonly group: HeadGroup;
}

export interface ReleaseHead extends HeadBase {
  readonly kind: 'release';
  readonly row: ShownRow;
  /** Set on the head of a line that can be folded. */
  readonly fold: LineFold | null;
  /** "due in 3 days, 2 not ready" and all there is to say of it; set on the head of a line that is due. */
  readonly due?: { readonly words: string; readonly late: boolean; readonly whole: string };
  /** Tag of the line's head, where this is a pre-release that folds away beneath it. */
  readonly under: string | null;
}

/** A line's pre-releases, beneath its stable release or, where it has none, beneath the newest of them. */
export interface LineFold {
  readonly line: string;
  readonly folded: boolean;
  /** How many releases fold away, and the worst that is found in them. */
  readonly count: number;
  readonly worst: 'error' | 'warning' | null;
}

export interface ComponentHead extends HeadBase {
  readonly kind: 'component';
  readonly component: Component;
  /** What its name shares with those of its type, whatever the filters leave. */
  readonly shared: NameParts;
}

/** What stands at the head of a row or of a column of the grid. */
export type Head = ReleaseHead | ComponentHead;

/** Id of the group of releases whose keys are no SemVer. */
export const NOT_SEMVER = 'releases:not-semver';

/**
 * The releases that the filters leave, in the report's order, without those that are folded away.
 *
 * @param folded lines (`1.4.0`) whose pre-releases are folded away
 */
export function releaseHeads(
  { rows, due = [] }: ShownOutline,
  visible: Visible,
  folded: readonly string[],
): ReleaseHead[] {
  const foldedLines = new Set(folded);
  const heads: ReleaseHead[] = [];
  const shown = visible.rows.flatMap((index) => {
    const row = rows[index];
    return row ? [{ index, row }] : [];
  });
  for (let at = 0; at < shown.length; ) {
    const line = shown[at]?.row.release.line ?? null;
    // SemVer order puts the releases of a line side by side, and those without one last.
    let end = at + 1;
    while (end < shown.length && (shown[end]?.row.release.line ?? null) === line) end++;
    const members = shown.slice(at, end);
    const group: HeadGroup =
      line === null
        ? { id: NOT_SEMVER, label: 'Not SemVer', count: members.length, type: null }
        : { id: `line:${line}`, label: line, count: members.length, type: null };
    const isFolded = line !== null && foldedLines.has(line);
    const [first] = members;
    const under = members.filter((member) => member !== first && foldsAway(member.row.release));
    const fold: LineFold | null =
      line !== null && under.length > 0 ? { line, folded: isFolded, count: under.length, worst: worstOf(under) } : null;
    const planned = line === null ? undefined : due.find((of) => of.line === line);
    members.forEach((member, offset) => {
      const beneath = under.includes(member);
      if (beneath && isFolded) return;
      heads.push({
        kind: 'release',
        id: `release:${member.row.release.tag}`,
        index: member.index,
        ordinal: at + offset,
        group,
        row: member.row,
        fold: member === first ? fold : null,
        ...(planned !== undefined &&
          member === first && { due: { words: dueWords(planned), late: planned.late, whole: dueSentence(planned) } }),
        under: beneath ? (first?.row.release.tag ?? null) : null,
      });
    });
    at = end;
  }
  return heads;
}

/** In a table of more releases than this, lines fold by themselves. */
const UNFOLDED_RELEASES = 20;

/**
 * The lines that fold by themselves, in a long table: those that are past, as the newest stable release has left them
 * behind, and those that are alphas alone.
 */
export function foldedByThemselves({ rows }: Pick<ShownOutline, 'rows'>, visible: Visible): string[] {
  if (visible.rows.length <= UNFOLDED_RELEASES) return [];
  const releases = rows.map(({ release }) => release);
  const newest = releases.findIndex(({ stage, line }) => stage === 'stable' && line !== null);
  const past = newest === -1 ? [] : releases.slice(newest).flatMap(({ line }) => line ?? []);
  const current = releases[newest]?.line ?? null;
  const beyondAlpha = new Set(releases.flatMap(({ stage, line }) => (stage === 'alpha' ? [] : (line ?? []))));
  const alphas = releases.flatMap(({ line }) => (line === null || beyondAlpha.has(line) ? [] : line));
  return [...new Set([...alphas, ...past])].filter((line) => line !== current);
}

/** The worst of what is found in releases. */
function worstOf(members: readonly { readonly row: ShownRow }[]): LineFold['worst'] {
  if (members.some(({ row }) => row.verdict.errors > 0)) return 'error';
  return members.some(({ row }) => row.verdict.warnings > 0) ? 'warning' : null;
}

/** A stable release is never folded away, nor one of which we do not know what it precedes. */
function foldsAway({ line, stage }: Release): boolean {
  return line !== null && stage !== 'stable';
}

/** The lines that can be folded, of those that the filters leave. */
export function foldableLines(heads: readonly ReleaseHead[]): string[] {
  return heads.flatMap(({ fold }) => (fold === null ? [] : [fold.line]));
}

/** The components that the filters leave, in the report's order. */
export function componentHeads({ components }: ShownOutline, visible: Visible): ComponentHead[] {
  const shown = visible.columns.flatMap((index) => {
    const component = components[index];
    return component ? [{ index, component }] : [];
  });
  const counts = new Map<string, number>();
  for (const { component } of shown) counts.set(component.type, (counts.get(component.type) ?? 0) + 1);
  const groups = new Map<string, HeadGroup>();
  const shared = sharedNames(components);
  return shown.map(({ index, component }, ordinal) => {
    const { type } = component;
    const count = counts.get(type) ?? 0;
    const group = groups.get(type) ?? { id: `type:${type}`, label: typeLabel(type), count, type };
    groups.set(type, group);
    const id = `component:${component.id}`;
    return { kind: 'component', id, index, ordinal, group, component, shared: shared[index] ?? NOTHING_SHARED };
  });
}

/** By list: a poll hands over the same one as long as the components are the same. */
const sharedNames = onceFor((components: readonly Component[]): readonly NameParts[] => {
  const names = new Map<string, string[]>();
  for (const { type, name } of components) {
    const others = names.get(type);
    if (others === undefined) names.set(type, [name]);
    else others.push(name);
  }
  const parts = new Map([...names].map(([type, of]) => [type, sharedParts(of)]));
  const nameOf = (type: string, at: number) => (components[at]?.type === type ? components[at].name : undefined);
  return components.map(({ name, type }, at) => ({
    ...(parts.get(type) ?? NOTHING_SHARED),
    before: wordsBefore(name, [nameOf(type, at - 1), nameOf(type, at + 1)]),
  }));
});

/**
 * The number of the face where two heads cross (`ShownMatrix#faces`); null: not handed over yet. The heads may come in
 * either order. It asks the release's head alone: where another release has changed, nothing is drawn here.
 */
export function cellAt(one: Head, other: Head): number | null {
  const [release, component] = one.kind === 'release' ? [one, other] : [other, one];
  if (release.kind !== 'release' || component.kind !== 'component') return null;
  const { cells, folded } = release.row;
  return ((release.fold?.folded && folded) || cells)?.[component.index] ?? null;
}

/**
 * The heads with each one that is as before being that very object, its group too, and the whole as well where all are: a
 * poll makes them anew, and what is drawn from the same head need not be drawn again.
 */
export function keepHeads<H extends Head>(before: readonly H[], now: readonly H[]): readonly H[] {
  const known = new Map(before.map((head) => [head.id, head]));
  const groups = new Map(before.map(({ group }) => [group.id, group]));
  const heads = now.map((head) => {
    const old = known.get(head.id);
    if (old !== undefined && sameHead(old, head)) return old;
    // Heads of one group share its object, kept ones and new ones alike.
    const group = groups.get(head.group.id);
    return group?.count === head.group.count ? { ...head, group } : head;
  });
  return heads.length === before.length && heads.every((head, at) => head === before[at]) ? before : heads;
}

/** A group of as many heads under the same id is the same: its label and type are in its id. */
function sameHead(a: Head, b: Head): boolean {
  if (a.index !== b.index || a.ordinal !== b.ordinal) return false;
  if (a.group.id !== b.group.id || a.group.count !== b.group.count) return false;
  if (a.kind === 'component') {
    if (b.kind !== 'component' || a.component.id !== b.component.id) return false;
    const [one, other] = [a.shared, b.shared];
    return (
      one.scope === other.scope && one.start === other.start && one.end === other.end && one.before === other.before
    );
  }
  if (b.kind !== 'release' || a.row !== b.row || a.under !== b.under) return false;
  if (a.due?.whole !== b.due?.whole) return false;
  return a.fold?.folded === b.fold?.folded && a.fold?.count === b.fold?.count && a.fold?.worst === b.fold?.worst;
}
