import { clsx } from 'clsx';
import type { Stage } from '../../release/item/release.ts';

/** From what is furthest from done to what is done; the word tells stages apart where colours cannot. */
const LOOKS = {
  alpha: 'border-error/35 bg-error-soft text-error',
  beta: 'border-warning/35 bg-warning-soft text-warning',
  rc: 'border-info/35 bg-info-soft text-info',
  stable: 'border-good/35 bg-good-soft text-good',
  other: 'border-edge bg-panel text-dim',
} satisfies Record<Stage, string>;

/** A release's stage: its word in its colour. */
export function StageBadge({ stage }: { readonly stage: Stage }) {
  return (
    <span
      className={clsx('shrink-0 rounded border px-1.5 text-[10.5px] leading-4 font-medium', LOOKS[stage])}
      data-stage={stage}
    >
      {stage}
    </span>
  );
}
