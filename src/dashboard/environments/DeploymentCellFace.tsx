import { clsx } from 'clsx';
import { CircleCheck, CircleQuestionMark, CircleSlash, History, LoaderCircle, Megaphone } from 'lucide-react';
import { withoutV } from '../../release/item/version.ts';
import type { Readiness } from '../../release/matrix/roll-out.ts';
import { shownLines, shownText } from '../../release/text/hidden-characters.ts';
import { describeDeployment, type LagWords, readinessWords } from '../../views/environments/deployment-words.ts';
import type {
  DeploymentFace,
  DeploymentFinding,
  EnvironmentRow,
} from '../../views/environments/environments-answer.ts';
import { CellLink, type OnGo } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';

interface DeploymentCellFaceProps {
  readonly component: EnvironmentRow['component'];
  readonly environment: string;
  readonly face: DeploymentFace | null;
  readonly olderThan: string | null;
  readonly row: number;
  readonly column: number;
  /** The table's one stop of the Tab key. */
  readonly active: boolean;
  readonly onGo: OnGo;
}

/** What is of a component in one environment. All of it leads to the matrix, and the finding that is told to its own cell there. */
export function DeploymentCellFace(props: DeploymentCellFaceProps) {
  const { component, environment, face, olderThan, row, column, active, onGo } = props;
  const place = {
    // A td of a grid is one already; not everything that reads a page knows.
    role: 'gridcell',
    'data-row': row,
    'data-column': column,
    tabIndex: active ? 0 : -1,
    'aria-label': shownText(describeDeployment(component.name, environment, face, olderThan)),
  };
  if (face === null) {
    return (
      <td {...place} className={clsx(CELL, 'align-middle text-dim')}>
        <span aria-hidden="true">—</span>
      </td>
    );
  }
  const { release, version, readiness, lags, older, beside, worst, rest } = face;
  return (
    <td {...place} className={clsx(CELL, older ? 'bg-warning-soft' : 'hover:bg-panel')}>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <CellLink
          release={release}
          component={component.id}
          onGo={onGo}
          tabIndex={-1}
          title={shownText(version)}
          className="max-w-full truncate font-mono text-[12.5px] font-semibold text-ink after:absolute after:inset-0"
        >
          <VisibleLabel text={version} limit={60} />
        </CellLink>
        {withoutV(release) !== withoutV(version) && (
          <span title={shownText(release)} className="max-w-full truncate text-[11.5px] text-dim">
            of <VisibleLabel text={release} limit={60} className="font-mono" />
          </span>
        )}
        <span className="ml-auto">
          {readiness === null ? <Declared /> : <Ready readiness={readiness} worst={worst} />}
        </span>
      </div>
      <Lags lags={lags} />
      {(older || beside > 0) && (
        <div className="mt-0.5 flex flex-wrap gap-x-2.5 gap-y-0.5">
          {older && (
            <span className={clsx(LINE, 'inline-flex items-center gap-1 font-medium text-warning')}>
              <History size={12} aria-hidden="true" />
              older than <VisibleLabel text={olderThan ?? ''} limit={40} />
            </span>
          )}
          {beside > 0 && <span className={clsx(LINE, 'text-dim')}>{`+${beside} beside it`}</span>}
        </div>
      )}
      {worst !== null && (
        <p className={clsx(LINE, 'mt-0.5 flex items-baseline gap-1.5')}>
          <Worst finding={worst} component={component} active={active} onGo={onGo} />
          {rest.length > 0 && (
            <span title={shownLines(rest)} className="relative shrink-0 text-dim">
              {`+${rest.length} more`}
            </span>
          )}
        </p>
      )}
    </td>
  );
}

const CELL =
  'relative h-[50px] max-w-80 min-w-44 scroll-mt-14 scroll-mr-2 scroll-mb-2 scroll-ml-56 border-r border-b border-rule px-2.5 py-1.5 align-top -outline-offset-2';
const LINE = 'text-[11.5px] leading-4';

function Lags({ lags }: { readonly lags: readonly LagWords[] }) {
  return (
    <p className="text-[11.5px] leading-4 text-dim">
      {lags.map(({ level, short, days }) => (
        <span key={short} className="block truncate">
          {level && (
            <span aria-hidden="true" className="text-good">
              ✓{' '}
            </span>
          )}
          <VisibleLabel text={short} limit={80} />
          {days !== null && ` · ${shownText(days)}`}
        </span>
      ))}
    </p>
  );
}

interface WorstProps extends Pick<DeploymentCellFaceProps, 'component' | 'active' | 'onGo'> {
  readonly finding: DeploymentFinding;
}

/** What weighs most of all that is said of it, in words. */
function Worst({ finding: { weight, title, release }, component, active, onGo }: WorstProps) {
  const { glyph, ink, word } = WEIGHT_LOOKS[weight];
  return (
    <CellLink
      release={release}
      component={component.id}
      onGo={onGo}
      // Only within reach once the cell is: the table is one stop of the Tab key.
      tabIndex={active ? 0 : -1}
      title={shownText(`${word}: ${title}`)}
      className={clsx('relative line-clamp-2 min-w-0 rounded font-medium underline-offset-2 hover:underline', ink)}
    >
      <span aria-hidden="true">{`${glyph} `}</span>
      <VisibleLabel text={title} limit={120} />
    </CellLink>
  );
}

const READINESS_LOOKS = {
  ready: { Icon: CircleCheck, ink: 'text-good' },
  'not-ready': { Icon: LoaderCircle, ink: 'text-warning' },
  'scaled-to-zero': { Icon: CircleSlash, ink: 'text-dim' },
  unknown: { Icon: CircleQuestionMark, ink: 'text-dim' },
} satisfies Record<Readiness['state'], unknown>;

interface ReadyProps {
  readonly readiness: Readiness;
  /** The finding that is told below in words. */
  readonly worst: DeploymentFinding | null;
}

function Ready({ readiness, worst }: ReadyProps) {
  const { Icon, ink } = READINESS_LOOKS[readiness.state];
  const { ready, desired } = readiness;
  return (
    <span
      title={readinessWords(readiness)}
      className={clsx('inline-flex items-center gap-1 text-[11.5px] whitespace-nowrap tabular-nums', ink)}
    >
      <Icon size={12} aria-hidden="true" />
      {desired === null ? 'unknown' : `${ready}/${desired}`}
      {readiness.state === 'not-ready' &&
        worst?.code !== 'not-ready' &&
        (ready < (desired ?? 0) ? ' not ready' : ' rolling out')}
    </span>
  );
}

function Declared() {
  return (
    <span
      className="inline-flex items-center gap-1 text-[11.5px] text-dim"
      title="Declared by a fragment; not observed"
    >
      <Megaphone size={12} aria-hidden="true" />
      declared
    </span>
  );
}
