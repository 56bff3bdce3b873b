import { clsx } from 'clsx';
import { Age } from '../elements/Age.tsx';
import type { CardAt } from '../elements/hover-card.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';
import type { Place } from '../grid/place.ts';
import { useAnswer } from '../state/answers.ts';

/** Pixels: its width, and the height below which it opens upwards. */
const WIDTH_PX = 340;
const ROOM_PX = 200;

interface MatrixCardProps {
  readonly at: CardAt<Place>;
  /** The release stands for its line, which is folded. */
  readonly folded: boolean;
}

/** What a place of the matrix holds, in a few lines. Screen readers have it from the name of the place. */
export default function MatrixCard({ at: { place, box }, folded }: MatrixCardProps) {
  const card = useAnswer('card', { ...place, folded });
  // While an answer is on its way there is that to the question before.
  if (card === null || card.place.release !== place.release || card.place.component !== place.component) return null;
  const { title, of, owner, lines, since, findings, more } = card;
  const { innerWidth, innerHeight } = window;
  const isBelow = innerHeight - box.bottom > ROOM_PX || box.top < ROOM_PX;
  return (
    <div
      data-card=""
      aria-hidden="true"
      style={{
        left: Math.max(8, Math.min(box.left, innerWidth - WIDTH_PX - 8)),
        width: `min(${WIDTH_PX}px, calc(100vw - 16px))`,
        ...(isBelow ? { top: box.bottom + 1 } : { bottom: innerHeight - box.top + 1 }),
      }}
      className="fixed z-40 space-y-1 rounded-md border border-edge bg-raised px-3 py-2 text-sm leading-4 text-ink shadow-lg"
    >
      <p className="flex items-baseline gap-2">
        <span className="min-w-0">
          <span className="font-semibold">
            <VisibleLabel text={title} limit={80} />
          </span>{' '}
          <span className="text-dim">
            <VisibleLabel text={of} limit={60} />
          </span>
        </span>
        {owner !== null && (
          <span className="ml-auto shrink-0 text-dim">
            <VisibleLabel text={owner} limit={40} />
          </span>
        )}
      </p>
      {lines.map((line) => (
        <p key={line} className="[overflow-wrap:anywhere]">
          <VisibleLabel text={line} limit={200} />
        </p>
      ))}
      {since !== null && (
        <p className="text-dim">
          Began <Age since={Date.parse(since)} />
        </p>
      )}
      {findings.length > 0 && (
        <ul className="m-0 list-none space-y-0.5 p-0">
          {findings.map(({ weight, title: what }) => (
            <li key={`${weight} ${what}`} className={clsx('flex gap-1.5', WEIGHT_LOOKS[weight].ink)}>
              <span>{WEIGHT_LOOKS[weight].glyph}</span>
              <span className="min-w-0 [overflow-wrap:anywhere]">
                <VisibleLabel text={what} limit={200} />
              </span>
            </li>
          ))}
          {more > 0 && <li className="text-dim">{`and ${more} more`}</li>}
        </ul>
      )}
    </div>
  );
}
