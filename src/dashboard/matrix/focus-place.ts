import { isLow, isNarrow } from '../elements/narrow.ts';
import { HEAD_COLUMN_PX, offsetToShow } from './geometry.ts';

/** Frames within which a place is drawn that has just been asked for; a large matrix takes a few. */
const FRAMES = 30;

/**
 * Gives the focus to a place of the matrix once it is drawn, and scrolls it from under the heads. What had the focus is
 * often gone by then: the line of a finding that was followed, the details of the cell before.
 *
 * @param names begins the accessible name of the cell ("api in v1.4.0:") or of the release's head ("v1.4.0,")
 * @returns stops trying
 */
export function focusPlace(root: HTMLElement, names: string): () => void {
  let frames = 0;
  let frame = 0;
  const look = () => {
    const places = root.querySelectorAll<HTMLElement>('[role="gridcell"], [role="rowheader"], [role="columnheader"]');
    const place = [...places].find(
      (element) => element.tabIndex === 0 && (element.getAttribute('aria-label') ?? '').startsWith(names),
    );
    if (place !== undefined) {
      show(place);
      place.focus({ preventScroll: true });
    } else if (++frames < FRAMES) frame = requestAnimationFrame(look);
  };
  frame = requestAnimationFrame(look);
  return () => cancelAnimationFrame(frame);
}

/** Scrolls a cell into view with the least movement. The heads, which stay in place, need none. */
function show(place: HTMLElement): void {
  const scroller = place.closest<HTMLElement>('.mx-scroller');
  const heads = scroller?.querySelector('[role="row"]');
  if (!scroller || !heads || place.role !== 'gridcell') return;
  const { top, left, bottom, right } = place.getBoundingClientRect();
  const view = scroller.getBoundingClientRect();
  const [down, across] = [scroller.scrollTop - view.top, scroller.scrollLeft - view.left];
  scroller.scrollTop = offsetToShow(top + down, bottom + down, {
    offset: scroller.scrollTop,
    viewport: scroller.clientHeight,
    covered: isLow() ? 0 : heads.getBoundingClientRect().height,
  });
  scroller.scrollLeft = offsetToShow(left + across, right + across, {
    offset: scroller.scrollLeft,
    viewport: scroller.clientWidth,
    covered: isNarrow() ? 0 : HEAD_COLUMN_PX,
  });
}
