import { FileWarning } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { FullPage } from './FullPage.tsx';

/** The page is one file, and what it should show is not in it. */
export function NotReadable({ why }: { readonly why: string }) {
  return (
    <main className="flex h-dvh bg-page text-ink">
      <FullPage
        title="This file cannot be shown"
        icon={<FileWarning size={20} aria-hidden="true" className="text-error" />}
      >
        <p>{shownText(why)}</p>
        <p>It may have been cut short on its way. Get it once more, or make it anew:</p>
        <p>
          <code>release-matrix report v1.4.0 --format html=v1.4.0.html</code>
        </p>
      </FullPage>
    </main>
  );
}
