import type { CellFace } from '../../views/matrix/cell-face.ts';

/** What the overview tells apart, the weightiest last. */
export const KINDS = ['absent', 'same', 'not-yet', 'changed', 'new', 'waived', 'warning', 'error', 'missing'] as const;
export type Kind = (typeof KINDS)[number];

/** What a cell is in the overview, where there is room for a colour and no word. */
export function kindOf({ look, problem }: Pick<CellFace, 'look' | 'problem'>): Kind {
  if (problem?.kind === 'waived') return 'waived';
  if (problem?.severity === 'error') return look === 'missing' ? 'missing' : 'error';
  if (problem?.severity === 'warning') return 'warning';
  return LOOKS[look];
}

const LOOKS = {
  absent: 'absent',
  elsewhere: 'absent',
  unchanged: 'same',
  carried: 'same',
  missing: 'not-yet',
  arriving: 'not-yet',
  'left-out': 'not-yet',
  renamed: 'not-yet',
  changed: 'changed',
  new: 'new',
} satisfies Record<CellFace['look'], Kind>;
