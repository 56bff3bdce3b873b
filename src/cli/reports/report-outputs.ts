import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { InvalidArgumentError } from 'commander';
import { Ending, EXIT } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Forms } from './forms.ts';
import { SUMMARY_BYTES } from './report-github.ts';
import { bytesOf } from './report-markdown.ts';

/** What may be asked for. `github` is a summary in Markdown; its annotations go to the log. */
const FORMATS = ['text', 'json', 'markdown', 'junit', 'slack', 'github'] as const;
export type ReportFormat = (typeof FORMATS)[number];

/** A comment on GitHub holds 65,536 characters, which are no more than so many bytes. */
const COMMENT_BYTES = 65_000;

/** One form of the report, and where it goes. */
export interface ReportOutput {
  readonly format: ReportFormat;
  /** Null: standard output; for `github` the job's summary, where there is one. */
  readonly file: string | null;
}

/**
 * Reads one `--format`: `json`, or `json=report.json`.
 *
 * @throws InvalidArgumentError
 */
export function collectOutput(value: string, before: readonly ReportOutput[] | undefined): readonly ReportOutput[] {
  const cut = value.indexOf('=');
  const [word, file] = cut === -1 ? [value, null] : [value.slice(0, cut), value.slice(cut + 1)];
  const format = FORMATS.find((known) => known === word);
  if (format === undefined) throw new InvalidArgumentError(`Allowed choices are ${FORMATS.join(', ')}.`);
  if (file?.trim() === '') throw new InvalidArgumentError(`Expected a file after =, such as ${format}=report.txt.`);
  return [...(before ?? []), { format, file: file === '-' ? null : file }];
}

/**
 * The outputs that were asked for; text on standard output where none was.
 *
 * @throws Ending (usage) where two would be mixed up: on standard output, or in one file
 */
export function outputsAsked(
  asked: readonly ReportOutput[] | undefined,
  { environment }: Pick<Surroundings, 'environment'>,
): readonly ReportOutput[] {
  const outputs = asked ?? [{ format: 'text', file: null } as const];
  const places = outputs.map(({ format, file }) =>
    format === 'github' && file === null ? environment.GITHUB_STEP_SUMMARY || null : file,
  );
  if (places.filter((place) => place === null).length > 1) {
    throw new Ending(
      EXIT.usage,
      '--format: only one can go to standard output; name a file for the others, such as --format json=report.json.',
    );
  }
  const twice = places.find((place, index) => place !== null && places.indexOf(place) !== index);
  if (twice !== undefined) throw new Ending(EXIT.usage, `--format: two formats cannot both go to ${twice}.`);
  return outputs;
}

/**
 * Writes what is reported in every form that was asked for. Annotations go to standard error, which GitHub's runner
 * reads as well, so that standard output stays whole for another format.
 *
 * @throws Ending (usage) where a file cannot be written
 */
export function writeOutputs(
  forms: Forms,
  outputs: readonly ReportOutput[],
  { stdout, stderr, environment }: Pick<Surroundings, 'stdout' | 'stderr' | 'environment'>,
): void {
  for (const { format, file } of outputs) {
    if (format === 'github') stderr(forms.annotations());
    const summary = format === 'github' && file === null ? environment.GITHUB_STEP_SUMMARY : undefined;
    if (summary) attempt(summary, () => appendFileSync(summary, summaryFor(forms, summary)));
    else if (file === null) stdout(written(forms, format));
    else attempt(file, () => writeFileSync(file, written(forms, format)));
  }
}

function written(forms: Forms, format: ReportFormat): string {
  if (format === 'github') return forms.markdown(SUMMARY_BYTES);
  return format === 'markdown' ? forms.markdown(COMMENT_BYTES) : forms[format]();
}

/** Other commands of the step may have written to its summary, which has one limit for all. */
function summaryFor(forms: Forms, path: string): string {
  const taken = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const summary = `${taken === 0 ? '' : '\n'}${forms.markdown(SUMMARY_BYTES - taken - 1)}`;
  // Where not even the head fits, GitHub would refuse the whole summary, what is there already included.
  return taken + bytesOf(summary) <= SUMMARY_BYTES ? summary : '';
}

function attempt(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new Ending(EXIT.usage, `${file} cannot be written: ${error instanceof Error ? error.message : error}`);
  }
}
