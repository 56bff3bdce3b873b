import { entriesAt } from '../estate.ts';
import type { Fragment } from '../fragment.ts';
import type { Check } from '../release-view.ts';
import { readEvolutionPolicy } from './evolution-policy.ts';

/** A Kafka schema of a higher major version than in the previous stable release, under a policy other than NONE. */
export const schemaBreaking: Check<'schema-breaking'> = ({ estate, cells, previousStable }) => {
  if (previousStable === null) return [];
  return cells.flatMap(({ component, column, fragments: [fragment] }) => {
    if (fragment?.type !== 'kafka') return [];
    const [earlier] = entriesAt(estate, previousStable, column);
    const policy = readEvolutionPolicy(fragment.fields.evolutionPolicy);
    if (!earlier || policy === null || policy === 'NONE') return [];
    const [version, before] = [versionOf(fragment), versionOf(earlier)];
    if (version === undefined || before === undefined) return [];
    const [now, then] = [estate.parse(version), estate.parse(before)];
    if (now === null || then === null || now.major <= then.major) return [];
    return [{ component, environment: null, details: { version, before, policy, previousStable: earlier.release } }];
  });
};

/** The release stands in for a missing version elsewhere; here a new major of the product would pass for a break. */
function versionOf({ fields }: Fragment): string | undefined {
  return fields.schemaVersion ?? fields.componentVersion;
}
