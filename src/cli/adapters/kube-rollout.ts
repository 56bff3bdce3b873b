/** The counts of a workload, whichever kind it is. What Kubernetes leaves out is 0: every counter is `omitempty`. */
export interface Counts {
  readonly generation: number;
  readonly observedGeneration: number;
  /** Desired. */
  readonly desired: number;
  /** All that there are, those of former revisions included. */
  readonly present: number;
  readonly updated: number;
  readonly available: number;
  /** The reason of the condition `Progressing`; null: there is none. */
  readonly progressing: string | null;
}

/** How far a roll-out is, by the rules of `kubectl rollout status`. */
export function rolloutOf(counts: Counts): 'not-observed' | 'failed' | 'progressing' | 'scaled-to-zero' | 'done' {
  const { generation, observedGeneration, desired, present, updated, available, progressing } = counts;
  if (generation > observedGeneration) return 'not-observed';
  if (progressing === 'ProgressDeadlineExceeded') return 'failed';
  if (updated < desired || present > updated || available < updated) return 'progressing';
  return desired === 0 ? 'scaled-to-zero' : 'done';
}
