import { type RefObject, useContext, useLayoutEffect, useRef } from 'react';
import {
  type Axes,
  nearest,
  openName,
  type Place,
  type Position,
  placeAt,
  positionOf,
  type Whereabouts,
  type WhereaboutsRef,
} from '../grid/place.ts';
import { type RovingPlace, type Showing, STAY, useRovingFocus, useRovingPlace } from '../grid/roving-focus.ts';
import { StillReading } from './still-reading.ts';

interface ActivePlace extends RovingPlace<Place> {
  /** Whether a link leads to the position, or a choice; else it is only where the Tab key stops. */
  readonly led: boolean;
}

/**
 * Which place of the grid is the Tab stop. The place is known by release and component, so it stays the same through
 * polls, filters and the flip; where it is gone, the nearest stands in for it until it is back.
 *
 * @param axes at least one row and one column; the same object as long as nothing in it has changed
 * @param selected the cell, or the component, whose details are open: it becomes active whenever it changes from outside
 * @param reveal a place that was asked for from elsewhere: shown and focused as soon as it is there; null: none
 * @param onRevealed called once it was
 * @param start where one was before this grid was there; null: nowhere
 */
export function useActivePlace(
  axes: Axes,
  selected: Place,
  reveal: Place | null,
  onRevealed: () => void,
  start: Whereabouts | null,
): ActivePlace {
  const active = useRovingPlace<Place>({
    placeAt: (position) => placeAt(axes, position),
    positionOf: (place, last) => nearest(axes, place, last),
    first() {
      const before = start === null ? null : positionOf(axes, start.place);
      const last = before ?? positionOf(axes, selected) ?? { row: 0, column: 0 };
      const arrival = start === null ? STAY : ({ show: 'amid', focus: start.focus && 'given-back' } as const);
      return { place: placeAt(axes, last), last, arrival };
    },
    focused: start?.focus ?? false,
  });
  const { activate, activation, focused } = active;

  const partial = useContext(StillReading);
  const name = openName(selected);
  const shownSelection = useRef<{ readonly name: string | null; readonly partial: boolean } | null>(
    start !== null && start.open === name ? { name, partial } : null,
  );
  useLayoutEffect(() => {
    if (name === null) {
      shownSelection.current = null;
      return;
    }
    const shown = shownSelection.current?.name === name ? shownSelection.current : null;
    if (shown?.partial === partial) return;
    const at = positionOf(axes, selected);
    if (at === null) return; // not read yet, filtered out, or folded away
    shownSelection.current = { name, partial };
    // One's own click or key has shown it already, and must not move it away from under the pointer. Among the first rows
    // it stood elsewhere.
    const { release, component } = activation?.place ?? {};
    const own = shown === null && release === selected.release && component === selected.component;
    activate(at, { show: own ? 'least' : 'amid', focus: focused.current });
  });

  // After the selection, which may be the same place, and which does not take the focus from elsewhere.
  useLayoutEffect(() => {
    const at = reveal === null ? null : positionOf(axes, reveal);
    if (at === null) return; // none, or its row is only drawn when filters and folds have gone
    activate(at, { show: 'amid', focus: true });
    onRevealed();
  });

  return { ...active, led: start !== null || selected.release !== null || selected.component !== null };
}

/**
 * Shows the active place and focuses it: see `useRovingFocus`.
 *
 * @param form of the grid: what was scrolled where means nothing in another one
 * @param show scrolls a position into view
 * @returns the grid's handlers of focus and blur
 */
export function useArrival(
  grid: RefObject<HTMLElement | null>,
  active: ActivePlace,
  form: string,
  show: (position: Position, how: Showing) => void,
) {
  const { position, led } = active;
  // A link may open on a cell far away. Apart from the rest, so that it happens with each mounting, as virtualizers do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once only, with what was there then
  useLayoutEffect(() => {
    if (led) show(position, 'amid');
  }, []);

  const shown = useRef(form);
  useLayoutEffect(() => {
    if (shown.current !== form) show(position, 'amid');
    shown.current = form;
  });

  return useRovingFocus(grid, active, show);
}

/** Lets it be known where one is, for when another grid takes the place of this one. */
export function useWhereabouts(
  whereabouts: WhereaboutsRef,
  axes: Axes,
  { position, focused }: Pick<ActivePlace, 'position' | 'focused'>,
  selected: Place,
): void {
  useLayoutEffect(() => {
    const open = openName(selected);
    whereabouts.current = () => ({ place: placeAt(axes, position), focus: focused.current, open });
  });
}
