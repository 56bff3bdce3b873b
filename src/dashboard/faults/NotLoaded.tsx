import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { mendFor } from '../../contract/fault-mend.ts';
import type { PageStart } from '../../contract/local-server.ts';
import { ReadFault } from '../../contract/read-fault.ts';
import { whoAnswers } from '../../live/server-secret.ts';
import { Button } from '../elements/Button.tsx';
import { mendContext } from '../elements/mend-context.ts';
import { reloadOnce } from '../state/reload-once.ts';
import { FullPage } from './FullPage.tsx';
import { Mending } from './Mending.tsx';

/** How often the server is looked for, milliseconds. */
const LOOK_MS = 3_000;

/**
 * The program of the page did not come: the local server went away between the page and it. The screen that the page
 * itself would show, and as there it goes on by itself once the server is back.
 */
export function NotLoaded({ start }: { readonly start: PageStart }) {
  useEffect(() => {
    const timer = setInterval(async () => {
      if ((await whoAnswers()) === 'ours') reloadOnce(sessionStorage, Date.now(), () => location.reload());
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const mend = mendFor(new ReadFault('local-server-stopped', 'The page could not be loaded.'), mendContext(start));
  return (
    <FullPage title={mend.title} icon={<TriangleAlert size={20} aria-hidden="true" className="text-error" />}>
      <Mending mend={mend} />
      <Button onClick={() => location.reload()}>Reload the page</Button>
    </FullPage>
  );
}
