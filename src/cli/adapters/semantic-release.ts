import { z } from 'zod';
import { type Adapter, clippedChangelog, expecting, given, optionalText } from './tool-output.ts';

const tool = expecting(
  'the context of a semantic-release plugin as JSON, or its nextRelease {version, gitTag, gitHead, …}',
);

const nextRelease = z.looseObject({
  version: z.string(),
  gitTag: optionalText,
  gitHead: optionalText,
  channel: optionalText,
  notes: optionalText,
});
const context = z.looseObject({
  nextRelease,
  envCi: z.looseObject({ commit: optionalText }).nullish(),
  releases: z.array(z.looseObject({ url: optionalText })).nullish(),
});

export const semanticRelease: Adapter = {
  type: null,
  of: 'build',
  place: null,
  read(output, { component }) {
    const document = tool.document(output.document());
    const whole = context.safeParse(document);
    const next = whole.success ? whole.data.nextRelease : tool.shaped(nextRelease, document);
    const urls = whole.success
      ? (whole.data.releases ?? []).flatMap(({ url }) => (url === undefined ? [] : [url]))
      : [];
    const [url] = urls;
    const fields = given({
      component: component ?? undefined,
      componentVersion: next.version,
      commit: next.gitHead ?? (whole.success ? whole.data.envCi?.commit : undefined),
      changelog: next.notes === undefined ? undefined : clippedChangelog(next.notes),
      links: url === undefined ? undefined : { release: url },
      meta: next.channel === undefined ? undefined : { channel: next.channel },
    });
    return { drafts: [{ fields, tag: next.gitTag ?? null }], notices: [] };
  },
};
