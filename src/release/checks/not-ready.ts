import type { Fields } from '../fields.ts';
import type { FindingDetails } from '../finding.ts';
import { type Check, environmentsOf } from '../release-view.ts';

/**
 * A workload whose roll-out is not finished, as `kubectl rollout status` judges it. Kubernetes leaves out counters
 * that are zero, so an absent `readyReplicas` is 0; `updatedReplicas` and `availableReplicas`, which publishers need
 * not send, count only where given. With none ready at all it is an error at every stage.
 */
export const notReady: Check<'not-ready'> = ({ ofType }) =>
  ofType('k8s').flatMap((workload) => {
    const details = rollOut(workload.fields);
    if (details === null) return [];
    return environmentsOf(workload).map((environment) => ({
      component: workload.component,
      environment,
      details,
      ...(details.ready === 0 ? { atLeast: 'error' as const } : {}),
    }));
  });

function rollOut(fields: Fields): FindingDetails['not-ready'] | null {
  const {
    replicas: desired,
    readyReplicas: ready = 0,
    updatedReplicas: updated,
    availableReplicas: available,
  } = fields;
  if (desired === undefined || desired === 0) return null;
  const waitsFor = pending(fields, desired, ready);
  return waitsFor === null
    ? null
    : { desired, ready, waitsFor, updated: updated ?? null, available: available ?? null };
}

/** In the order in which kubectl asks. */
function pending(fields: Fields, desired: number, ready: number): FindingDetails['not-ready']['waitsFor'] | null {
  const { generation, observedGeneration = 0, updatedReplicas, availableReplicas } = fields;
  if (generation !== undefined && observedGeneration < generation) return 'observation';
  if (updatedReplicas !== undefined && updatedReplicas < desired) return 'update';
  if (ready < desired) return 'readiness';
  return availableReplicas !== undefined && availableReplicas < desired ? 'availability' : null;
}
