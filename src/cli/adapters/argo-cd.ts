import { z } from 'zod';
import { parseImage } from '../../release/item/image.ts';
import { kubeObject, readObjects } from './kube-objects.ts';
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

const tool = expecting(
  '`argocd app get <name> -o json`, `argocd app list -o json`, or `kubectl get applications -o json`',
);

/** Where manifests come from: a folder of a git repository, or a chart. */
const source = z.looseObject({ repoURL: z.string(), chart: optionalText, targetRevision: optionalText });
type Source = z.output<typeof source>;
/** Of one source `revision`, of several `revisions` in their order. */
const revisions = { revision: optionalText, revisions: z.array(z.string()).nullish() };
const deployed = z.looseObject({
  ...revisions,
  deployedAt: optionalText,
  source: source.nullish(),
  sources: z.array(source).nullish(),
});
const application = kubeObject.extend({
  spec: z.looseObject({
    source: source.nullish(),
    sources: z.array(source).nullish(),
    destination: z.looseObject({ namespace: optionalText, name: optionalText }),
  }),
  status: z
    .looseObject({
      sync: z.looseObject({ status: optionalText, ...revisions }).nullish(),
      health: z.looseObject({ status: optionalText }).nullish(),
      history: z.array(deployed).nullish(),
      operationState: z.looseObject({ phase: optionalText, message: optionalText }).nullish(),
      summary: z.looseObject({ images: z.array(z.string()).nullish() }).nullish(),
    })
    .nullish(),
});
type Application = z.output<typeof application>;

const READ = {
  tool,
  kinds: new Map([['Application', 'argoproj.io/']]),
  none: 'Argo CD lists no application.',
  otherThan: 'no Application of Argo CD',
};

export const argoCd: Adapter = {
  type: 'infra',
  of: 'observation',
  place: null,
  read: (output, options) =>
    readObjects(output, READ, (object) => readApplication(tool.shaped(application, object), options)),
};

function readApplication(app: Application, options: AdapterOptions): PartReading {
  const { metadata, spec, status } = app;
  const { name } = metadata;
  const { namespace } = spec.destination;
  const sync = status?.sync?.status;
  const health = status?.health?.status;
  const left = (why: string): PartReading => ({ draft: null, notices: [`${name} is left out: ${why}.`] });
  if (metadata.deletionTimestamp !== undefined) return left('it is being deleted');
  if (health === 'Missing') return left('its health is Missing, nothing of it is in the cluster');
  const runs = whatRuns(app);
  if (runs === null) return left('it was never synced, so nothing says what runs');
  const environment = environmentIn(namespace, options);
  if (environment === null) return { draft: null, notices: [], namespaceLeftOut: namespace };
  const operation = status?.operationState;
  const image = ownImage(app);
  const draft: AdapterDraft = {
    fields: given({
      component: options.component ?? name,
      environment,
      chartVersion: chartOf(runs),
      date: runs.deployedAt,
      artifact: image ?? undefined,
      digest: (image === null ? null : parseImage(image)?.digest) ?? undefined,
      meta: givenTexts({
        namespace,
        cluster: spec.destination.name,
        sync,
        health,
        // A commit of the manifests is none of the component's repository.
        revision: runs.revisions.length === 0 ? undefined : runs.revisions.join(', '),
        images: imagesText(status?.summary?.images ?? []),
      }),
    }),
    tag: null,
    place: `Application ${name}`,
  };
  const wanted = revisionsOf(status?.sync ?? {}).join(', ');
  const notices = [
    ...(sync === 'OutOfSync'
      ? [`${name} is OutOfSync: ${wanted || 'another state'} is wanted, and what was synced last is published.`]
      : []),
    ...(sync === 'Unknown' ? [`${name}: Argo CD could not compare it with its source (sync status Unknown).`] : []),
    ...(health === undefined || QUIET.has(health) ? [] : [`${name} is ${health}.`]),
    ...(operation?.phase === 'Running' ? [`${name} is being synced now.`] : []),
    ...(operation?.phase === 'Failed' || operation?.phase === 'Error'
      ? [`${name}: its last sync has ended with ${operation.phase}; what was synced before is published.`]
      : []),
  ];
  return { draft, notices };
}

const QUIET: ReadonlySet<string> = new Set(['Healthy', '']);

/** What was applied to the cluster. */
interface Running {
  readonly sources: readonly Source[];
  readonly revisions: readonly string[];
  readonly deployedAt: string | undefined;
}

/**
 * Where an application is Synced, that is what it was compared with; else what it was synced to last, as `sync.revision` is then what is
 * wanted. The history holds syncs that succeeded.
 */
function whatRuns({ spec, status }: Application): Running | null {
  const last = status?.history?.at(-1);
  const sources = spec.sources ?? (spec.source ? [spec.source] : []);
  if (status?.sync?.status === 'Synced') {
    return { sources, revisions: revisionsOf(status.sync), deployedAt: last?.deployedAt };
  }
  if (last === undefined) return null;
  const own = last.sources ?? (last.source ? [last.source] : sources);
  return { sources: own, revisions: revisionsOf(last), deployedAt: last.deployedAt };
}

function revisionsOf({
  revision,
  revisions: several,
}: {
  revision?: string | undefined;
  revisions?: readonly string[] | null | undefined;
}) {
  const all = several ?? [];
  return all.length > 0 ? [...all] : revision === undefined ? [] : [revision];
}

/** The version of the chart that is deployed; of several charts none is the application's own. */
function chartOf({ sources, revisions: all }: Running): string | undefined {
  const charts = sources.flatMap(({ chart }, index) => (chart === undefined ? [] : [all[index]]));
  const [only, other] = charts;
  return other === undefined ? only : undefined;
}

/** The application's own image: the only one, or the only one that is called as it is or as its label says. */
function ownImage({ metadata, status }: Application): string | null {
  const images = status?.summary?.images ?? [];
  const names = [metadata.name, metadata.labels?.['app.kubernetes.io/name']];
  const [called, otherCalled] = images.filter((image) => names.includes(parseImage(image)?.shortName));
  const [only, other] = images;
  const own = called !== undefined && otherCalled === undefined ? called : other === undefined ? only : undefined;
  return own !== undefined && parseImage(own) !== null ? own : null;
}

/** A fact may have 2000 characters. */
const MAX_IMAGES = 1900;

function imagesText(images: readonly string[]): string | undefined {
  if (images.length === 0) return undefined;
  const kept: string[] = [];
  for (const image of images.toSorted()) if ([...kept, image].join(', ').length <= MAX_IMAGES) kept.push(image);
  const left = images.length - kept.length;
  return `${kept.join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
}
