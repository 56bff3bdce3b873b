import './zod-without-eval.ts';
import './styles.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { tableWatch } from './reading/live-reading.ts';
import { tableReader } from './reading/table-reader.ts';
import { inViewOf, ReleasesInView } from './reading/watched-releases.ts';
import { takeStart } from './start.ts';
import { startTheme } from './theme.ts';

startTheme();

const start = takeStart(document);
const reader = tableReader(start, {
  origin: location.origin,
  fetch: (...request) => fetch(...request),
  now: Date.now,
});
const watch = tableWatch(reader, start.pollIntervalMs);

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={new QueryClient()}>
      <NuqsAdapter>
        <ErrorBoundary what="The page" triesAgainOn={null}>
          <ReleasesInView value={inViewOf(watch)}>
            <App start={start} watch={watch} />
          </ReleasesInView>
        </ErrorBoundary>
      </NuqsAdapter>
    </QueryClientProvider>
  </StrictMode>,
);
