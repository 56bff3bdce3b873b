import './zod-without-eval.ts';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { laterReader } from './opening/later-reader.ts';
import { Opening } from './opening/Opening.tsx';
import { takeStart } from './start.ts';
import { startTheme } from './theme.ts';

// Both before anything is drawn, and neither waits for the other: the page that shows, and the SDK that reads.
const page = import('./Page.tsx');
const reading = import('./reading/table-reader.ts');
// The first reading says that it failed.
reading.catch(() => {});

startTheme();

const start = takeStart(document);
const reader = laterReader(async (retries) => {
  const { tableReader } = await (retries ? import('./reading/table-reader.ts') : reading);
  return tableReader(start, {
    origin: location.origin,
    fetch: (...request) => fetch(...request),
    now: Date.now,
  });
});

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root".');
createRoot(root).render(
  <StrictMode>
    <ErrorBoundary what="The page" triesAgainOn={null}>
      <Opening start={start} page={page} reader={reader} />
    </ErrorBoundary>
  </StrictMode>,
);
