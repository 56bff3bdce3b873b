import { compareEnvironments } from '../environment.ts';
import { type Estate, newestVersion } from '../estate.ts';
import type { Check, Observation } from '../release-view.ts';

/**
 * A workload whose newest release in a later environment is higher than its newest one in an earlier environment:
 * something runs in production that staging has not seen. Said of the higher release, for the later environment, with
 * the earlier ones that are behind. Only environments that have an order are compared.
 */
export const environmentInversion: Check<'environment-inversion'> = ({ estate, row, release, cells }) => {
  if (release.version === null) return [];
  const { environments } = estate.policy;
  const ordered = (name: string) => environments.order.includes(name);
  const observations: Observation<'environment-inversion'>[] = [];
  for (const { component, column, fragments } of cells) {
    const deployed = estate.deployed.get(column);
    if (!deployed) continue;
    const places = [...new Set(fragments.flatMap(({ environments: names }) => names))]
      .filter(ordered)
      .sort((a, b) => compareEnvironments(a, b, environments));
    for (const later of places) {
      if (newestVersion(estate, deployed.get(later)) !== row) continue;
      const earlier = [...deployed.keys()]
        .filter((name) => ordered(name) && compareEnvironments(name, later, environments) < 0)
        .sort((a, b) => compareEnvironments(a, b, environments))
        .flatMap((name) => {
          const there = newestVersion(estate, deployed.get(name));
          if (there === null || !isHigher(estate, row, there)) return [];
          return [{ environment: name, value: estate.matrix.releases[there]?.tag ?? '' }];
        });
      if (earlier.length > 0) observations.push({ component, environment: later, details: { earlier } });
    }
  }
  return observations;
};

function isHigher({ versions }: Estate, row: number, than: number): boolean {
  const [a, b] = [versions[row], versions[than]];
  return a != null && b != null && a.compare(b) > 0;
}
