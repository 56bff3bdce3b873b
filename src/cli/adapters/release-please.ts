import { z } from 'zod';
import { groupBy } from '../../release/text/group-by.ts';
import { readTag } from '../context/tag-pattern.ts';
import {
  type Adapter,
  type AdapterDraft,
  type AdapterOptions,
  clippedChangelog,
  expecting,
  given,
  readParts,
} from './tool-output.ts';

const tool = expecting('the outputs of the release-please action as JSON, toJSON(steps.<id>.outputs)');

const outputs = z.record(z.string(), z.union([z.string(), z.boolean(), z.number(), z.null()]));

export const releasePlease: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output, options) {
    const all = new Map(Object.entries(tool.shaped(outputs, tool.document(output.document()))));
    const text = (name: string) => String(all.get(name) ?? '');
    // v4 says releases_created, v3 release_created for the root.
    const created = [text('releases_created'), text('release_created')].includes('true');
    const paths = pathsOf(text('paths_released'));
    if (!created && paths.length === 0) {
      if (!all.has('releases_created') && !all.has('release_created')) {
        throw tool.fault('; it has no releases_created');
      }
      return { drafts: [], notices: ['release-please released nothing.'] };
    }
    // The root's outputs have no prefix.
    const released = paths.length > 0 ? paths : ['.'];
    const { results, faults } = readParts(
      released,
      (path) => (path === '.' ? 'the root' : path),
      (path) => releaseOf(path, text, options),
    );
    const root = options.nameOfRoot ?? options.repo?.split('/').at(-1);
    const nameless = results.some(({ draft }) => draft.fields.component === undefined);
    const guessed = nameless && options.nameOfRoot === null && root !== undefined;
    return {
      drafts: wholeNames(results).map(({ draft }) => ({
        ...draft,
        fields: given({ component: root, ...draft.fields }),
      })),
      faults,
      notices: guessed
        ? [`The package at the root is called ${root}, as its repository is; --name-of-root says otherwise.`]
        : [],
    };
  },
};

function pathsOf(text: string): string[] {
  if (text === '') return [];
  return tool.shaped(z.array(z.string()), tool.document(text));
}

interface PathRelease {
  readonly path: string;
  readonly draft: AdapterDraft;
  /** Whether the name is but the last segment of the path, as the tag names none. */
  readonly namedByPath: boolean;
}

function releaseOf(path: string, text: (name: string) => string, options: AdapterOptions): PathRelease {
  const of = (name: string) => text(path === '.' ? name : `${path}--${name}`) || undefined;
  const tag = of('tag_name');
  const version = of('version');
  if (tag === undefined || version === undefined) {
    throw tool.fault(`; ${path} has no tag_name and version`);
  }
  const read = readTag(tag, options.tagPattern);
  const named = options.component ?? ('fault' in read ? null : read.component);
  const body = of('body');
  const url = of('html_url');
  const fields = given({
    component: named ?? (path === '.' ? undefined : path.split('/').at(-1)),
    componentVersion: version.replace(/^v/, ''),
    commit: of('sha'),
    links: url === undefined ? undefined : { release: url },
    changelog: body === undefined ? undefined : clippedChangelog(body),
  });
  return { path, draft: { fields, tag, place: path === '.' ? 'the root' : path }, namedByPath: named === null };
}

/**
 * `services/orders/api` and `services/billing/api` are two: where several would have one name, all but the one whose
 * tag says it are called by the whole path.
 */
function wholeNames(releases: readonly PathRelease[]): PathRelease[] {
  const byName = groupBy(releases, ({ draft }) => draft.fields.component ?? null);
  return releases.map((release) => {
    const { path, draft, namedByPath } = release;
    const alike = byName.get(draft.fields.component ?? '') ?? [];
    const isOwner = !namedByPath && alike.filter((other) => !other.namedByPath).length === 1;
    if (path === '.' || alike.length < 2 || isOwner) return release;
    return { ...release, draft: { ...draft, fields: { ...draft.fields, component: path } } };
  });
}
