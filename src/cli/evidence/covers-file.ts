import { z } from 'zod';
import type { Covered } from '../../release/item/evidence.ts';
import { type Covers, covers, faultsOf } from '../../release/item/evidence-input.ts';
import { jsonText } from '../../release/text/json-text.ts';
import { usage } from '../context/exit-codes.ts';
import { readText } from '../context/items-file.ts';

/** What there was of a release at a moment, as `attest --snapshot` writes it. */
const snapshot = z.strictObject({
  schema: z.literal(1),
  release: z.string(),
  /** ISO 8601 in UTC. */
  readAt: z.string(),
  covers,
});

export function snapshotText(release: string, readAt: string, contents: readonly Covered[]): string {
  return jsonText({ schema: 1, release, readAt, covers: coversOf(contents) } satisfies z.output<typeof snapshot>);
}

/** As an item holds it. */
export function coversOf(contents: readonly Covered[]): Covers {
  return Object.fromEntries(
    contents.map(({ component, content: { kind, text } }) => [component, { [kind]: text }] as [string, Covers[string]]),
  );
}

/**
 * Reads what there was of a release before.
 *
 * @throws ExitError (usage) where the file is none, or of another release
 */
export function readSnapshot(file: string, release: string): Covers {
  const refuse = (words: string) => usage(`--covers: ${file} ${words}`);
  let read: unknown;
  try {
    read = JSON.parse(readText(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw refuse(`is not JSON (${error.message}): expected what attest --snapshot writes.`);
  }
  const parsed = snapshot.safeParse(read);
  if (!parsed.success) throw refuse(`is not what attest --snapshot writes: ${faultsOf(parsed.error)[0]}.`);
  if (parsed.data.release !== release) throw refuse(`is of ${parsed.data.release}, not of ${release}.`);
  if (Object.keys(parsed.data.covers).length === 0) throw refuse('holds no component: nothing was checked.');
  return parsed.data.covers;
}
