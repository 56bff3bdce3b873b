import { type Check, fragmentsOf } from '../matrix/checked-release.ts';
import { readEvolutionPolicy } from './evolution-policy.ts';

/** A Kafka schema without evolution policy, with NONE, or with a word that is none. */
export const schemaPolicyMissing: Check<'schema-policy-missing'> = {
  scope: { asks: 'component', type: 'kafka' },
  look: (_, cells) => {
    return fragmentsOf(cells).flatMap(({ component, fields: { evolutionPolicy } }) => {
      const policy = readEvolutionPolicy(evolutionPolicy);
      if (policy !== null && policy !== 'NONE') return [];
      return [{ component, environment: null, details: { policy: policy ?? evolutionPolicy ?? null } }];
    });
  },
};
