import { MAX_LINK_CHARACTERS } from '../../limits/limits.ts';

/**
 * Which addresses become links. Everything in a fragment is written by somebody else's pipeline: an address is a link
 * only where it can do nothing but open a page of another site in a tab of its own, and the reader sees which site.
 */

/** Why an address is shown as text. */
export type LinkRefusal = 'not-https' | 'user-info' | 'hidden-characters' | 'too-long' | 'unreadable';

export interface SafeAddress {
  readonly href: string;
  /** What the browser will really open: look-alike names in their `xn--` form, the port where there is one. */
  readonly host: string;
}

export type LinkReading = SafeAddress | { readonly refused: LinkRefusal };

/**
 * Reads an address. Only absolute `https:` addresses become links: `javascript:` and its like run, `http:` can be
 * changed on its way, `//host`, `/path` and `#part` would be read against this page, whose server holds credentials.
 */
export function readLink(address: string): LinkReading {
  if (address.length > MAX_LINK_CHARACTERS) return { refused: 'too-long' };
  // A browser drops tabs, line ends and surrounding blanks, and reads `\` as `/`: what is seen is not what is opened.
  if (/[\s\\\p{Cc}\p{Cs}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u.test(address)) {
    return { refused: 'hidden-characters' };
  }
  if (!/^https:\/\//i.test(address)) return { refused: 'not-https' };
  if (!URL.canParse(address)) return { refused: 'unreadable' };
  const url = new URL(address);
  // `https://github.com@evil.example` opens evil.example. An empty name before the @ is as misleading.
  const authority = address.slice('https://'.length).split(/[/?#]/, 1)[0] ?? '';
  if (url.username !== '' || url.password !== '' || authority.includes('@')) return { refused: 'user-info' };
  if (url.protocol !== 'https:' || url.hostname === '') return { refused: 'unreadable' };
  return { href: url.href, host: url.host };
}

/** More of a link's text may be cut off where it is drawn, and its host with it. */
const SEEN = 200;

/**
 * Whether a link's text is the address that it opens, and nothing else; so that whoever reads it knows the host. A text that
 * merely holds the host may hold it to mislead: `https://github.com/login?next=evil.example`.
 */
export function tellsAddress(text: string, { href }: SafeAddress): boolean {
  return text.length <= SEEN && (text === href || `${text}/` === href);
}

/** The host that most of the addresses lead to, of several the first; null: none of them becomes a link. */
export function commonHost(addresses: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const link = readLink(address);
    if ('host' in link) counts.set(link.host, (counts.get(link.host) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return [...counts.keys()].find((host) => counts.get(host) === most) ?? null;
}

/** Why an address is not a link, as the mark beside it says. */
export const REFUSAL_WORDS = {
  'not-https': 'not a link: only complete https addresses are',
  'user-info': 'not a link: a user name stands before the host',
  'hidden-characters': 'not a link: it holds blanks, backslashes or invisible characters',
  'too-long': 'not a link: it is too long to be checked by eye',
  unreadable: 'not a link: it cannot be read as an address',
} satisfies Record<LinkRefusal, string>;
