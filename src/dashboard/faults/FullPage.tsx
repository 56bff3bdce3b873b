import type { ReactNode } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';

interface FullPageProps {
  readonly title: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** What fills the page while there is no matrix to show; the skip link leads here then. */
export function FullPage({ title, icon, children }: FullPageProps) {
  return (
    <section
      id="matrix"
      tabIndex={-1}
      aria-labelledby="full-page-title"
      className="flex flex-1 overflow-auto p-6 outline-none"
    >
      <div className="m-auto w-full max-w-2xl">
        <div className="mb-3 flex items-center gap-2.5">
          {icon}
          <h2 id="full-page-title" className="text-lg font-semibold">
            {shownText(title)}
          </h2>
        </div>
        <div className="space-y-4 text-base leading-5 text-dim">{children}</div>
      </div>
    </section>
  );
}
