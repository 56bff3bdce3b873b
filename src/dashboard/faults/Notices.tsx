import { useState } from 'react';
import type { PageStart } from '../../contract/local-server.ts';
import { clockErrorMs, readAtHere } from '../../live/table-clock.ts';
import type { TableSummary } from '../../live/table-data.ts';
import { type OnlyChanges, onlyChangesWords } from '../../release/report/only-changes.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Age } from '../elements/Age.tsx';
import { spanText } from '../elements/age-text.ts';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { whoseCredentials } from '../elements/source-words.ts';
import type { LiveReading } from '../state/live-reading.ts';
import { BrokenPolicy } from './BrokenPolicy.tsx';
import { FaultStrip } from './FaultStrip.tsx';
import { Strip } from './Strip.tsx';

interface NoticesProps {
  readonly start: PageStart;
  readonly live: LiveReading;
  /** What the screen shows where it is of an earlier visit. */
  readonly earlier: TableSummary | null;
  /** What makes it seem that the table holds only what changed; null: it does not seem so. */
  readonly onlyChanges: OnlyChanges | null;
}

/** All that must be known of the data on the screen: how they fell short, and with what rights they were read. */
export function Notices({ start, live, earlier, onlyChanges }: NoticesProps) {
  const { reading, paused, readNow } = live;
  const [dismissed, setDismissed] = useState<readonly string[]>([]);
  const table = reading?.table ?? null;
  if (earlier !== null) return <EarlierVisit start={start} live={live} table={earlier} />;
  if (reading === null || table === null) return null;
  const { fault } = reading;
  const { access } = table;
  const owner = whoseCredentials(start.source.kind === 'aws' ? start.source.profile : null);
  const open = (name: string) => !dismissed.includes(name);
  const dismiss = (name: string) => () => setDismissed((names) => [...names, name]);
  return (
    <section aria-label="Notices about the data" className="shrink-0">
      {fault !== null && (
        <FaultStrip start={start} reading={reading} table={table} fault={fault} paused={paused} onRetry={readNow} />
      )}
      {table.incomplete !== null && (
        <Strip
          severity="error"
          title={
            <>
              <strong className="font-semibold">This is not the whole table.</strong> {shownText(table.incomplete)} What
              looks missing may be there.
            </>
          }
        />
      )}
      <BrokenPolicy policy={table.policy} />
      {access !== null && clockErrorMs(access) !== 0 && open('clock') && (
        <Strip severity="warning" title={clockWords(access.clockOffsetMs)} onDismiss={dismiss('clock')} />
      )}
      {table.keysFrom !== 'table' && open('keys') && (
        <Strip
          severity="info"
          title={`The table does not say what its keys are called; ${table.keyNames.release} and ${table.keyNames.component} are taken from the ${table.keysFrom}.`}
          onDismiss={dismiss('keys')}
        >
          <p>
            Allow dynamodb:DescribeTable on {shownText(start.table)}, or name the keys in the settings if these are the
            wrong ones.
          </p>
        </Strip>
      )}
      {onlyChanges !== null && open('only changes') && (
        <HoldsOnlyChanges seen={onlyChanges} onDismiss={dismiss('only changes')} />
      )}
      {access?.scope === 'profile' && open('scope') && (
        <Strip
          severity="info"
          opener="How to narrow them"
          title={`The page holds short-lived credentials with all rights of ${owner}.`}
          onDismiss={dismiss('scope')}
        >
          <p>
            Name a role that may only read this table; the local server then takes it before it hands anything over:
          </p>
          <CodeBlock
            text="RELEASE_READER_ROLE_ARN=arn:aws:iam::123456789012:role/release-reader npm run dev"
            what="setting that narrows the credentials"
          />
        </Strip>
      )}
    </section>
  );
}

/** Nobody can see in the data that it is meant; the policy can say it. */
function HoldsOnlyChanges({ seen, onDismiss }: { readonly seen: OnlyChanges; readonly onDismiss: () => void }) {
  const { sentence, policy } = onlyChangesWords(seen);
  return (
    <Strip severity="info" opener="The policy to copy" title={sentence} onDismiss={onDismiss}>
      <CodeBlock text={policy} what="policy that carries over what was not tagged" />
    </Strip>
  );
}

/** What is shown was read long ago: it must not pass for what is. */
function EarlierVisit({ start, live, table }: { start: PageStart; live: LiveReading; table: TableSummary }) {
  const { reading, paused, readNow } = live;
  return (
    <section aria-label="Notices about the data" className="shrink-0">
      {reading !== null && reading.fault !== null ? (
        <FaultStrip
          start={start}
          reading={reading}
          table={table}
          fault={reading.fault}
          paused={paused}
          onRetry={readNow}
        />
      ) : (
        <Strip
          severity="warning"
          title={
            <>
              <strong className="font-semibold">From an earlier visit,</strong> read <Age since={readAtHere(table)} />.
              Until the table has been read, verdicts and versions may be out of date.
            </>
          }
        />
      )}
      <BrokenPolicy policy={table.policy} />
    </section>
  );
}

function clockWords(offsetMs: number): string {
  return `This machine’s clock is ${spanText(Math.abs(offsetMs))} ${offsetMs < 0 ? 'ahead' : 'behind'}; ages may be wrong.`;
}
