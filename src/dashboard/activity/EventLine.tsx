import { clsx } from 'clsx';
import { type MouseEvent, memo } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { EventLine as Line } from '../../views/activity/activity-answer.ts';
import { type EventWord, isObservedAgain } from '../../views/activity/event-groups.ts';
import { FIELD_LABELS } from '../../views/words/field-words.ts';
import { OUTCOME_LOOKS } from '../elements/change-looks.ts';
import { FromTo } from '../elements/FromTo.tsx';
import { typeDot } from '../elements/type-marks.ts';
import { isForBrowser, type OnGo } from '../elements/ViewLink.tsx';
import { VisibleLabel, VisibleText } from '../elements/VisibleText.tsx';
import { addressOf } from '../state/view-state.ts';

interface EventLineProps {
  readonly line: Line;
  readonly onGo: OnGo;
}

const LOOKS = {
  new: { glyph: '+', ink: 'text-good' },
  vanished: { glyph: '−', ink: 'text-error' },
  changed: OUTCOME_LOOKS.changed,
  rebuilt: OUTCOME_LOOKS.rebuilt,
  updated: { glyph: '·', ink: 'text-dim' },
} satisfies Record<EventWord, { readonly glyph: string; readonly ink: string }>;

/** On a small screen what is long is broken: nobody there can see a title. */
const ONE_LINE = 'sm:truncate max-sm:[overflow-wrap:anywhere]';
const UNSEEN_DOT = 'bg-accent forced-colors:bg-[CanvasText]';

/** One thing that happened: what, to which component of which release, from what to what. */
export const EventLine = memo(function EventLine({ line, onGo }: EventLineProps) {
  const { seen, word, release, component, version, retagged, environments, inTable } = line;
  const { glyph, ink } = LOOKS[word];
  const hash = component.indexOf('#');
  const [type, name] = [component.slice(0, hash), component.slice(hash + 1)];
  return (
    <li className="grid grid-cols-[6rem_minmax(0,13rem)_minmax(0,11rem)_minmax(0,1fr)] items-baseline gap-x-4 py-1 pr-4 pl-4 text-[13px] max-xl:gap-x-3 max-sm:grid-cols-[5rem_minmax(0,1fr)]">
      <span className={clsx('flex items-baseline gap-1.5 text-[12.5px] font-medium', ink)}>
        <span aria-hidden="true" className={clsx('size-1.5 self-center rounded-full', !seen && UNSEEN_DOT)} />
        <span aria-hidden="true">{glyph}</span>
        {`${word.slice(0, 1).toUpperCase()}${word.slice(1)}`}
        {!seen && <span className="sr-only">, unseen</span>}
      </span>
      <Where release={release} component={component} onGo={inTable ? onGo : null}>
        <span aria-hidden="true" className={clsx('size-2 shrink-0 self-center rounded-xs', typeDot(type))} />
        <span className="sr-only">{shownText(type)} </span>
        <span title={shownText(component)} className={clsx(ONE_LINE, 'min-w-0 font-medium')}>
          <VisibleLabel text={name} limit={80} />
        </span>
      </Where>
      <span
        title={shownText([release, ...environments].join(', '))}
        className={clsx(ONE_LINE, 'min-w-0 max-sm:col-start-2')}
      >
        <VisibleLabel text={release} limit={60} className="font-mono text-[12.5px]" />
        {environments.length > 0 && (
          <span className="ml-1.5 text-[12px] text-dim">
            <VisibleLabel text={environments.join(', ')} limit={60} />
          </span>
        )}
      </span>
      <div className="min-w-0 text-[12.5px] max-sm:col-start-2">
        {retagged && (
          <p className="mb-0.5 w-fit rounded border border-warning/35 bg-warning-soft px-1.5 text-[10.5px] leading-4 font-medium text-warning">
            <span aria-hidden="true">⚠ </span>re-tagged: other content under the same tag
          </p>
        )}
        {word === 'new' || word === 'vanished' ? (
          <VisibleText text={version} limit={80} className="font-mono text-[12px]" />
        ) : (
          <Changes line={line} />
        )}
      </div>
    </li>
  );
});

interface WhereProps {
  /** Null where the table has no cell of it any more. */
  readonly onGo: OnGo | null;
  readonly release: string;
  readonly component: string;
  readonly children: React.ReactNode;
}

function Where({ release, component, onGo, children }: WhereProps) {
  if (onGo === null) return <span className="flex min-w-0 items-baseline gap-1.5">{children}</span>;
  const follow = (event: MouseEvent) => {
    if (isForBrowser(event)) return;
    event.preventDefault();
    onGo(release, component);
  };
  return (
    <a
      href={addressOf({ release, component })}
      onClick={follow}
      className="flex min-w-0 items-baseline gap-1.5 rounded hover:text-accent hover:underline"
    >
      {children}
    </a>
  );
}

/** The fields that changed, from → to; of what is no field the names. */
function Changes({ line: { fields, attributes } }: { readonly line: Line }) {
  const others = attributes.count - attributes.names.length;
  if (isObservedAgain({ fields, attributes })) return <p className="text-dim">observed again</p>;
  return (
    <>
      {fields.length > 0 && (
        <dl className="grid grid-cols-[8rem_minmax(0,1fr)] gap-x-3 leading-[19px] max-md:grid-cols-1">
          {fields.map(({ field, from, to }) => (
            <div key={field} className="contents">
              <dt className="text-dim">{FIELD_LABELS[field]}</dt>
              <dd className="m-0 min-w-0">
                <FromTo from={from} to={to} />
              </dd>
            </div>
          ))}
        </dl>
      )}
      {attributes.count > 0 && (
        <p className="text-dim">
          {fields.length > 0 ? 'Also ' : ''}
          <VisibleText text={attributes.names.join(', ')} limit={200} />
          {others > 0 && ` and ${others} more`}
        </p>
      )}
    </>
  );
}
