import { z } from 'zod';
import { readTag } from '../tag-pattern.ts';
import {
  type Adapter,
  type AdapterDraft,
  AdapterFault,
  clippedChangelog,
  given,
  jsonDocument,
  shaped,
} from './tool-output.ts';

const EXPECTED = 'the outputs of the release-please action as JSON, toJSON(steps.<id>.outputs)';

const outputs = z.record(z.string(), z.union([z.string(), z.boolean(), z.number(), z.null()]));

export const releasePlease: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output, { tagPattern, component }) {
    const all = new Map(Object.entries(shaped(outputs, jsonDocument(output.document(), EXPECTED), EXPECTED)));
    const text = (name: string) => String(all.get(name) ?? '');
    // v4 says releases_created, v3 release_created for the root.
    const created = [text('releases_created'), text('release_created')].includes('true');
    const paths = pathsOf(text('paths_released'));
    if (!created && paths.length === 0) {
      if (!all.has('releases_created') && !all.has('release_created')) {
        throw new AdapterFault(`expected ${EXPECTED}; it has no releases_created`);
      }
      return { drafts: [], notices: ['release-please released nothing.'] };
    }
    // The root's outputs have no prefix.
    const released = paths.length > 0 ? paths : ['.'];
    return { drafts: released.map((path) => draftOf(path, text, { tagPattern, component })), notices: [] };
  },
};

function pathsOf(text: string): string[] {
  if (text === '') return [];
  return shaped(z.array(z.string()), jsonDocument(text, EXPECTED), EXPECTED);
}

function draftOf(
  path: string,
  text: (name: string) => string,
  { tagPattern, component }: { tagPattern: string | null; component: string | null },
): AdapterDraft {
  const of = (name: string) => text(path === '.' ? name : `${path}--${name}`) || undefined;
  const tag = of('tag_name');
  const version = of('version');
  if (tag === undefined || version === undefined) {
    throw new AdapterFault(`expected ${EXPECTED}; ${path} has no tag_name and version`);
  }
  const read = readTag(tag, tagPattern);
  const named = 'fault' in read ? null : read.component;
  const body = of('body');
  const url = of('html_url');
  const fields = given({
    component: component ?? named ?? (path === '.' ? undefined : path.split('/').at(-1)),
    componentVersion: version.replace(/^v/, ''),
    commit: of('sha'),
    links: url === undefined ? undefined : { release: url },
    changelog: body === undefined ? undefined : clippedChangelog(body),
  });
  return { fields, tag };
}
