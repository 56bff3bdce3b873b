import { clsx } from 'clsx';
import { typeDot } from '../elements/type-marks.ts';
import { VisibleLabel } from '../elements/VisibleText.tsx';
import type { HeadGroup } from '../grid/heads.ts';

/** A group's name and size, for the eye only: to a screen reader each head of the group says its type itself. */
export function GroupLabel({ group, className }: { readonly group: HeadGroup; readonly className?: string }) {
  return (
    <div aria-hidden="true" className={className}>
      <span className="mx-group-name">
        {group.type !== null && <span className={clsx('h-2 w-2 shrink-0 rounded-full', typeDot(group.type))} />}
        <span className="truncate font-semibold">
          <VisibleLabel text={group.label} />
        </span>
        {group.count > 1 && <span className="text-dim">{group.count}</span>}
      </span>
    </div>
  );
}
