import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { CodeWanted } from './faults/CodeWanted.tsx';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { ForeignWorker } from './faults/ForeignWorker.tsx';
import { Page, type PageProps } from './Page.tsx';
import type { LockedReason } from './state/one-time-code.ts';

/** What draws the page, by what there is to draw. */
export interface Drawing {
  page(props: PageProps): void;
  /** @param onCode tries a one-time code. @returns why it does not open the page; null: it does */
  codeWanted(locked: LockedReason, onCode: (code: string) => Promise<LockedReason | null>): void;
  foreignWorker(onReload: () => void): void;
}

/** @param element what stands in it is replaced by what is drawn first */
export function drawIn(element: HTMLElement): Drawing {
  const root = createRoot(element);
  return {
    page: (props) =>
      root.render(
        <StrictMode>
          <ErrorBoundary what="The page" triesAgainOn={null}>
            <Page {...props} />
          </ErrorBoundary>
        </StrictMode>,
      ),
    codeWanted: (locked, onCode) => root.render(<CodeWanted locked={locked} onCode={onCode} />),
    foreignWorker: (onReload) => root.render(<ForeignWorker onReload={onReload} />),
  };
}
