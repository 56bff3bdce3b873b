import { clsx } from 'clsx';
import { useEffect, useRef, useState } from 'react';
import type { ComparedSide } from '../../release/compare/compare-document.ts';
import { fieldOf } from '../../release/item/fields.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ComparedLine, ComparedVersion } from '../../views/compare/compare-answer.ts';
import type { Outcome } from '../../views/compare/shown-comparison.ts';
import { FIELD_LABELS } from '../../views/words/field-words.ts';
import { ChangelogParts } from '../elements/ChangelogParts.tsx';
import { OUTCOME_LOOKS, STEP_SHORT } from '../elements/change-looks.ts';
import { Arrow, FromTo } from '../elements/FromTo.tsx';
import { InShort } from '../elements/InShort.tsx';
import { SafeLink } from '../elements/SafeLink.tsx';
import { typeDot } from '../elements/type-marks.ts';
import { CellLink } from '../elements/ViewLink.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';
import { columnsOf, type ShownColumns } from './CompareHead.tsx';

interface ComparedComponentProps {
  readonly compared: ComparedLine;
  readonly of: Outcome;
  /** The sides as they are asked for. */
  readonly a: string;
  readonly b: string;
  /** The side it is compared with. */
  readonly to: ComparedSide;
  readonly columns: ShownColumns;
  /** The host that the head of the columns says of the links of commits; null: none. */
  readonly saidHost: string | null;
  /** It is the one that one came for: shown opened, with the focus. */
  readonly wanted: boolean;
}

/** Not new: what lacked it should have had it. */
const WAS_MISSING = { word: 'was missing', ink: 'text-dim' } as const;

/** What became of one component, on a line; opened, in which fields it differs, and the changelogs between. */
export function ComparedComponent({ compared, of, a, b, to, columns, saidHost, wanted }: ComparedComponentProps) {
  const { component, type, name, step, expected, differences, owner, says, lastSeen, changelogs } = compared;
  const [open, setOpen] = useState(wanted);
  const { className, style } = columnsOf(columns);
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (!wanted) return;
    line.current?.querySelector('a')?.focus({ preventScroll: true });
    line.current?.scrollIntoView({ block: 'center' });
  }, [wanted]);
  // Where it is missing is what one wants to see of it, rather than where it was well.
  const missingIn = expected && compared.to === null ? to.release : null;
  const release = missingIn ?? compared.to?.release ?? compared.from?.release ?? '';
  const { word, ink } =
    of === 'changed' && step !== null ? STEP_SHORT[step] : of === 'new' && expected ? WAS_MISSING : OUTCOME_LOOKS[of];
  return (
    <li ref={line} className={clsx('border-b border-rule px-4', of === 'missing' && 'bg-error-soft')}>
      <div className={clsx(className, 'min-h-[26px] py-[3px] text-sm')} style={style}>
        <CellLink
          release={release}
          component={component}
          environment={to.environment}
          title={shownText(component)}
          className={clsx(
            'flex min-w-0 items-baseline gap-1.5 rounded hover:text-accent hover:underline @max-[40rem]:col-span-2',
            // A name is not cut while there is room beside it.
            columns.owners && owner === null && '@min-[56rem]:col-span-2',
          )}
        >
          <span aria-hidden="true" className={clsx('size-2 shrink-0 self-center rounded-xs', typeDot(type))} />
          <span className="sr-only">{shownText(type)} </span>
          <VisibleLabel text={name} limit={100} className="truncate" />
        </CellLink>
        {owner !== null && (
          <span className="truncate text-dim @max-[56rem]:hidden">
            <VisibleLabel text={owner} limit={40} />
          </span>
        )}
        <Versions compared={compared} />
        <span className={ink}>{shownText(word)}</span>
        {columns.commits && <Commits compared={compared} saidHost={saidHost} />}
        <span className="flex min-w-0 items-baseline gap-x-3 @max-[56rem]:col-span-full">
          {lastSeen !== null && (
            <span className="min-w-0">
              last seen in <VisibleText text={lastSeen} limit={40} className="font-mono" />
            </span>
          )}
          {says !== '' && (
            <InShort
              what={`What changed in ${name.slice(0, 80)}`}
              says={says}
              open={open}
              onToggle={() => setOpen(!open)}
            />
          )}
        </span>
      </div>
      {open && (
        <div className="max-w-5xl space-y-2 pt-1 pb-2.5 pl-3.5">
          {differences.length > 0 && <Differences differences={differences} />}
          {compared.compareLink !== null && (
            // Where there is no room for the column.
            <p className="text-sm @min-[76rem]:hidden">
              <SafeLink label="Commits between" address={compared.compareLink} />
            </p>
          )}
          {changelogs > 0 && <Changelogs a={a} b={b} component={component} name={name} />}
        </div>
      )}
    </li>
  );
}

function Differences({ differences }: Pick<ComparedLine, 'differences'>) {
  return (
    <dl className="m-0 grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-sm leading-[18px]">
      {differences.map(({ field, environment, from, to }) => (
        <div key={`${field}\n${environment ?? ''}`} className="contents">
          <dt className="text-dim">
            {shownText(fieldLabel(field))}
            {environment !== null && (
              <>
                {' in '}
                <VisibleText text={environment} limit={40} />
              </>
            )}
          </dt>
          <dd className="m-0 min-w-0">
            <FromTo from={from} to={to} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** As much of a commit as people compare. */
const SHORT_COMMIT = 7;

type CommitsProps = Pick<ComparedComponentProps, 'compared' | 'saidHost'>;

/** The commits of both sides, with the link to what lies between. */
function Commits({ compared: { from, to, compareLink }, saidHost }: CommitsProps) {
  const [a, b] = [from?.commit ?? null, to?.commit ?? null];
  if (a === null || b === null) return <span className="@max-[76rem]:hidden" />;
  const words = a === b ? a.slice(0, SHORT_COMMIT) : `${a.slice(0, SHORT_COMMIT)} → ${b.slice(0, SHORT_COMMIT)}`;
  return (
    <span className="min-w-0 font-mono text-sm text-dim @max-[76rem]:hidden">
      {compareLink === null ? (
        <VisibleLabel text={words} />
      ) : (
        <>
          <span className="sr-only">Commits between </span>
          <SafeLink label={words} address={compareLink} saidHost={saidHost} />
        </>
      )}
    </span>
  );
}

/** What the screen calls a field; of what is none, the name as it is. */
function fieldLabel(field: string): string {
  const known = fieldOf(field);
  return known === null ? field : FIELD_LABELS[known];
}

function Versions({ compared }: { readonly compared: ComparedLine }) {
  const { from, to, expected } = compared;
  const moved = from !== null && to !== null && from.version !== to.version;
  if (from !== null && to !== null && !moved) return <Version side={to} />;
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      {(from !== null || expected) && <Version side={from} />}
      {((from !== null && to !== null) || expected) && <Arrow />}
      {(to !== null || expected) && <Version side={to} bold={moved} />}
    </span>
  );
}

function Version({ side, bold = false }: { readonly side: ComparedVersion | null; readonly bold?: boolean }) {
  if (side === null) return <span className="text-dim">missing</span>;
  return (
    <span className="text-sm">
      <VisibleText text={side.version} limit={80} className={bold ? 'font-mono font-semibold' : 'font-mono'} />
      {side.carried && (
        <span className="ml-1 text-sm text-dim">
          carried from <VisibleText text={side.release} limit={40} />
        </span>
      )}
    </span>
  );
}

interface ChangelogsProps extends Pick<ComparedComponentProps, 'a' | 'b'> {
  /** Id. */
  readonly component: string;
  readonly name: string;
}

/** The changelogs between the two sides, in order; asked for when opened, as there may be many and long ones. */
function Changelogs({ a, b, component, name }: ChangelogsProps) {
  return <ChangelogParts name={name} parts={useAnswer('comparedChangelogs', { a, b, component })} />;
}
