import type { Fields } from './fields.ts';
import type { FindingDetails } from './finding.ts';

/**
 * What a workload's roll-out still waits for, as `kubectl rollout status` judges it; null where it is finished, nothing is wanted,
 * or nobody knows how much. Kubernetes leaves out counters that are zero, so an absent `readyReplicas` is 0;
 * `updatedReplicas` and `availableReplicas`, which publishers need not send, count only where given.
 */
export function unfinishedRollOut(fields: Fields): FindingDetails['not-ready'] | null {
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

/** What runs of a workload against what is wanted. */
export const READINESS_STATES = ['ready', 'not-ready', 'scaled-to-zero', 'unknown'] as const;
export const ROLL_OUT_WAITS = ['observation', 'update', 'readiness', 'availability'] as const;

export interface Readiness {
  /** `unknown`: the fragment does not say how many replicas are wanted. */
  readonly state: (typeof READINESS_STATES)[number];
  readonly ready: number;
  readonly desired: number | null;
  /** What an unfinished roll-out waits for. */
  readonly waitsFor: (typeof ROLL_OUT_WAITS)[number] | null;
}

/** How ready a workload is, by the same judgement as the finding `not-ready`. */
export function readinessOf(fields: Fields): Readiness {
  const { replicas: desired, readyReplicas: ready = 0 } = fields;
  if (desired === undefined) return { state: 'unknown', ready, desired: null, waitsFor: null };
  if (desired === 0) return { state: 'scaled-to-zero', ready, desired, waitsFor: null };
  const unfinished = unfinishedRollOut(fields);
  return { state: unfinished === null ? 'ready' : 'not-ready', ready, desired, waitsFor: unfinished?.waitsFor ?? null };
}
