import { type Check, environmentsOf } from '../release-view.ts';

/** Kinds that run to an end: Kubernetes gives them no desired count. */
const RUNS_TO_AN_END = ['job', 'cronjob'];

/** A workload without `replicas`, the desired count: whether it is ready cannot be told. Jobs have none. */
export const readinessUnknown: Check<'readiness-unknown'> = ({ ofType }) =>
  ofType('k8s')
    .filter(({ fields, kind }) => fields.replicas === undefined && !RUNS_TO_AN_END.includes(kind ?? ''))
    .flatMap((workload) =>
      environmentsOf(workload).map((environment) => ({
        component: workload.component,
        environment,
        details: { ready: workload.fields.readyReplicas ?? null },
      })),
    );
