import { z } from 'zod';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  type AdapterReading,
  expecting,
  readParts,
  someOf,
} from './tool-output.ts';

const tool = expecting(
  'what changesets leaves behind: publishedPackages of its action, or all its outputs, the lines of CHANGESETS_OUTPUT, a publish plan, or `changeset status --output`',
);

/** `publishedPackages` (action v1) and `published-packages` (v2). */
const published = z.looseObject({ name: z.string(), version: z.string() });
/** CLI v3, a line each. */
const gitTag = z.looseObject({ type: z.literal('git-tag'), tag: z.string(), packageName: z.string() });
/** CLI v3, `changeset publish-plan --output`. Its `tag` is npm's (`latest`, `next`), not git's. */
const plan = z.looseObject({
  plan: z.array(z.array(z.looseObject({ name: z.string(), version: z.string() }))),
});
/** CLI v2, `changeset status --output`. */
const status = z.looseObject({
  releases: z.array(z.looseObject({ name: z.string(), type: z.string(), newVersion: z.string() })),
});
const line = z.looseObject({ type: z.string() });
/** All outputs of the action, as `toJSON(steps.<id>.outputs)`: each is a text. */
const outputs = z
  .union([
    z.looseObject({ publishedPackages: z.string() }).transform(({ publishedPackages }) => publishedPackages),
    z.looseObject({ 'published-packages': z.string() }).transform((all) => all['published-packages']),
    // Where nothing was published there may be no list.
    z.looseObject({ published: z.literal('false') }).transform(() => '[]'),
  ])
  .transform((text) => text || '[]');

export const changesets: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output) {
    const documents = tool.documents(output.document());
    const [first] = documents;
    if (documents.length === 1) {
      if (Array.isArray(first)) return ofPackages(first);
      const action = outputs.safeParse(first);
      if (action.success) return ofPackages(tool.document(action.data));
      const planned = plan.safeParse(first);
      if (planned.success) return reading(draftsOf(planned.data.plan.flat()));
      const listed = status.safeParse(first);
      if (listed.success) {
        const released = listed.data.releases.filter(({ type }) => type !== 'none');
        return reading(draftsOf(released.map(({ name, newVersion }) => ({ name, version: newVersion }))));
      }
    }
    const lines = documents.map((document) => tool.shaped(line, document));
    const others = lines.filter(({ type }) => type !== 'git-tag').map(({ type }) => type);
    const { results, faults } = readParts(
      lines.filter(({ type }) => type === 'git-tag'),
      (_, index) => `git-tag ${index + 1}`,
      (one) => {
        const { tag, packageName } = tool.shaped(gitTag, one);
        return draftOfTag(tag, packageName);
      },
    );
    const notices = others.length === 0 ? [] : [`Lines of other types were passed over: ${others.join(', ')}.`];
    return { drafts: results, faults, notices };
  },
};

function ofPackages(list: unknown): AdapterReading {
  const { results, faults } = readParts(
    tool.shaped(z.array(z.unknown()), list),
    (_, index) => `package ${index + 1}`,
    (one) => tool.shaped(published, one),
  );
  return { ...reading(draftsOf(someOf(results, faults))), faults };
}

function reading(drafts: readonly AdapterDraft[]) {
  return { drafts, notices: drafts.length === 0 ? ['changesets published nothing.'] : [] };
}

/**
 * Packages whose tags are not said. They are called `name@version`, but `v1.2.0` in a repository that is one package
 * itself, which then is alone.
 */
function draftsOf(packages: readonly { readonly name: string; readonly version: string }[]): AdapterDraft[] {
  const root = packages.length === 1;
  return packages.map(({ name, version }) => ({
    ...draft(name, version, null),
    likelyTags: [`${name}@${version}`, ...(root ? [`v${version}`] : [])],
  }));
}

function draft(name: string, version: string, tag: string | null): AdapterDraft {
  return { fields: { component: name, npmVersion: version, artifact: `${name}@${version}` }, tag };
}

function draftOfTag(tag: string, name: string): AdapterDraft {
  const version = tag.startsWith(`${name}@`) ? tag.slice(name.length + 1) : /^v(\d.*)$/.exec(tag)?.[1];
  if (version === undefined)
    throw new AdapterFault(`expected the tag of ${name} to be ${name}@… or v…, received ${tag}`);
  return draft(name, version, tag);
}
