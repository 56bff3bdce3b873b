import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { FindingLine } from '../../views/release/release-answer.ts';
import { cardKey, FindingCard } from '../elements/FindingCard.tsx';
import { NewMark } from '../elements/NewMark.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
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

/** Findings in a line each: of which component, whose it is, what is wrong and what to do. */
export function FindingTable({ name, release, findings, as }: FindingTableProps) {
  const marksNew = findings.some(({ isNew }) => !isNew);
  return (
    <table aria-label={shownText(name)} className="w-full table-fixed border-collapse text-left text-base">
      {/* On a small screen the heads are out of the flow, where they say no width. */}
      <colgroup>
        <col className="w-6" />
        <col className="w-[15rem] max-lg:w-[12rem] max-sm:w-[42%]" />
      </colgroup>
      <thead>
        <tr className="text-sm text-dim max-sm:sr-only">
          <th scope="col" className="font-normal">
            <span className="sr-only">Weight</span>
          </th>
          <th scope="col" className="py-1 pr-3 font-normal">
            Component
          </th>
          <th scope="col" className="w-[8.5rem] pr-3 font-normal max-md:hidden">
            Owner
          </th>
          <th scope="col" className="pr-3 font-normal">
            What is wrong
          </th>
          <th scope="col" className="w-[36%] pr-3 font-normal max-lg:hidden">
            What to do
          </th>
          <th scope="col" className="w-[11.5rem] font-normal max-xl:hidden">
            Check
          </th>
        </tr>
      </thead>
      <tbody>
        {findings.map((line) => (
          <Row
            key={`${line.finding.component} ${cardKey(line.finding)}`}
            line={line}
            marksNew={marksNew}
            release={release}
            as={as}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<FindingTableProps, 'release' | 'as'> {
  /** Others are not new: else it would stand on every line. */
  readonly marksNew: boolean;
  readonly line: FindingLine;
}

function Row({ line, marksNew, release, as }: RowProps) {
  const { component, owner, what, whatToDo, weight, onlyThen, isNew, finding } = line;
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
        </td>
        <td className="py-1.5 pr-3 text-dim max-md:hidden">
          {owner !== null && <VisibleLabel text={owner} limit={40} className="[overflow-wrap:anywhere]" />}
        </td>
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
        <td className="py-1.5 pr-3 text-dim max-lg:hidden">
          <VisibleText text={whatToDo} limit={200} />
        </td>
        <td className="py-1.5 max-xl:hidden">
          <code className="font-mono text-xs text-dim">{finding.code}</code>
        </td>
      </tr>
      {open && (
        <tr className="bg-panel">
          <td />
          <td colSpan={5} className="pb-2.5">
            <FindingCard finding={finding} />
          </td>
        </tr>
      )}
    </>
  );
}
