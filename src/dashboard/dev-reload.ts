import { untilOurs } from '../live/server-secret.ts';

/**
 * In dev, when the connection for hot updates has ended, Vite's client asks the port until something answers, and loads the
 * page anew from whatever that is. It waits for its listeners first: so the server proves itself before Vite asks.
 */
export function holdReloadUntilProven(): void {
  import.meta.hot?.on('vite:ws:disconnect', untilOurs);
}
