import { TriangleAlert } from 'lucide-react';
import { fixFor } from '../../contract/fault-fix.ts';
import type { PageStart } from '../../contract/local-server.ts';
import type { ReadFault } from '../../contract/read-fault.ts';
import type { Reading } from '../../live/poll-status.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Button } from '../elements/Button.tsx';
import { fixContext } from '../elements/fix-context.ts';
import { FullPage } from './FullPage.tsx';
import { HowToFix } from './HowToFix.tsx';
import { NextTry } from './NextTry.tsx';
import { canSignIn, SignIn } from './SignIn.tsx';

interface NoReadingProps {
  readonly start: PageStart;
  readonly reading: Reading;
  readonly fault: ReadFault;
  readonly paused: boolean;
  readonly onRetry: () => void;
}

/** There has never been data, and this is why. Once there are some, a fault never takes their place. */
export function NoReading({ start, reading, fault, paused, onRetry }: NoReadingProps) {
  const fix = fixFor(fault, fixContext(start));
  return (
    <FullPage title={fix.title} icon={<TriangleAlert size={20} aria-hidden="true" className="text-error" />}>
      {canSignIn(start, fault.code) && <SignIn onDone={onRetry} />}
      <HowToFix fix={fix} />
      <div className="flex items-center gap-3">
        {fault.code === 'local-server-restarted' ? (
          <Button look="main" onClick={() => location.reload()}>
            Reload the page
          </Button>
        ) : (
          <Button onClick={onRetry}>Try now</Button>
        )}
        {!paused && <NextTry at={reading.endedAt + reading.pauseMs} />}
      </div>
      <p className="border-t border-rule pt-3 font-mono text-xs break-words">
        {fault.errorName === null ? shownText(fault.message) : shownText(`${fault.errorName}: ${fault.message}`)}
      </p>
    </FullPage>
  );
}
