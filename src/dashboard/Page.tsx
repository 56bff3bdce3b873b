import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { useState } from 'react';
import type { PageStart } from '../store/local-server.ts';
import { App } from './App.tsx';
import { tableWatch } from './reading/live-reading.ts';
import type { TableReader } from './reading/table-reader.ts';
import { inViewOf, ReleasesInView } from './reading/watched-releases.ts';

export interface PageProps {
  readonly start: PageStart;
  readonly reader: TableReader;
}

/** The whole page, with the cache of the readings and the view state of the address around it. Mounted once. */
export function Page({ start, reader }: PageProps) {
  const [client] = useState(() => new QueryClient());
  const [watch] = useState(() => tableWatch(reader, start.pollIntervalMs));
  const [tell] = useState(() => inViewOf(watch));
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <ReleasesInView value={tell}>
          <App start={start} watch={watch} />
        </ReleasesInView>
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
