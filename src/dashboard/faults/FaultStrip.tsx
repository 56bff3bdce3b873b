import { shownText } from '../../release/hidden-characters.ts';
import { mendFor } from '../../store/fault-mend.ts';
import type { PageStart } from '../../store/local-server.ts';
import type { ReadFault } from '../../store/read-fault.ts';
import { Age } from '../elements/Age.tsx';
import { Button } from '../elements/Button.tsx';
import type { Reading } from '../reading/beat.ts';
import { readAtHere } from '../reading/table-clock.ts';
import type { TableData } from '../reading/table-data.ts';
import { Mending } from './Mending.tsx';
import { mendContext } from './mend-context.ts';
import { NextTry } from './NextTry.tsx';
import { Strip } from './Strip.tsx';

interface FaultStripProps {
  readonly start: PageStart;
  readonly reading: Reading;
  readonly table: TableData;
  readonly fault: ReadFault;
  readonly paused: boolean;
  readonly onRetry: () => void;
}

/** The last try failed: the data below are the last good ones; how old, why, and when it is tried again. */
export function FaultStrip({ start, reading, table, fault, paused, onRetry }: FaultStripProps) {
  const mend = mendFor(fault, mendContext(start));
  return (
    <Strip
      severity="warning"
      opener="What to do"
      title={
        <>
          <strong className="font-semibold">{shownText(mend.title)}.</strong> These are the last good data, read{' '}
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
      <Mending mend={mend} />
      <p className="font-mono text-xs break-words text-dim">
        {fault.errorName === null ? shownText(fault.message) : shownText(`${fault.errorName}: ${fault.message}`)}
      </p>
    </Strip>
  );
}
