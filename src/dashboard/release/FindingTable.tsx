import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { describeFinding } from '../../release/finding/finding-words.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FindingLine } from '../../views/release/release-answer.ts';
import { AboutCheck } from '../elements/AboutCheck.tsx';
import { spanText } from '../elements/age-text.ts';
import { cardKey, Waiver } from '../elements/FindingCard.tsx';
import { moment } from '../elements/moment.ts';
import { NewMark } from '../elements/NewMark.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { WaiveForm } from '../elements/WaiveForm.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import { useOutline } from '../state/page-context.ts';
import { ComponentLink } from './ComponentNames.tsx';

interface FindingTableProps {
  /** The table's accessible name. */
  readonly name: string;
  /** Tag of the release they are of. */
  readonly release: string;
  readonly findings: readonly FindingLine[];
  /** The stage they are judged as. */
  readonly as: string;
}

/** Which of the columns have anything to say: the others are left out. */
interface Says {
  readonly owner: boolean;
  readonly fact: boolean;
  readonly since: boolean;
}

/** Findings in a line each: of which component, whose it is, what is wrong, what to do, a fact behind it and since when. */
export function FindingTable({ name, release, findings, as }: FindingTableProps) {
  const readAt = Date.parse(useOutline().readAt);
  const marksNew = findings.some(({ isNew }) => !isNew);
  const says: Says = {
    owner: findings.some(({ owner }) => owner !== null),
    fact: findings.some(({ fact }) => fact !== ''),
    since: findings.some(({ since }) => since !== null),
  };
  return (
    <table aria-label={shownText(name)} className="w-full table-fixed border-collapse text-left text-base">
      {/* What has no room keeps its column, without a width: what is opened spans them all. */}
      <colgroup>
        <col className="w-6" />
        <col className="w-[13rem] max-lg:w-[11rem] max-md:w-[42%]" />
        {says.owner && <col className="w-[8rem] max-xl:w-[7rem] max-md:w-0" />}
        <col />
        <col className="w-[26%] max-xl:w-[30%] max-lg:w-[34%] max-md:w-0" />
        {says.fact && <col className="w-[11.5rem] max-lg:w-0" />}
        {says.since && <col className="w-[4.5rem] max-xl:w-0" />}
        <col className="w-[11rem] max-xl:w-0" />
      </colgroup>
      <thead>
        <tr className="text-sm text-dim max-sm:sr-only">
          <Head hidden="sr-only">Weight</Head>
          <Head>Component</Head>
          {says.owner && <Head hidden="max-md:sr-only">Owner</Head>}
          <Head>What is wrong</Head>
          <Head hidden="max-md:sr-only">What to do</Head>
          {says.fact && <Head hidden="max-lg:sr-only">Details</Head>}
          {says.since && <Head hidden="max-xl:sr-only">Since</Head>}
          <Head hidden="max-xl:sr-only">Check</Head>
        </tr>
      </thead>
      <tbody>
        {findings.map((line) => (
          <Row
            key={`${line.finding.component} ${cardKey(line.finding)}`}
            line={line}
            says={says}
            readAt={readAt}
            marksNew={marksNew}
            release={release}
            as={as}
          />
        ))}
      </tbody>
    </table>
  );
}

function Head({ children, hidden }: { readonly children: ReactNode; readonly hidden?: string }) {
  return (
    <th scope="col" className="font-normal">
      <span className={clsx('block py-1 pr-3', hidden)}>{children}</span>
    </th>
  );
}

interface RowProps extends Pick<FindingTableProps, 'release' | 'as'> {
  /** Others are not new: else it would stand on every line. */
  readonly marksNew: boolean;
  readonly line: FindingLine;
  readonly says: Says;
  /** When the table was read, milliseconds since 1970. */
  readonly readAt: number;
}

function Row({ line, says, readAt, marksNew, release, as }: RowProps) {
  const { component, owner, what, whatToDo, fact, weight, onlyThen, isNew, finding } = line;
  const [open, setOpen] = useState(false);
  const { glyph, word, ink } = WEIGHT_LOOKS[weight];
  return (
    <>
      <tr className={clsx('border-t border-rule align-top', open && 'bg-panel')}>
        <td className={clsx('py-1.5 pl-0.5 text-xs leading-5', ink)}>
          <span aria-hidden="true">{glyph}</span>
          <span className="sr-only">{word}</span>
        </td>
        <td className="min-w-0 py-1.5 pr-3 [overflow-wrap:anywhere]">
          {component === null ? (
            <span className="text-dim">the release</span>
          ) : (
            <ComponentLink release={release} component={component} environment={finding.environment} />
          )}
          {finding.environment !== null && (
            <span className="ml-1.5 inline-block text-sm text-dim">
              <VisibleLabel text={finding.environment} limit={40} />
            </span>
          )}
          {owner !== null && (
            <span className="block text-sm text-dim md:hidden">
              <VisibleLabel text={owner} limit={40} />
            </span>
          )}
        </td>
        {says.owner && (
          <Cell className="pr-3 max-md:hidden">
            {owner !== null && <VisibleLabel text={owner} limit={40} className="[overflow-wrap:anywhere]" />}
          </Cell>
        )}
        <td className="py-1.5 pr-3">
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className={clsx(
              'inline-flex items-baseline gap-1 rounded text-left hover:text-accent',
              weight === 'waived' && 'text-dim',
            )}
          >
            <ChevronRight
              size={13}
              aria-hidden="true"
              className={clsx('mt-[4px] shrink-0 self-start text-dim transition-transform', open && 'rotate-90')}
            />
            <span className="min-w-0">
              <VisibleText text={what} limit={200} />
            </span>
          </button>
          {marksNew && isNew && (
            <span className="ml-1.5">
              <NewMark />
            </span>
          )}
          {onlyThen && <span className="ml-1.5 text-sm text-dim">{shownText(`only as ${as}`)}</span>}
        </td>
        <Cell className="pr-3 max-md:hidden">
          <VisibleText text={whatToDo} limit={200} />
        </Cell>
        {says.fact && (
          <Cell className="pr-3 max-lg:hidden">
            <Fact fact={fact} />
          </Cell>
        )}
        {says.since && (
          <Cell className="pr-3 max-xl:hidden">
            <Since line={line} readAt={readAt} />
          </Cell>
        )}
        <Cell className="max-xl:hidden">
          <code className="font-mono text-xs">{finding.code}</code>
        </Cell>
      </tr>
      {open && (
        <tr className="bg-panel">
          <td />
          <td colSpan={4 + Number(says.owner) + Number(says.fact) + Number(says.since)} className="pr-3 pb-2.5">
            <Rest line={line} readAt={readAt} />
          </td>
        </tr>
      )}
    </>
  );
}

function Cell({ children, className }: { readonly children: ReactNode; readonly className: string }) {
  return (
    <td>
      <div className={clsx('py-1.5 text-dim', className)}>{children}</div>
    </td>
  );
}

function Fact({ fact }: Pick<FindingLine, 'fact'>) {
  return <VisibleText text={fact} limit={80} className="font-mono text-xs text-dim" />;
}

/** Since which release it is so, where one before has it as well; else for how long. */
function Since({ line: { since, sinceRelease }, readAt }: Pick<RowProps, 'line' | 'readAt'>) {
  return (
    <span title={since === null ? undefined : `Since ${moment(since)} UTC`} className="tabular-nums">
      {sinceRelease !== null && <VisibleLabel text={sinceRelease} limit={40} className="font-mono text-xs" />}
      {sinceRelease === null && since !== null && spanText(Math.max(readAt - Date.parse(since), 0))}
    </span>
  );
}

/** What the line does not say; on a small screen, what has no room there. */
function Rest({ line, readAt }: Pick<RowProps, 'line' | 'readAt'>) {
  const { finding, whatToDo, fact, since } = line;
  return (
    <div className="space-y-1.5 text-sm leading-[1.45]">
      <p className="md:hidden">
        <VisibleText text={whatToDo} limit={200} />
      </p>
      <p>
        <VisibleText text={describeFinding(finding).why} limit={1000} />
      </p>
      {finding.waived !== null && <Waiver waived={finding.waived} />}
      <div className="flex flex-wrap items-baseline gap-x-1 text-dim">
        {fact !== '' && (
          <Part className="lg:hidden">
            <Fact fact={fact} />
          </Part>
        )}
        {since !== null && (
          <Part className="xl:hidden">
            since <Since line={line} readAt={readAt} />
          </Part>
        )}
        <Part className="xl:hidden">
          <code className="font-mono text-xs">{finding.code}</code>
        </Part>
        {finding.waived !== null && <Part>{WEIGHT_LOOKS[finding.severity].word}, waived</Part>}
        <AboutCheck code={finding.code} />
        <WaiveForm finding={finding} />
      </div>
    </div>
  );
}

function Part({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  return <span className={className}>{children} ·</span>;
}
