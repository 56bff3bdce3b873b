import { z } from 'zod';
import { parseImage } from '../../release/image.ts';
import { rolloutOf } from './kube-rollout.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  type AdapterOptions,
  given,
  givenTexts,
  hashOf,
  jsonDocument,
  optionalText,
  shaped,
} from './tool-output.ts';

const EXPECTED = '`kubectl get deployments,statefulsets,daemonsets -o json`';

const texts = z.record(z.string(), z.string()).nullish();
/** Every counter is left out where it is 0. */
const counter = z
  .int()
  .min(0)
  .nullish()
  .transform((count) => count ?? 0);
const container = z.looseObject({ name: z.string(), image: z.string(), env: z.array(z.unknown()).nullish() });
const workload = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: optionalText,
    generation: counter,
    labels: texts,
    annotations: texts,
  }),
  spec: z.looseObject({
    // Kubernetes fills in 1 where the manifest says nothing.
    replicas: z.int().min(0).nullish(),
    template: z.looseObject({
      metadata: z.looseObject({ annotations: texts }).nullish(),
      spec: z.looseObject({ containers: z.array(container).min(1) }),
    }),
  }),
  status: z
    .looseObject({
      observedGeneration: counter,
      replicas: counter,
      updatedReplicas: counter,
      readyReplicas: counter,
      availableReplicas: counter,
      desiredNumberScheduled: counter,
      currentNumberScheduled: counter,
      updatedNumberScheduled: counter,
      numberReady: counter,
      numberAvailable: counter,
      conditions: z.array(z.looseObject({ type: z.string(), reason: optionalText })).nullish(),
    })
    .prefault({}),
});
const list = z.looseObject({ kind: z.string(), items: z.array(z.unknown()) });
const anything = z.looseObject({ kind: z.string(), metadata: z.looseObject({ name: z.string() }) });

type Workload = z.output<typeof workload>;

const KINDS = new Map([
  ['Deployment', 'deployment'],
  ['StatefulSet', 'statefulset'],
  ['DaemonSet', 'daemonset'],
] as const);

export const kube: Adapter = {
  type: 'k8s',
  of: 'observation',
  place: null,
  read(output, options) {
    const document = jsonDocument(output.document(), EXPECTED);
    const listed = list.safeParse(document);
    const objects = (listed.success ? itemsOf(listed.data) : [document]).map((one) => shaped(anything, one, EXPECTED));
    const known = objects.filter(({ kind }) => isKnown(kind));
    const others = objects.filter(({ kind }) => !isKnown(kind)).map(({ kind, metadata }) => `${kind}/${metadata.name}`);
    if (objects.length === 1 && known.length === 0) {
      throw new AdapterFault(`expected ${EXPECTED}, received the ${others[0]}`);
    }
    const drafts = known.map((one) => draftOf(shaped(workload, one, EXPECTED), options));
    return {
      drafts,
      notices: [
        ...(drafts.length === 0 ? ['kubectl lists no workload.'] : []),
        ...(others.length === 0 ? [] : [`Passed over, as no workload that is read: ${others.join(', ')}.`]),
      ],
    };
  },
};

/** The API's own list, as `kubectl get --raw` prints it, names the kind once: a DeploymentList is of Deployments. */
function itemsOf({ kind, items }: z.output<typeof list>): unknown[] {
  const named = /^(.+)List$/.exec(kind)?.[1];
  return items.map((item) => {
    const one = z.looseObject({ kind: optionalText }).safeParse(item);
    return one.success && one.data.kind === undefined && named !== undefined ? { ...one.data, kind: named } : item;
  });
}

function isKnown(kind: string): boolean {
  return [...KINDS.keys()].some((known) => known === kind);
}

function draftOf(object: Workload, options: AdapterOptions): AdapterDraft {
  const { metadata, spec, status } = object;
  const kind = [...KINDS].find(([name]) => name === object.kind)?.[1];
  const environment = options.environment;
  if (environment === null) {
    throw new AdapterFault('expected --environment: a workload does not say which environment its cluster is');
  }
  const daemon = kind === 'daemonset';
  const desired = daemon ? status.desiredNumberScheduled : (spec.replicas ?? 1);
  const updated = daemon ? status.updatedNumberScheduled : status.updatedReplicas;
  const available = daemon ? status.numberAvailable : status.availableReplicas;
  // What is available is ready as well; a Deployment says so by a counter of its own since Kubernetes 1.6.
  const ready = Math.max(daemon ? status.numberReady : status.readyReplicas, available);
  const image = mainImage(object);
  const rollout = rolloutOf({
    generation: metadata.generation,
    observedGeneration: status.observedGeneration,
    desired,
    present: daemon ? updated : status.replicas,
    updated,
    available,
    progressing: status.conditions?.find(({ type }) => type === 'Progressing')?.reason ?? null,
  });
  return {
    fields: given({
      component: options.component ?? metadata.name,
      kind,
      environment,
      imageRef: image,
      digest: parseImage(image)?.digest ?? undefined,
      deploymentHash: templateHash(object),
      replicas: desired,
      updatedReplicas: updated,
      readyReplicas: ready,
      availableReplicas: available,
      generation: metadata.generation,
      observedGeneration: status.observedGeneration,
      meta: givenTexts({
        namespace: metadata.namespace,
        revision: metadata.annotations?.['deployment.kubernetes.io/revision'],
        appVersion: metadata.labels?.['app.kubernetes.io/version'],
        rollout,
      }),
    }),
    tag: null,
  };
}

/** The image of the container that a person would mean: the annotated one, that named like the workload, or the first. */
function mainImage({ metadata, spec: { template } }: Workload): string {
  const { containers } = template.spec;
  const annotated = template.metadata?.annotations?.['kubectl.kubernetes.io/default-container'];
  const byName = (name: string | undefined) => containers.find((one) => one.name === name);
  const main = byName(annotated) ?? byName(metadata.name) ?? containers[0];
  return main?.image ?? '';
}

/** Over the pod template, without the values of variables: a hash over a short secret can be guessed. */
function templateHash({ spec: { template } }: Workload): string {
  const containers = template.spec.containers.map(({ env, ...rest }) => ({
    ...rest,
    env: (env ?? []).map((variable) => shaped(z.looseObject({ name: optionalText }), variable, EXPECTED).name ?? null),
  }));
  return hashOf({ ...template, spec: { ...template.spec, containers } });
}
