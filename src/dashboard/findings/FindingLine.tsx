import { clsx } from 'clsx';
import { type MouseEvent, memo } from 'react';
import type { Component } from '../../release/item/component.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ListedFinding } from '../../views/findings/findings-answer.ts';
import { spanText } from '../elements/age-text.ts';
import { moment } from '../elements/moment.ts';
import { typeDot } from '../elements/type-marks.ts';
import { isForBrowser } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import { useGo } from '../state/page-context.ts';
import { addressOf } from '../state/view-state.ts';

/** What the lines of a list have in common. */
export interface LineLooks {
  /** What the head of each group says is not said again on its lines. */
  readonly says: { readonly release: boolean; readonly owner: boolean; readonly code: boolean };
  /** When the table was read, milliseconds since 1970. */
  readonly readAt: number;
  /** Details are told beside the list, which has less room. */
  readonly isBeside: boolean;
}

interface FindingLineProps {
  /** Null: it is on its way. */
  readonly finding: ListedFinding | null;
  /** Of the finding, as far as it is known. */
  readonly component: Component | undefined;
  /** From 1, and how many there are in the group. */
  readonly place: number;
  readonly of: number;
  readonly line: number;
  /** Distance from the top of the list, CSS pixels. */
  readonly top: number;
  /** CSS pixels; on a small screen more, as what stands side by side elsewhere is one below the other there. */
  readonly height: number;
  /** The list's one stop of the Tab key. */
  readonly active: boolean;
  /** Its details are told beside the list. */
  readonly chosen: boolean;
  readonly looks: LineLooks;
}

/** Height of a finding's line, CSS pixels; and on a small screen. */
export const FINDING_PX = 28;
export const NARROW_FINDING_PX = 62;

/**
 * A finding in a line: what, and in which other releases as well; whose it is, where, since when, by which check. It opens
 * the details of its cell beside the list, where it is told in full. Empty until it is there, but it keeps its place and takes the focus.
 */
export const FindingLine = memo(function FindingLine({ finding, component, looks, ...props }: FindingLineProps) {
  const go = useGo();
  const follow = (event: MouseEvent) => {
    if (finding === null || isForBrowser(event)) return;
    event.preventDefault();
    go(finding.release, finding.component, finding.environment);
  };
  return (
    <li
      aria-posinset={props.place}
      aria-setsize={props.of}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
    >
      <a
        href={
          finding === null
            ? undefined
            : addressOf({ release: finding.release, component: finding.component, first: finding.environment })
        }
        data-row={props.line}
        data-column={0}
        tabIndex={props.active ? 0 : -1}
        aria-current={props.chosen ? 'true' : undefined}
        onClick={follow}
        className={clsx(
          'flex h-full items-center gap-x-3 border-b border-rule pr-[max(1rem,100%-1600px)] pl-4 text-sm -outline-offset-2 max-sm:flex-wrap max-sm:content-center',
          props.chosen ? 'bg-accent-soft' : 'hover:bg-panel',
        )}
      >
        {finding !== null && <Parts finding={finding} component={component} looks={looks} />}
      </a>
    </li>
  );
});

interface PartsProps extends Pick<FindingLineProps, 'component' | 'looks'> {
  readonly finding: ListedFinding;
}

function Parts({ finding, component, looks: { says, readAt, isBeside } }: PartsProps) {
  const { code, weight, what, why, release, environment, owner, since, also } = finding;
  const { word, glyph, ink } = WEIGHT_LOOKS[weight];
  const others = [...also.releases, ...(also.more > 0 ? [`${also.more} more`] : [])];
  return (
    <>
      <span className={clsx('w-4 shrink-0 text-center text-xs', ink)}>
        <span aria-hidden="true">{glyph}</span>
        <span className="sr-only">{word}</span>
      </span>
      <span
        title={shownText(why)}
        className={clsx(
          'min-w-0 flex-1 truncate max-sm:line-clamp-2 max-sm:basis-3/4 max-sm:whitespace-normal',
          // Two columns then, which stand apart.
          !isBeside && 'xl:contents',
        )}
      >
        {/* As wide as it needs to be, but where columns can stand beneath each other. */}
        <span className={clsx(!isBeside && 'xl:min-w-[min(40%,38rem)] xl:flex-[0_1_auto] xl:truncate')}>
          <span
            aria-hidden="true"
            className={clsx(
              'mr-1.5 inline-block size-1.5 rounded-xs align-middle',
              component && typeDot(component.type),
            )}
          />
          {component !== undefined && <span className="sr-only">{shownText(component.type)} </span>}
          <span className={clsx('text-base', weight === 'waived' && 'text-dim')}>
            <VisibleLabel text={what} />
          </span>
        </span>
        <span
          className={clsx(
            'text-sm text-dim',
            others.length > 0 && 'ml-2',
            !isBeside && 'xl:order-1 xl:ml-3 xl:min-w-0 xl:flex-1 xl:truncate',
          )}
        >
          {others.length > 0 && (
            <>
              {' '}
              also in <VisibleLabel text={others.join(', ')} limit={120} />
            </>
          )}
        </span>
      </span>
      {/* On a small screen these stand beneath, as far as there is something to say. */}
      <span aria-hidden="true" className="hidden max-sm:block max-sm:h-0 max-sm:basis-full" />
      <span aria-hidden="true" className="hidden w-4 max-sm:block" />
      {!says.release && <Part text={release} limit={60} className="w-32 font-mono text-sm" />}
      {!says.owner && <Part text={owner ?? ''} limit={40} className="w-28 text-dim" />}
      <Part text={environment ?? ''} limit={40} className="w-24 text-dim" />
      <span
        title={since === null ? undefined : `Since ${moment(since)} UTC`}
        className="w-11 shrink-0 text-right text-dim tabular-nums max-lg:hidden"
      >
        {since !== null && spanText(Math.max(readAt - Date.parse(since), 0))}
      </span>
      {!says.code && !isBeside && (
        <code className="order-2 shrink-0 font-mono text-xs text-dim max-xl:hidden">{code}</code>
      )}
    </>
  );
}

function Part({
  text,
  limit,
  className,
}: {
  readonly text: string;
  readonly limit: number;
  readonly className: string;
}) {
  return (
    <span
      title={shownText(text) || undefined}
      className={clsx('shrink-0 truncate max-sm:w-auto max-sm:max-w-full', className)}
    >
      {text !== '' && <VisibleLabel text={text} limit={limit} />}
    </span>
  );
}
