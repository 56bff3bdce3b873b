/** Where the details stand and how wide, of the panel and of its place while its program loads: nothing moves then. */
export const PANEL_PLACE =
  'flex h-full w-[380px] shrink-0 flex-col border-l border-rule bg-panel outline-none low:h-dvh max-lg:w-80 max-sm:fixed max-sm:inset-0 max-sm:z-30 max-sm:w-full max-sm:border-0';
