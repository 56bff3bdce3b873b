import { z } from 'zod';
import { parseImage } from '../../release/image.ts';
import { isTagOf } from '../../release/version.ts';
import { type Adapter, AdapterFault, given, jsonDocument, optionalText, shaped } from './tool-output.ts';

const EXPECTED = 'the folder dist of GoReleaser, with metadata.json and artifacts.json';

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

export const goreleaser: Adapter = {
  type: 'backend',
  of: 'build',
  place: 'dist',
  read(output, { component }) {
    const about = output.file('metadata.json');
    if (about === null) throw new AdapterFault(`expected ${EXPECTED}; there is no metadata.json`);
    const made = shaped(metadata, jsonDocument(about, EXPECTED), EXPECTED);
    // A snapshot's version can look like a release's (`{{ incpatch .Version }}`), but its tag is the release before's.
    if (!made.tag.endsWith(made.version) || /-SNAPSHOT|-next$|-dev$|^0\.0\.0-/.test(made.version)) {
      throw new AdapterFault(`expected a release, received the snapshot ${made.version} after ${made.tag}`);
    }
    const list = output.file('artifacts.json');
    const name = component ?? made.project_name;
    const { image, notices } = list === null ? NO_LIST : imageOf(list, name, made.version);
    const fields = given({
      component: name,
      componentVersion: made.version,
      commit: made.commit,
      date: made.date,
      artifact: image?.reference,
      digest: image?.digest,
    });
    return { drafts: [{ fields, tag: made.tag }], notices };
  },
};

const NO_LIST = { image: null, notices: ['There is no artifacts.json, so no image is known.'] };

/** The image of the release: a manifest (all platforms) before the image of one platform, its version's tag before `latest`. */
function imageOf(text: string, name: string, version: string) {
  const images = shaped(artifacts, jsonDocument(text, EXPECTED), EXPECTED).flatMap(({ type, name, path, extra }) => {
    const reference = [name, path].find((one) => one !== undefined && parseImage(one) !== null);
    return /^(Published )?Docker (Image|Manifest)/.test(type) && reference !== undefined
      ? [{ type, reference, digest: extra?.Digest }]
      : [];
  });
  const parsed = (reference: string) => parseImage(reference);
  const narrowed = [
    (one: (typeof images)[number]) => one.type.includes('Manifest'),
    (one: (typeof images)[number]) => parsed(one.reference)?.shortName === name,
    (one: (typeof images)[number]) => isTagOf(parsed(one.reference)?.tag ?? '', version),
  ].reduce((left, rule) => (left.some(rule) ? left.filter(rule) : left), images);
  const repositories = new Set(narrowed.map(({ reference }) => parsed(reference)?.repository));
  const [image = null] = narrowed;
  if (repositories.size <= 1) return { image, notices: [] };
  const notices = [
    `Several images were made (${[...repositories].join(', ')}): name one by --image; none is published.`,
  ];
  return { image: null, notices };
}
