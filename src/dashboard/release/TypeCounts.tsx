import { clsx } from 'clsx';
import { shownText } from '../../release/text/hidden-characters.ts';
import type { ReleaseDetails } from '../../views/release/release-answer.ts';
import { typeDot, typeLabel } from '../elements/type-marks.ts';

/** How much the release has of each type. */
export function TypeCounts({ types, absence }: Pick<ReleaseDetails, 'types' | 'absence'>) {
  return (
    <ul aria-label="Completeness by type" className="m-0 flex list-none flex-wrap gap-x-4 gap-y-1 p-0">
      {types
        .filter(({ expected }) => expected > 0)
        .map(({ type, expected, present }) => (
          <li key={type} className="text-sm leading-4">
            <span className="flex items-center gap-1.5">
              <span aria-hidden="true" className={clsx('size-2 shrink-0 rounded-xs', typeDot(type))} />
              {shownText(typeLabel(type))}
            </span>
            <span
              className={clsx(
                'pl-3.5 font-semibold tabular-nums',
                present < expected && (absence === 'missing' ? 'text-error' : 'text-dim'),
              )}
            >
              <span aria-hidden="true">{`${present}/${expected}`}</span>
              <span className="sr-only">{` ${present} of ${expected}`}</span>
            </span>
          </li>
        ))}
    </ul>
  );
}
