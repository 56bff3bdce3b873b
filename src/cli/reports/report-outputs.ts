import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { MAX_GITHUB_COMMENT_BYTES, MAX_GITHUB_SUMMARY_BYTES } from '../../limits/limits.ts';
import type { CliContext } from '../context/cli-context.ts';
import { type Output, refuseMixed, writeOutput } from '../context/outputs.ts';
import type { Forms } from './forms.ts';
import { bytesOf } from './report-markdown.ts';

/** What may be asked for. `html` is the dashboard as one file; `github` is a summary in Markdown; its annotations go to the log. */
export const REPORT_FORMATS = ['text', 'json', 'markdown', 'junit', 'slack', 'github', 'html'] as const;
type ReportFormat = (typeof REPORT_FORMATS)[number];

/** One form of the report, and where it goes; null is for `github` the job's summary, where there is one. */
export type ReportOutput = Output<ReportFormat>;

/**
 * The outputs that were asked for; text on standard output where none was.
 *
 * @throws ExitError (usage) where two would be mixed up: on standard output, or in one file
 */
export function outputsAsked(
  asked: readonly ReportOutput[] | undefined,
  { environment }: Pick<CliContext, 'environment'>,
): readonly ReportOutput[] {
  const outputs = asked ?? [{ format: 'text', file: null } as const];
  refuseMixed(
    outputs.map(({ format, file }) =>
      format === 'github' && file === null ? environment.GITHUB_STEP_SUMMARY || null : file,
    ),
  );
  return outputs;
}

/**
 * Writes what is reported in every form that was asked for. Annotations go to standard error, which GitHub's runner
 * reads as well, so that standard output stays whole for another format.
 *
 * @throws ExitError (usage) where a file cannot be written, or this program does not have what it takes; (unknown) where there
 *   is nothing to show
 */
export function writeOutputs(
  forms: Forms,
  outputs: readonly ReportOutput[],
  { stdout, stderr, environment, filePage }: Pick<CliContext, 'stdout' | 'stderr' | 'environment' | 'filePage'>,
): void {
  // First, as it may be refused: then nothing is written at all.
  const page = outputs.some(({ format }) => format === 'html') ? forms.html(filePage()) : '';
  const written = (format: ReportFormat): string => (format === 'html' ? page : writtenAs(forms, format));
  for (const { format, file } of outputs) {
    if (format === 'github') stderr(forms.annotations());
    const summary = format === 'github' && file === null ? environment.GITHUB_STEP_SUMMARY : undefined;
    if (summary) writeOutput(summary, () => appendFileSync(summary, summaryFor(forms, summary)));
    else if (file === null) stdout(written(format));
    else writeOutput(file, () => writeFileSync(file, written(format)));
  }
}

function writtenAs(forms: Forms, format: Exclude<ReportFormat, 'html'>): string {
  if (format === 'github') return forms.markdown(MAX_GITHUB_SUMMARY_BYTES);
  return format === 'markdown' ? forms.markdown(MAX_GITHUB_COMMENT_BYTES) : forms[format]();
}

/** Other commands of the step may have written to its summary, which has one limit for all. */
function summaryFor(forms: Forms, path: string): string {
  const taken = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const summary = `${taken === 0 ? '' : '\n'}${forms.markdown(MAX_GITHUB_SUMMARY_BYTES - taken - 1)}`;
  // Where not even the head fits, GitHub would refuse the whole summary, what is there already included.
  return taken + bytesOf(summary) <= MAX_GITHUB_SUMMARY_BYTES ? summary : '';
}
