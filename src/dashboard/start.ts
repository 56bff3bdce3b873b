import { PAGE_START_ID, type TokenedStart } from '../contract/local-server.ts';

/**
 * Takes what the local server wrote into the page, and takes the data block out of the document: the token in it is
 * then known to this closure alone.
 *
 * @returns null where other people use the machine: the start is to be asked for then
 * @throws Error where the block is not there: the page was not served by Release Matrix' own server
 */
export function takeStart(document: Document): TokenedStart | null {
  const block = document.getElementById(PAGE_START_ID);
  const text = block?.textContent;
  block?.remove();
  if (!text)
    throw new Error('This page must be served by `npm run dev` or `npm run preview`: it carries no start data.');
  return JSON.parse(text) as TokenedStart | null; // our own server's words, written by the same form
}
