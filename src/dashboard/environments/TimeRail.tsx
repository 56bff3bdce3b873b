import { clsx } from 'clsx';
import { type ChangeEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { type Moment, type TimeRail as Rail, unknownThen } from '../../views/environments/time-rail.ts';
import { Button } from '../elements/Button.tsx';
import { dayWords } from '../elements/moment.ts';
import { useChangeView } from '../state/page-context.ts';

interface TimeRailProps {
  readonly rail: Rail;
}

/** How long a moment stands before it is looked up: whoever drags along passes many. Milliseconds. */
const STANDS_MS = 200;
/** Moments that a Page key goes by. */
const PAGE = 10;
const NOW = 'now';
/** Of the length of the rail, how much of it behind the last moment is now. */
const NOW_SHARE = 0.03;

/**
 * The time over which something is known, with a tick where something was rolled out, and the moment that is shown. Its
 * handle goes from one to the next, and at the end stands for now.
 */
export function TimeRail({ rail: { moments, pinned } }: TimeRailProps) {
  const change = useChangeView();
  // Until what it leads to is shown.
  const [dragged, setDragged] = useState<string | null>(null);
  const timer = useRef(0);
  useEffect(() => () => window.clearTimeout(timer.current), []);
  const looked = pinned?.at ?? NOW;
  if (dragged === looked) setDragged(null);
  const shown = dragged ?? looked;
  const isRail = moments.length > 1;
  if (!isRail && shown === NOW) return null;

  const go = (next: Moment | undefined) => {
    const chosen = next?.at ?? NOW;
    setDragged(chosen);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => change({ at: chosen === NOW ? null : chosen }), STANDS_MS);
  };
  const words = shown === NOW ? NOW : momentWords(shown, moments);
  const unknown = dragged === null && pinned !== null ? unknownThen(pinned) : null;
  return (
    <div className="flex min-w-56 flex-1 flex-wrap items-center gap-x-2.5 gap-y-1 max-sm:contents">
      {isRail && <Slider moments={moments} shown={shown} words={words} onGo={go} />}
      {/* As wide and as high whatever it says: neither the rail nor what is below may move under the pointer. */}
      <span className="flex w-[26rem] max-w-full items-center gap-2 @min-[1200px]:w-[32rem] max-sm:min-h-[36px] max-sm:w-auto max-sm:min-w-0 max-sm:flex-1 max-sm:basis-[13rem]">
        <span className="flex min-w-0 gap-x-2.5 max-sm:flex-col">
          <span className={clsx('truncate tabular-nums', shown === NOW ? 'text-dim' : 'font-medium text-ink')}>
            {shownText(words)}
          </span>
          {unknown !== null && (
            <span title={shownText(unknown.whole)} className="truncate text-dim">
              {shownText(unknown.short)}
            </span>
          )}
        </span>
        {shown !== NOW && (
          <Button className="h-6 shrink-0 px-2 text-sm" onClick={() => go(undefined)}>
            Back to now
          </Button>
        )}
      </span>
    </div>
  );
}

interface SliderProps {
  /** At least two. */
  readonly moments: readonly Moment[];
  /** A time, ISO 8601, or `NOW`; and how that is said. */
  readonly shown: string;
  readonly words: string;
  /** Called with the moment to go to; undefined: now. */
  readonly onGo: (moment: Moment | undefined) => void;
}

function Slider({ moments, shown, words, onGo }: SliderProps) {
  const [from, until] = [Date.parse(moments[0]?.at ?? ''), Date.parse(moments.at(-1)?.at ?? '')];
  const to = until + Math.max(1, (until - from) * NOW_SHARE);
  const time = shown === NOW ? to : Math.min(to, Math.max(from, Date.parse(shown)));
  const onChange = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const wanted = Number(currentTarget.value);
    onGo(wanted > (until + to) / 2 ? undefined : nearest(moments, wanted));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (by === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // Of a moment between two, the one before it is the place.
    const place = shown === NOW ? moments.length : moments.findLastIndex((one) => Date.parse(one.at) <= time);
    onGo(moments[Math.max(0, Math.min(moments.length, place + by))]);
  };
  return (
    <>
      <span aria-hidden="true" className="whitespace-nowrap text-dim">
        {shownText(dayWords(moments[0]?.at ?? ''))}
      </span>
      <span className="relative h-6 min-w-40 flex-1 max-sm:min-w-[60%]">
        <span aria-hidden="true" className="absolute inset-x-2 top-1/2 h-px bg-edge" />
        <span aria-hidden="true" className="absolute inset-x-2 inset-y-0">
          {moments.map((moment) => (
            <span
              key={`${moment.at} ${moment.words}`}
              className="absolute top-1/2 h-2 w-px -translate-y-1/2 bg-faint"
              style={{ left: `${(100 * (Date.parse(moment.at) - from)) / (to - from)}%` }}
            />
          ))}
        </span>
        <input
          type="range"
          aria-label="Moment"
          aria-valuetext={shownText(words)}
          min={from}
          max={to}
          step="any"
          value={time}
          onChange={onChange}
          onKeyDown={onKeyDown}
          className={RANGE}
        />
      </span>
    </>
  );
}

/** The handle is as wide as the room that the ticks leave at either end. */
const RANGE = clsx(
  'absolute inset-0 m-0 w-full cursor-pointer appearance-none rounded bg-transparent',
  '[&::-webkit-slider-thumb]:size-4 [&::-webkit-slider-thumb]:appearance-none [&::-webkit-slider-thumb]:rounded-full [&::-webkit-slider-thumb]:border-2 [&::-webkit-slider-thumb]:border-solid [&::-webkit-slider-thumb]:border-page [&::-webkit-slider-thumb]:bg-accent',
  '[&::-moz-range-thumb]:size-3 [&::-moz-range-thumb]:rounded-full [&::-moz-range-thumb]:border-2 [&::-moz-range-thumb]:border-solid [&::-moz-range-thumb]:border-page [&::-moz-range-thumb]:bg-accent',
);

const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -PAGE,
  PageUp: PAGE,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

function nearest(moments: readonly Moment[], time: number): Moment | undefined {
  return moments.reduce<Moment | undefined>((best, moment) => {
    const away = (of: Moment) => Math.abs(Date.parse(of.at) - time);
    return best === undefined || away(moment) < away(best) ? moment : best;
  }, undefined);
}

/** "20 Nov 10:32 UTC: v1.6.0 in prod, 12 components". */
function momentWords(at: string, moments: readonly Moment[]): string {
  const rolledOut = moments.find((moment) => moment.at === at)?.words;
  const when = `${dayWords(at)} ${at.slice(11, 16)} UTC`;
  return rolledOut === undefined ? when : `${when}: ${rolledOut}`;
}
