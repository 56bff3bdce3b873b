import { type Check, environmentsOf, fragmentsOf } from '../matrix/checked-release.ts';
import { unfinishedRollOut } from '../matrix/roll-out.ts';

/**
 * A workload whose roll-out is not finished, as `kubectl rollout status` judges it. Kubernetes leaves out counters
 * that are zero, so an absent `readyReplicas` is 0; `updatedReplicas` and `availableReplicas`, which publishers need
 * not send, count only where given. With none ready at all it is an error at every stage.
 */
export const notReady: Check<'not-ready'> = {
  scope: { asks: 'component', type: 'k8s' },
  look: (_, cells) => {
    return fragmentsOf(cells).flatMap((workload) => {
      const details = unfinishedRollOut(workload);
      if (details === null) return [];
      return environmentsOf(workload).map((environment) => ({
        component: workload.component,
        environment,
        details,
        ...(details.ready === 0 ? { atLeast: 'error' as const } : {}),
      }));
    });
  },
};
