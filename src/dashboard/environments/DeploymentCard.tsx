import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';
import { readinessWords } from '../../views/environments/deployment-words.ts';
import type { DeploymentFace, EnvironmentRow } from '../../views/environments/environments-answer.ts';
import type { CardAt } from '../elements/hover-card.ts';
import { moment } from '../elements/moment.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { Position } from '../grid/place.ts';

interface DeploymentCardProps {
  /** Where the cell is. */
  readonly box: CardAt<Position>['box'];
  readonly row: Pick<EnvironmentRow, 'component' | 'owner'>;
  readonly environment: string;
  readonly face: DeploymentFace;
}

/** Pixels: its width, and the height below which it opens upwards. */
const WIDTH_PX = 380;
const ROOM_PX = 220;

/** All of a cell that is not written in it. Screen readers have it from the cell's own name. */
export function DeploymentCard({ box, row, environment, face }: DeploymentCardProps) {
  const { release, of = release, version, readiness, card } = face;
  const { innerWidth, innerHeight } = window;
  const isBelow = innerHeight - box.bottom > ROOM_PX || box.top < ROOM_PX;
  const left = Math.max(8, Math.min(box.left, innerWidth - WIDTH_PX - 8));
  return (
    <div
      data-card=""
      aria-hidden="true"
      style={{
        left,
        width: `min(${WIDTH_PX}px, calc(100vw - 16px))`,
        ...(isBelow ? { top: box.bottom } : { bottom: innerHeight - box.top }),
      }}
      className="fixed z-40 space-y-1.5 rounded-md border border-edge bg-raised px-3 py-2.5 text-sm text-ink shadow-lg"
    >
      <p className="flex items-baseline gap-2">
        <span className="font-semibold">
          <VisibleLabel text={row.component.name} limit={60} /> in <VisibleLabel text={environment} limit={40} />
        </span>{' '}
        {row.owner !== null && (
          <span className="ml-auto text-dim">
            <VisibleLabel text={row.owner} limit={40} />
          </span>
        )}
      </p>
      <p>
        <VisibleLabel text={version} limit={80} className="font-mono" /> of{' '}
        <VisibleLabel text={of} limit={60} className="font-mono" />
        {`, ${readiness === null ? 'declared by its fragment, not observed' : readinessWords(readiness)}`}
      </p>
      {card.says.length > 0 && (
        <ul className="space-y-0.5">
          {card.says.map(({ weight, text }) => (
            <li key={text} className={clsx('flex gap-1.5', weight === null ? 'text-dim' : WEIGHT_LOOKS[weight].ink)}>
              <span>{weight === null ? '·' : WEIGHT_LOOKS[weight].glyph}</span>
              <VisibleLabel text={text} limit={300} />
            </li>
          ))}
        </ul>
      )}
      <p className="text-dim">
        {shownText(card.lags.map(({ said, days }) => (days === null ? said : `${said} (${days})`)).join(' · '))}
      </p>
      <p className="text-dim">{card.observed === null ? 'Time unknown' : `Observed ${moment(card.observed)} UTC`}</p>
      {card.image !== null && (
        <p className="font-mono text-xs break-all text-dim">
          <VisibleLabel text={card.image} limit={300} />
        </p>
      )}
    </div>
  );
}
