import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';

/**
 * What of a list is drawn: what has been, and of what is new a few more with each frame. A screenful in one would stop the
 * page for as long as its layout takes, as the browser cannot cut that.
 *
 * @param wanted in the order in which it comes
 * @param atOnce how many more there are in each frame
 * @param urgent of which it waits for no frame; null: none
 */
export function useFewAtOnce<T>(wanted: readonly T[], atOnce: number, urgent: T | null): readonly T[] {
  const [, next] = useReducer((frame: number) => frame + 1, 0);
  const there = useRef<ReadonlySet<T>>(new Set());
  let room = atOnce;
  const drawn = wanted.filter((one) => there.current.has(one) || one === urgent || room-- > 0);
  const isLeft = drawn.length < wanted.length;
  useLayoutEffect(() => {
    there.current = new Set(drawn);
  });
  useEffect(() => {
    if (!isLeft) return;
    // Behind the frame that shows those of now: of a scroll, the frame's own callbacks are still to come in it.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(next);
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  });
  return drawn;
}
