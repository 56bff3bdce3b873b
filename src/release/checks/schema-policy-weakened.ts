import { entriesAt } from '../estate.ts';
import type { Check } from '../release-view.ts';
import { isWeaker, readEvolutionPolicy } from './evolution-policy.ts';

/** A Kafka schema whose evolution policy is weaker than in the previous stable release, or turned round. */
export const schemaPolicyWeakened: Check<'schema-policy-weakened'> = ({ estate, cells, previousStable }) => {
  if (previousStable === null) return [];
  return cells.flatMap(({ component, column, fragments: [fragment] }) => {
    if (fragment?.type !== 'kafka') return [];
    const [earlier] = entriesAt(estate, previousStable, column);
    const [policy, before] = [fragment, earlier].map((of) => readEvolutionPolicy(of?.fields.evolutionPolicy));
    if (!policy || !before || !earlier || !isWeaker(policy, before)) return [];
    return [{ component, environment: null, details: { policy, before, previousStable: earlier.release } }];
  });
};
