import type { Check } from '../matrix/checked-release.ts';
import { previousOf } from '../matrix/estate.ts';
import { isWeaker, readEvolutionPolicy } from './evolution-policy.ts';

/** A Kafka schema whose evolution policy is weaker than in the newest predecessor that has it, or turned round. */
export const schemaPolicyWeakened: Check<'schema-policy-weakened'> = {
  scope: { asks: 'component', type: 'kafka', before: { most: 1, facts: ({ fields }) => [fields.evolutionPolicy] } },
  look: ({ estate, row }, cells) => {
    return cells.flatMap(({ component, column, fragments: [fragment] }) => {
      if (fragment === undefined) return [];
      const policy = readEvolutionPolicy(fragment.fields.evolutionPolicy);
      if (policy === null) return [];
      const [earlier] = previousOf(estate, row, column);
      const before = readEvolutionPolicy(earlier?.fields.evolutionPolicy);
      if (before === null || earlier === undefined || !isWeaker(policy, before)) return [];
      return [{ component, environment: null, details: { policy, before, previousStable: earlier.release } }];
    });
  },
};
