import { clsx } from 'clsx';
import { WEIGHTS, type Weight } from '../../release/finding/weights.ts';
import { WEIGHT_LOOKS } from '../elements/weight-looks.ts';

interface WeightCountsProps {
  readonly counts: Readonly<Record<Weight, number>>;
  /** Weights that are told elsewhere. */
  readonly without: readonly Weight[];
}

/** "■ 6 ▲ 2": how many there are of each weight, of which there are any. */
export function WeightCounts({ counts, without }: WeightCountsProps) {
  return WEIGHTS.filter((weight) => counts[weight] > 0 && !without.includes(weight)).map((weight) => (
    <span
      key={weight}
      title={WEIGHT_LOOKS[weight].many}
      className={clsx('shrink-0 text-sm tabular-nums', WEIGHT_LOOKS[weight].ink)}
    >
      <span className="text-xs">{WEIGHT_LOOKS[weight].glyph}</span> {counts[weight].toLocaleString('en')}
    </span>
  ));
}
