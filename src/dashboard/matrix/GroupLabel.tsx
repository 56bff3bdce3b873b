import { clsx } from 'clsx';
import { typeDot } from '../elements/type-marks.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import type { HeadGroup } from '../grid/heads.ts';

/** The whole of it, where there is no room. */
export function groupTitle({ label, count }: HeadGroup): string {
  return count > 1 ? `${label}, ${count}` : label;
}

/**
 * A group's name and size, for the eye only: to a screen reader each head of the group says its type itself. Where there is
 * no room for the name it leaves its line, which is all that is seen: a dot and a number tell more than a few letters.
 */
export function GroupLabel({ group, className }: { readonly group: HeadGroup; readonly className?: string }) {
  const { type, label, count } = group;
  return (
    <div aria-hidden="true" className={className}>
      <span className="mx-group-name">
        {type !== null && <span className={clsx('h-2 w-2 shrink-0 rounded-full', typeDot(type))} />}
        <span className={clsx('mx-group-words', type === null && 'mx-group-line')}>
          {/* Of a line, which has no dot, a number alone would tell nothing. */}
          <span className="text-dim">{type !== null && count > 1 && count}</span>
          <span className="mx-group-word truncate font-semibold">
            <VisibleLabel text={label} />
          </span>
          {type === null && count > 1 && <span className="text-dim">{count}</span>}
        </span>
      </span>
    </div>
  );
}
