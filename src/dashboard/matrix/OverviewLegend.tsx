import { shownText } from '../../release/text/hidden-characters.ts';
import type { Kind } from './overview-kinds.ts';

const MEANINGS: readonly (readonly [kind: Kind, words: string])[] = [
  ['same', 'as before'],
  ['changed', 'changed'],
  ['new', 'new'],
  ['not-yet', 'not yet there'],
  ['waived', 'waived'],
  ['warning', 'warning'],
  ['error', 'error'],
  ['missing', 'missing'],
];

/** What the colours mean, beside what they are of. */
export function OverviewLegend() {
  return (
    <aside aria-label="Legend" className="mx-overview-legend">
      <ul className="m-0 list-none space-y-1 p-0">
        {MEANINGS.map(([kind, words]) => (
          <li key={kind} className="flex items-center gap-2">
            <span aria-hidden="true" className="mx-kind" data-kind={kind} />
            {shownText(words)}
          </li>
        ))}
      </ul>
      <p className="mt-3 text-dim">A click zooms in. Drag to choose releases and components.</p>
    </aside>
  );
}
