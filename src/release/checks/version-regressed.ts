import { type Fragment, schemeOf } from '../item/fragment.ts';
import { comparePlain, compareVersions, readVersion } from '../item/version.ts';
import { type Check, environmentsOf, NO_ENVIRONMENT, type Observation } from '../matrix/checked-release.ts';
import { previousOf } from '../matrix/estate.ts';
import { versionFacts } from './immature-version.ts';

/**
 * A component whose own version is lower than in the newest predecessor that has it. Workloads are compared environment
 * by environment, as each runs a version of its own. A version that somebody said is not compared with a release's that
 * stands in for one, and leaving a pre-release channel is no step back.
 */
export const versionRegressed: Check<'version-regressed'> = {
  scope: { asks: 'component', before: { most: 1, facts: (fragment) => [fragment.kind, ...versionFacts(fragment)] } },
  look: ({ estate, row }, cells) => {
    const observations: Observation<'version-regressed'>[] = [];
    for (const { component, column, fragments, carried } of cells) {
      if (carried) continue; // it is what the release before has
      for (const fragment of fragments) {
        const isWorkload = fragment.type === 'k8s';
        for (const environment of isWorkload ? environmentsOf(fragment) : NO_ENVIRONMENT) {
          const before = previousOf(estate, row, column, isWorkload ? environment : undefined);
          const earlier =
            before.length < 2 ? before[0] : (before.find(({ kind }) => kind === fragment.kind) ?? before[0]);
          if (earlier === undefined || !isStepBack(fragment, earlier)) continue;
          const details = { version: fragment.ownVersion, before: earlier.ownVersion, previousStable: earlier.release };
          observations.push({ component, environment, details });
        }
      }
    }
    return observations;
  },
};

function isStepBack(fragment: Fragment, earlier: Fragment): boolean {
  if (fragment.ownVersion === earlier.ownVersion) return false;
  if ((fragment.versionField === null) !== (earlier.versionField === null)) return false;
  const plain = comparePlain(fragment.ownVersion, earlier.ownVersion);
  if (plain !== null) return plain < 0;
  const now = readVersion(fragment.ownVersion, schemeOf(fragment));
  const then = readVersion(earlier.ownVersion, schemeOf(earlier));
  if (now === null || then === null || compareVersions(now, then) >= 0) return false;
  return then.kind !== 'pre-release' || now.kind === 'pre-release';
}
