import {
  type RefObject,
  type SyntheticEvent,
  useCallback,
  useContext,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import {
  type Axes,
  nearest,
  type Place,
  type Position,
  placeAt,
  positionOf,
  type Whereabouts,
  type WhereaboutsRef,
} from '../grid/place.ts';
import { positionOfEvent } from './grid-events.ts';
import { StillReading } from './still-reading.ts';

/** What happens to the place that has just become active. */
interface Arrival {
  /** How it is scrolled into view; false: not at all. */
  readonly show: Showing | false;
  readonly focus: boolean;
}

/** By the least movement, as a key asks for; or amid its neighbours, as one who comes from elsewhere wants to see it. */
export type Showing = 'least' | 'amid';

interface ActivePlace {
  readonly position: Position;
  /** Makes a position active: it becomes the grid's one stop of the Tab key. */
  readonly activate: (position: Position, arrival: Arrival) => void;
  /** What is still to happen to it, once it is drawn; `useArrival` sees to that. */
  readonly arrival: RefObject<PendingArrival>;
  /** Whether a link leads to the position, or a choice; else it is only where the Tab key stops. */
  readonly led: boolean;
  /** Whether the focus is in the grid, as far as events have told. */
  readonly focused: RefObject<boolean>;
}

interface PendingArrival extends Arrival {
  /** The place that it is for; null: for whichever is active. */
  readonly to: Position | null;
  /** The focus is not taken from elsewhere: it is given back where it was lost with what had it. */
  readonly gives?: true;
}

const STAY: PendingArrival = { show: false, focus: false, to: null };

/**
 * Which place of the grid is the Tab stop. The place is known by release and component, so it stays the same through
 * polls, filters and the flip; where it is gone, the nearest stands in for it until it is back.
 *
 * @param axes at least one row and one column; the same object as long as nothing in it has changed
 * @param selected the cell whose details are open: it becomes active whenever it changes from outside
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
  const [active, setActive] = useState<{ readonly place: Place; readonly last: Position }>(() => {
    const before = start === null ? null : positionOf(axes, start.place);
    const last = before ?? positionOf(axes, selected) ?? { row: 0, column: 0 };
    return { place: placeAt(axes, last), last };
  });
  const arrival = useRef<PendingArrival>(
    start === null ? STAY : { show: 'amid', focus: start.focus, to: null, gives: true },
  );
  const focused = useRef(start?.focus ?? false);

  const activate = useCallback(
    (to: Position, arriving: Arrival) => {
      arrival.current = { ...arriving, to };
      setActive({ place: placeAt(axes, to), last: to });
    },
    [axes],
  );

  const latest = useRef(active.place);
  useLayoutEffect(() => {
    latest.current = active.place;
  });
  const partial = useContext(StillReading);
  const shownSelection = useRef<{ readonly name: string; readonly partial: boolean } | null>(null);
  useLayoutEffect(() => {
    if (selected.release === null || selected.component === null) {
      shownSelection.current = null;
      return;
    }
    const name = `${selected.release}\n${selected.component}`;
    const shown = shownSelection.current?.name === name ? shownSelection.current : null;
    if (shown?.partial === partial) return;
    const at = positionOf(axes, selected);
    if (at === null) return; // not read yet, filtered out, or folded away
    shownSelection.current = { name, partial };
    // One's own click or key has shown it already, and must not move it away from under the pointer. Among the first rows
    // it stood elsewhere.
    const own =
      shown === null && latest.current.release === selected.release && latest.current.component === selected.component;
    activate(at, { show: own ? 'least' : 'amid', focus: focused.current });
  }, [selected, axes, activate, partial]);

  // After the selection, which may be the same place, and which does not take the focus from elsewhere.
  useLayoutEffect(() => {
    const at = reveal === null ? null : positionOf(axes, reveal);
    if (at === null) return; // none, or its row is only drawn when filters and folds have gone
    activate(at, { show: 'amid', focus: true });
    onRevealed();
  }, [reveal, axes, activate, onRevealed]);

  const { row, column } = nearest(axes, active.place, active.last);
  // Made anew by each activation, even of the place that is active already: it may have been scrolled out of view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const position = useMemo(() => ({ row, column }), [row, column, active]);
  const led = start !== null || selected.release !== null || selected.component !== null;
  return { position, activate, arrival, led, focused };
}

/**
 * Scrolls to the active place and focuses it where that was asked for, and gives the focus back where drawing has lost
 * it. To be called after the virtualizers, which scroll to their own beginning when they first see their element.
 *
 * @param show scrolls a position into view
 * @returns the grid's handlers of focus and blur
 */
export function useArrival(
  grid: RefObject<HTMLElement | null>,
  axes: Axes,
  { position, activate, arrival, led, focused }: ActivePlace,
  show: (position: Position, how: Showing) => void,
) {
  // A link may open on a cell far away. Apart from the rest, so that it happens with each mounting, as virtualizers do.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once only, with what was there then
  useLayoutEffect(() => {
    if (led) show(position, 'amid');
  }, []);

  /** The active place is to have the focus, and is not drawn yet. */
  const owed = useRef(false);
  const kind = useRef(axes.down[0]?.kind);
  useLayoutEffect(() => {
    // What has been activated in this very commit is drawn by the next one: its arrival waits for that.
    const { to } = arrival.current;
    const due = to === null || (to.row === position.row && to.column === position.column);
    const arriving = due ? arrival.current : STAY;
    const { show: shows } = arriving;
    const focuses = arriving.focus && (!arriving.gives || document.activeElement?.contains(grid.current) === true);
    if (due) arrival.current = STAY;
    const flipped = kind.current !== axes.down[0]?.kind;
    kind.current = axes.down[0]?.kind;
    // What was scrolled where means nothing in the flipped grid.
    if (shows || flipped) show(position, shows || 'amid');
    const root = grid.current;
    const element = root && elementAt(root, position);
    if (arriving !== STAY) owed.current = focuses && !element;
    if (!element || element === document.activeElement) return;
    // A poll or a filter may have taken the focused element out, which leaves the focus on the body, or moved its place
    // to another element.
    const lost = focused.current && (document.activeElement === document.body || root.contains(document.activeElement));
    if (focuses || lost) element.focus({ preventScroll: true });
  }, [position, axes, arrival, focused, show, grid]);

  // A grid that has just been mounted, or scrolled far, draws the place in a later commit.
  useLayoutEffect(() => {
    const element = owed.current && grid.current ? elementAt(grid.current, position) : null;
    if (!element) return;
    owed.current = false;
    element.focus({ preventScroll: true });
  });

  return {
    // Not by our keys alone: assistive technology focuses what it likes.
    onFocus(event: SyntheticEvent) {
      focused.current = true;
      const at = positionOfEvent(event);
      if (at !== null && (at.row !== position.row || at.column !== position.column)) activate(at, STAY);
    },
    // Where React takes the focused element out, no event comes, and the focus is still ours.
    onBlur({ relatedTarget }: { relatedTarget: EventTarget | null }) {
      focused.current = relatedTarget instanceof Node && grid.current?.contains(relatedTarget) === true;
    },
  };
}

/** The head or cell at a position. */
function elementAt(grid: HTMLElement, { row, column }: Position): HTMLElement | null {
  return grid.querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`);
}

/** Lets it be known where one is, for when another grid takes the place of this one. */
export function useWhereabouts(
  whereabouts: WhereaboutsRef,
  axes: Axes,
  { position, focused }: Pick<ActivePlace, 'position' | 'focused'>,
): void {
  useLayoutEffect(() => {
    whereabouts.current = () => ({ place: placeAt(axes, position), focus: focused.current });
  }, [whereabouts, axes, position, focused]);
}
