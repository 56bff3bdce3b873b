import { compareEnvironments } from '../environment.ts';
import { type Check, environmentsOf } from '../release-view.ts';

/**
 * An environment where some workload of the release runs while another required one, which runs there in some other
 * release, has no entry for this release. One finding per environment, with the workloads.
 */
export const partialEnvironment: Check<'partial-environment'> = ({ estate, row, roster, ofType }) => {
  const running = new Map<string, Set<string>>();
  for (const workload of ofType('k8s')) {
    for (const environment of environmentsOf(workload)) {
      if (environment === null) continue;
      const there = running.get(environment);
      if (there) there.add(workload.component);
      else running.set(environment, new Set([workload.component]));
    }
  }
  const required = roster.expected.filter(({ expectation }) => expectation === 'required');
  return [...running]
    .sort(([a], [b]) => compareEnvironments(a, b, estate.policy.environments))
    .flatMap(([environment, there]) => {
      const absent = required
        .filter(({ component, column }) => {
          if (there.has(component)) return false;
          return (
            estate.deployed
              .get(column)
              ?.get(environment)
              ?.some((other) => other !== row) === true
          );
        })
        .map(({ component }) => component);
      if (absent.length === 0) return [];
      return [{ component: null, environment, details: { running: [...there], absent } }];
    });
};
