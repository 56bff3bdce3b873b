import { Check } from 'lucide-react';
import { type ReactNode, useSyncExternalStore } from 'react';
import { type PageStart, TABLE_PATH } from '../../contract/local-server.ts';
import type { PolicySummary, TableSummary } from '../../live/table-data.ts';
import type { PolicySource } from '../../release/policy/policy-item.ts';
import { countWords } from '../../release/text/count-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { Age } from '../elements/Age.tsx';
import { CodeBlock } from '../elements/CodeBlock.tsx';
import { moment } from '../elements/moment.ts';
import { Popover } from '../elements/Popover.tsx';
import { connectCommand, KEYS_FROM, regionOf, whoseCredentials } from '../elements/source-words.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { budgetText, hourlyText, unitsText } from './cost-text.ts';
import { DemoControls } from './DemoControls.tsx';
import { detectionWords } from './detection-words.ts';
import type { TableInfoProps } from './TableInfo.tsx';

/** Where the table is, how it is read, and how to read another. */
export function TableFacts({ start, choice, view, watch }: TableInfoProps) {
  return (
    <>
      {choice.others.length > 0 && <Tables choice={choice} view={view} />}
      <Facts start={start} watch={watch} />
      {start.source.kind === 'embedded' && start.source.simulatedCi && <DemoControls />}
      <HowToConnect source={start.source} />
    </>
  );
}

/** By their addresses: another table is another page, with nothing of this one in it. */
function Tables({ choice, view }: Pick<TableInfoProps, 'choice' | 'view'>) {
  return (
    <nav aria-label="Tables" className="mb-3 border-b border-rule pb-2">
      <ul className="-mx-2 max-h-60 overflow-y-auto">
        {[null, ...choice.others.map((other) => other.name)].map((name) => (
          <li key={name}>
            <a
              href={`${name === null ? '/' : TABLE_PATH + name}?view=${view}`}
              aria-current={name === choice.chosen ? 'true' : undefined}
              className="flex items-center gap-2 rounded px-2 py-1 hover:bg-accent-soft"
            >
              <Check size={14} aria-hidden="true" className={name === choice.chosen ? '' : 'invisible'} />
              <VisibleLabel text={name ?? choice.first} />
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Facts({ start, watch }: Pick<TableInfoProps, 'start' | 'watch'>) {
  const table = useSyncExternalStore(watch.latest.subscribe, watch.latest.get)?.table;
  const { source } = start;
  return (
    <dl className="grid grid-cols-[7rem_1fr] gap-x-3 gap-y-1.5">
      <Fact term="Source">{shownText(describeSource(source))}</Fact>
      {regionOf(start).map((region) => (
        <Fact key="region" term="Region">
          {shownText(region)}
        </Fact>
      ))}
      {'endpoint' in source && <Fact term="Endpoint">{shownText(source.endpoint)}</Fact>}
      {table?.access && (
        <Fact term="Credentials">
          {table.access.scope === 'session'
            ? 'short-lived, may only read this table'
            : 'short-lived, with all rights of their owner'}
        </Fact>
      )}
      {table && (
        <Fact term="Keys">
          <code>{shownText(table.keyNames.release)}</code>, <code>{shownText(table.keyNames.component)}</code>
          {source.kind !== 'file' && ` (${KEYS_FROM[table.keysFrom]})`}
        </Fact>
      )}
      {table && <Fact term="Policy">{policyWords(table.policy)}</Fact>}
      {table && <Fact term="Fragments">{table.fragments.toLocaleString('en')}</Fact>}
      {table && <Upkeep start={start} table={table} />}
    </dl>
  );
}

/** How the data are kept up to date, and what that costs. */
function Upkeep({ start, table }: { readonly start: PageStart; readonly table: TableSummary }) {
  const { detection } = table;
  if (detection === null) return null;
  const words = detectionWords(detection, start, table.fragments);
  return (
    <>
      <Fact term="Changes">found by {shownText(words.foundBy)}</Fact>
      <Fact term="Delay">{shownText(words.lateBy)}</Fact>
      <Fact term="Whole table">
        read <Age since={detection.full.startedAt} />, for{' '}
        {unitsText(table.readUnits === null ? null : detection.full.readUnits)}
      </Fact>
      <Fact term="Cost">
        {table.readUnits === null ? (
          unitsText(null)
        ) : (
          <>
            {unitsText(table.readUnits)} for the last poll; about {hourlyText(table, start)}, {budgetText(start)}
          </>
        )}
      </Fact>
    </>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-dim">{shownText(term)}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}

function describeSource(source: PageStart['source']): string {
  switch (source.kind) {
    case 'embedded':
      return `embedded in the local server, filled with ${source.data}${source.simulatedCi ? '; a simulated CI publishes pre-releases' : ''}`;
    case 'loopback':
      return 'an endpoint on this machine, through the local server';
    case 'aws':
      return `DynamoDB on AWS, with ${whoseCredentials(source.profile)}`;
    case 'file':
      return `this file, as the table was at ${moment(source.asOf)} UTC`;
  }
}

function HowToConnect({ source }: Pick<PageStart, 'source'>) {
  if (source.kind === 'aws' || source.kind === 'file') return null;
  return (
    <div className="mt-4 border-t border-rule pt-3">
      <Popover.Description className="mb-2 text-dim">
        To connect a real table, start the local server with a profile of your AWS config, or set the same names in the
        file .env (see .env.example):
      </Popover.Description>
      <CodeBlock text={connectCommand()} what="command to connect a real table" />
    </div>
  );
}

/** Where the policy in force comes from. */
const POLICY_SOURCES = {
  file: 'of the file',
  table: 'of the table',
  defaults: 'defaults',
} satisfies Record<PolicySource, string>;

/** "of the table: 5 roster rows, 2 waivers", "defaults". A broken one says that the defaults stand in for it. */
function policyWords({ source, faults, rosterRows, waivers }: PolicySummary): string {
  const from = POLICY_SOURCES[source];
  if (faults.length > 0) return `${from}, broken: the defaults apply, and nothing passes`;
  if (source === 'defaults') return `${from}: neither a file nor an item of the table says otherwise`;
  return `${from}: ${countWords(rosterRows, 'roster row')}, ${countWords(waivers, 'waiver')}`;
}
