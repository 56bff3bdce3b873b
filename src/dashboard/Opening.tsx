import { Database } from 'lucide-react';
import { type ComponentType, useEffect, useState } from 'react';
import { Logo } from './elements/Logo.tsx';
import { ProgressBar } from './elements/ProgressBar.tsx';
import { FullPage } from './faults/FullPage.tsx';
import { NotLoaded } from './faults/NotLoaded.tsx';
import type { PageProps } from './Page.tsx';

interface OpeningProps extends PageProps {
  /** The program of the page, on its way. */
  readonly page: Promise<{ readonly Page: ComponentType<PageProps> }>;
}

/**
 * What is painted first: the frame of the page while its program is on its way, then the page. In the looks of the first
 * reading, by which it is followed, so that nothing jumps.
 */
export function Opening({ page, start, choice, engine }: OpeningProps) {
  const [opened, setOpened] = useState<ComponentType<PageProps> | 'failed' | null>(null);
  useEffect(() => {
    page.then(
      ({ Page }) => setOpened(() => Page),
      () => setOpened('failed'),
    );
  }, [page]);
  if (opened !== null && opened !== 'failed') {
    const Page = opened;
    return <Page start={start} choice={choice} engine={engine} />;
  }
  return (
    <div className="flex h-dvh flex-col overflow-hidden bg-page text-ink">
      <header className="flex min-h-[40px] shrink-0 items-stretch border-b border-rule bg-page px-4 max-lg:px-3">
        <h1 className="flex items-center gap-2 text-base font-semibold whitespace-nowrap">
          <Logo />
          <span className="max-lg:sr-only">Release Matrix</span>
        </h1>
      </header>
      <main className="flex min-h-0 flex-1 flex-col">
        {opened === 'failed' ? <NotLoaded /> : <Loading table={start.table} />}
      </main>
    </div>
  );
}

function Loading({ table }: { readonly table: string }) {
  const title = `Reading ${table}`;
  return (
    <FullPage title={title} icon={<Database size={20} aria-hidden="true" className="text-dim" />}>
      <ProgressBar name={title} value={null} text="Opening the page…" />
      <p>Opening the page…</p>
    </FullPage>
  );
}
