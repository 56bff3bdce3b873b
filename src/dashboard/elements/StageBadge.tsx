import { clsx } from 'clsx';
import type { Stage } from '../../release/item/release.ts';

/** A release's stage: its word. Colours are for verdicts alone; what is done stands out by its ground. */
export function StageBadge({ stage }: { readonly stage: Stage }) {
  return (
    <span
      className={clsx(
        'shrink-0 rounded border px-1.5 text-xs leading-4 font-medium',
        stage === 'stable' ? 'border-ink bg-ink text-page' : 'border-edge bg-panel text-dim',
      )}
      data-stage={stage}
    >
      {stage}
    </span>
  );
}
