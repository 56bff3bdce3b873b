import { appendFileSync, statSync, writeFileSync } from 'node:fs';
import { type Output, refuseMixed, writeOutput } from '../outputs.ts';
import { jsonText } from '../plain-document.ts';
import type { Surroundings } from '../surroundings.ts';
import type { ReleaseReport } from './release-report.ts';
import { annotationsOf, SUMMARY_BYTES } from './report-github.ts';
import { reportAsJunit } from './report-junit.ts';
import { bytesOf, reportAsMarkdown } from './report-markdown.ts';
import { reportAsSlack } from './report-slack.ts';
import { reportAsText } from './report-text.ts';

/** How each format is written. `github` is its summary; its annotations go to the log. */
const WRITERS = {
  text: reportAsText,
  json: ({ said }) => jsonText(said),
  markdown: (report) => reportAsMarkdown(report),
  junit: reportAsJunit,
  slack: reportAsSlack,
  github: (report) => reportAsMarkdown(report, SUMMARY_BYTES),
} satisfies Record<string, (report: ReleaseReport) => string>;

type ReportFormat = keyof typeof WRITERS;

export const REPORT_FORMATS = Object.keys(WRITERS) as readonly ReportFormat[]; // the keys are those just written

/** One form of the report, and where it goes; null is for `github` the job's summary, where there is one. */
export type ReportOutput = Output<ReportFormat>;

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
  refuseMixed(
    outputs.map(({ format, file }) =>
      format === 'github' && file === null ? environment.GITHUB_STEP_SUMMARY || null : file,
    ),
  );
  return outputs;
}

/**
 * Writes a report in every form that was asked for. Annotations go to standard error, which GitHub's runner reads
 * as well, so that standard output stays whole for another format.
 *
 * @throws Ending (usage) where a file cannot be written
 */
export function writeOutputs(
  report: ReleaseReport,
  outputs: readonly ReportOutput[],
  { stdout, stderr, environment }: Pick<Surroundings, 'stdout' | 'stderr' | 'environment'>,
): void {
  for (const { format, file } of outputs) {
    if (format === 'github') stderr(annotationsOf(report));
    const summary = format === 'github' && file === null ? environment.GITHUB_STEP_SUMMARY : undefined;
    if (summary) writeOutput(summary, () => appendFileSync(summary, summaryFor(report, summary)));
    else if (file === null) stdout(WRITERS[format](report));
    else writeOutput(file, () => writeFileSync(file, WRITERS[format](report)));
  }
}

/** Other commands of the step may have written to its summary, which has one limit for all. */
function summaryFor(report: ReleaseReport, path: string): string {
  const taken = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  const summary = `${taken === 0 ? '' : '\n'}${reportAsMarkdown(report, SUMMARY_BYTES - taken - 1)}`;
  // Where not even the head fits, GitHub would refuse the whole summary, what is there already included.
  return taken + bytesOf(summary) <= SUMMARY_BYTES ? summary : '';
}
