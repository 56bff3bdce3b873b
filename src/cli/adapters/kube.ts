import { z } from 'zod';
import type { WorkloadKind } from '../../release/item/fragment.ts';
import { parseImage } from '../../release/item/image.ts';
import { ownContainer } from './kube-container.ts';
import { rolloutOf } from './kube-rollout.ts';
import {
  type AnyObject,
  anyObject,
  kindOf,
  type PodTemplate,
  templateOf,
  type Workload,
  workload,
} from './kube-workload.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  type AdapterOptions,
  environmentIn,
  expecting,
  given,
  givenTexts,
  hashOf,
  optionalText,
  type PartReading,
  readingOf,
  readParts,
} from './tool-output.ts';

const tool = expecting(
  '`kubectl get deployments,statefulsets,daemonsets -o json` (also jobs, cronjobs, rollouts, deploymentconfigs)',
);
const workloads = expecting('a workload as kubectl prints it');

const list = z.looseObject({ kind: z.string(), items: z.array(z.unknown()) });

export const kube: Adapter = {
  type: 'k8s',
  of: 'observation',
  place: null,
  read(output, options) {
    if (options.environment === null && options.environmentOfNamespace === null) {
      throw new AdapterFault(
        'expected --environment (or --environment-from namespace): a workload does not say which environment its cluster is',
      );
    }
    const document = tool.document(output.document());
    const listed = list.safeParse(document);
    const { results: objects, faults: strangers } = listed.success
      ? readParts(
          itemsOf(listed.data),
          (_, index) => `item ${index + 1}`,
          (one) => workloads.shaped(anyObject, one),
        )
      : { results: [tool.shaped(anyObject, document)], faults: [] };
    const sorted = objects.map((object) => ({ object, kind: kindOf(object) }));
    const others = sorted
      .filter(({ kind }) => kind === null)
      .map(({ object }) => `${object.kind}/${object.metadata.name}`);
    const known = sorted.filter((one): one is Known => one.kind !== null);
    if (!listed.success && known.length === 0) throw tool.fault(`, received the ${others[0]}`);
    const runs = known.filter(({ object }) => ofCronJob(object));
    const { results, faults } = readParts(
      known.filter(({ object }) => !ofCronJob(object)),
      ({ object }) => placeOf(object),
      (one) => readWorkload(one, known, options),
    );
    return readingOf(
      results,
      [...strangers, ...faults],
      [
        ...(known.length + strangers.length === 0 ? ['kubectl lists no workload.'] : []),
        ...(others.length === 0 ? [] : [`Passed over, as no workload that is read: ${others.join(', ')}.`]),
        ...(runs.length === 0
          ? []
          : [`Passed over, as runs of CronJobs: ${runs.map(({ object }) => placeOf(object)).join(', ')}.`]),
      ],
    );
  },
};

interface Known {
  readonly object: AnyObject;
  readonly kind: WorkloadKind;
}

/** The API's own list, as `kubectl get --raw` prints it, names the kind once: a DeploymentList is of Deployments. */
function itemsOf({ kind, items }: z.output<typeof list>): unknown[] {
  const named = /^(.+)List$/.exec(kind)?.[1];
  return items.map((item) => {
    const one = z.looseObject({ kind: optionalText }).safeParse(item);
    return one.success && one.data.kind === undefined && named !== undefined ? { ...one.data, kind: named } : item;
  });
}

function placeOf({ kind, metadata }: AnyObject): string {
  return `${kind} ${metadata.name}`;
}

/** Each run of a CronJob has a name of its own, and none is a component. */
function ofCronJob({ kind, metadata }: AnyObject): boolean {
  return kind === 'Job' && metadata.ownerReferences?.some((owner) => owner.kind === 'CronJob') === true;
}

function readWorkload({ object, kind }: Known, all: readonly Known[], options: AdapterOptions): PartReading {
  const place = placeOf(object);
  const read = workloads.shaped(workload, object);
  const { metadata, spec } = read;
  const taker = spec.replicas === 0 ? takerOf(object, all) : undefined;
  if (taker !== undefined) {
    return { draft: null, notices: [`${place} is left out: ${placeOf(taker)} has taken its pods over.`] };
  }
  const environment = environmentIn(metadata.namespace, options);
  if (!environment) return { draft: null, notices: [], namespaceLeftOut: metadata.namespace };
  const { template, notices } = podsOf(place, read, all);
  const container = template === null ? null : ownContainer(read, template, options.containers);
  const names = template?.spec.containers.map(({ name }) => name).join(', ');
  const words = `${place} has the containers ${names}: which of them it is named after cannot be told, so no image is published. Name it by --container.`;
  const draft: AdapterDraft = {
    fields: fieldsOf(read, { kind, environment, template, image: container?.image }, options),
    tag: null,
    place,
  };
  const failed = kind === 'job' && draft.fields.meta?.rollout === 'failed' ? [`${place} has failed.`] : [];
  return { draft, notices: [...notices, ...(template !== null && container === null ? [words] : []), ...failed] };
}

/** The Rollout that runs a workload's pods in its stead. */
function takerOf({ kind, metadata }: AnyObject, all: readonly Known[]): AnyObject | undefined {
  return all.find(({ object }) => {
    const ref = workload.safeParse(object).data?.spec.workloadRef;
    return ref?.kind === kind && ref.name === metadata.name && object.metadata.namespace === metadata.namespace;
  })?.object;
}

/** The description of a workload's pods, which a Rollout may have in another object. */
function podsOf(
  place: string,
  read: Workload,
  all: readonly Known[],
): { template: PodTemplate | null; notices: string[] } {
  const ref = read.spec.workloadRef;
  if (!ref) {
    const template = templateOf(read);
    if (template === null) throw workloads.fault('; it describes no pods, there is no spec.template');
    return { template, notices: [] };
  }
  const { namespace } = read.metadata;
  const other = all.find(
    ({ object: { kind, metadata } }) =>
      kind === ref.kind && metadata.name === ref.name && metadata.namespace === namespace,
  );
  const found = other === undefined ? undefined : workload.safeParse(other.object).data;
  const template = found === undefined ? null : templateOf(found);
  const words = `${place} takes its pods from ${ref.kind} ${ref.name}, which is not listed, so no image is published. List both.`;
  return { template, notices: template === null ? [words] : [] };
}

function fieldsOf(
  read: Workload,
  pods: { kind: WorkloadKind; environment: string; template: PodTemplate | null; image: string | undefined },
  options: AdapterOptions,
): AdapterDraft['fields'] {
  const { metadata, spec } = read;
  const { rollout, ...counts } = rolloutOf(pods.kind, read);
  const strategy = spec.updateStrategy?.type;
  const partition = spec.updateStrategy?.rollingUpdate?.partition;
  return given({
    component: options.component ?? metadata.name,
    kind: pods.kind,
    environment: pods.environment,
    imageRef: pods.image,
    digest: (pods.image === undefined ? null : parseImage(pods.image)?.digest) ?? undefined,
    deploymentHash: pods.template === null ? undefined : templateHash(pods.template),
    ...counts,
    meta: givenTexts({
      namespace: metadata.namespace,
      revision:
        metadata.annotations?.['deployment.kubernetes.io/revision'] ??
        metadata.annotations?.['rollout.argoproj.io/revision'],
      appVersion: metadata.labels?.['app.kubernetes.io/version'],
      rollout,
      updateStrategy: strategy === 'OnDelete' ? strategy : undefined,
      partition: partition ? String(partition) : undefined,
      schedule: spec.schedule,
    }),
  });
}

/** Over the pod template, without the values of variables: a hash over a short secret can be guessed. */
function templateHash(template: PodTemplate): string {
  return hashOf(withoutValues(template));
}

/** Wherever there is a list of variables, of containers of any sort, only their names are left. */
function withoutValues(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutValues);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'env' && Array.isArray(inner) ? inner.map(nameOfVariable) : withoutValues(inner),
    ]),
  );
}

function nameOfVariable(variable: unknown): string | null {
  const named = z.looseObject({ name: z.string() }).safeParse(variable);
  return named.success ? named.data.name : null;
}
