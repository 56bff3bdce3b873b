import { z } from 'zod';
import { parseImage } from '../../release/item/image.ts';
import { isTagOf } from '../../release/item/version.ts';
import { imageByVersion } from './image-choice.ts';
import { type Adapter, AdapterFault, expecting, given, optionalText, type ToolOutput } from './tool-output.ts';

const tool = expecting(
  'the folder dist of GoReleaser, with metadata.json and artifacts.json, or the outputs of its action',
);

const metadata = z.looseObject({
  project_name: z.string(),
  tag: z.string(),
  version: z.string(),
  commit: z.string(),
  date: optionalText,
});
const artifacts = z.array(
  z.looseObject({
    name: optionalText,
    path: optionalText,
    type: z.string(),
    extra: z.looseObject({ Digest: optionalText }).nullish(),
  }),
);

const outputs = z.looseObject({ metadata: z.string(), artifacts: optionalText });

export const goreleaser: Adapter = {
  type: 'backend',
  of: 'build',
  place: 'dist',
  read(output, { component }) {
    const { about, list } = filesOf(output);
    const made = tool.shaped(metadata, about);
    // A snapshot's version can look like a release's (`{{ incpatch .Version }}`), but its tag is the release before's.
    if (!isReleaseOf(made.tag, made.version)) {
      throw new AdapterFault(`expected a release, received the snapshot ${made.version} after ${made.tag}`);
    }
    const name = component ?? made.project_name;
    const { image, notices } = list === undefined ? NO_LIST : imageOf(list, name, made.version);
    const fields = given({
      component: name,
      componentVersion: made.version,
      commit: made.commit,
      artifact: image?.reference,
      digest: image?.digest,
    });
    // The date is that of the build, so the commit's own goes before it: the same release built again says the same.
    return { drafts: [{ fields, tag: made.tag, unconfirmed: { commit: made.commit, date: made.date } }], notices };
  },
};

/** What GoReleaser says of a release, and what it made; undefined: that is not there. */
interface Files {
  readonly about: unknown;
  readonly list: unknown;
}

/**
 * The two files of the folder; or the action's outputs `metadata` and `artifacts`, which are the same as texts, all of
 * them (`toJSON(steps.<id>.outputs)`) or one behind the other.
 */
function filesOf(output: ToolOutput): Files {
  const parsed = (text: string | null | undefined) => (text == null ? undefined : tool.document(text));
  const file = output.file('metadata.json');
  if (file !== null) return { about: parsed(file), list: parsed(output.file('artifacts.json')) };
  const missing = tool.fault('; there is no metadata.json');
  if (output.isFolder) throw missing;
  const documents = tool.documents(output.document());
  const all = outputs.safeParse(documents[0]);
  if (all.success) return { about: parsed(all.data.metadata), list: parsed(all.data.artifacts) };
  const about = documents.find((document) => metadata.safeParse(document).success);
  if (about === undefined) throw missing;
  return { about, list: documents.find(Array.isArray) };
}

/** `v1.4.0`, `ledger/v1.4.0` and `1.4.0` are tags of 1.4.0; `v11.4.0` is none. */
function isReleaseOf(tag: string, version: string): boolean {
  return tag.endsWith(version) && !/[\d.]$/.test(tag.slice(0, tag.length - version.length));
}

const NO_LIST = { image: null, notices: ['There is no artifacts.json, so no image is known.'] };

/** The image of the release: a manifest (all platforms) before the image of one platform, its version's tag before `latest`. */
function imageOf(list: unknown, name: string, version: string) {
  const images = tool.shaped(artifacts, list).flatMap(({ type, name, path, extra }) => {
    const reference = [name, path].find((one) => one !== undefined && parseImage(one) !== null);
    return /^(Published )?Docker (Image|Manifest)/.test(type) && reference !== undefined
      ? [{ type, reference, digest: extra?.Digest }]
      : [];
  });
  const narrowed = [
    (one: (typeof images)[number]) => one.type.includes('Manifest'),
    (one: (typeof images)[number]) => parseImage(one.reference)?.shortName === name,
    (one: (typeof images)[number]) => isTagOf(parseImage(one.reference)?.tag ?? '', version),
  ].reduce((left, rule) => (left.some(rule) ? left.filter(rule) : left), images);
  const repositories = new Set(narrowed.map(({ reference }) => parseImage(reference)?.repository));
  const digests = new Set(narrowed.map(({ digest }) => digest));
  // One digest is one image, in however many registries it lies.
  const isOne = repositories.size <= 1 || (digests.size === 1 && !digests.has(undefined));
  if (!isOne) {
    const names = [...repositories].join(', ');
    return { image: null, notices: [`Several images were made (${names}): name one by --image; none is published.`] };
  }
  const references = narrowed.map(({ reference }) => reference);
  const best = imageByVersion(references, { versions: [version], shortName: name });
  const image = narrowed.find(({ reference }) => {
    const one = parseImage(reference);
    return one?.repository === best?.repository && one?.tag === best?.tag;
  });
  return { image: image ?? null, notices: [] };
}
