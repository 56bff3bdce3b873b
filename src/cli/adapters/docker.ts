import { z } from 'zod';
import { parseImage } from '../../release/image.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  given,
  jsonDocuments,
  optionalText,
  shaped,
} from './tool-output.ts';

const EXPECTED =
  'metadata of docker/build-push-action (or `buildx --metadata-file`, or `buildx bake`), of docker/metadata-action, or `docker inspect`';

const built = z.looseObject({ 'containerimage.digest': z.string(), 'image.name': optionalText });
const baked = z.record(z.string(), z.unknown());
const meta = z.looseObject({ tags: z.array(z.string()), labels: z.record(z.string(), z.string()) });
const inspected = z
  .array(
    z.looseObject({
      RepoDigests: z.array(z.string()).nullish(),
      RepoTags: z.array(z.string()).nullish(),
      Config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
    }),
  )
  .min(1);

/** What is known of one image, from one document or several. */
interface Known {
  readonly names: readonly string[];
  readonly digest: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
}

export const docker: Adapter = {
  type: 'backend',
  of: 'build',
  place: null,
  read(output, { component }) {
    const documents = jsonDocuments(output.document(), EXPECTED);
    const [first] = documents;
    const targets = documents.length === 1 ? bakedTargets(first) : null;
    if (targets !== null) return { drafts: draftsOfTargets(targets), notices: [] };
    const images = documents.length === 1 ? imagesOf(first) : [oneImage(documents.map(imagesOf))];
    return { drafts: images.map((known) => draftOf(known, component)), notices: [] };
  },
};

/** `buildx bake`: an object of targets, each with its image. */
function bakedTargets(document: unknown): [target: string, known: Known][] | null {
  const targets = baked.safeParse(document);
  if (!targets.success) return null;
  const found = Object.entries(targets.data).flatMap(([target, result]): [string, Known][] => {
    const image = built.safeParse(result);
    return image.success ? [[target, builtImage(image.data)]] : [];
  });
  return found.length === 0 ? null : found;
}

/** Variants of one image go to one repository, so its name would be that of several: their targets tell them apart. */
function draftsOfTargets(targets: readonly [target: string, known: Known][]): AdapterDraft[] {
  const drafts = targets.map(([target, known]) => ({ target, draft: draftOf(known, null) }));
  return drafts.map(({ target, draft }) => {
    const { component } = draft.fields;
    const shared = drafts.filter((other) => other.draft.fields.component === component).length > 1;
    return shared ? { ...draft, fields: { ...draft.fields, component: target } } : draft;
  });
}

/** One, or of `docker inspect` as many as it was asked for. */
function imagesOf(document: unknown): Known[] {
  const image = built.safeParse(document);
  if (image.success) return [builtImage(image.data)];
  const described = meta.safeParse(document);
  if (described.success) {
    const { tags, labels } = described.data;
    return [{ names: tags, digest: undefined, labels: new Map(Object.entries(labels)) }];
  }
  return shaped(inspected, document, EXPECTED).map(({ RepoTags, RepoDigests, Config }) => ({
    names: [...(RepoTags ?? []), ...(RepoDigests ?? [])],
    // Of the manifest, and of all platforms where there are several: what a cluster pulls.
    digest:
      RepoDigests?.map((one) => parseImage(one)?.digest).find((digest) => typeof digest === 'string') ?? undefined,
    labels: new Map(Object.entries(Config?.Labels ?? {})),
  }));
}

/** Several documents complete each other: the tags and labels of an image, and the digest of its build. */
function oneImage(documents: readonly (readonly Known[])[]): Known {
  const images = documents.flat();
  const digests = new Set(images.flatMap(({ digest }) => digest ?? []));
  const several = Math.max(digests.size, ...documents.map(({ length }) => length));
  if (several > 1) {
    throw new AdapterFault(`expected ${EXPECTED}; several documents are of one image, received those of ${several}`);
  }
  return images.reduce(joined);
}

function builtImage(data: z.output<typeof built>): Known {
  const names = (data['image.name'] ?? '').split(',').map((name) => name.trim());
  return { names: names.filter((name) => name !== ''), digest: data['containerimage.digest'], labels: new Map() };
}

function joined(a: Known, b: Known): Known {
  return {
    names: [...a.names, ...b.names],
    digest: a.digest ?? b.digest,
    labels: new Map([...a.labels, ...b.labels]),
  };
}

function draftOf({ names, digest, labels }: Known, component: string | null): AdapterDraft {
  const images = names.flatMap((name) => parseImage(name) ?? []);
  const [image] = images.filter(({ tag }) => tag !== 'latest').concat(images);
  if (image === undefined)
    throw new AdapterFault(`expected ${EXPECTED}; it names no image, as what was built has no tag`);
  const label = (name: string) => labels.get(`org.opencontainers.image.${name}`) || undefined;
  const tag = image.tag === null ? '' : `:${image.tag}`;
  const pinned = digest === undefined ? '' : `@${digest}`;
  return {
    fields: given({
      component: component ?? image.shortName,
      // An image's tag cannot hold a `+`, so the version is the label's or nobody's.
      componentVersion: label('version'),
      artifact: `${image.repository}${tag}${pinned}`,
      digest,
      commit: label('revision'),
      date: label('created'),
    }),
    tag: null,
  };
}
