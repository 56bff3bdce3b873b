import { type Check, environmentsOf, fragmentsOf } from '../matrix/checked-release.ts';
import { runsToAnEnd } from '../matrix/roll-out.ts';

/** A workload whose desired count is 0: it is deployed, and nothing of it runs. A job has no such count. */
export const scaledToZero: Check<'scaled-to-zero'> = {
  scope: { asks: 'component', type: 'k8s' },
  look: (_, cells) =>
    fragmentsOf(cells)
      .filter((workload) => workload.fields.replicas === 0 && !runsToAnEnd(workload))
      .flatMap((workload) =>
        environmentsOf(workload).map((environment) => ({ component: workload.component, environment, details: {} })),
      ),
};
