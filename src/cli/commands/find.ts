import { readChangeQuery } from '../../release/history/change-query.ts';
import { findChange } from '../../release/history/find-change.ts';
import { foundAsLines } from '../../release/history/find-words.ts';
import { jsonText } from '../../release/text/json-text.ts';
import type { CliContext } from '../context/cli-context.ts';
import { EXIT, type ExitCode, usage } from '../context/exit-codes.ts';
import { logLines, printable, printableName } from '../context/printable.ts';
import { type EstateOptions, readEstate } from './estate-commands.ts';

export const FIND_FORMATS = ['text', 'json'] as const;

export interface FindOptions extends EstateOptions {
  readonly format: (typeof FIND_FORMATS)[number];
}

/**
 * Prints which releases have a change, and where it runs.
 *
 * @param text what `readChangeQuery` reads
 * @returns `unknown` where no fragment has it: some may not say
 * @throws ExitError `usage` for what is nothing of that
 */
export async function find(text: string, options: FindOptions, context: CliContext): Promise<ExitCode> {
  const query = readChangeQuery(text);
  if (query === null) {
    throw usage(
      `Expected a commit of 7 digits or more, #123, acme/orders#123, a ticket such as PAY-812, a digest, an image, a version, orders@1.4.0 or the address of one of them, received ${JSON.stringify(text)}.`,
    );
  }
  const { report } = await readEstate(options, context);
  const found = findChange(report, text.trim(), query);
  context.stdout(
    options.format === 'json' ? jsonText(found) : logLines(foundAsLines(found, printableName).map(printable)),
  );
  return found.components.length === 0 ? EXIT.unknown : EXIT.pass;
}
