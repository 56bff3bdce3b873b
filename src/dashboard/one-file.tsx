// Before zod: where no function may be made of a text, it must not try.
import '../live/zod-without-eval.ts';
import './styles.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ONE_FILE_ID, readOneFile } from '../contract/one-file.ts';
import { allPartsAreHere } from '../live/later-part.ts';
import { fileStart, openFile } from '../live/open-file.ts';
import { unpackItems } from '../live/packed-items.ts';
import { channelPair, connect, serve } from '../live/port.ts';
import { shownText } from '../release/text/hidden-characters.ts';
import { stopClock } from './elements/clock.ts';
import { moment } from './elements/moment.ts';
import { ErrorBoundary } from './faults/ErrorBoundary.tsx';
import { NotReadable } from './faults/NotReadable.tsx';
import { PartOfTable } from './faults/PartOfTable.tsx';
import { Page } from './Page.tsx';
import { openOn } from './state/own-address.tsx';
import { startTheme } from './state/theme.ts';

// The page that is one file: no server, no worker, no network, and its items beside it in the document.

allPartsAreHere();
startTheme();
const element = document.getElementById('root');
if (element === null) throw new Error('The page has no element with the id "root".');
const root = createRoot(element);

void open().catch((error: unknown) => {
  root.render(<NotReadable why={error instanceof Error ? error.message : String(error)} />);
});

async function open(): Promise<void> {
  const file = readOneFile(document.getElementById(ONE_FILE_ID)?.textContent ?? '');
  const items = await unpackItems(file.items);
  // What is said is judged by the time of then, and so are the ages beside it.
  stopClock(Date.parse(file.readAt));
  const address = openOn(file.address);
  const [own, other] = channelPair();
  serve(other, openFile(file, items));
  const start = fileStart(file);
  const choice = { first: start.table, others: [], chosen: null, named: null };
  const parts = {
    title: `${start.table}, as of ${moment(file.readAt)} UTC`,
    asOf: <AsOf at={file.readAt} />,
    holds: file.asked === null ? null : <PartOfTable asked={file.asked} />,
  };
  root.render(
    <StrictMode>
      <ErrorBoundary what="The page" triesAgainOn={null}>
        <Page
          start={start}
          choice={choice}
          engine={connect(own)}
          file={parts}
          {...(address === null ? {} : { address })}
        />
      </ErrorBoundary>
    </StrictMode>,
  );
}

/** In place of how fresh it is: nothing in a file changes any more. @param at ISO 8601 in UTC */
function AsOf({ at }: { readonly at: string }) {
  return (
    <span className="whitespace-nowrap" title="What is shown, and every verdict, is of then">
      as of <time dateTime={at}>{shownText(`${moment(at)} UTC`)}</time>
    </span>
  );
}
