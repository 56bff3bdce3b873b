import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { mendFor } from '../../store/fault-mend.ts';
import type { PageStart } from '../../store/local-server.ts';
import { ReadFault } from '../../store/read-fault.ts';
import { Button } from '../elements/Button.tsx';
import { FullPage } from '../faults/FullPage.tsx';
import { Mending } from '../faults/Mending.tsx';
import { mendContext } from '../faults/mend-context.ts';
import { reloadOnce } from '../reading/reload-once.ts';
import { whoAnswers } from '../server-secret.ts';

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
