import type { Fragment } from '../item/fragment.ts';
import { compareNumbers, readVersion } from '../item/version.ts';
import type { Check } from '../matrix/checked-release.ts';
import { previousOf } from '../matrix/estate.ts';
import { readEvolutionPolicy } from './evolution-policy.ts';

/** A Kafka schema of a higher major version than in the newest predecessor that has it, under a policy other than NONE. */
export const schemaBreaking: Check<'schema-breaking'> = {
  scope: {
    asks: 'component',
    type: 'kafka',
    before: {
      most: 1,
      facts: ({ fields }) => [fields.schemaVersion, fields.componentVersion],
    },
  },
  look: ({ estate, row }, cells) => {
    return cells.flatMap(({ component, column, fragments: [fragment] }) => {
      if (fragment === undefined) return [];
      const policy = readEvolutionPolicy(fragment.fields.evolutionPolicy);
      if (policy === null || policy === 'NONE') return [];
      const [earlier] = previousOf(estate, row, column);
      if (earlier === undefined) return [];
      const [version, before] = [versionOf(fragment), versionOf(earlier)];
      if (version === undefined || before === undefined) return [];
      const [now, then] = [readVersion(version), readVersion(before)];
      if (now === null || then === null || compareNumbers(now, then, 1) <= 0) return [];
      return [{ component, environment: null, details: { version, before, policy, previousStable: earlier.release } }];
    });
  },
};

/** The release stands in for a missing version elsewhere; here a new major of the product would pass for a break. */
function versionOf({ fields }: Fragment): string | undefined {
  return fields.schemaVersion ?? fields.componentVersion;
}
