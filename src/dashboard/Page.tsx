import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/react';
import { type ComponentType, type ReactNode, useState } from 'react';
import type { PageStart } from '../contract/local-server.ts';
import type { Engine } from '../live/engine.ts';
import { App, type FileParts } from './App.tsx';
import type { TableChoice } from './state/chosen-table.ts';
import { tableWatch } from './state/live-reading.ts';
import { withOneBox } from './state/view-state.ts';
import { inViewOf, ReleasesInView } from './state/watched-releases.ts';

export interface PageProps {
  readonly start: PageStart;
  readonly choice: TableChoice;
  readonly engine: Engine;
  readonly file?: FileParts;
  /** Where the view state lives. Default: in the address. */
  readonly address?: ComponentType<{ readonly children: ReactNode }>;
}

/** The whole page, with the cache of the readings and the view state of the address around it. Mounted once. */
export function Page({ start, choice, engine, file, address: Address = NuqsAdapter }: PageProps) {
  useState(takeOldAddress);
  const [client] = useState(() => new QueryClient());
  const [watch] = useState(() => tableWatch(engine, start.pollIntervalMs));
  const [tell] = useState(() => inViewOf(watch));
  return (
    <QueryClientProvider client={client}>
      <Address>
        <ReleasesInView value={tell}>
          <App start={start} choice={choice} watch={watch} file={file} />
        </ReleasesInView>
      </Address>
    </QueryClientProvider>
  );
}

/** Before anything reads the address. */
function takeOldAddress(): void {
  const search = withOneBox(location.search);
  if (search !== location.search) history.replaceState(history.state, '', location.pathname + search + location.hash);
}
