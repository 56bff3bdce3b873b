import { z } from 'zod';
import { condition, kubeObject, readObjects } from './kube-objects.ts';
import {
  type Adapter,
  type AdapterDraft,
  type AdapterOptions,
  environmentIn,
  expecting,
  given,
  givenTexts,
  optionalText,
  type PartReading,
} from './tool-output.ts';

const tool = expecting('`kubectl get helmreleases,kustomizations -A -o json`');

/** One revision of a release, the newest first; helm.toolkit.fluxcd.io/v2beta2 and v2. */
const snapshot = z.looseObject({
  chartVersion: z.string(),
  appVersion: optionalText,
  status: z.string(),
  version: z.int(),
  lastDeployed: optionalText,
});
type Snapshot = z.output<typeof snapshot>;
const reconciled = kubeObject.extend({
  spec: z.looseObject({ suspend: z.boolean().nullish(), targetNamespace: optionalText }),
  status: z
    .looseObject({
      observedGeneration: z.int().nullish(),
      conditions: z.array(condition).nullish(),
      /** What was applied with success: the version of a chart before v2, the revision of a source. */
      lastAppliedRevision: optionalText,
      lastAttemptedRevision: optionalText,
      history: z.array(z.unknown()).nullish(),
    })
    .nullish(),
});
type Reconciled = z.output<typeof reconciled>;

const READ = {
  tool,
  kinds: new Map([
    ['HelmRelease', 'helm.toolkit.fluxcd.io/'],
    ['Kustomization', 'kustomize.toolkit.fluxcd.io/'],
  ]),
  none: 'kubectl lists nothing of Flux.',
  otherThan: 'no HelmRelease and no Kustomization of Flux',
};

export const flux: Adapter = {
  type: 'infra',
  of: 'observation',
  place: null,
  read: (output, options) =>
    readObjects(output, READ, (object) => {
      const read = tool.shaped(reconciled, object);
      const reader = READER_OF_KIND.get(read.kind ?? '');
      if (reader === undefined) throw tool.fault('; the object says no kind');
      return readObject(read, reader(read), options);
    }),
};

/** What an object says runs. */
interface Applied {
  readonly component: string;
  readonly fields: AdapterDraft['fields'];
  readonly facts: Readonly<Record<string, string | undefined>>;
  /** What should be known beside. */
  readonly notices: readonly string[];
}

const READER_OF_KIND: ReadonlyMap<string, (object: Reconciled) => Applied | string> = new Map([
  ['HelmRelease', helmRelease],
  ['Kustomization', kustomization],
]);

/** @param applied what runs, or why nothing is known to */
function readObject(object: Reconciled, applied: Applied | string, options: AdapterOptions): PartReading {
  const { kind, metadata, spec, status } = object;
  const place = `${kind} ${metadata.name}`;
  const left = (why: string): PartReading => ({ draft: null, notices: [`${place} is left out: ${why}.`] });
  if (metadata.deletionTimestamp !== undefined) return left('it is being deleted');
  if (typeof applied === 'string') return left(applied);
  const namespace = spec.targetNamespace ?? metadata.namespace;
  const environment = environmentIn(namespace, options);
  if (environment === null) return { draft: null, notices: [], namespaceLeftOut: namespace };
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const isSeen = (metadata.generation ?? 0) <= (status?.observedGeneration ?? 0);
  const { component, fields, facts } = applied;
  return {
    draft: {
      fields: given({
        component: options.component ?? component,
        environment,
        ...fields,
        meta: givenTexts({ namespace, ready: ready?.status, ...facts }),
      }),
      tag: null,
      place,
    },
    notices: [
      ...(ready?.status === 'False'
        ? [
            `${place} is not ready (${ready.reason ?? 'no reason is given'}): what was applied last with success is published.`,
          ]
        : []),
      ...(ready?.status === 'Unknown' ? [`${place} is being reconciled now.`] : []),
      ...(isSeen ? [] : [`${place} was changed, which Flux has not taken up yet.`]),
      ...(spec.suspend ? [`${place} is suspended: Flux leaves it as it is.`] : []),
      ...applied.notices,
    ],
  };
}

/** Statuses of Helm after which nothing of a release is there. */
const GONE: ReadonlySet<string> = new Set(['uninstalled', 'uninstalling']);

function helmRelease({ metadata, status }: Reconciled): Applied | string {
  const history = (status?.history ?? []).flatMap((one) => snapshot.safeParse(one).data ?? []);
  const [newest] = history;
  if (newest !== undefined && GONE.has(newest.status)) return `its release is ${newest.status}`;
  const current = history.find(isDeployed);
  // Before v2beta2 there is no history, but the version of the chart that was applied last.
  const version = current?.chartVersion ?? (newest === undefined ? status?.lastAppliedRevision : undefined);
  if (version === undefined) {
    const attempted = newest?.chartVersion ?? status?.lastAttemptedRevision;
    return attempted === undefined ? 'nothing was installed yet' : `${attempted} was not installed with success`;
  }
  return {
    component: metadata.name,
    fields: given({ chartVersion: version, appVersion: current?.appVersion, date: current?.lastDeployed }),
    facts: { revision: current === undefined ? undefined : String(current.version), status: current?.status },
    notices:
      current !== undefined && newest !== undefined && newest !== current
        ? [`HelmRelease ${metadata.name}: revision ${newest.version} is ${newest.status}; an older one is published.`]
        : [],
  };
}

function isDeployed({ status }: Snapshot): boolean {
  return status === 'deployed';
}

/** A Kustomization may be called as the HelmRelease that it brings, so its kind is part of its name. */
function kustomization({ metadata, status }: Reconciled): Applied | string {
  const revision = status?.lastAppliedRevision;
  if (revision === undefined) return 'nothing was applied yet';
  const attempted = status?.lastAttemptedRevision;
  return {
    component: `kustomization/${metadata.name}`,
    fields: given({ digest: /@(sha256:[0-9a-f]{64})$/.exec(revision)?.[1] }),
    facts: { revision },
    notices:
      attempted === undefined || attempted === revision
        ? []
        : [`Kustomization ${metadata.name}: ${attempted} is wanted and not applied; ${revision} is published.`],
  };
}
