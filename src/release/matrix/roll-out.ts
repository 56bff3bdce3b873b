import type { FindingDetails } from '../finding/finding.ts';
import type { Fields } from '../item/fields.ts';
import type { Fragment, WorkloadKind } from '../item/fragment.ts';

/** Kinds that run to an end: they have no desired count, and nothing of them stays. */
const RUNS_TO_AN_END: readonly (WorkloadKind | null)[] = ['job', 'cronjob'];

/** Whether a workload runs to an end, so that nobody asks how ready it is. */
export function runsToAnEnd({ kind }: Fragment): boolean {
  return RUNS_TO_AN_END.includes(kind);
}

/**
 * What a workload's roll-out still waits for, as `kubectl rollout status` judges its kind; null where it is finished,
 * nothing is wanted, or nobody knows how much. Kubernetes leaves out counters that are zero, so an absent
 * `readyReplicas` is 0; `updatedReplicas` and `availableReplicas`, which publishers need not send, count only where
 * given, and a StatefulSet is never asked for the latter.
 */
export function unfinishedRollOut(workload: Pick<Fragment, 'fields' | 'kind'>): FindingDetails['not-ready'] | null {
  const {
    replicas: desired,
    readyReplicas: ready = 0,
    updatedReplicas: updated,
    availableReplicas: available,
  } = workload.fields;
  if (desired === undefined || desired === 0 || RUNS_TO_AN_END.includes(workload.kind)) return null;
  const waitsFor = pending(workload, desired, ready);
  return waitsFor === null
    ? null
    : { desired, ready, waitsFor, updated: updated ?? null, available: available ?? null };
}

/** In the order in which kubectl asks. */
function pending(
  { fields, kind }: Pick<Fragment, 'fields' | 'kind'>,
  desired: number,
  ready: number,
): FindingDetails['not-ready']['waitsFor'] | null {
  const { generation, observedGeneration = 0, updatedReplicas, availableReplicas } = fields;
  if (generation !== undefined && observedGeneration < generation) return 'observation';
  if (updatedReplicas !== undefined && updatedReplicas < desired) return 'update';
  if (ready < desired) return 'readiness';
  if (kind === 'statefulset' || availableReplicas === undefined) return null;
  return availableReplicas < desired ? 'availability' : null;
}

/** What runs of a workload against what is wanted. */
export const READINESS_STATES = ['ready', 'not-ready', 'scaled-to-zero', 'unknown'] as const;
export const ROLL_OUT_WAITS = ['observation', 'update', 'readiness', 'availability'] as const;

export interface Readiness {
  /** `unknown`: the fragment does not say how many replicas are desired. */
  readonly state: (typeof READINESS_STATES)[number];
  readonly ready: number;
  readonly desired: number | null;
  /** What an unfinished roll-out waits for. */
  readonly waitsFor: (typeof ROLL_OUT_WAITS)[number] | null;
}

/** How ready a workload is, by the same judgement as the finding `not-ready`. */
export function readinessOf(workload: Fragment): Readiness {
  const { replicas: desired, readyReplicas: ready = 0 }: Fields = workload.fields;
  if (desired === undefined) return { state: 'unknown', ready, desired: null, waitsFor: null };
  if (desired === 0) return { state: 'scaled-to-zero', ready, desired, waitsFor: null };
  const unfinished = unfinishedRollOut(workload);
  return { state: unfinished === null ? 'ready' : 'not-ready', ready, desired, waitsFor: unfinished?.waitsFor ?? null };
}
