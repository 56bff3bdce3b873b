const KEPT_TICKET = 'release-matrix:ticket';

/**
 * The ticket by which a reload of this tab gets its start, where other people use the machine. It is kept in the tab's own
 * storage, which another process gets at when it takes the port and the tab is reloaded then. So it is not the token: it is
 * good for the run of the server that gave it alone, which has ended when somebody else has its port, and nothing that
 * was sent or kept can be read or forged by it.
 *
 * @param ticket null: a reload needs none
 */
export function keepTicket(ticket: string | null, storage?: Pick<Storage, 'setItem' | 'removeItem'>): void {
  try {
    // To look at the storage at all throws where the browser keeps nothing.
    const kept = storage ?? sessionStorage;
    if (ticket === null) kept.removeItem(KEPT_TICKET);
    else kept.setItem(KEPT_TICKET, ticket);
  } catch {
    // Without storage the page works until it is reloaded, and then asks for a new code.
  }
}

/** @returns null: the tab has none */
export function keptTicket(storage: Pick<Storage, 'getItem'>): string | null {
  try {
    return storage.getItem(KEPT_TICKET);
  } catch {
    return null;
  }
}
