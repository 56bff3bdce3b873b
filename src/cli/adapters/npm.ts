import { z } from 'zod';
import { lastDocument } from './json-stream.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  given,
  jsonDocument,
  optionalText,
  shaped,
} from './tool-output.ts';

const EXPECTED = '`npm pack --json`, `npm publish --json`, or a package.json';

const packed = z.looseObject({ name: z.string(), version: z.string(), integrity: optionalText });
const byName = z.record(z.string(), packed);

export const npm: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output) {
    const { document, notices } = withoutScripts(output.document());
    const reading = (packages: readonly z.output<typeof packed>[]) => {
      const drafts = packages.map(draftOf);
      return { drafts, notices: [...notices, ...(drafts.length === 0 ? ['npm packed nothing.'] : [])] };
    };
    // npm 10: pack prints an array, publish one object. Later ones print an object by package name: 11 for publish, 12 for both.
    if (Array.isArray(document)) return reading(shaped(z.array(packed), document, EXPECTED));
    const one = packed.safeParse(document);
    if (one.success) return reading([one.data]);
    return reading(Object.values(shaped(byName, document, EXPECTED)));
  },
};

/** Scripts of the package (`prepack`) print before npm does: `> @acme/ui@1.2.0 prepack`. */
function withoutScripts(text: string): { readonly document: unknown; readonly notices: readonly string[] } {
  const last = lastDocument(text);
  if (last !== null && last.linesBefore > 0 && text.trimStart().startsWith('>')) {
    return {
      document: last.document,
      notices: ["What the package's scripts printed before npm's JSON is passed over."],
    };
  }
  if (last === null && text.trimStart().startsWith('>')) {
    throw new AdapterFault(
      `expected ${EXPECTED}, received the output of the package's scripts: run npm with --foreground-scripts=false, or with --ignore-scripts`,
    );
  }
  return { document: jsonDocument(text, EXPECTED), notices: [] };
}

function draftOf({ name, version, integrity }: z.output<typeof packed>): AdapterDraft {
  return {
    fields: given({
      component: name,
      npmVersion: version,
      artifact: `${name}@${version}`,
      digest: integrity === undefined ? undefined : digestOf(integrity),
    }),
    tag: null,
  };
}

/** Subresource integrity `sha512-<base64>` → `sha512:<hex>`, the form of the other digests. */
function digestOf(integrity: string): string | undefined {
  const [, algorithm, base64 = ''] = /^(sha(?:256|384|512))-([A-Za-z0-9+/=]+)/.exec(integrity) ?? [];
  return algorithm === undefined ? undefined : `${algorithm}:${Buffer.from(base64, 'base64').toString('hex')}`;
}
