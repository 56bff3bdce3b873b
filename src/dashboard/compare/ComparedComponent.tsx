import { clsx } from 'clsx';
import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { ComparedSide } from '../../release/compare/compare-document.ts';
import { STEP_WORDS } from '../../release/compare/compare-words.ts';
import { fieldOf } from '../../release/item/fields.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ComparedLine, ComparedVersion } from '../../views/compare/compare-answer.ts';
import { FIELD_LABELS } from '../../views/words/field-words.ts';
import { ChangelogBox } from '../elements/ChangelogBox.tsx';
import { STEP_LOOKS } from '../elements/change-looks.ts';
import { Arrow, FromTo } from '../elements/FromTo.tsx';
import { SafeLink } from '../elements/SafeLink.tsx';
import { typeDot } from '../elements/type-marks.ts';
import { CellLink, type OnGo } from '../elements/ViewLink.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { useAnswer } from '../state/answers.ts';

interface ComparedComponentProps {
  readonly compared: ComparedLine;
  /** The sides as they are asked for. */
  readonly a: string;
  readonly b: string;
  /** The side it is compared with. */
  readonly to: ComparedSide;
  readonly onGo: OnGo;
}

/** What became of one component: its versions, in which fields it differs, the commits and changelogs between. */
export function ComparedComponent({ compared, a, b, to, onGo }: ComparedComponentProps) {
  const { component, type, name, step, expected, differences, compareLink, changelogs } = compared;
  // Where it is missing is what one wants to see of it, rather than where it was well.
  const missingIn = expected && compared.to === null ? to.release : null;
  const release = missingIn ?? compared.to?.release ?? compared.from?.release ?? '';
  return (
    <li className="border-b border-rule py-2 pr-4 pl-9">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-[13px]">
        <CellLink
          release={release}
          component={component}
          onGo={onGo}
          className="flex min-w-0 items-baseline gap-1.5 rounded font-medium hover:text-accent hover:underline"
        >
          <span aria-hidden="true" className={clsx('size-2 shrink-0 self-center rounded-xs', typeDot(type))} />
          <span className="sr-only">{shownText(type)} </span>
          <VisibleLabel text={name} limit={100} className="[overflow-wrap:anywhere]" />
        </CellLink>
        <Versions compared={compared} />
        {step !== null && (
          <span className={clsx('rounded border px-1.5 text-[10.5px] leading-4 font-medium', STEP_LOOKS[step])}>
            {STEP_WORDS[step]}
          </span>
        )}
        {compareLink !== null && (
          <span className="ml-auto text-[12.5px]">
            <SafeLink label="Commits between" address={compareLink} />
          </span>
        )}
      </div>
      {differences.length > 0 && (
        <dl className="mt-1 grid grid-cols-[9rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 text-[12px] leading-[18px]">
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
      )}
      {changelogs > 0 && <Changelogs a={a} b={b} component={component} name={name} count={changelogs} />}
    </li>
  );
}

/** What the screen calls a field; of what is none, the name as it is. */
function fieldLabel(field: string): string {
  const known = fieldOf(field);
  return known === null ? field : FIELD_LABELS[known];
}

function Versions({ compared }: { readonly compared: ComparedLine }) {
  const { from, to, expected } = compared;
  const absent = expected ? 'missing' : null;
  if (from !== null && to !== null && from.version === to.version) return <Version side={to} />;
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-x-1.5">
      {(from !== null || absent !== null) && <Version side={from} />}
      {((from !== null && to !== null) || absent !== null) && <Arrow />}
      {(to !== null || absent !== null) && <Version side={to} />}
    </span>
  );
}

function Version({ side }: { readonly side: ComparedVersion | null }) {
  if (side === null) return <span className="text-[12.5px] font-medium text-error">missing</span>;
  return (
    <span className="text-[12.5px]">
      <VisibleText text={side.version} limit={80} className="font-mono" />
      {side.carried && (
        <span className="ml-1 text-[11.5px] text-dim">
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
  readonly count: number;
}

/** The changelogs between the two sides, in order; asked for when opened, as there may be many and long ones. */
function Changelogs({ a, b, component, name, count }: ChangelogsProps) {
  const [open, setOpen] = useState(false);
  const changelogs = useAnswer('comparedChangelogs', open ? { a, b, component } : null);
  return (
    <details className="group mt-1" open={open} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary className="inline-flex cursor-pointer list-none items-center gap-1 rounded text-[12.5px] text-accent hover:underline">
        <ChevronRight size={13} aria-hidden="true" className="shrink-0 transition-transform group-open:rotate-90" />
        {count === 1 ? 'Changelog' : `${count} changelogs`} between
      </summary>
      {open &&
        changelogs?.map(({ releases, text }) => (
          <div key={releases.join('\n')} className="mt-1.5 max-w-4xl">
            <h4 className="mb-1 font-mono text-[11.5px] text-dim">
              <VisibleText text={releases.join(', ')} />
            </h4>
            <ChangelogBox text={text} name={`Changelog of ${name.slice(0, 80)} in ${releases.join(', ')}`} />
          </div>
        ))}
    </details>
  );
}
