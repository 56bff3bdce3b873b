import { compareEnvironments, groupOf } from '../item/environment.ts';
import { compareNumbers } from '../item/version.ts';
import type { Check, Observation } from '../matrix/checked-release.ts';
import { type Estate, LOOK_BACK } from '../matrix/estate.ts';
import { groupBy } from '../text/group-by.ts';

/** MAJOR.MINOR.PATCH: the pre-releases of one line are no inversion. */
const LINE_NUMBERS = 3;

/**
 * A workload of which a higher line runs in a later environment than in an earlier one: something runs in production
 * that staging does not have. By what runs where. Said of the release in the later environment, with the earlier ones
 * that are behind. Only environments that have an order are compared, and none that the workload has left. A group of
 * environments is one: it has what any of them has, and what is ahead in several of them is said of the first.
 */
export const environmentInversion: Check<'environment-inversion'> = {
  scope: { asks: 'release', type: 'k8s', elsewhere: ['running', 'environments'] },
  look: ({ estate, row }, cells) => {
    const { environments } = estate.policy;
    const observations: Observation<'environment-inversion'>[] = [];
    for (const { component, column } of cells) {
      const running = estate.running.get(column);
      if (running === undefined || running.size < 2) continue;
      const places = [
        ...groupBy(
          [...running.keys()].sort((a, b) => compareEnvironments(a, b, environments)),
          (name) => groupOf(name, environments),
        ),
      ].filter(([group]) => environments.order.includes(group));
      for (const [at, [, members]] of places.entries()) {
        const later = members.find((name) => running.get(name)?.row === row);
        if (later === undefined) continue;
        const earlier = places.slice(0, at).flatMap(([group, names]) => {
          // Rows come newest first.
          const there = Math.min(...names.flatMap((name) => running.get(name)?.row ?? []));
          if (!isOfHigherLine(estate, row, there) || hasLeft(estate, column, group, names)) return [];
          return [{ environment: group, value: estate.matrix.releases[there]?.tag ?? '' }];
        });
        if (earlier.length > 0) observations.push({ component, environment: later, details: { earlier } });
      }
    }
    return observations;
  },
};

function isOfHigherLine({ keys }: Estate, row: number, than: number): boolean {
  const [a, b] = [keys[row], keys[than]];
  return a != null && b != null && compareNumbers(a.any, b.any, LINE_NUMBERS) > 0;
}

/**
 * Of the last releases of an environment, or a group, none has the workload: an old entry alone does not make it run there.
 */
function hasLeft({ inEnvironment, matrix }: Estate, column: number, group: string, names: readonly string[]): boolean {
  const last = (inEnvironment.get(group) ?? []).slice(0, LOOK_BACK);
  return !last.some((row) =>
    matrix.entries[row]?.[column]?.some(({ environments }) => environments.some((name) => names.includes(name))),
  );
}
