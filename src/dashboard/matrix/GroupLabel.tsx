import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';
import { typeDot } from '../elements/type-marks.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import type { HeadGroup } from '../grid/heads.ts';

/** The whole of it, where there is no room. */
export function groupTitle({ label, count }: HeadGroup): string {
  return shownText(count > 1 ? `${label}, ${count}` : label);
}

/**
 * A group's name and size, for the eye only: to a screen reader each head of the group says its type itself. Where there is
 * no room for the name it leaves its line, which is all that is seen: a dot and a number tell more than a few letters.
 */
export function GroupLabel({ group, className }: { readonly group: HeadGroup; readonly className?: string }) {
  return (
    <div aria-hidden="true" className={className}>
      <span className="mx-group-name">
        {group.type !== null && <span className={clsx('h-2 w-2 shrink-0 rounded-full', typeDot(group.type))} />}
        <span className="mx-group-words">
          <span className="text-dim">{group.count > 1 && group.count}</span>
          <span className="mx-group-word truncate font-semibold">
            <VisibleLabel text={group.label} />
          </span>
        </span>
      </span>
    </div>
  );
}
