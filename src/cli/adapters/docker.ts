import { z } from 'zod';
import { parseImage } from '../../release/item/image.ts';
import { parseVersion } from '../../release/item/parse-semver.ts';
import { isTagOf, withoutV } from '../../release/item/version.ts';
import { imageByVersion, pinned } from './image-choice.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  type AdapterOptions,
  type AdapterReading,
  expecting,
  given,
  optionalText,
  readingOf,
  readParts,
} from './tool-output.ts';

const tool = expecting(
  'metadata of docker/build-push-action (or `buildx --metadata-file`, or `buildx bake`), of docker/metadata-action, `docker inspect`, or `docker buildx imagetools inspect --format "{{json .}}"`',
);

/** `imagetools create` writes the descriptor alone. */
const built = z.union([
  z.looseObject({ 'containerimage.digest': z.string(), 'image.name': optionalText }),
  z
    .looseObject({ 'containerimage.descriptor': z.looseObject({ digest: z.string() }), 'image.name': optionalText })
    .transform((one) => ({ ...one, 'containerimage.digest': one['containerimage.descriptor'].digest })),
]);
const baked = z.record(z.string(), z.unknown());
const meta = z.looseObject({ tags: z.array(z.string()), labels: z.record(z.string(), z.string()) });
const inspected = z.looseObject({
  RepoDigests: z.array(z.string()).nullish(),
  RepoTags: z.array(z.string()).nullish(),
  Config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

const config = z.looseObject({
  config: z.looseObject({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});
/** `imagetools inspect`: of several platforms the configurations stand by platform. */
const indexed = z.looseObject({
  name: z.string(),
  manifest: z.looseObject({ digest: z.string(), mediaType: z.string() }),
  image: z.union([z.record(z.string().includes('/'), config), config]).nullish(),
});
/** The same by `{{json .Manifest}}`, which does not say of which image. */
const manifest = z
  .looseObject({ digest: z.string(), mediaType: z.string().includes('.image.') })
  .or(z.looseObject({ digest: z.string(), mediaType: z.string().includes('.manifest.') }));

/** What is known of one image, from one document or several. */
interface Known {
  readonly names: readonly string[];
  /** Digests, each with the name it was pushed or pulled by; null: of whichever name. */
  readonly digests: readonly { readonly of: string | null; readonly digest: string }[];
  readonly labels: ReadonlyMap<string, string>;
  /** Whether the labels were made for this image; those that an image holds may be its base image's. */
  readonly ownLabels: boolean;
}

export const docker: Adapter = {
  type: 'backend',
  of: 'build',
  place: null,
  read(output, options) {
    const documents = tool.documents(output.document());
    const [first] = documents;
    const targets = documents.length === 1 ? bakedTargets(first) : null;
    if (targets !== null) return ofTargets(targets, options);
    if (documents.length > 1) return ofImages([oneImage(documents.map(imagesOf))], options);
    if (!Array.isArray(first)) return ofImages(imagesOf(first), options);
    if (first.length === 0) throw tool.fault(', received an empty list');
    const { results, faults } = readParts(
      first,
      (_, index) => `image ${index + 1}`,
      (image) => inspectedImage(tool.shaped(inspected, image)),
    );
    const { drafts, faults: others, notices } = ofImages(results, options);
    return { drafts, faults: [...faults, ...(others ?? [])], notices };
  },
};

function ofImages(images: readonly Known[], options: AdapterOptions): AdapterReading {
  const [only] = images;
  // A single image that cannot be used is the whole output.
  if (images.length === 1 && only !== undefined) {
    const { draft, notices } = draftOf(only, options);
    return { drafts: [draft], notices };
  }
  const { results, faults } = readParts(
    images,
    ({ names }, index) => names[0] ?? `image ${index + 1}`,
    (known) => draftOf(known, options),
  );
  return readingOf(results, faults, []);
}

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
function ofTargets(targets: readonly [target: string, known: Known][], options: AdapterOptions): AdapterReading {
  const { results, faults } = readParts(
    targets,
    ([target]) => `target ${target}`,
    ([target, known]) => ({ target, ...draftOf(known, { ...options, component: null }) }),
  );
  const [fault] = faults;
  if (results.length === 0 && fault !== undefined) throw new AdapterFault(fault.fault);
  const nameOf = ({ fields }: AdapterDraft) => fields.component;
  const drafts = results.map(({ target, draft }) => {
    const shared = results.filter((other) => nameOf(other.draft) === nameOf(draft)).length > 1;
    return shared ? { ...draft, fields: { ...draft.fields, component: target } } : draft;
  });
  return { drafts, faults, notices: results.flatMap(({ notices }) => notices) };
}

/** One, or of `docker inspect` as many as it was asked for. */
function imagesOf(document: unknown): Known[] {
  const image = built.safeParse(document);
  if (image.success) return [builtImage(image.data)];
  const listed = indexed.safeParse(document);
  if (listed.success) return [indexedImage(listed.data)];
  const bare = manifest.safeParse(document);
  if (bare.success) return [{ ...NOTHING, digests: [{ of: null, digest: bare.data.digest }] }];
  const described = meta.safeParse(document);
  if (described.success) {
    const { tags, labels } = described.data;
    return [{ names: tags, digests: [], labels: new Map(Object.entries(labels)), ownLabels: true }];
  }
  return tool.shaped(z.array(inspected).min(1), document).map(inspectedImage);
}

function inspectedImage({ RepoTags, RepoDigests, Config }: z.output<typeof inspected>): Known {
  return {
    names: [...(RepoTags ?? []), ...(RepoDigests ?? [])],
    // Of the manifest, and of all platforms where there are several: what a cluster pulls.
    digests: (RepoDigests ?? []).flatMap((one) => {
      const image = parseImage(one);
      return image?.digest ? [{ of: image.repository, digest: image.digest }] : [];
    }),
    labels: new Map(Object.entries(Config?.Labels ?? {})),
    ownLabels: false,
  };
}

const NOTHING: Known = { names: [], digests: [], labels: new Map(), ownLabels: false };

/** The digest is that of the index where there is one, which is what a cluster pulls by the tag. */
function indexedImage({ name, manifest: { digest }, image }: z.output<typeof indexed>): Known {
  const single = config.safeParse(image);
  const labels = single.success ? single.data.config?.Labels : null;
  return { ...NOTHING, names: [name], digests: [{ of: null, digest }], labels: new Map(Object.entries(labels ?? {})) };
}

/** Several documents complete each other: the tags and labels of an image, and the digest of its build. */
function oneImage(documents: readonly (readonly Known[])[]): Known {
  const images = documents.flat();
  const digests = new Set(images.flatMap((image) => image.digests[0]?.digest ?? []));
  const several = Math.max(digests.size, ...documents.map(({ length }) => length));
  if (several > 1) {
    throw tool.fault(`; several documents are of one image, received those of ${several}`);
  }
  return images.reduce(joined);
}

function builtImage(data: z.output<typeof built>): Known {
  const names = (data['image.name'] ?? '').split(',').map((name) => name.trim());
  return {
    names: names.filter((name) => name !== ''),
    digests: [{ of: null, digest: data['containerimage.digest'] }],
    labels: new Map(),
    ownLabels: false,
  };
}

function joined(a: Known, b: Known): Known {
  return {
    names: [...a.names, ...b.names],
    digests: [...a.digests, ...b.digests],
    labels: new Map([...a.labels, ...b.labels]),
    ownLabels: a.ownLabels || b.ownLabels,
  };
}

const VERSION_LABEL = 'org.opencontainers.image.version';

function draftOf(known: Known, { component, versions }: AdapterOptions): { draft: AdapterDraft; notices: string[] } {
  const { names, digests } = known;
  const label = (name: string) => known.labels.get(`org.opencontainers.image.${name}`) || undefined;
  const labelled = label('version');
  const hints = {
    shortName: component,
    versions: [...versions, ...(labelled && parseVersion(labelled) ? [labelled] : [])],
  };
  const image = imageByVersion(names, hints);
  if (image === null) {
    throw tool.fault('; it names no image, as what was built has no tag');
  }
  const tags = names.flatMap((name) => parseImage(name)?.tag ?? []);
  // A label that no tag repeats may have been inherited from the base image, and the others with it.
  const believed = labelled !== undefined && tags.some((tag) => isTagOf(tag, labelled));
  // An image's tag cannot hold a `+`, so the version is the label's or nobody's.
  const isVersion = believed && /^v?\d+\.\d/.test(labelled) && isTagOf(image.tag ?? '', labelled);
  const digest = (digests.find((one) => one.of === image.repository) ?? digests[0])?.digest;
  const draft: AdapterDraft = {
    fields: given({
      component: component ?? image.shortName,
      componentVersion: isVersion ? withoutV(labelled) : undefined,
      artifact: pinned(image, digest),
      digest,
    }),
    tag: null,
    ...(known.ownLabels || believed ? { unconfirmed: { commit: label('revision'), date: label('created') } } : {}),
  };
  const foreign = labelled !== undefined && !believed;
  const words = `the label ${VERSION_LABEL} says ${labelled}, which is not a tag of the image: it may be its base image's, and is left out.`;
  return { draft, notices: foreign ? [`${component ?? image.shortName}: ${words}`] : [] };
}
