import { writeFileSync } from 'node:fs';
import type { CliContext } from './cli-context.ts';
import { type Output, refuseMixed, writeOutput } from './outputs.ts';

/** How a command tells what it has written into the table. */
export const WRITE_FORMATS = ['text', 'json'] as const;
type WriteFormat = (typeof WRITE_FORMATS)[number];
export type WriteOutput = Output<WriteFormat>;

/** Outputs of a command that are known to be possible. */
export interface OpenOutputs {
  /** Hands each output its text. */
  readonly write: (textOf: Readonly<Record<WriteFormat, () => string>>) => void;
}

/**
 * Empties the files that were asked for, before anything is written into the table: what could not be told afterwards is
 * better not begun.
 *
 * @throws ExitError (usage) where a file cannot be written, or two outputs would be mixed up
 */
export function openOutputs(
  asked: readonly WriteOutput[] | undefined,
  { stdout }: Pick<CliContext, 'stdout'>,
): OpenOutputs {
  const outputs = asked ?? [{ format: 'text', file: null } as const];
  const files = outputs.map(({ file }) => file);
  refuseMixed(files);
  for (const file of files) if (file !== null) writeOutput(file, () => writeFileSync(file, ''));
  return {
    write(textOf) {
      for (const { format, file } of outputs) {
        const text = textOf[format]();
        if (file === null) stdout(text);
        else writeOutput(file, () => writeFileSync(file, text));
      }
    },
  };
}
