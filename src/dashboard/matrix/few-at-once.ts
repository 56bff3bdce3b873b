import { useEffect, useLayoutEffect, useReducer, useRef } from 'react';

/**
 * What of a list is drawn: what has been, and of what is new a few more with each frame. A screenful in one would stop the
 * page for as long as its layout takes, as the browser cannot cut that.
 *
 * @param wanted names, in the order in which they come
 * @param first how many there are with the list itself
 * @param atOnce how many more there are in each frame after it
 * @param urgent of which it waits for no frame
 */
export function useFewAtOnce<T>(wanted: readonly T[], first: number, atOnce: number, urgent: T): ReadonlySet<T> {
  const [, next] = useReducer((frame: number) => frame + 1, 0);
  const there = useRef<ReadonlySet<T> | null>(null);
  let room = there.current === null ? first : atOnce;
  const drawn = new Set(wanted.filter((one) => there.current?.has(one) || one === urgent || room-- > 0));
  const isLeft = wanted.some((one) => !drawn.has(one));
  useLayoutEffect(() => {
    there.current = drawn;
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
