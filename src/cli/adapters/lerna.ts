import { z } from 'zod';
import { packageDraft } from './npm-package.ts';
import { type Adapter, type AdapterDraft, expecting, optionalText, readParts, someOf } from './tool-output.ts';

const tool = expecting(
  'lerna-publish-summary.json, as `lerna publish --summary-file` leaves it, `lerna version --json`, or `lerna ls --json`',
);

/** A package of the summary. */
const published = z.looseObject({ packageName: z.string(), version: z.string() });
/** A package as `lerna ls` and `lerna version` list it; only the latter says the version that it has made. */
const listed = z
  .looseObject({ name: z.string(), version: z.string(), newVersion: optionalText, private: z.boolean().nullish() })
  .transform(({ name, version, newVersion, private: isPrivate }) => ({
    packageName: name,
    version: newVersion ?? version,
    isPrivate: isPrivate === true,
  }));
const named = z.looseObject({ name: optionalText, packageName: optionalText });

interface LernaPackage {
  readonly packageName: string;
  readonly version: string;
  /** Nobody can have it from a registry. */
  readonly isPrivate: boolean;
}

export const lerna: Adapter = {
  type: null,
  of: 'build',
  place: 'lerna-publish-summary.json',
  read(output) {
    const documents = tool.documents(output.document());
    // `lerna ls --ndjson` prints a package a line.
    const isEmpty = documents.length === 1 && Array.isArray(documents[0]) && documents[0].length === 0;
    const { results, faults } = readParts(documents.flat(), placeOf, readPackage);
    const packages = isEmpty ? [] : someOf(results, faults);
    // With one version for all, lerna tags only that.
    const isFixed = new Set(packages.map(({ version }) => version)).size === 1;
    return {
      drafts: packages.map((one) => draftOf(one, isFixed)),
      faults,
      notices: packages.length === 0 ? ['lerna published nothing.'] : [],
    };
  },
};

function readPackage(part: unknown): LernaPackage {
  const of = published.safeParse(part);
  return of.success ? { ...of.data, isPrivate: false } : tool.shaped(listed, part);
}

function draftOf({ packageName: name, version, isPrivate }: LernaPackage, isFixed: boolean): AdapterDraft {
  const draft = packageDraft({ name, version });
  const { artifact: _, ...unpublished } = draft.fields;
  return {
    ...draft,
    fields: isPrivate ? unpublished : draft.fields,
    likelyTags: [`${name}@${version}`, ...(isFixed ? [`v${version}`] : [])],
  };
}

function placeOf(part: unknown, index: number): string {
  const read = named.safeParse(part);
  return (read.success ? (read.data.packageName ?? read.data.name) : undefined) ?? `package ${index + 1}`;
}
