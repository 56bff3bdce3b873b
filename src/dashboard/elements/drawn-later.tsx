import { type ComponentType, type ReactNode, use } from 'react';

/** So long it counts as not come; then it is asked for again. Milliseconds. */
const GIVEN_UP_MS = 1_000;

/** A part of the page that is loaded when it is first drawn, or before, where one knows that it will be. */
export type DrawnLater<Props> = ((props: Props) => ReactNode) & { readonly fetch: () => void };

/**
 * A part of the page that is loaded when it is first drawn, as by React's `lazy`, within a `Suspense`. But where it does not
 * come, it is not given up for good: drawn again a moment later, it is asked for again.
 *
 * @param load gets the part, as the default of a module
 * @param instead what stands in its place where it does not come. Default: nothing, and the error goes to the boundary around it
 */
export function drawnLater<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  instead?: (error: Error) => ReactNode,
): DrawnLater<Props> {
  let coming: ReturnType<typeof load> | null = null;
  const ask = async () => {
    try {
      return await load();
    } catch (error) {
      setTimeout(() => {
        coming = null;
      }, GIVEN_UP_MS);
      if (instead === undefined || !(error instanceof Error)) throw error;
      return { default: () => instead(error) };
    }
  };
  function Drawn(props: Props) {
    coming ??= ask();
    const { default: Part } = use(coming);
    return <Part {...props} />;
  }
  return Object.assign(Drawn, {
    fetch: () => {
      coming ??= ask();
      // Whoever draws it is told.
      coming.catch(() => {});
    },
  });
}
