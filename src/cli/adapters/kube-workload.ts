import { z } from 'zod';
import type { WorkloadKind } from '../../release/item/fragment.ts';
import { optionalText } from './tool-output.ts';

/** Kinds of the API and whose they are: other groups have a Job or a Rollout, too, of another form. */
const KINDS: readonly { readonly kind: string; readonly word: WorkloadKind; readonly api: RegExp }[] = [
  { kind: 'Deployment', word: 'deployment', api: /^(?:apps|extensions)\// },
  { kind: 'StatefulSet', word: 'statefulset', api: /^apps(?:\.kruise\.io)?\// },
  { kind: 'DaemonSet', word: 'daemonset', api: /^(?:apps|extensions|apps\.kruise\.io)\// },
  { kind: 'Job', word: 'job', api: /^batch\// },
  { kind: 'CronJob', word: 'cronjob', api: /^batch\// },
  { kind: 'Rollout', word: 'rollout', api: /^argoproj\.io\// },
  { kind: 'DeploymentConfig', word: 'deploymentconfig', api: /^(?:apps\.openshift\.io\/|v1$)/ },
];

const texts = z.record(z.string(), z.string()).nullish();
/** Null where it is left out: it depends on the kind whether that is 0 or nobody's word. */
const counter = z
  .int()
  .min(0)
  .nullish()
  .transform((count) => count ?? null);
/** Argo Rollouts writes `"7"`, and in its first versions a hash. */
const observed = z
  .union([z.int().min(0), z.string()])
  .nullish()
  .transform((value) =>
    typeof value === 'string' ? (/^\d{1,9}$/.test(value) ? Number(value) : null) : (value ?? null),
  );

const podTemplate = z.looseObject({
  metadata: z.looseObject({ annotations: texts, labels: texts }).nullish(),
  spec: z.looseObject({ containers: z.array(z.looseObject({ name: z.string(), image: z.string() })).min(1) }),
});
export type PodTemplate = z.output<typeof podTemplate>;

/** What any object of the API has. */
export const anyObject = z.looseObject({
  kind: z.string(),
  apiVersion: optionalText,
  metadata: z.looseObject({
    name: z.string(),
    namespace: optionalText,
    ownerReferences: z.array(z.looseObject({ kind: z.string(), name: z.string() })).nullish(),
  }),
});
export type AnyObject = z.output<typeof anyObject>;

const workloadRef = z.looseObject({ kind: z.string(), name: z.string() });

/** A workload of any kind that is read. */
export const workload = z.looseObject({
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: optionalText,
    generation: counter,
    labels: texts,
    annotations: texts,
  }),
  spec: z.looseObject({
    replicas: counter,
    suspend: z.boolean().nullish(),
    schedule: optionalText,
    /** Of a Rollout that takes its pods from another object. */
    workloadRef: workloadRef.nullish(),
    template: podTemplate.nullish(),
    jobTemplate: z.looseObject({ spec: z.looseObject({ template: podTemplate }) }).nullish(),
    updateStrategy: z
      .looseObject({ type: optionalText, rollingUpdate: z.looseObject({ partition: counter }).nullish() })
      .nullish(),
  }),
  status: z.preprocess(
    (status) => status ?? {},
    z.looseObject({
      observedGeneration: observed,
      phase: optionalText,
      replicas: counter,
      updatedReplicas: counter,
      readyReplicas: counter,
      availableReplicas: counter,
      currentRevision: optionalText,
      updateRevision: optionalText,
      desiredNumberScheduled: counter,
      updatedNumberScheduled: counter,
      numberReady: counter,
      numberAvailable: counter,
      conditions: z.array(z.looseObject({ type: z.string(), status: optionalText, reason: optionalText })).nullish(),
    }),
  ),
});
export type Workload = z.output<typeof workload>;

/** The kind of a workload as fragments have it; null: it is none that is read. */
export function kindOf({ kind, apiVersion }: AnyObject): WorkloadKind | null {
  const known = KINDS.find((one) => one.kind === kind && (apiVersion === undefined || one.api.test(apiVersion)));
  return known?.word ?? null;
}

/** Where the pods of a workload are described; null: in another object, or nowhere. */
export function templateOf({ spec }: Workload): PodTemplate | null {
  return spec.template ?? spec.jobTemplate?.spec.template ?? null;
}
