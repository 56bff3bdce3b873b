import type { WorkloadKind } from '../../release/item/fragment.ts';
import type { Workload } from './kube-workload.ts';

/** How far a roll-out is; of a job, how its run ended. */
export type RolloutWord =
  | 'not-observed'
  | 'failed'
  | 'progressing'
  | 'scaled-to-zero'
  | 'done'
  | 'running'
  | 'suspended'
  | 'scheduled';

/**
 * The counts of a workload that its kind answers for, and how far its roll-out is. A count that a kind, a strategy or
 * an old cluster never reports is left out, for it would be taken for 0.
 */
export interface RolloutState {
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly availableReplicas?: number;
  readonly generation?: number;
  readonly observedGeneration?: number;
  readonly rollout: RolloutWord;
}

/** Judges each kind by the rules of `kubectl rollout status` (for a Rollout those of its own controller). */
export function rolloutOf(kind: WorkloadKind, workload: Workload): RolloutState {
  if (kind === 'job') return { rollout: jobWord(workload) };
  if (kind === 'cronjob') return { rollout: workload.spec.suspend === true ? 'suspended' : 'scheduled' };
  if (kind === 'statefulset') return statefulSet(workload);
  if (kind === 'daemonset') return daemonSet(workload);
  return deployment(kind, workload);
}

/** Also DeploymentConfigs and Rollouts. All their counters are left out where they are 0. */
function deployment(kind: WorkloadKind, { metadata, spec, status }: Workload): RolloutState {
  // Kubernetes fills in 1 where the manifest says nothing.
  const desired = spec.replicas ?? 1;
  const updated = status.updatedReplicas ?? 0;
  const available = status.availableReplicas ?? 0;
  const present = status.replicas ?? 0;
  // A Rollout's controller may have written something that is not a number.
  const seen = status.observedGeneration ?? (kind === 'rollout' ? metadata.generation : 0);
  const progressing = status.conditions?.find(({ type }) => type === 'Progressing')?.reason;
  const word = (): RolloutWord => {
    if (metadata.generation !== null && metadata.generation > (seen ?? 0)) return 'not-observed';
    if (progressing === 'ProgressDeadlineExceeded' || status.phase === 'Degraded') return 'failed';
    if (status.phase !== undefined && status.phase !== 'Healthy') return 'progressing';
    if (updated < desired || present > updated || available < updated) return 'progressing';
    return desired === 0 ? 'scaled-to-zero' : 'done';
  };
  return {
    replicas: desired,
    updatedReplicas: updated,
    // What is available is ready as well; a Deployment says so by a counter of its own since Kubernetes 1.6.
    readyReplicas: Math.max(status.readyReplicas ?? 0, available),
    availableReplicas: available,
    ...generations(metadata.generation, seen),
    rollout: word(),
  };
}

/** kubectl asks a StatefulSet for what is ready, and for its revisions; never for what is available. */
function statefulSet({ metadata, spec, status }: Workload): RolloutState {
  const desired = spec.replicas ?? 1;
  const ready = Math.max(status.readyReplicas ?? 0, status.availableReplicas ?? 0);
  const seen = status.observedGeneration ?? 0;
  const { currentRevision, updateRevision, updatedReplicas: counted } = status;
  const onDelete = spec.updateStrategy?.type === 'OnDelete';
  // Below a partition pods stay as they are.
  const toUpdate = Math.max(0, desired - (spec.updateStrategy?.rollingUpdate?.partition ?? 0));
  // Where both revisions are one, or the cluster knows none, there is nothing to update, whatever was counted.
  const isCurrent = updateRevision === undefined ? counted === null : currentRevision === updateRevision;
  const isUpdated = onDelete || isCurrent || (counted ?? 0) >= toUpdate;
  const word = (): RolloutWord => {
    if (metadata.generation !== null && metadata.generation > seen) return 'not-observed';
    if (desired === 0) return 'scaled-to-zero';
    return ready < desired || !isUpdated ? 'progressing' : 'done';
  };
  // What need not be updated is not to be taken for late.
  const asked = !onDelete && ((counted ?? 0) >= desired || !isUpdated);
  return {
    replicas: desired,
    ...(asked ? { updatedReplicas: counted ?? 0 } : {}),
    readyReplicas: ready,
    ...(status.availableReplicas ? { availableReplicas: status.availableReplicas } : {}),
    ...generations(metadata.generation, seen),
    rollout: word(),
  };
}

function daemonSet({ metadata, spec, status }: Workload): RolloutState {
  const desired = status.desiredNumberScheduled;
  const seen = status.observedGeneration ?? 0;
  // Clusters that know no strategy count neither; with OnDelete nobody updates anything, so that is not asked for.
  const strategy = spec.updateStrategy?.type;
  const updated =
    strategy === 'OnDelete' ? null : (status.updatedNumberScheduled ?? (strategy === undefined ? null : 0));
  const available = status.numberAvailable ?? (strategy === undefined ? null : 0);
  const ready = Math.max(status.numberReady ?? 0, available ?? 0);
  const word = (): RolloutWord => {
    if (desired === null || (metadata.generation !== null && metadata.generation > seen)) return 'not-observed';
    if (desired === 0) return 'scaled-to-zero';
    return (updated ?? desired) < desired || (available ?? ready) < desired ? 'progressing' : 'done';
  };
  return {
    ...(desired === null ? {} : { replicas: desired }),
    ...(updated === null ? {} : { updatedReplicas: updated }),
    readyReplicas: ready,
    ...(available === null ? {} : { availableReplicas: available }),
    ...generations(metadata.generation, seen),
    rollout: word(),
  };
}

function jobWord({ spec, status }: Workload): RolloutWord {
  const has = (type: string) => status.conditions?.some((one) => one.type === type && one.status === 'True') === true;
  if (has('Failed')) return 'failed';
  if (has('Complete')) return 'done';
  return spec.suspend === true ? 'suspended' : 'running';
}

function generations(generation: number | null, observed: number | null) {
  return generation === null ? {} : { generation, observedGeneration: observed ?? 0 };
}
