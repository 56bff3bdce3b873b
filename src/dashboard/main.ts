import './styles.css';
import { CODE_FRAGMENT, type TokenedStart } from '../contract/local-server.ts';
import { takeSecret } from '../live/server-secret.ts';
import { holdReloadUntilProven } from './dev-reload.ts';
import type { Drawing } from './drawing.tsx';
import { openingFailed, openingOf, showOpening } from './opening.ts';
import { pageEngine } from './page-engine.ts';
import { takeStart } from './start.ts';
import { chooseTable } from './state/chosen-table.ts';
import { hasCode, type LockedReason, unlockStart } from './state/one-time-code.ts';
import { startTheme } from './state/theme.ts';

// Small, and the first to run: it starts the worker, which loads what reads the table, while what draws is on its way.
startTheme();
const element = showOpening();
// React by itself: what is run in one piece holds the page up for as long as it takes.
const drawing = import('react-dom/client').then(() => import('./drawing.tsx')).then(({ drawIn }) => drawIn(element));
// Whoever wants to draw is told.
drawing.catch(() => {});
holdReloadUntilProven();

// When its server has gone, Vite's client in dev would start one from text, which the policy of the page forbids; without
// it, it asks by itself whether the server is back. Nothing else here uses one.
Reflect.deleteProperty(globalThis, 'SharedWorker');

const told = takeStart(document);
// Only after the data block has left the document, and before anything is asked for.
if (navigator.serviceWorker?.controller) void dismissWorkers();
else if (told === null) {
  // An address with a new code that is opened in this tab changes the fragment only, which loads nothing by itself.
  addEventListener('hashchange', () => {
    if (hasCode(location.hash)) location.reload();
  });
  void open();
} else show(told);

/** A service worker stays at an address, whatever is served there next, and sees all that its pages ask for. */
async function dismissWorkers(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  draw((drawing) => drawing.foreignWorker(() => location.reload()));
}

/** Draws once what draws is here; says so where it does not come. */
function draw(how: (drawing: Drawing) => void): void {
  void drawing.then(how, openingFailed);
}

function show(given: TokenedStart): void {
  const { tokened, choice } = chooseTable(given, location.pathname);
  const { token: _, secret, ticket: __, ...start } = tokened;
  takeSecret(secret);
  openingOf(start.table);
  // Nothing that React holds has the token or the secret: what it holds can be looked at from outside.
  const engine = pageEngine(tokened);
  draw((drawing) => drawing.page({ start, choice, engine }));
}

/** Where other people use this machine, the start has to be asked for. */
async function open(): Promise<void> {
  const locked = await unlock(location.hash);
  // In the same document: the code gets into no address, and the view in the address stays.
  const onCode = (code: string) => unlock(`${CODE_FRAGMENT}${code}`);
  if (locked !== null) draw((drawing) => drawing.codeWanted(locked, onCode));
}

/** @returns why the page has no start; null: it has, and is shown */
async function unlock(fragment: string): Promise<LockedReason | null> {
  const unlocked = await unlockStart({
    fragment,
    strip: () => history.replaceState(history.state, '', location.pathname + location.search),
    storage: sessionStorage,
    fetch: (...request) => fetch(...request),
  });
  if ('locked' in unlocked) return unlocked.locked;
  show(unlocked.start);
  return null;
}
