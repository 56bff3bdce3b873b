import { type RefObject, useEffect, useRef } from 'react';
import { ZOOMS, type Zoom } from '../../views/params.ts';
import { isPageKey } from '../elements/keys.ts';

/** How far the wheel turns for a step, CSS pixels: a notch of a mouse, or a short pinch. */
const STEP_PX = 60;

/** The step of the zoom beside one; the first and the last have none on one side. */
function zoomBeside(zoom: Zoom, direction: 'in' | 'out'): Zoom {
  return ZOOMS[ZOOMS.indexOf(zoom) + (direction === 'in' ? -1 : 1)] ?? zoom;
}

/** `+`, `-` and the wheel with Ctrl, as which a browser tells a pinch, too, go one step closer or further away. */
export function useZoomSteps(area: RefObject<HTMLElement | null>, zoom: Zoom, onZoom: (zoom: Zoom) => void): void {
  const latest = useRef({ zoom, onZoom });
  useEffect(() => {
    latest.current = { zoom, onZoom };
  });
  useEffect(() => {
    const step = (direction: 'in' | 'out') => {
      const to = zoomBeside(latest.current.zoom, direction);
      if (to !== latest.current.zoom) latest.current.onZoom(to);
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const direction = isPageKey(event, 'zoomIn') ? 'in' : isPageKey(event, 'zoomOut') ? 'out' : null;
      if (direction === null) return;
      event.preventDefault();
      step(direction);
    };
    let turned = 0;
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey) {
        turned = 0;
        return;
      }
      event.preventDefault();
      turned += event.deltaY;
      if (Math.abs(turned) < STEP_PX) return;
      step(turned < 0 ? 'in' : 'out');
      turned = 0;
    };
    const element = area.current;
    document.addEventListener('keydown', onKeyDown);
    // Not passive: the browser must not zoom the page as well.
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      element?.removeEventListener('wheel', onWheel);
    };
  }, [area]);
}
