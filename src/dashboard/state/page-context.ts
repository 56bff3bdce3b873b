import { createContext, useContext } from 'react';
import type { ShownOutline } from '../../views/matrix/matrix-update.ts';
import type { ChangeView } from './view-state.ts';

/**
 * Leads to a place of the matrix: a component's cell of a release, or without a component the release's head. What is told
 * there begins with the environment, where one is meant.
 */
export type Go = (release: string, component: string | null, environment?: string | null) => void;

/** What is drawn outside of the page can be looked at; only what would lead somewhere fails. */
const outside = () => {
  throw new Error('There is no page around it.');
};

export const ChangeViewContext = createContext<ChangeView>(outside);
export const GoContext = createContext<Go>(outside);
export const OutlineContext = createContext<ShownOutline | null>(null);

/** The way to change the view. It is the same function for as long as the page is open: nothing is drawn again for it. */
export function useChangeView(): ChangeView {
  return useContext(ChangeViewContext);
}

/** The way to a place. A view beside which details are shown tells of the place there; any other leads to the matrix. */
export function useGo(): Go {
  return useContext(GoContext);
}

/**
 * What the report holds, without its cells. The same object until that changes.
 *
 * @throws Error outside of a page that shows a report
 */
export function useOutline(): ShownOutline {
  const outline = useContext(OutlineContext);
  if (outline === null) throw new Error('Nothing has been read yet.');
  return outline;
}
