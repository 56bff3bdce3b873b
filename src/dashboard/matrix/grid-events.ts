import type { KeyboardEvent, MouseEvent, SyntheticEvent } from 'react';
import type { Release } from '../../release/item/release.ts';
import { isForBrowser } from '../elements/ViewLink.tsx';
import type { Head, ReleaseHead } from '../grid/heads.ts';
import { foldAfter, positionAfter } from '../grid/keyboard.ts';
import type { Axes, Position } from '../grid/place.ts';
import { positionOfElement } from '../grid/roving-focus.ts';

/** What the grid's keys and clicks bring about. */
interface GridActions {
  readonly activate: (to: Position, arrival: { show: 'least'; focus: boolean }) => void;
  readonly onChoose: (down: Head, across: Head) => void;
  readonly onEscape: () => void;
  readonly onFold: (line: string, folded: boolean) => void;
  /** Called with the tag of a release that is to be compared, and the component that was looked at; null: none was. */
  readonly onCompare: (tag: string, component: string | null) => void;
  /** Called with the tag of a release whose page, or with a release whose findings, somebody wants to see. */
  readonly onOpen: (tag: string) => void;
  /** Called with the mark of evidence at the head of a release, where it has one. */
  readonly onEvidence: (head: ReleaseHead, mark: Element) => void;
  readonly onFindings: (release: Release) => void;
  /** Called with the id of a component of which somebody wants to see all there is. */
  readonly onComponent: (id: string) => void;
  readonly page: () => { readonly pageRows: number; readonly pageColumns: number };
}

/** The grid's handlers of keys and clicks: one of each for all cells, for there are hundreds. */
export function gridEvents(axes: Axes, actions: GridActions) {
  const { activate, onChoose, onEscape, onFold, onCompare, onOpen, onEvidence, onFindings, onComponent, page } =
    actions;
  const { down, across } = axes;
  const choose = ({ row, column }: Position) => {
    const [one, other] = [down[row], across[column]];
    if (one && other) return onChoose(one, other);
    const head = one ?? other;
    if (head?.kind === 'release') onOpen(head.row.release.tag);
    else if (head) onComponent(head.component.id);
  };
  return {
    onKeyDown(event: KeyboardEvent) {
      const at = positionOfEvent(event);
      if (at === null) return;
      const head = releaseHeadAt(axes, at);
      const fold = head && foldAfter(event, head, at.column === -1);
      if (fold) onFold(fold.line, fold.folded);
      else if (event.key === 'Escape') onEscape();
      else if (event.key === 'Enter' || event.key === ' ') choose(at);
      else if (head && isPlain(event) && event.key === 'e') {
        const mark = event.target instanceof Element && event.target.querySelector('[data-evidence]');
        if (!mark) return;
        onEvidence(head, mark);
      } else if (isPlain(event) && ['c', 'o', 'f'].includes(event.key)) {
        const release = releaseAt(axes, at);
        if (release === null) return;
        if (event.key === 'c') onCompare(release.tag, componentAt(axes, at));
        else if (event.key === 'o') onOpen(release.tag);
        else onFindings(release);
      } else {
        const line =
          head && at.column === -1 && isPlain(event) && event.key === 'ArrowLeft' ? rowOfLine(down, head) : -1;
        const shape = { rows: down.length, columns: across.length, ...page() };
        const to = line === -1 ? positionAfter(event, at, shape) : { row: line, column: -1 };
        if (to === null) return;
        activate(to, { show: 'least', focus: true });
      }
      event.preventDefault();
    },

    onClick(event: MouseEvent) {
      const at = positionOfEvent(event);
      if (at === null) return;
      const within = (selector: string) => event.target instanceof Element && event.target.closest(selector) !== null;
      const link = within('a') ? releaseHeadAt(axes, at) : null;
      if (link) {
        if (isForBrowser(event)) return;
        event.preventDefault();
        if (within('[data-findings]')) onFindings(link.row.release);
        else onOpen(link.row.release.tag);
        return;
      }
      // Shown as well: a cell half under the heads can be clicked.
      activate(at, { show: 'least', focus: true });
      const mark = event.target instanceof Element ? event.target.closest('[data-evidence]') : null;
      const marked = mark && releaseHeadAt(axes, at);
      if (marked) {
        onEvidence(marked, mark);
        return;
      }
      const fold = within('[data-fold]') ? releaseHeadAt(axes, at)?.fold : null;
      if (fold) onFold(fold.line, !fold.folded);
      else choose(at);
    },
  };
}

/** Held with nothing: with Ctrl or Cmd, `c` copies. */
function isPlain({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  return !(ctrlKey || metaKey || altKey || shiftKey);
}

/** Which place an event happened at, by the elements it happened in. */
export function positionOfEvent({ target }: SyntheticEvent): Position | null {
  return target instanceof Element ? positionOfElement(target) : null;
}

/** The release whose own head is at a position. */
function releaseHeadAt({ down, across }: Axes, { row, column }: Position): ReleaseHead | null {
  const head = column === -1 ? down[row] : row === -1 ? across[column] : undefined;
  return head?.kind === 'release' ? head : null;
}

/** The release that a cell or a head is of. */
function releaseAt({ down, across }: Axes, { row, column }: Position): Release | null {
  for (const head of [down[row], across[column]]) if (head?.kind === 'release') return head.row.release;
  return null;
}

/** Id of the component that a cell or a head is of. */
function componentAt({ down, across }: Axes, { row, column }: Position): string | null {
  for (const head of [down[row], across[column]]) if (head?.kind === 'component') return head.component.id;
  return null;
}

/** The row of the line that a release folds away under; -1 for none. */
function rowOfLine(down: readonly Head[], { under }: ReleaseHead): number {
  if (under === null) return -1;
  return down.findIndex((head) => head.kind === 'release' && head.row.release.tag === under);
}
