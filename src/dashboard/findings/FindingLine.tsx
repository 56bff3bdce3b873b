import { clsx } from 'clsx';
import { type MouseEvent, memo } from 'react';
import { describeFinding } from '../../release/finding/finding-words.ts';
import type { Report } from '../../release/report/report.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { PlacedFinding } from '../../views/filters/visible-findings.ts';
import { weightOf } from '../../views/words/weights.ts';
import { StageBadge } from '../elements/StageBadge.tsx';
import { typeDot } from '../elements/type-marks.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import { addressOf } from '../state/view-state.ts';

interface FindingLineProps {
  readonly report: Report;
  readonly placed: PlacedFinding;
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
  readonly onGo: (placed: PlacedFinding) => void;
}

/** Height of a finding's line, CSS pixels; and on a small screen. */
export const FINDING_PX = 52;
export const NARROW_FINDING_PX = 92;

/**
 * A finding in two lines: what and why on the left, where on the right. It leads to its cell. On a small screen what,
 * and beneath it where; why stands with the cell.
 */
export const FindingLine = memo(function FindingLine({ report, placed, ...props }: FindingLineProps) {
  const { finding, row, column } = placed;
  const { release: tag, component: id, environment, waived, code } = finding;
  const { title, why } = describeFinding(finding);
  const weight = weightOf(finding);
  const { word, glyph, ink } = WEIGHT_LOOKS[weight];
  const release = report.rows[row]?.release;
  const component = column === null ? undefined : report.components[column];
  const said = waived === null ? why : `Waived until ${waived.expires} by ${waived.by}: ${waived.reason}`;
  const follow = (event: MouseEvent) => {
    // A new tab or window is the browser's own affair.
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    props.onGo(placed);
  };
  return (
    <li
      aria-posinset={props.place}
      aria-setsize={props.of}
      className="absolute inset-x-0 top-0"
      style={{ transform: `translateY(${props.top}px)`, height: props.height }}
    >
      <a
        href={addressOf({ release: tag, component: id })}
        data-line={props.line}
        tabIndex={props.active ? 0 : -1}
        onClick={follow}
        className="grid h-full grid-cols-[5.75rem_minmax(0,1fr)_minmax(0,12rem)_6rem_minmax(0,13rem)] items-center gap-x-4 border-b border-rule pr-4 pl-9 -outline-offset-2 hover:bg-panel max-xl:gap-x-3 max-sm:grid-cols-[1rem_minmax(0,1fr)_auto] max-sm:content-center max-sm:gap-x-2 max-sm:pl-4"
      >
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
              waived === null ? 'font-medium' : 'text-dim',
            )}
          >
            <VisibleLabel text={title} />
          </span>
          <span title={shownText(said)} className="block truncate text-[12px] leading-4 text-dim max-sm:hidden">
            {props.coded && <code className="mr-1.5 rounded-sm bg-panel px-1 font-mono text-[11px]">{code}</code>}
            <VisibleLabel text={said} limit={300} />
          </span>
        </span>
        <span className="flex min-w-0 items-center gap-1.5 text-[12.5px] max-sm:col-start-2">
          {component === undefined ? (
            <span className="text-dim">whole release</span>
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
          <VisibleLabel text={tag} limit={60} className="truncate font-mono text-[12.5px]" />
          {release !== undefined && <StageBadge stage={release.stage} />}
        </span>
      </a>
    </li>
  );
});
