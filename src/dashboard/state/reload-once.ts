import { useEffect } from 'react';
import type { Reading } from '../../live/poll-status.ts';
import { whoAnswers } from '../../live/server-secret.ts';

const LAST_RELOAD = 'release-matrix:reloaded-at';
/** A second reload this soon would be the same failure again; then the person decides. Milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * Reloads the page because the local server no longer knows its token, which a fresh page brings along. At most once
 * a minute: a server that refuses fresh tokens too must not make the page flicker for ever.
 *
 * @param now milliseconds since 1970
 * @returns whether it reloads
 */
export function reloadOnce(storage: Storage, now: number, reload: () => void): boolean {
  try {
    const last = Number(storage.getItem(LAST_RELOAD) ?? 0);
    if (Math.abs(now - last) < PATIENCE_MS) return false;
    storage.setItem(LAST_RELOAD, String(now));
  } catch {
    return false; // no storage, no memory of the last time
  }
  reload();
  return true;
}

/**
 * A restarted local server wants its new token, which only a fresh page has; the view lives in the URL and stays.
 *
 * @param reload how the page is loaded anew
 * @param ask who answers at its address: never loaded anew from another program
 */
export function useFreshToken(reading: Reading | null, reload = reloadPage, ask = whoAnswers): void {
  // Looked at after each try, not once: where the last reload is too short ago, a later try may do it.
  const refusedAt = reading?.fault?.code === 'local-server-restarted' ? reading.endedAt : null;
  useEffect(() => {
    if (refusedAt === null) return;
    // Where other people use the machine, the answer brings the ticket that a fresh page of this tab needs.
    void ask().then((answering) => {
      if (answering === 'ours') reloadOnce(sessionStorage, Date.now(), reload);
    });
  }, [refusedAt, reload, ask]);
}

function reloadPage(): void {
  location.reload();
}
