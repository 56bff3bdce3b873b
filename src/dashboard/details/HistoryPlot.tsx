import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';
import { type PlotPoint, plotWords } from '../../views/details/history-plot.ts';

/** Size of the drawing in its own units, which are CSS pixels in a panel of the usual width. */
const WIDTH = 346;
const HEIGHT = 56;
/** Room around it for half a point. */
const EDGE = 6;
/** With more points than this they would touch; the line alone is drawn then, and the one that is shown. */
const MAX_POINTS = 60;

interface HistoryPlotProps {
  /** Oldest first. */
  readonly points: readonly PlotPoint[];
  /** Tag of the release that is shown. */
  readonly current: string;
}

/** The component's own versions over the releases, oldest at the left: a step up is a new version, a gap an absence. */
export function HistoryPlot({ points, current }: HistoryPlotProps) {
  if (points.length < 2) return null;
  return (
    <svg
      role="img"
      aria-label={shownText(plotWords(points))}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="mt-1.5 block w-full rounded-md border border-rule bg-page"
    >
      <path d={lineOf(points)} fill="none" strokeWidth="1.5" className="stroke-dim" />
      {points
        .filter(({ tag }) => points.length <= MAX_POINTS || tag === current)
        .map(({ tag, version, x, y, isMissing }) => (
          <circle
            key={tag}
            cx={left(x)}
            cy={y === null ? HEIGHT - EDGE : top(y)}
            r={tag === current ? 4.5 : 2.5}
            strokeWidth={1.5}
            className={clsx(
              y === null
                ? clsx('fill-page', isMissing ? 'stroke-error' : 'stroke-dim')
                : tag === current
                  ? 'fill-accent stroke-page'
                  : 'fill-dim stroke-dim',
            )}
          >
            <title>{shownText(`${tag}: ${version}`)}</title>
          </circle>
        ))}
    </svg>
  );
}

function left(x: number): number {
  return round(EDGE + x * (WIDTH - 2 * EDGE));
}

/** The lowest version stands above the row of what is absent. */
function top(y: number): number {
  return round(EDGE + (1 - y) * (HEIGHT - 3 * EDGE));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Steps: a version holds until the next one. It breaks where the component is absent. */
function lineOf(points: readonly PlotPoint[]): string {
  let pen = false;
  return points
    .map(({ x, y }) => {
      if (y === null) {
        pen = false;
        return '';
      }
      const step = pen ? `H${left(x)}V${top(y)}` : `M${left(x)},${top(y)}`;
      pen = true;
      return step;
    })
    .join('');
}
