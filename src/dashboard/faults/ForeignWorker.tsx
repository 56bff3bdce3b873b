import { TriangleAlert } from 'lucide-react';
import { Button } from '../elements/Button.tsx';
import { FullPage } from './FullPage.tsx';

/** In the place of the page, when it was served through a service worker: Release Matrix has none. */
export function ForeignWorker({ onReload }: { readonly onReload: () => void }) {
  return (
    <main className="flex h-dvh bg-page text-ink">
      <FullPage
        title="A service worker of another project was here"
        icon={<TriangleAlert aria-hidden className="size-5" />}
      >
        <p>
          Another project was served at this address before, and what it had left in the browser could read everything
          that this page asks for, credentials included. It has been removed, and nothing was asked for.
        </p>
        <Button onClick={onReload}>Reload the page</Button>
      </FullPage>
    </main>
  );
}
