import type { Fix } from './fault-fix.ts';

/** By itself: it is shown, too, where nothing more of the page's program can be loaded. */
export const serverStopped = (): Fix => ({
  title: 'Local server stopped',
  explanation: 'The server that this page came from does not answer. Start it again; the page goes on by itself.',
  copy: null,
});
