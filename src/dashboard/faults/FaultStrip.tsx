import { fixFor } from '../../contract/fault-fix.ts';
import type { PageStart } from '../../contract/local-server.ts';
import type { ReadFault } from '../../contract/read-fault.ts';
import type { Reading } from '../../live/poll-status.ts';
import { readAtHere } from '../../live/table-clock.ts';
import type { TableSummary } from '../../live/table-data.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Age } from '../elements/Age.tsx';
import { Button } from '../elements/Button.tsx';
import { fixContext } from '../elements/fix-context.ts';
import { HowToFix } from './HowToFix.tsx';
import { NextTry } from './NextTry.tsx';
import { canSignIn, SignIn } from './SignIn.tsx';
import { Strip } from './Strip.tsx';

interface FaultStripProps {
  readonly start: PageStart;
  readonly reading: Reading;
  readonly table: TableSummary;
  readonly fault: ReadFault;
  readonly paused: boolean;
  readonly onRetry: () => void;
}

/** The last try failed: the data below are the last good ones; how old, why, and when it is tried again. */
export function FaultStrip({ start, reading, table, fault, paused, onRetry }: FaultStripProps) {
  const fix = fixFor(fault, fixContext(start));
  const offersSignIn = canSignIn(start, fault.code);
  return (
    <Strip
      severity="warning"
      opener="What to do"
      opened={offersSignIn}
      title={
        <>
          <strong className="font-semibold">{shownText(fix.title)}.</strong> Showing the last good data, read{' '}
          <Age since={readAtHere(table)} />. {!paused && <NextTry at={reading.endedAt + reading.pauseMs} />}
        </>
      }
      actions={
        fault.code === 'local-server-restarted' ? (
          <Button className="h-6 px-2" onClick={() => location.reload()}>
            Reload
          </Button>
        ) : (
          <Button className="h-6 px-2" onClick={onRetry}>
            Try now
          </Button>
        )
      }
    >
      {offersSignIn && <SignIn onDone={onRetry} />}
      <HowToFix fix={fix} />
      <p className="font-mono text-xs break-words text-dim">
        {fault.errorName === null ? shownText(fault.message) : shownText(`${fault.errorName}: ${fault.message}`)}
      </p>
    </Strip>
  );
}
