import { clsx } from 'clsx';
import type { LineRelease, LineStory } from '../../release/history/line-story.ts';
import { STAGES, type Stage } from '../../release/item/release.ts';
import { shownText } from '../../release/text/hidden-characters.ts';
import { moment } from './moment.ts';

interface LinePlotProps {
  readonly story: LineStory;
  readonly axis: NonNullable<LineStory['axis']>;
  /** Tag of the release that is looked at. */
  readonly current: string;
}

/** Sizes in the units of the view box. */
const WIDTH = 400;
const LEFT = 44;
const RIGHT = 10;
const LANE = 20;
const AXIS = 18;

/**
 * A line's releases over time, a lane for each stage, the most mature on top: each from its first fragment to its last.
 * A picture of the list beside it, which says all of it in words.
 */
export function LinePlot({ story, axis, current }: LinePlotProps) {
  const lanes = [...STAGES].reverse().filter((stage) => story.releases.some(({ release }) => release.stage === stage));
  const [from, to] = [Date.parse(axis.from), Date.parse(axis.to)];
  const x = (at: string) =>
    to === from ? LEFT : LEFT + ((Date.parse(at) - from) / (to - from)) * (WIDTH - LEFT - RIGHT);
  const height = lanes.length * LANE + AXIS;
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={shownText(`Releases of ${story.line} from ${moment(axis.from)} to ${moment(axis.to)}; listed below`)}
      className="block w-full"
    >
      {lanes.map((stage, lane) => (
        <g key={stage}>
          <text x={0} y={lane * LANE + 13.5} fontSize={10.5} className="fill-dim">
            {stage}
          </text>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={lane * LANE + 10} y2={lane * LANE + 10} className="stroke-rule" />
        </g>
      ))}
      {story.releases.map((each) => (
        <Bar
          key={each.release.tag}
          each={each}
          x={x}
          y={lanes.indexOf(each.release.stage) * LANE + 10}
          current={current}
        />
      ))}
      <text x={LEFT} y={height - 4} fontSize={10} className="fill-dim">
        {moment(axis.from).slice(0, 10)}
      </text>
      <text x={WIDTH - RIGHT} y={height - 4} fontSize={10} textAnchor="end" className="fill-dim">
        {moment(axis.to).slice(0, 10)}
      </text>
    </svg>
  );
}

const INKS = {
  alpha: 'fill-error stroke-error',
  beta: 'fill-warning stroke-warning',
  rc: 'fill-info stroke-info',
  stable: 'fill-good stroke-good',
  other: 'fill-dim stroke-dim',
} satisfies Record<Stage, string>;

interface BarProps {
  readonly each: LineRelease;
  readonly x: (at: string) => number;
  readonly y: number;
  readonly current: string;
}

function Bar({ each: { release, startedAt, updatedAt }, x, y, current }: BarProps) {
  if (startedAt === null || updatedAt === null) return null;
  const [start, end] = [x(startedAt), x(updatedAt)];
  return (
    <g className={INKS[release.stage]}>
      <title>{shownText(`${release.tag}, ${moment(startedAt)}`)}</title>
      <line x1={start} x2={end} y1={y} y2={y} strokeWidth={3} strokeLinecap="round" opacity={0.5} />
      <circle cx={start} cy={y} r={3.5} stroke="none" />
      {release.tag === current && (
        <circle cx={start} cy={y} r={6.5} fill="none" className={clsx('stroke-ink')} strokeWidth={1.5} />
      )}
    </g>
  );
}
