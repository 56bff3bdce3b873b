import { type RefObject, type SyntheticEvent, useLayoutEffect, useRef, useState } from 'react';
import type { Position } from './place.ts';

/** By the least movement, as a key asks for; or amid its neighbours, as one who comes from elsewhere wants to see it. */
export type Showing = 'least' | 'amid';

/** What happens to the place that has just become active. */
interface Arrival {
  /** How it is scrolled into view; false: not at all. */
  readonly show: Showing | false;
  /** `given-back`: where it was lost with what had it; it is not taken from elsewhere. */
  readonly focus: boolean | 'given-back';
}

export const STAY: Arrival = { show: false, focus: false };

/** Which place is active, and where it was when it became so. Another object each time. */
interface Activation<Place> {
  readonly place: Place;
  readonly last: Position;
  readonly arrival: Arrival;
}

interface RovingPlaceInput<Place> {
  /** What a place is known by, which holds when rows come and go. */
  readonly placeAt: (position: Position) => Place;
  /** Where a place is; where it is gone, what stands in for it. */
  readonly positionOf: (place: Place, last: Position) => Position;
  /** What is active at first. Default: whatever is first, until somebody goes elsewhere. */
  readonly first?: () => Activation<Place>;
  /** Whether the focus was here a moment ago. Default: not. */
  readonly focused?: boolean;
}

/** The one place of a grid or a list that the Tab key stops at. */
export interface RovingPlace<Place> {
  readonly position: Position;
  readonly activate: (position: Position, arrival: Arrival) => void;
  readonly activation: Activation<Place> | null;
  /** Whether the focus is among the places, as far as events have told. */
  readonly focused: RefObject<boolean>;
}

/** Keeps which place is active; `useRovingFocus` shows and focuses it. */
export function useRovingPlace<Place>(input: RovingPlaceInput<Place>): RovingPlace<Place> {
  const { placeAt, positionOf, first } = input;
  const [activation, setActivation] = useState(() => first?.() ?? null);
  const focused = useRef(input.focused ?? false);
  return {
    position: activation === null ? { row: 0, column: 0 } : positionOf(activation.place, activation.last),
    activate: (to, arrival) => setActivation({ place: placeAt(to), last: to, arrival }),
    activation,
    focused,
  };
}

/**
 * Shows the active place and focuses it where that was asked for, and gives the focus back where drawing has lost it. To
 * be called after virtualizers, which scroll to their own beginning when they first see their element.
 *
 * @param root holds the places: elements with `data-column`, which have `data-row` or are in one that has
 * @param show scrolls a position into view
 * @returns the root's handlers of focus and blur
 */
export function useRovingFocus(
  root: RefObject<HTMLElement | null>,
  { position, activate, activation, focused }: RovingPlace<unknown>,
  show: (position: Position, how: Showing) => void,
) {
  const arrived = useRef<typeof activation>(null);
  /** The active place is to have the focus, and may not be drawn yet: so it is where one has scrolled far. */
  const owed = useRef(false);
  useLayoutEffect(() => {
    const { activeElement } = document;
    if (root.current === null || activeElement === null) return;
    if (activation !== null && arrived.current !== activation) {
      arrived.current = activation;
      const { arrival } = activation;
      if (arrival.show) show(position, arrival.show);
      owed.current = arrival.focus === 'given-back' ? activeElement.contains(root.current) : arrival.focus;
    }
    // A poll or a filter may have taken the focused element out, which leaves the focus on the body, or moved its place
    // to another element.
    const at = root.current.contains(activeElement) ? positionOfElement(activeElement) : null;
    const isLost = focused.current && (activeElement === document.body || (at !== null && !isSame(at, position)));
    const target = owed.current || isLost ? elementAt(root.current, position) : null;
    if (target === null) return;
    owed.current = false;
    if (target !== activeElement) target.focus({ preventScroll: true });
  });

  return {
    // Not by our keys alone: assistive technology focuses what it likes.
    onFocus({ target }: SyntheticEvent) {
      focused.current = true;
      const at = target instanceof Element ? positionOfElement(target) : null;
      if (at !== null && !isSame(at, position)) activate(at, STAY);
    },
    // Where React takes the focused element out, no event comes, and the focus is still ours.
    onBlur({ relatedTarget }: { readonly relatedTarget: EventTarget | null }) {
      focused.current = relatedTarget instanceof Node && root.current?.contains(relatedTarget) === true;
    },
  };
}

function isSame(one: Position, other: Position): boolean {
  return one.row === other.row && one.column === other.column;
}

/** What takes the focus at a position; null: it is not drawn. */
export function elementAt(root: HTMLElement, { row, column }: Position): HTMLElement | null {
  const [inRow, inColumn] = [`[data-row="${row}"]`, `[data-column="${column}"]`];
  return root.querySelector<HTMLElement>(`${inRow} ${inColumn}, ${inRow}${inColumn}`);
}

/** Which place an element is in. */
export function positionOfElement(target: Element): Position | null {
  const row = target.closest<HTMLElement>('[data-row]')?.dataset.row;
  const column = target.closest<HTMLElement>('[data-column]')?.dataset.column;
  return row === undefined || column === undefined ? null : { row: Number(row), column: Number(column) };
}
