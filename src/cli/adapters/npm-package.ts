import { z } from 'zod';
import { lastDocument } from '../context/json-stream.ts';
import {
  type Adapter,
  type AdapterDraft,
  type Expecting,
  expecting,
  given,
  optionalText,
  readParts,
  someOf,
} from './tool-output.ts';

const npmPackage = z.looseObject({ name: z.string(), version: z.string(), integrity: optionalText });
const named = z.looseObject({ name: z.string() });
/** `pnpm publish --report-summary`; from pnpm 11 on with all that `npm publish --json` says. */
const summary = z.looseObject({ publishedPackages: z.array(z.unknown()) });
const byName = z.record(z.string(), z.unknown());

function packageManager(tool: 'npm' | 'pnpm', place: string | null, expected: string, none: string): Adapter {
  const reader = expecting(expected);
  return {
    type: null,
    of: 'build',
    place,
    read(output) {
      const { document, notices } = withoutScripts(output.document(), reader, tool);
      const { drafts, faults } = packagesOf(document, reader);
      return { drafts, faults, notices: [...notices, ...(drafts.length === 0 ? [none] : [])] };
    },
  };
}

export const npm = packageManager(
  'npm',
  null,
  '`npm pack --json`, `npm publish --json`, or a package.json',
  'npm packed nothing.',
);

export const pnpm = packageManager(
  'pnpm',
  'pnpm-publish-summary.json',
  'pnpm-publish-summary.json, as `pnpm publish -r --report-summary` leaves it, `pnpm publish --json`, or `pnpm pack --json`',
  'pnpm published nothing.',
);

/**
 * The packages that npm or pnpm packed or published: one object, an array, an object by package name, or pnpm's
 * summary.
 *
 * @param expected what the tool prints, for messages
 * @throws AdapterFault where not one is a package
 */
function packagesOf(document: unknown, reader: Expecting) {
  const { results, faults } = readParts(partsOf(document, reader), placeOf, (part) =>
    packageDraft(reader.shaped(npmPackage, part)),
  );
  return { drafts: someOf(results, faults), faults };
}

/**
 * What npm or pnpm prints, without what scripts of the package (`prepack`) print before: `> @acme/ui@1.2.0 prepack`.
 *
 * @throws AdapterFault where there is nothing else, or no JSON
 */
function withoutScripts(
  text: string,
  reader: Expecting,
  tool: 'npm' | 'pnpm',
): { readonly document: unknown; readonly notices: readonly string[] } {
  const last = lastDocument(text);
  if (last !== null && last.linesBefore > 0 && text.trimStart().startsWith('>')) {
    return {
      document: last.document,
      notices: [`What the package's scripts printed before ${tool}'s JSON is passed over.`],
    };
  }
  if (last === null && text.trimStart().startsWith('>')) {
    throw reader.fault(
      `, received the output of the package's scripts: run ${tool} with ${tool === 'npm' ? '--foreground-scripts=false, or with ' : ''}--ignore-scripts`,
    );
  }
  return { document: reader.document(text), notices: [] };
}

/** A package of npm's registry as a draft. */
export function packageDraft(of: {
  readonly name: string;
  readonly version: string;
  readonly integrity?: string | undefined;
}): AdapterDraft {
  const { name, version, integrity } = of;
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

function partsOf(document: unknown, reader: Expecting): readonly unknown[] {
  // npm 10: pack prints an array, publish one object. Later ones print an object by package name: 11 for publish, 12 for
  // both. pnpm prints an array for several, of version 11 on also where it publishes.
  if (Array.isArray(document)) return document;
  const published = summary.safeParse(document);
  if (published.success) return published.data.publishedPackages;
  if (npmPackage.safeParse(document).success) return [document];
  return Object.values(reader.shaped(byName, document));
}

function placeOf(part: unknown, index: number): string {
  const read = named.safeParse(part);
  return read.success ? read.data.name : `package ${index + 1}`;
}

/** Subresource integrity `sha512-<base64>` → `sha512:<hex>`, the form of the other digests. */
function digestOf(integrity: string): string | undefined {
  const [, algorithm, base64 = ''] = /^(sha(?:256|384|512))-([A-Za-z0-9+/=]+)/.exec(integrity) ?? [];
  return algorithm === undefined ? undefined : `${algorithm}:${Buffer.from(base64, 'base64').toString('hex')}`;
}
