import { WEIGHTS } from '../../release/finding/weights.ts';
import { groupBy } from '../../release/text/group-by.ts';
import type { EnvironmentHead, EnvironmentsAnswer } from './environments-answer.ts';

/**
 * The same with other columns first, for a screen that shows few of them: where the worst is, of several the later
 * environment. Environments of a group stay together.
 */
export function worstColumnsFirst(left: EnvironmentsAnswer): EnvironmentsAnswer {
  const heads = [...left.environments.entries()].map(([place, head]) => ({ place, head }));
  const order = [...groupBy(heads, ({ place, head }) => head.group ?? `\n${place}`).values()]
    .map((members) => ({ members, rank: Math.min(...members.map(({ head }) => rankOf(head))) }))
    .sort((a, b) => a.rank - b.rank || (b.members[0]?.place ?? 0) - (a.members[0]?.place ?? 0))
    .flatMap(({ members }) => members);
  return {
    ...left,
    environments: order.map(({ head }) => head),
    sections: left.sections.map((section) => ({
      ...section,
      rows: section.rows.map((row) => ({ ...row, cells: order.map(({ place }) => row.cells[place] ?? null) })),
    })),
  };
}

/** From 0, the worst. */
function rankOf({ worst, off }: EnvironmentHead): number {
  if (worst !== null) return WEIGHTS.indexOf(worst);
  return off > 0 ? WEIGHTS.length : WEIGHTS.length + 1;
}
