import { serverStopped } from '../contract/server-stopped.ts';
import { whoAnswers } from '../live/server-secret.ts';
import { shownText } from '../release/text/hidden-characters.ts';
import { reloadOnce } from './state/reload-once.ts';

// What index.html shows until the program of the page is here. Without React, which comes with that program.

/** How often the server is looked for, milliseconds. */
const LOOK_MS = 3_000;

/** Shows it, as soon as the theme is known. @throws Error where the document is not index.html's */
export function showOpening(): HTMLElement {
  const root = part('root');
  root.hidden = false;
  return root;
}

/** Names the table that is about to be read, unless something else, as the question for a code, has been drawn by now. */
export function openingOf(table: string): void {
  const title = document.getElementById('opening-title');
  if (title !== null) title.textContent = shownText(`Reading ${table}`);
}

/**
 * The program of the page did not come: the local server went away between the page and it. Says what the page itself would
 * say, and as there it goes on by itself once the server is back.
 */
export function openingFailed(): void {
  const { title, explanation } = serverStopped();
  part('opening-title').textContent = title;
  part('opening-progress').hidden = true;
  part('opening-words').textContent = explanation;
  const reload = part('opening-reload');
  reload.hidden = false;
  reload.addEventListener('click', () => location.reload());
  setInterval(async () => {
    if ((await whoAnswers()) === 'ours') reloadOnce(sessionStorage, Date.now(), () => location.reload());
  }, LOOK_MS);
}

function part(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`index.html has no element with the id "${id}".`);
  return element;
}
