import { clsx } from 'clsx';
import { Megaphone } from 'lucide-react';
import { shownText } from '../../release/text/hidden-characters.ts';
import { describeDeployment } from '../../views/environments/deployment-words.ts';
import type { DeploymentFace, EnvironmentRow } from '../../views/environments/environments-answer.ts';
import { ViewLink } from '../elements/ViewLink.tsx';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';

interface DeploymentCellFaceProps {
  readonly component: EnvironmentRow['component'];
  readonly environment: string;
  readonly face: DeploymentFace | null;
  /** When something was first observed there, where that was after the moment shown. */
  readonly since: string | undefined;
  readonly row: number;
  readonly column: number;
  /** The table's one stop of the Tab key. */
  readonly active: boolean;
}

/**
 * What is of a component in one environment: grey where it is as the environment's release says, and what is otherwise in
 * words. All of it opens its details.
 */
export function DeploymentCellFace(props: DeploymentCellFaceProps) {
  const { component, environment, face, since, row, column, active } = props;
  const place = {
    // A td of a grid is one already; not everything that reads a page knows.
    role: 'gridcell',
    'data-row': row,
    'data-column': column,
    tabIndex: active ? 0 : -1,
    'aria-label': shownText(describeDeployment(component.name, environment, face, since)),
  };
  if (face === null) {
    return (
      <td {...place} className={clsx(CELL, 'text-faint')}>
        {since === undefined ? <span aria-hidden="true">—</span> : <span className="text-sm">not known</span>}
      </td>
    );
  }
  const { release, label, readiness, off, worst, says, beside } = face;
  const counted = off && readiness?.state === 'ready';
  return (
    <td {...place} className={clsx(CELL, off ? OFF_LOOKS[worst ?? 'info'] : 'hover:bg-panel')}>
      <span className="flex flex-wrap items-baseline gap-x-1.5">
        <ViewLink
          to={{ view: 'environments', release, component: component.id, first: environment }}
          tabIndex={-1}
          className={clsx(
            'max-w-full truncate font-mono text-sm after:absolute after:inset-0 max-sm:whitespace-normal max-sm:[overflow-wrap:anywhere]',
            off ? 'font-semibold text-ink' : 'text-dim',
          )}
        >
          <VisibleLabel text={label} limit={60} />
        </ViewLink>
        {counted && <span className="text-sm text-dim tabular-nums">{` ${readiness.ready}/${readiness.desired}`}</span>}
        {says.map(({ weight, text }, at) => (
          <span
            key={text}
            className={clsx('text-sm', weight === null ? 'text-dim' : WEIGHT_LOOKS[weight].ink, off && 'font-medium')}
          >
            {' '}
            <VisibleLabel text={text} limit={80} />
            {at < says.length - 1 && ','}
          </span>
        ))}
        {beside > 0 && <span className="text-sm text-dim">{`+${beside} beside it`}</span>}
        {readiness === null && <Megaphone size={11} aria-hidden="true" className="self-center text-faint" />}
      </span>
    </td>
  );
}

const CELL =
  'relative h-[30px] scroll-mt-20 scroll-mr-2 scroll-mb-2 scroll-ml-56 border-b border-rule px-2.5 py-1 -outline-offset-2';

/** An error is told from a warning by more than its colour: the bar at its side. */
const OFF_LOOKS = {
  error: 'bg-error-soft shadow-[inset_3px_0_var(--error)]',
  warning: 'bg-warning-soft',
  info: 'hover:bg-panel',
  waived: 'hover:bg-panel',
} satisfies Record<keyof typeof WEIGHT_LOOKS, string>;
