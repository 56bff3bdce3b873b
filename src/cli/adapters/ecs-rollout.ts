import type { Deployment, Service, TaskSet } from './ecs-answers.ts';
import type { RolloutWord } from './kube-rollout.ts';

/** The counts of a service and how far its roll-out is. */
export interface ServiceRollout {
  readonly replicas?: number;
  readonly updatedReplicas?: number;
  readonly readyReplicas?: number;
  readonly rollout: RolloutWord;
  /** Roll-outs that failed. */
  readonly notices: readonly string[];
}

/** The newest deployment of a service, or its newest task set where another controller rolls it out. */
export function primaryOf({ deployments, taskSets }: Service): Deployment | TaskSet | undefined {
  return [...(deployments ?? []), ...(taskSets ?? [])].find(({ status }) => status === 'PRIMARY');
}

/**
 * Judges a service by what ECS itself says of its newest deployment, and where it says nothing as `aws ecs wait
 * services-stable` does.
 *
 * @param place what messages call the service
 */
export function rolloutOfService(service: Service, place: string): ServiceRollout {
  const { desiredCount: desired, runningCount: running } = service;
  const primary = primaryOf(service);
  // Only what runs counts as updated: a task that is pending may never come up.
  const updated = primary?.runningCount;
  return {
    ...(desired === undefined ? {} : { replicas: desired }),
    ...(updated === undefined ? {} : { updatedReplicas: updated }),
    ...(running === undefined ? {} : { readyReplicas: running }),
    rollout: wordOf(service, primary),
    notices: [...(service.deployments ?? [])].flatMap((one) => failureWords(one, place)),
  };
}

function wordOf(service: Service, primary: Deployment | TaskSet | undefined): RolloutWord {
  const { desiredCount: desired, runningCount: running = 0, deployments } = service;
  if (stateOf(primary) === 'FAILED') return 'failed';
  if (desired === 0) return 'scaled-to-zero';
  if (stateOf(primary) === 'IN_PROGRESS' || isStabilizing(primary)) return 'progressing';
  // ECS leaves it at COMPLETED when tasks die later on.
  const isStable =
    (deployments?.length ?? 1) <= 1 &&
    running >= (desired ?? 0) &&
    (primary?.runningCount ?? running) >= (desired ?? 0);
  return isStable ? 'done' : 'progressing';
}

function stateOf(primary: Deployment | TaskSet | undefined): string | undefined {
  return primary !== undefined && 'rolloutState' in primary && typeof primary.rolloutState === 'string'
    ? primary.rolloutState
    : undefined;
}

function isStabilizing(primary: Deployment | TaskSet | undefined): boolean {
  return primary !== undefined && 'stabilityStatus' in primary && primary.stabilityStatus === 'STABILIZING';
}

/** With a circuit breaker ECS rolls back by a new deployment, and the one that failed stays listed for a while. */
function failureWords(
  { status, rolloutState, rolloutStateReason, taskDefinition }: Deployment,
  place: string,
): string[] {
  if (rolloutState !== 'FAILED') return [];
  const which = taskDefinition?.split('/').at(-1) ?? 'its newest task definition';
  const reason = rolloutStateReason === undefined ? '' : ` (${rolloutStateReason.replace(/\.$/, '')})`;
  const back = status === 'PRIMARY' ? '' : ', and it was rolled back';
  return [`${place}: the roll-out of ${which} has failed${reason}${back}.`];
}
