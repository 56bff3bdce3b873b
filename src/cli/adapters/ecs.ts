import { parseImage } from '../../release/item/image.ts';
import { nameInArn } from '../../release/text/arn.ts';
import { type Definition, type EcsAnswers, ecsAnswers, type Service, type Task } from './ecs-answers.ts';
import { primaryOf, rolloutOfService } from './ecs-rollout.ts';
import { workloadContainer } from './kube-container.ts';
import {
  type Adapter,
  AdapterFault,
  type AdapterOptions,
  expecting,
  given,
  givenTexts,
  type PartReading,
  readingOf,
  readParts,
  someOf,
} from './tool-output.ts';

const tool = expecting(
  '`aws ecs describe-services`, and behind it `aws ecs describe-task-definition` and `aws ecs describe-tasks` of them',
);

export const ecs: Adapter = {
  type: 'k8s',
  of: 'observation',
  place: null,
  read(output, options) {
    if (options.environment === null) {
      throw new AdapterFault('expected --environment: a service does not say which environment its cluster is');
    }
    const answers = ecsAnswers(tool.documents(output.document()), tool);
    const { results, faults } = readParts(
      answers.services,
      (one) => ('service' in one ? placeOf(one.service) : one.place),
      (one) => {
        if ('fault' in one) throw new AdapterFault(one.fault);
        return readService(one.service, answers, options);
      },
    );
    const none = answers.services.length === 0 ? ['ECS describes no service.'] : [];
    return readingOf(someOf(results, faults), faults, none);
  },
};

function placeOf({ serviceName, clusterArn }: Service): string {
  const cluster = nameInArn(clusterArn);
  return cluster === undefined ? `service ${serviceName}` : `service ${serviceName} (cluster ${cluster})`;
}

function readService(service: Service, answers: EcsAnswers, options: AdapterOptions): PartReading {
  const place = placeOf(service);
  // DRAINING: it was deleted, and its last tasks still run.
  if (service.status !== undefined && service.status !== 'ACTIVE') {
    return { draft: null, notices: [`${place} is left out: it is ${service.status}, so it is deleted.`] };
  }
  const arn = primaryOf(service)?.taskDefinition ?? service.taskDefinition;
  const { rollout, notices, ...counts } = rolloutOfService(service, place);
  const image = imageOf(service, arn, answers, options.containers);
  return {
    draft: {
      fields: given({
        component: options.component ?? service.serviceName,
        kind: 'service' as const,
        environment: options.environment ?? undefined,
        imageRef: image.reference,
        digest: image.digest,
        ...counts,
        meta: givenTexts({
          cluster: nameInArn(service.clusterArn),
          taskDefinition: nameInArn(arn),
          rollout,
          pending: service.pendingCount ? String(service.pendingCount) : undefined,
        }),
      }),
      tag: null,
      place,
    },
    notices: [...notices, ...image.notices.map((words) => `${place} ${words}`)],
  };
}

interface ServiceImage {
  readonly reference?: string;
  readonly digest?: string;
  readonly notices: readonly string[];
}

function imageOf(
  service: Service,
  arn: string | undefined,
  { definitions, tasks }: EcsAnswers,
  named: readonly string[],
): ServiceImage {
  const definition = definitions.find(({ taskDefinitionArn }) => taskDefinitionArn === arn);
  if (arn === undefined || definition === undefined) {
    const which = nameInArn(arn) ?? 'its tasks';
    const notice = `says no image, so none is published: give \`aws ecs describe-task-definition --task-definition ${which}\` beside it.`;
    return { notices: [notice] };
  }
  const container = ownContainer(service, definition, named);
  if (container === null) {
    const names = definition.containerDefinitions.map(({ name }) => name).join(', ');
    const notice = `has the containers ${names}: which of them it is named after cannot be told, so no image is published. Name it by --container.`;
    return { notices: [notice] };
  }
  const { image: reference, name } = container;
  const pinned = parseImage(reference)?.digest;
  if (pinned) return { reference, digest: pinned, notices: [] };
  const own = tasks.filter((task) => isOf(task, service) && task.taskDefinitionArn === arn);
  const digests = new Set(
    own.flatMap(({ containers }) => containers.find((one) => one.name === name)?.imageDigest ?? []),
  );
  const [digest, other] = digests;
  if (digest === undefined) return { reference, notices: [] };
  if (other === undefined) return { reference, digest, notices: [] };
  const notice = `runs ${digests.size} images under one reference (${[...digests].join(', ')}), so no digest is published.`;
  return { reference, notices: [notice] };
}

/** Beside the rule for pods: what serves the load balancer, and what a task cannot be without. */
function ownContainer(service: Service, { containerDefinitions, family }: Definition, named: readonly string[]) {
  const names = [service.serviceName, ...(family === undefined ? [] : [family])];
  const own = workloadContainer(containerDefinitions, { named, said: names, names });
  if (own !== null) return own;
  const served = service.loadBalancers?.flatMap(({ containerName }) => containerName ?? []) ?? [];
  const essential = containerDefinitions.filter((one) => one.essential !== false);
  const byLoadBalancer = containerDefinitions.filter(({ name }) => served.includes(name));
  return (
    [essential, byLoadBalancer]
      .filter((some) => some.length > 0)
      .map((some) => workloadContainer(some, { named, said: [], names }))
      .find((one) => one !== null) ?? null
  );
}

function isOf({ group, clusterArn }: Task, service: Service): boolean {
  return group === `service:${service.serviceName}` && clusterArn === service.clusterArn;
}
