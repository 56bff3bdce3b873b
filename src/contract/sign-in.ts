/**
 * How the page has the AWS CLI sign in again, through the local server (`ROUTES.signIn`): what it asks, and what it is told.
 * The profile is that of the settings; nothing in a request names one.
 */

/** Body of a request, JSON. */
export type SignInAsk =
  /** Starts the AWS CLI, unless it runs already. */
  | { readonly do: 'start' }
  /** Answered as soon as it stands otherwise than with this number, else after `SIGN_IN_WATCH_MS`. */
  | { readonly do: 'watch'; readonly seen: number }
  /** Hands the AWS CLI what the browser shows after `aws login --remote`. */
  | { readonly do: 'code'; readonly code: string }
  /** Ends the AWS CLI. */
  | { readonly do: 'cancel' };

/** Where a sign-in is. */
export type SignInState = {
  /** Counts up with each change. */
  readonly number: number;
} & (
  | { readonly step: 'none' | 'starting' | 'done' }
  /**
   * The person has to open the address: `code` is to be compared there, null: there is none. `wantsCode`: what the
   * browser shows at the end is to be handed over.
   */
  | { readonly step: 'open'; readonly address: string; readonly code: string | null; readonly wantsCode: boolean }
  /** In our own words: text of the AWS CLI never passes through here. `fix`: what to run by hand; null: nothing helps. */
  | { readonly step: 'failed'; readonly message: string; readonly fix: string | null }
);

/** Longest time that an answer to `watch` is held back, milliseconds. */
export const SIGN_IN_WATCH_MS = 20_000;

/** What the browser shows after `aws login --remote`: base64, so that it can be one line of input and nothing else. */
export const SIGN_IN_CODE = /^[A-Za-z0-9+/]{8,4096}={0,2}$/;

/** @returns null where it is no such body, to the letter: nothing else is chosen by it */
export function readSignInAsk(value: unknown): SignInAsk | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { do: what, ...rest } = value as Readonly<Record<string, unknown>>; // of JSON
  const names = Object.keys(rest).join();
  if ((what === 'start' || what === 'cancel') && names === '') return { do: what };
  if (what === 'watch' && names === 'seen' && Number.isSafeInteger(rest.seen))
    return { do: what, seen: Number(rest.seen) };
  if (what === 'code' && names === 'code' && typeof rest.code === 'string' && SIGN_IN_CODE.test(rest.code)) {
    return { do: what, code: rest.code };
  }
  return null;
}
