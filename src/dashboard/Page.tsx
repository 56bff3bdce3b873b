import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { useState } from 'react';
import type { PageStart } from '../contract/local-server.ts';
import type { Engine } from '../live/engine.ts';
import { App } from './App.tsx';
import type { TableChoice } from './state/chosen-table.ts';
import { tableWatch } from './state/live-reading.ts';
import { withOneBox } from './state/view-state.ts';
import { inViewOf, ReleasesInView } from './state/watched-releases.ts';

export interface PageProps {
  readonly start: PageStart;
  readonly choice: TableChoice;
  readonly engine: Engine;
}

/** The whole page, with the cache of the readings and the view state of the address around it. Mounted once. */
export function Page({ start, choice, engine }: PageProps) {
  useState(takeOldAddress);
  const [client] = useState(() => new QueryClient());
  const [watch] = useState(() => tableWatch(engine, start.pollIntervalMs));
  const [tell] = useState(() => inViewOf(watch));
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <ReleasesInView value={tell}>
          <App start={start} choice={choice} watch={watch} />
        </ReleasesInView>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}

/** Before anything reads the address. */
function takeOldAddress(): void {
  const search = withOneBox(location.search);
  if (search !== location.search) history.replaceState(history.state, '', location.pathname + search + location.hash);
}
