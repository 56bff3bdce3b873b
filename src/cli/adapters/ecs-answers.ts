import { z } from 'zod';
import { nameInArn } from '../../release/text/arn.ts';
import { type AdapterPartFault, type Expecting, optionalText, readParts } from './tool-output.ts';

/** ECS counts what is 0, too, so an absent count is nobody's word. */
const count = z
  .int()
  .min(0)
  .nullish()
  .transform((number) => number ?? undefined);
const deployment = z.looseObject({
  status: optionalText,
  taskDefinition: optionalText,
  desiredCount: count,
  runningCount: count,
  pendingCount: count,
  failedTasks: count,
  // Since November 2020, and only of roll-outs that ECS makes itself.
  rolloutState: optionalText,
  rolloutStateReason: optionalText,
});
/** What CodeDeploy and other controllers roll out has task sets in place of deployments. */
const taskSet = z.looseObject({
  status: optionalText,
  taskDefinition: optionalText,
  runningCount: count,
  pendingCount: count,
  stabilityStatus: optionalText,
});
const service = z.looseObject({
  serviceName: z.string(),
  clusterArn: optionalText,
  status: optionalText,
  taskDefinition: optionalText,
  desiredCount: count,
  runningCount: count,
  pendingCount: count,
  deployments: z.array(deployment).nullish(),
  taskSets: z.array(taskSet).nullish(),
  loadBalancers: z.array(z.looseObject({ containerName: optionalText })).nullish(),
});
const definition = z.looseObject({
  taskDefinitionArn: z.string(),
  family: optionalText,
  containerDefinitions: z
    .array(z.looseObject({ name: z.string(), image: z.string(), essential: z.boolean().nullish() }))
    .min(1),
});
const task = z.looseObject({
  taskDefinitionArn: z.string(),
  clusterArn: optionalText,
  group: optionalText,
  lastStatus: optionalText,
  containers: z.array(z.looseObject({ name: z.string(), imageDigest: optionalText })),
});
export type Deployment = z.output<typeof deployment>;
export type TaskSet = z.output<typeof taskSet>;
export type Service = z.output<typeof service>;
export type Definition = z.output<typeof definition>;
export type Task = z.output<typeof task>;

/** A service, or why there is none where one was asked for; also what else cannot be read. */
export type ServiceAnswer = { readonly service: Service } | AdapterPartFault;

/** What ECS answered, of whichever calls. */
export interface EcsAnswers {
  readonly services: readonly ServiceAnswer[];
  readonly definitions: readonly Definition[];
  readonly tasks: readonly Task[];
}

const failure = z.looseObject({ arn: optionalText, reason: optionalText, detail: optionalText });
const described = z.looseObject({ services: z.array(z.unknown()), failures: z.array(failure).nullish() });
const defined = z.looseObject({ taskDefinition: z.looseObject({ containerDefinitions: z.unknown() }) });
const listed = z.looseObject({ tasks: z.array(z.unknown()) });

/**
 * Sorts answers by what they are of, in whichever order they stand; also those that `--query` has unwrapped.
 *
 * @throws AdapterFault for a document that is none of them
 */
export function ecsAnswers(documents: readonly unknown[], tool: Expecting): EcsAnswers {
  const services: ServiceAnswer[] = [];
  const definitions: Definition[] = [];
  const tasks: Task[] = [];
  /** What cannot be read costs the others nothing. */
  const take = <T>(shape: z.ZodType<T>, value: unknown, place: string, into: (read: T) => void) => {
    const { results, faults } = readParts(
      [value],
      () => place,
      (one) => tool.shaped(shape, one),
    );
    results.forEach(into);
    services.push(...faults);
  };
  const takeService = (value: unknown, index: number) =>
    take(service, value, placeOf('service', value, index), (one) => services.push({ service: one }));
  for (const [index, document] of documents.flat().entries()) {
    const ofServices = described.safeParse(document);
    const ofDefinition = defined.safeParse(document);
    const ofTasks = listed.safeParse(document);
    if (ofServices.success) {
      ofServices.data.services.forEach(takeService);
      services.push(...(ofServices.data.failures ?? []).map(failureAnswer));
    } else if (ofTasks.success) {
      ofTasks.data.tasks.forEach((one, at) => {
        take(task, one, placeOf('task', one, at), (read) => tasks.push(read));
      });
    } else if (ofDefinition.success) {
      const { taskDefinition } = ofDefinition.data;
      take(definition, taskDefinition, placeOf('task definition', taskDefinition, index), (read) =>
        definitions.push(read),
      );
    } else if (definition.safeParse(document).success) {
      take(definition, document, '', (read) => definitions.push(read));
    } else takeService(document, index);
  }
  if (services.length === 0 && definitions.length + tasks.length > 0) {
    throw tool.fault('; there is no service');
  }
  return { services, definitions, tasks: tasks.filter(({ lastStatus }) => (lastStatus ?? 'RUNNING') === 'RUNNING') };
}

const named = z.looseObject({ serviceName: optionalText, family: optionalText, taskArn: optionalText });

/** `service orders`, else by its number. */
function placeOf(what: string, value: unknown, index: number): string {
  const read = named.safeParse(value).data;
  return `${what} ${read?.serviceName ?? read?.family ?? read?.taskArn ?? index + 1}`;
}

/** ECS answers 200 for a service that is not there. */
function failureAnswer({ arn, reason, detail }: z.output<typeof failure>): ServiceAnswer {
  const why = [reason ?? 'no reason is given', detail].filter(Boolean).join(', ');
  return {
    place: `service ${nameInArn(arn) ?? 'without a name'}`,
    fault: `expected a service, received ECS' failure ${why}: is its name right, and --cluster?`,
  };
}
