import { CODE_FRAGMENT, ROUTES, START_REFUSALS, type TokenedStart } from '../../contract/local-server.ts';
import { keepTicket, keptTicket } from '../../live/ticket.ts';

/**
 * The start of a page on a machine that other people use, too. It does not stand in the page, which any of their
 * programs could fetch; it is asked for with the one-time code of the terminal: the file that it names leads here with the
 * code, or a person pastes it. The ticket that comes with the start is kept for this tab, so that a reload needs no new code.
 */

/** Why the page has no start. `restarted`: this tab had one, of a server that has ended since. */
export const LOCKED_REASONS = ['no-code', 'wrong', 'used', 'expired', 'restarted', 'unreachable'] as const;
export type LockedReason = (typeof LOCKED_REASONS)[number];

export type Unlocked = { readonly start: TokenedStart } | { readonly locked: LockedReason };

/** What is needed of the browser. */
export interface TabContext {
  /** The fragment of the address: `#c=…`. */
  readonly fragment: string;
  /** Takes the fragment out of the address and the history. */
  readonly strip: () => void;
  /** The tab's own storage. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly fetch: typeof fetch;
}

/** The local server answers at once; milliseconds. */
const LIMIT_MS = 10_000;

/** Whether a fragment holds a one-time code. */
export function hasCode(fragment: string): boolean {
  return fragment.startsWith(CODE_FRAGMENT);
}

/** Asks for the start, by the code in the address or else by the ticket that this tab has kept. */
export async function unlockStart({ fragment, strip, storage, fetch }: TabContext): Promise<Unlocked> {
  const code = hasCode(fragment) ? fragment.slice(CODE_FRAGMENT.length) : null;
  // Before anything else: whatever happens now, the code is no longer in the address.
  if (code !== null) strip();
  const kept = keptTicket(storage);
  if (code === null && kept === null) return { locked: 'no-code' };
  let response: Response;
  let body: unknown;
  try {
    response = await fetch(ROUTES.start, {
      method: 'POST',
      headers: { authorization: code === null ? `Ticket ${kept}` : `Code ${code}` },
      redirect: 'error',
      cache: 'no-store',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    body = await response.json();
  } catch {
    return { locked: 'unreachable' };
  }
  if (response.ok) {
    const start = body as TokenedStart; // our own server's words, written by the same form
    keepTicket(start.ticket, storage);
    return { start };
  }
  if (response.status !== 401) return { locked: 'unreachable' };
  if (code === null) {
    keepTicket(null, storage);
    return { locked: 'restarted' };
  }
  return { locked: REASONS[refusalOf(body)] };
}

const REASONS = { Refused: 'wrong', CodeUsed: 'used', CodeExpired: 'expired' } as const satisfies Record<
  (typeof START_REFUSALS)[number],
  LockedReason
>;

function refusalOf(body: unknown): (typeof START_REFUSALS)[number] {
  const said = typeof body === 'object' && body !== null ? Reflect.get(body, 'Code') : null;
  return START_REFUSALS.find((known) => known === said) ?? 'Refused';
}
