import { notesOf } from '../../release/history/notes.ts';
import { notesAsMarkdown } from '../../release/history/notes-words.ts';
import { jsonText } from '../../release/text/json-text.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, ExitError } from '../context/exit-codes.ts';
import { type EstateOptions, readEstate } from './estate-commands.ts';

export const NOTES_FORMATS = ['markdown', 'json'] as const;

export interface NotesOptions extends EstateOptions {
  /** A release, or `prev`. */
  readonly since?: string;
  readonly format: (typeof NOTES_FORMATS)[number];
}

/**
 * Prints what a release brings.
 *
 * @throws ExitError `unknown` where there is no fragment of the release, or of the one that it is held against
 */
export async function notes(release: string, options: NotesOptions, context: CliContext): Promise<ExitCode> {
  const { report, policy, estate } = await readEstate(options, context);
  const reading = notesOf(report, estate, policy, release, options.since ?? null);
  if ('unknown' in reading) {
    const tags = report.rows.filter(({ fragments }) => fragments > 0).map((row) => row.release.tag);
    const newest = tags.length === 0 ? 'There are no releases.' : `The newest are ${tags.slice(0, 3).join(', ')}.`;
    throw new ExitError(EXIT.unknown, `There is no fragment of ${reading.unknown}. ${newest}`);
  }
  context.stdout(options.format === 'json' ? jsonText(reading.notes) : notesAsMarkdown(reading.notes));
  return EXIT.pass;
}
