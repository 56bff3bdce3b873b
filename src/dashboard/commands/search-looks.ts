/** How the search looks, early and late: where one takes the place of the other nothing moves. */

export const SEARCH_POPUP =
  'fixed top-[min(12vh,6rem)] left-1/2 z-50 flex max-h-[min(34rem,calc(100dvh-2rem))] w-[40rem] max-w-[calc(100vw-1rem)] -translate-x-1/2 flex-col overflow-hidden rounded-lg border border-edge bg-raised text-ink shadow-xl outline-none max-sm:top-2';
export const SEARCH_LINE = 'flex items-center gap-2.5 border-b border-rule px-3.5';
export const SEARCH_BOX = 'h-11 min-w-0 flex-1 bg-transparent text-md outline-none placeholder:text-dim';
