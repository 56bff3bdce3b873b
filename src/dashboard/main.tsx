import './styles.css';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { CODE_FRAGMENT, type TokenedStart } from '../contract/local-server.ts';
import { takeSecret } from '../live/server-secret.ts';
import { holdReloadUntilProven } from './dev-reload.ts';
import { CodeWanted } from './faults/CodeWanted.tsx';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { ForeignWorker } from './faults/ForeignWorker.tsx';
import { Opening } from './Opening.tsx';
import { pageEngine } from './page-engine.ts';
import { takeStart } from './start.ts';
import { chooseTable } from './state/chosen-table.ts';
import { hasCode, type LockedReason, unlockStart } from './state/one-time-code.ts';
import { startTheme } from './state/theme.ts';

// Asked for before anything is drawn; the worker loads what reads the table by itself.
const page = import('./Page.tsx');
// The page, or the first reading, says that it failed.
page.catch(() => {});

startTheme();
holdReloadUntilProven();

// When its server has gone, Vite's client in dev would start one from text, which the policy of the page forbids; without
// it, it asks by itself whether the server is back. Nothing else here uses one.
Reflect.deleteProperty(globalThis, 'SharedWorker');

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element with the id "root".');
const root = createRoot(element);

const told = takeStart(document);
// Only after the data block has left the document, and before anything is asked for.
if (navigator.serviceWorker?.controller) void dismissWorkers(root);
else if (told === null) {
  // An address with a new code that is opened in this tab changes the fragment only, which loads nothing by itself.
  addEventListener('hashchange', () => {
    if (hasCode(location.hash)) location.reload();
  });
  void open(root);
} else show(root, told);

/** A service worker stays at an address, whatever is served there next, and sees all that its pages ask for. */
async function dismissWorkers(root: Root): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  root.render(<ForeignWorker onReload={() => location.reload()} />);
}

function show(root: Root, given: TokenedStart): void {
  const { tokened, choice } = chooseTable(given, location.pathname);
  const { token: _, secret, ticket: __, ...start } = tokened;
  takeSecret(secret);
  // Nothing that React holds has the token or the secret: what it holds can be looked at from outside.
  const engine = pageEngine(tokened);
  root.render(
    <StrictMode>
      <ErrorBoundary what="The page" triesAgainOn={null}>
        <Opening start={start} choice={choice} page={page} engine={engine} />
      </ErrorBoundary>
    </StrictMode>,
  );
}

/** Where other people use this machine, the start has to be asked for. */
async function open(root: Root): Promise<void> {
  const locked = await unlock(root, location.hash);
  // In the same document: the code gets into no address, and the view in the address stays.
  const onCode = (code: string) => unlock(root, `${CODE_FRAGMENT}${code}`);
  if (locked !== null) root.render(<CodeWanted locked={locked} onCode={onCode} />);
}

/** @returns why the page has no start; null: it has, and is shown */
async function unlock(root: Root, fragment: string): Promise<LockedReason | null> {
  const unlocked = await unlockStart({
    fragment,
    strip: () => history.replaceState(history.state, '', location.pathname + location.search),
    storage: sessionStorage,
    fetch: (...request) => fetch(...request),
  });
  if ('locked' in unlocked) return unlocked.locked;
  show(root, unlocked.start);
  return null;
}
