import { useEffect } from 'react';
import type { Reading } from '../../live/poll-status.ts';
import { whoAnswers } from '../../live/server-secret.ts';
import { reloadOnce } from './reload-once.ts';

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
