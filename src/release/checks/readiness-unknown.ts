import { type Check, environmentsOf, fragmentsOf } from '../matrix/checked-release.ts';
import { runsToAnEnd } from '../matrix/roll-out.ts';

/** A workload without `replicas`, the desired count: whether it is ready cannot be told. Jobs have none. */
export const readinessUnknown: Check<'readiness-unknown'> = {
  scope: { asks: 'component', type: 'k8s' },
  look: (_, cells) =>
    fragmentsOf(cells)
      .filter((workload) => workload.fields.replicas === undefined && !runsToAnEnd(workload))
      .flatMap((workload) =>
        environmentsOf(workload).map((environment) => ({
          component: workload.component,
          environment,
          details: { ready: workload.fields.readyReplicas ?? null },
        })),
      ),
};
