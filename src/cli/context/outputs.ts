import { writeFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import type { CliContext } from './cli-context.ts';
import { messageOf, usage } from './exit-codes.ts';
import { type RepeatedOption, repeated } from './single-option.ts';

/** One form of what a command says, and where it goes. */
export interface Output<Format extends string> {
  readonly format: Format;
  /** Null: standard output. */
  readonly file: string | null;
}

/** `--format <format>[=file]` of a command that can say the same in several forms at once. */
export function formatOption(formats: readonly string[]): RepeatedOption {
  const words = `${formats.slice(0, -1).join(', ')} or ${formats.at(-1)}`;
  return repeated('--format <format>', `${words}, here or into a file (json=report.json); may be repeated`, (value) =>
    readOutput(value, formats),
  );
}

/** @throws InvalidArgumentError */
function readOutput(value: string, formats: readonly string[]): Output<string> {
  const cut = value.indexOf('=');
  const [word, file] = cut === -1 ? [value, null] : [value.slice(0, cut), value.slice(cut + 1)];
  const format = formats.find((known) => known === word);
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${formats.join(', ')}.`);
  if (file?.trim() === '') throw new InvalidArgumentError(`Expected a file after =, such as ${format}=report.txt.`);
  return { format, file: file === '-' ? null : file };
}

/**
 * Where each output goes; null: standard output.
 *
 * @throws ExitError (usage) where two would be mixed up: on standard output, or in one file
 */
export function refuseMixed(places: readonly (string | null)[]): void {
  if (places.filter((place) => place === null).length > 1) {
    throw usage(
      '--format: only one can go to standard output; name a file for the others, such as --format json=report.json.',
    );
  }
  const twice = places.find((place, index) => place !== null && places.indexOf(place) !== index);
  if (twice !== undefined) throw usage(`--format: two formats cannot both go to ${twice}.`);
}

/** @throws ExitError (usage) where the file cannot be written */
export function writeOutput(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw usage(`${file} cannot be written: ${messageOf(error)}`);
  }
}

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
