import { type Check, environmentsOf } from '../release-view.ts';

/** A workload whose desired count is 0: it is deployed, and nothing of it runs. */
export const scaledToZero: Check<'scaled-to-zero'> = ({ ofType }) =>
  ofType('k8s')
    .filter(({ fields }) => fields.replicas === 0)
    .flatMap((workload) =>
      environmentsOf(workload).map((environment) => ({ component: workload.component, environment, details: {} })),
    );
