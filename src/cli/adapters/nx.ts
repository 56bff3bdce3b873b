import { z } from 'zod';
import {
  type Adapter,
  type AdapterDraft,
  clippedChangelog,
  expecting,
  given,
  givenTexts,
  optionalText,
  printableChangelog,
  readParts,
  someOf,
} from './tool-output.ts';

const tool = expecting(
  'what `releaseVersion()` of nx/release returns, as JSON, and behind it what `releaseChangelog()` and `releasePublish()` do',
);

/** Of one project. Null: it has no changes, so it is not released. */
const entry = z.looseObject({
  currentVersion: z.string().nullish(),
  newVersion: z.string().nullable(),
  dockerVersion: optionalText,
});
/** `releaseVersion()`; `release()` returns the map of projects alone. */
const versioned = z.looseObject({
  projectsVersionData: z.record(z.string(), z.unknown()),
  releaseGraph: z.looseObject({ releaseGroups: z.array(z.unknown()) }).nullish(),
});
/** How a group of projects is tagged: `releaseTag.pattern`, before Nx 22 `releaseTagPattern`. */
const group = z.looseObject({
  name: optionalText,
  projects: z.array(z.string()),
  releaseTag: z.looseObject({ pattern: optionalText }).nullish(),
  releaseTagPattern: optionalText,
});
const note = z.looseObject({
  releaseVersion: z.looseObject({ rawVersion: z.string(), gitTag: z.string() }),
  contents: optionalText,
});
const changelogs = z
  .looseObject({
    workspaceChangelog: note.nullish(),
    projectChangelogs: z.record(z.string(), note).nullish(),
  })
  .refine(({ workspaceChangelog, projectChangelogs }) => workspaceChangelog != null || projectChangelogs != null);
/** `releasePublish()`: how the publishing of each project ended. */
const outcomes = z.record(z.string(), z.looseObject({ code: z.int() }));

interface Released {
  readonly project: string;
  readonly version: string;
  readonly dockerVersion: string | undefined;
}

export const nx: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output) {
    const documents = sorted(tool.documents(output.document()));
    const { results, faults } = readParts(
      Object.entries(documents.projects),
      ([project]) => project,
      ([project, value]) => ({ project, ...tool.shaped(entry, value) }),
    );
    const released = someOf(results, faults).flatMap(({ project, newVersion, dockerVersion }): Released[] => {
      const version = newVersion ?? dockerVersion;
      return version === undefined ? [] : [{ project, version, dockerVersion }];
    });
    const failed = released.filter(({ project }) => (documents.codes[project] ?? 0) !== 0);
    const there = released.filter((one) => !failed.includes(one));
    const isFixed = new Set(released.map(({ version }) => version)).size === 1;
    return {
      drafts: there.map((one) => draftOf(one, documents, isFixed)),
      faults,
      notices: [
        ...(released.length === 0 && faults.length === 0 ? ['nx released nothing.'] : []),
        ...failed.map(
          ({ project }) =>
            `${project} is left out: its publishing failed (nx-release-publish ended with ${documents.codes[project]}).`,
        ),
      ],
    };
  },
};

interface Documents {
  readonly projects: Readonly<Record<string, unknown>>;
  readonly groups: readonly z.output<typeof group>[];
  readonly notes: Readonly<Record<string, z.output<typeof note>>>;
  readonly workspaceNote: z.output<typeof note> | null;
  readonly codes: Readonly<Record<string, number>>;
}

/** Tells the documents apart, in whichever order they stand. */
function sorted(all: readonly unknown[]): Documents {
  let found: Documents = { projects: {}, groups: [], notes: {}, workspaceNote: null, codes: {} };
  let isVersioned = false;
  for (const document of all) {
    // Before Nx 20 `releasePublish()` returned the exit code alone.
    if (document === 0) continue;
    if (typeof document === 'number') {
      throw tool.fault(`; the publishing ended with ${document}, and of which projects is not said`);
    }
    const notes = changelogs.safeParse(document);
    const ended = outcomes.safeParse(document);
    if (notes.success) {
      const { projectChangelogs, workspaceChangelog } = notes.data;
      found = { ...found, notes: projectChangelogs ?? {}, workspaceNote: workspaceChangelog ?? null };
    } else if (ended.success && Object.keys(ended.data).length > 0) {
      found = {
        ...found,
        codes: Object.fromEntries(Object.entries(ended.data).map(([name, { code }]) => [name, code])),
      };
    } else {
      const said = versioned.safeParse(document);
      const projects = said.success
        ? said.data.projectsVersionData
        : tool.shaped(z.record(z.string(), z.unknown()), document);
      const groups = said.success ? (said.data.releaseGraph?.releaseGroups ?? []) : [];
      found = { ...found, projects, groups: groups.flatMap((one) => group.safeParse(one).data ?? []) };
      isVersioned = true;
    }
  }
  if (!isVersioned) throw tool.fault('; the versions are not there');
  return found;
}

function draftOf(of: Released, { groups, notes, workspaceNote }: Documents, isFixed: boolean): AdapterDraft {
  const { project, version, dockerVersion } = of;
  const own = notes[project];
  const said = own ?? (workspaceNote?.releaseVersion.rawVersion === version ? workspaceNote : undefined);
  const contents = own?.contents;
  return {
    fields: given({
      component: project,
      componentVersion: version,
      changelog: contents === undefined ? undefined : clippedChangelog(printableChangelog(contents)),
      meta: dockerVersion === undefined || dockerVersion === version ? undefined : givenTexts({ dockerVersion }),
    }),
    tag: said?.releaseVersion.gitTag ?? null,
    likelyTags: tagsOf(of, groups, isFixed),
  };
}

/** The tags that Nx makes by the pattern of the project's group, else by its defaults. */
function tagsOf({ project, version }: Released, groups: Documents['groups'], isFixed: boolean): string[] {
  const own = groups.find(({ projects }) => projects.includes(project));
  const pattern = own?.releaseTag?.pattern ?? own?.releaseTagPattern;
  if (pattern === undefined) return [`${project}@${version}`, ...(isFixed ? [`v${version}`] : [])];
  const filled = pattern
    .replaceAll('{version}', version)
    .replaceAll('{projectName}', project)
    .replaceAll('{releaseGroupName}', own?.name ?? '');
  return [filled];
}
