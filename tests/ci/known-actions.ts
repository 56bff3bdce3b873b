import { readFileSync } from 'node:fs';
import { z } from 'zod';

const COMMIT = /\/blob\/[0-9a-f]{40}\//;
/** What was read, and of which version; tests/fixtures/ci/README.md says what the kinds are. */
const source = z
  .strictObject({
    kind: z.enum(['action.yml', 'types', 'code', 'README']),
    version: z.string().regex(/^\d+\.(?:\d+|x)(?:\.(?:\d+|x))?$/),
    url: z.url(),
  })
  .refine(({ kind, url }) => kind !== 'action.yml' || COMMIT.test(url), 'metadata is that of a commit');
const knownAction = z.strictObject({
  sources: z.array(source).min(1),
  /** By name, whether it must be given. */
  inputs: z.record(z.string(), z.boolean()),
  outputs: z.array(z.string()),
});
export type KnownAction = z.output<typeof knownAction>;

const KNOWN = z
  .record(z.string(), knownAction)
  .parse(JSON.parse(readFileSync(new URL('../fixtures/ci/actions.json', import.meta.url), 'utf8')));

/** By `owner/name@v6`, as the workflow says beside the commit. */
export function knownActions(): Readonly<Record<string, KnownAction>> {
  return KNOWN;
}

/** @returns by `owner/name@0000…`, as it is used, `owner/name@v6` */
export function versionsIn(text: string): Map<string, string> {
  const found = text.matchAll(/^\s*(?:- )?uses: (([\w./-]+)@\w+)(?: # (\S+))?$/gm);
  return new Map([...found].map(([, uses, name, version]) => [uses ?? '', `${name}@${version ?? '?'}`]));
}
