import { createHash, randomBytes } from 'node:crypto';
import { PAGE_START_ID, TABLE_PATH, type TokenedStart } from '../contract/local-server.ts';
import { isTopLevelNavigation, type RequestDescription, targetPath } from './guard/guard.ts';

/** Stands in Vite's HTML where the nonce of one answer goes (`html.cspNonce`). */
export const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/** A script element: its attributes, and what stands in it. */
const SCRIPT = /<script\b([^>]*)>([\s\S]*?)<\/script>/gi;

export function createNonce(): string {
  return randomBytes(18).toString('base64url');
}

/**
 * Whether a request asks for the page: its own addresses, and any address a person opens in the top frame (view
 * state lives in the address, so a deep link must open the page). Source files are never shown as documents.
 */
export function asksForPage(request: RequestDescription): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const path = targetPath(request.target);
  return path === '/' || path === '/index.html' || path.startsWith(TABLE_PATH) || isTopLevelNavigation(request);
}

/**
 * Writes the page's start into its HTML as a data block, which no policy has to allow because it never runs.
 *
 * @param html the page as built, or as transformed by Vite
 * @param start null: the page has to ask for it, by a code that is not in it
 * @param nonce of this answer, for styles only; null when none are in line
 * @throws Error when the HTML has no `</head>` to write before
 */
export function writePage(html: string, start: TokenedStart | null, nonce: string | null): string {
  // `<` is the only letter that could end the block; U+003C means the same to JSON.
  const json = JSON.stringify(start).replaceAll('<', '\\u003c');
  const end = html.indexOf('</head>');
  if (end < 0) throw new Error('index.html has no </head>: the page cannot be told its start.');
  const block = `<script type="application/json" id="${PAGE_START_ID}">${json}</script>`;
  const page = html.slice(0, end) + block + html.slice(end);
  // Vite puts its nonce on scripts, too, where it would open more than their own text (see the policy).
  return nonce === null
    ? page
    : page
        .replaceAll(SCRIPT, (script) => script.replace(` nonce="${NONCE_PLACEHOLDER}"`, ''))
        .replaceAll(NONCE_PLACEHOLDER, nonce);
}

/** @returns the digests of the scripts that stand in a page and run, as its policy names them */
export function scriptDigests(page: string): readonly string[] {
  return [...page.matchAll(SCRIPT)]
    .filter(([, attributes = '']) => !/\ssrc=|application\/json/.test(attributes))
    .map(([, , text = '']) => `sha256-${createHash('sha256').update(text).digest('base64')}`);
}
