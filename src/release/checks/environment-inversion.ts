import { compareEnvironments } from '../item/environment.ts';
import { compareNumbers } from '../item/version.ts';
import { type Estate, LOOK_BACK } from '../matrix/estate.ts';
import type { Check, Observation } from '../matrix/release-view.ts';

/** MAJOR.MINOR.PATCH: the pre-releases of one line are no inversion. */
const LINE_NUMBERS = 3;

/**
 * A workload of which a higher line runs in a later environment than in an earlier one: something runs in production
 * that staging does not have. By what runs where. Said of the release in the later environment, with the earlier ones
 * that are behind. Only environments that have an order are compared, and none that the workload has left.
 */
export const environmentInversion: Check<'environment-inversion'> = {
  scope: { asks: 'release', type: 'k8s', elsewhere: ['running', 'environments'] },
  look: ({ estate, row }, cells) => {
    const { environments } = estate.policy;
    const observations: Observation<'environment-inversion'>[] = [];
    for (const { component, column } of cells) {
      const running = estate.running.get(column);
      if (running === undefined || running.size < 2) continue;
      const places = [...running.keys()]
        .filter((name) => environments.order.includes(name))
        .sort((a, b) => compareEnvironments(a, b, environments));
      for (const [at, later] of places.entries()) {
        if (running.get(later)?.row !== row) continue;
        const earlier = places.slice(0, at).flatMap((name) => {
          const there = running.get(name)?.row;
          if (there === undefined || !isOfHigherLine(estate, row, there) || hasLeft(estate, column, name)) return [];
          return [{ environment: name, value: estate.matrix.releases[there]?.tag ?? '' }];
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

/** Of the last releases of an environment none has the workload: an old entry alone does not make it run there. */
function hasLeft({ inEnvironment, matrix }: Estate, column: number, environment: string): boolean {
  const last = (inEnvironment.get(environment) ?? []).slice(0, LOOK_BACK);
  return !last.some((row) =>
    matrix.entries[row]?.[column]?.some(({ environments }) => environments.includes(environment)),
  );
}
