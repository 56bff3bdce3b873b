import './zod-without-eval.ts';
import './styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { StrictMode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import type { TokenedStart } from '../store/local-server.ts';
import { App } from './App.tsx';
import { CodeWanted } from './faults/CodeWanted.tsx';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { ForeignWorker } from './faults/ForeignWorker.tsx';
import { hasCode, unlockStart } from './one-time-code.ts';
import { tableWatch } from './reading/live-reading.ts';
import { tableReader } from './reading/table-reader.ts';
import { takeStart } from './start.ts';
import { startTheme } from './theme.ts';

startTheme();

// When its server has gone, Vite's client in dev would start one from text, which the policy of the page forbids; without
// it, it asks by itself whether the server is back. Nothing else here uses one.
Reflect.deleteProperty(globalThis, 'SharedWorker');

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element with the id "root".');
const root = createRoot(element);

const told = takeStart(document);
// Only after the data block has left the document, and before anything is asked for.
if (navigator.serviceWorker?.controller) void dismissWorkers(root);
else if (told === null) void open(root);
else show(root, told);

/** A service worker stays at an address, whatever is served there next, and sees all that its pages ask for. */
async function dismissWorkers(root: Root): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  root.render(<ForeignWorker onReload={() => location.reload()} />);
}

function show(root: Root, tokened: TokenedStart): void {
  // Nothing that React holds has the token: what it holds can be looked at from outside.
  const { token, ...start } = tokened;
  const reader = tableReader(
    { ...start, token },
    { origin: location.origin, fetch: (...request) => fetch(...request), now: Date.now },
  );
  const watch = tableWatch(reader, start.pollIntervalMs);
  root.render(
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <NuqsAdapter>
          <ErrorBoundary what="The page" triesAgainOn={null}>
            <App start={start} watch={watch} />
          </ErrorBoundary>
        </NuqsAdapter>
      </QueryClientProvider>
    </StrictMode>,
  );
}

/** Where other people use this machine, the start has to be asked for. */
async function open(root: Root): Promise<void> {
  const unlocked = await unlockStart({
    fragment: location.hash,
    strip: () => history.replaceState(history.state, '', location.pathname + location.search),
    storage: sessionStorage,
    fetch: (...request) => fetch(...request),
  });
  // An address with a new code that is opened in this tab changes the fragment only, which loads nothing by itself.
  addEventListener('hashchange', () => {
    if (hasCode(location.hash)) location.reload();
  });
  if ('start' in unlocked) show(root, unlocked.start);
  else root.render(<CodeWanted reason={unlocked.locked} />);
}
