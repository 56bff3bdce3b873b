import { z } from 'zod';
import { type Adapter, type AdapterDraft, given, jsonDocument, optionalText, shaped } from './tool-output.ts';

const EXPECTED = '`npm pack --json`, `npm publish --json`, or a package.json';

const packed = z.looseObject({ name: z.string(), version: z.string(), integrity: optionalText });
const byName = z.record(z.string(), packed);

export const npm: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output) {
    const document = jsonDocument(output.document(), EXPECTED);
    // npm 10: pack prints an array, publish one object. Later ones print an object by package name: 11 for publish, 12 for both.
    if (Array.isArray(document)) return reading(shaped(z.array(packed), document, EXPECTED));
    const one = packed.safeParse(document);
    if (one.success) return reading([one.data]);
    return reading(Object.values(shaped(byName, document, EXPECTED)));
  },
};

function reading(packages: readonly z.output<typeof packed>[]) {
  const drafts = packages.map(
    ({ name, version, integrity }): AdapterDraft => ({
      fields: given({
        component: name,
        npmVersion: version,
        artifact: `${name}@${version}`,
        digest: integrity === undefined ? undefined : digestOf(integrity),
      }),
      tag: null,
    }),
  );
  return { drafts, notices: drafts.length === 0 ? ['npm packed nothing.'] : [] };
}

/** Subresource integrity `sha512-<base64>` → `sha512:<hex>`, the form of the other digests. */
function digestOf(integrity: string): string | undefined {
  const [, algorithm, base64 = ''] = /^(sha(?:256|384|512))-([A-Za-z0-9+/=]+)/.exec(integrity) ?? [];
  return algorithm === undefined ? undefined : `${algorithm}:${Buffer.from(base64, 'base64').toString('hex')}`;
}
