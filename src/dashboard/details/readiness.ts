import type { Fragment } from '../../release/item/fragment.ts';

/**
 * What runs of a workload, as a sentence. It tells the counters and judges nothing; that is the checks' work. Absent
 * counters are 0: Kubernetes leaves zeros out.
 */
export function describeReadiness({ fields }: Fragment): string {
  const { replicas, readyReplicas = 0, updatedReplicas, generation, observedGeneration } = fields;
  if (replicas === undefined) return 'Readiness unknown: the fragment does not say how many replicas are desired.';
  if (replicas === 0) return 'Scaled to zero: no replicas desired.';
  const said = [`${readyReplicas} of ${replicas} ${replicas === 1 ? 'replica' : 'replicas'} ready`];
  if (updatedReplicas !== undefined && updatedReplicas !== replicas) said.push(`${updatedReplicas} updated`);
  if (generation !== undefined && observedGeneration !== undefined && observedGeneration < generation) {
    said.push(`generation ${generation} not yet observed (at ${observedGeneration})`);
  }
  return `${said.join(', ')}.`;
}
