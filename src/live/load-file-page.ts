import { ONE_FILE_PAGE } from '../contract/one-file.ts';

/**
 * Gets the page into which a file's data are put, from the server of this page.
 *
 * @throws Error where it does not have it
 */
export async function loadFilePage(): Promise<string> {
  const answer = await fetch(new URL(ONE_FILE_PAGE, location.origin), { redirect: 'error', cache: 'no-cache' });
  if (!answer.ok) throw new Error('the page as one file is not built; the terminal of the local server says why.');
  return answer.text();
}
