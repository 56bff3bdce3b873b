import { clsx } from 'clsx';
import { type MouseEvent, memo } from 'react';
import type { Component } from '../../release/item/component.ts';
import type { Stage } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ListedFinding } from '../../views/findings/findings-answer.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { typeDot } from '../elements/type-marks.ts';
import { isForBrowser, type OnGo } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import { addressOf } from '../state/view-state.ts';

interface FindingLineProps {
  /** Null: it is on its way. */
  readonly finding: ListedFinding | null;
  /** Of the finding's release and component, as far as they are known. */
  readonly stage: Stage | undefined;
  readonly component: Component | undefined;
  /** From 1, and how many there are in the group. */
  readonly place: number;
  readonly of: number;
  readonly line: number;
  /** Distance from the top of the list, CSS pixels. */
  readonly top: number;
  /** CSS pixels; on a small screen more, as what stands side by side elsewhere is one below the other there. */
  readonly height: number;
  /** Whether the code is said, which a group of one code says already. */
  readonly coded: boolean;
  /** The list's one stop of the Tab key. */
  readonly active: boolean;
  readonly onGo: OnGo;
}

/** Height of a finding's line, CSS pixels; and on a small screen. */
export const FINDING_PX = 52;
export const NARROW_FINDING_PX = 92;

/**
 * A finding in two lines: what and why on the left, where on the right. It leads to its cell. On a small screen what,
 * and beneath it where; why stands with the cell. Empty until it is there, but it keeps its place and takes the focus.
 */
export const FindingLine = memo(function FindingLine({ finding, stage, component, ...props }: FindingLineProps) {
  const follow = (event: MouseEvent) => {
    if (finding === null || isForBrowser(event)) return;
    event.preventDefault();
    props.onGo(finding.release, finding.component);
  };
  return (
    <li
      aria-posinset={props.place}
      aria-setsize={props.of}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
    >
      <a
        href={finding === null ? undefined : addressOf({ release: finding.release, component: finding.component })}
        data-line={props.line}
        tabIndex={props.active ? 0 : -1}
        onClick={follow}
        className="grid h-full grid-cols-[5.75rem_minmax(0,1fr)_minmax(0,12rem)_6rem_minmax(0,13rem)] items-center gap-x-4 border-b border-rule pr-4 pl-9 -outline-offset-2 hover:bg-panel max-xl:gap-x-3 max-sm:grid-cols-[1rem_minmax(0,1fr)_auto] max-sm:content-center max-sm:gap-x-2 max-sm:pl-4"
      >
        {finding !== null && <Parts finding={finding} stage={stage} component={component} coded={props.coded} />}
      </a>
    </li>
  );
});

interface PartsProps extends Pick<FindingLineProps, 'stage' | 'component' | 'coded'> {
  readonly finding: ListedFinding;
}

function Parts({ finding, stage, component, coded }: PartsProps) {
  const { code, weight, title, why, release, environment } = finding;
  const { word, glyph, ink } = WEIGHT_LOOKS[weight];
  return (
    <>
      <span className={clsx('flex items-baseline gap-1.5 text-[12.5px] font-medium', ink)}>
        <span aria-hidden="true" className="text-[11px]">
          {glyph}
        </span>
        <span className="max-sm:sr-only">{word}</span>
      </span>
      <span className="min-w-0 max-sm:col-span-2">
        <span
          className={clsx(
            'block text-[13px] leading-[18px] max-sm:line-clamp-2 sm:truncate',
            weight === 'waived' ? 'text-dim' : 'font-medium',
          )}
        >
          <VisibleLabel text={title} />
        </span>
        <span title={shownText(why)} className="block truncate text-[12px] leading-4 text-dim max-sm:hidden">
          {coded && <code className="mr-1.5 rounded-sm bg-panel px-1 font-mono text-[11px]">{code}</code>}
          <VisibleLabel text={why} limit={300} />
        </span>
      </span>
      <span className="flex min-w-0 items-center gap-1.5 text-[12.5px] max-sm:col-start-2">
        {finding.component === null ? (
          <span className="text-dim">whole release</span>
        ) : component === undefined ? (
          <VisibleLabel text={finding.component} limit={80} className="truncate" />
        ) : (
          <>
            <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-xs', typeDot(component.type))} />
            <span className="truncate" title={shownText(component.id)}>
              <span className="sr-only">{shownText(component.type)} </span>
              <VisibleLabel text={component.name} limit={80} />
            </span>
          </>
        )}
      </span>
      <span className="truncate text-[12.5px] text-dim">
        {environment !== null && <VisibleLabel text={environment} limit={40} />}
      </span>
      <span className="flex min-w-0 items-center justify-between gap-2 max-sm:col-span-2 max-sm:col-start-2">
        <VisibleLabel text={release} limit={60} className="truncate font-mono text-[12.5px]" />
        {stage !== undefined && <StageBadge stage={stage} />}
      </span>
    </>
  );
}
