import type { RejectedItem } from '../../release/item/fragment.ts';
import type { Known } from '../questions.ts';

export interface RejectedAsks {
  /** How many at most. */
  readonly first: number;
}

export interface RejectedAnswer {
  readonly items: readonly RejectedItem[];
  readonly all: number;
}

/** The items that are no fragments, each with its reason. */
export function answerRejected({ rejected }: Known, { first }: RejectedAsks): RejectedAnswer {
  return { items: rejected.slice(0, first), all: rejected.length };
}
