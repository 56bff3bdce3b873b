import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { serverStopped } from '../../contract/server-stopped.ts';
import { whoAnswers } from '../../live/server-secret.ts';
import { Button } from '../elements/Button.tsx';
import { reloadOnce } from '../state/reload-once.ts';
import { FullPage } from './FullPage.tsx';
import { HowToFix } from './HowToFix.tsx';

/** How often the server is looked for, milliseconds. */
const LOOK_MS = 3_000;

/**
 * The program of the page did not come: the local server went away between the page and it. The screen that the page
 * itself would show, and as there it goes on by itself once the server is back.
 */
export function NotLoaded() {
  useEffect(() => {
    const timer = setInterval(async () => {
      if ((await whoAnswers()) === 'ours') reloadOnce(sessionStorage, Date.now(), () => location.reload());
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  const stopped = serverStopped();
  return (
    <FullPage title={stopped.title} icon={<TriangleAlert size={20} aria-hidden="true" className="text-error" />}>
      <HowToFix fix={stopped} />
      <Button onClick={() => location.reload()}>Reload the page</Button>
    </FullPage>
  );
}
