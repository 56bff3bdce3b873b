import type { GateReport } from '../../release/report/gate.ts';
import { lateFragments } from '../../release/report/late-fragments.ts';
import { type OnlyChanges, onlyChangesLines } from '../../release/report/only-changes.ts';
import type { CliContext } from '../context/cli-context.ts';
import { durationWords } from '../context/duration.ts';
import { EXIT, type ExitCode, ExitError, exitOfStop, usage } from '../context/exit-codes.ts';
import { logLines, say } from '../context/printable.ts';

import { formsOfRelease, formsOfTable } from '../reports/forms.ts';
import { type ReleaseReport, reportRelease, reportTable } from '../reports/release-report.ts';
import type { ReportOptions } from '../reports/report-options.ts';
import { outputsAsked, type ReportOutput, writeOutputs } from '../reports/report-outputs.ts';
import { tableVerdict } from '../reports/table-forms.ts';
import { readItemsOf } from '../table/table-options.ts';

/** Options of `report`. */
export interface TellingOptions extends ReportOptions {
  /** Every release of the table, instead of one. */
  readonly all?: boolean;
  /** Of all those that no later one has superseded. */
  readonly current?: boolean;
}

export interface CheckOptions extends TellingOptions {
  /** How long late fragments are waited for, milliseconds. */
  readonly wait?: number;
  /** The verdict is told but never blocks. */
  readonly reportOnly?: boolean;
}

/** Pause between two readings, milliseconds: a reading costs what a whole table costs. */
const LOOK_EVERY_MS = 15_000;
/** Late components that are named while waiting. */
const MOST_NAMES = 10;

/**
 * Gates a release, or all of them, and prints what the gate says.
 *
 * @param release undefined: `--all` is asked for
 * @throws ExitError for bad input (`usage`) and for what cannot be read (`unknown`)
 */
export async function check(
  release: string | undefined,
  options: CheckOptions,
  context: CliContext,
): Promise<ExitCode> {
  const outputs = outputsAsked(options.format, context);
  const fault = usageFault(release, options);
  if (fault !== null) throw usage(fault);
  const { verdict, onlyChanges } =
    release === undefined
      ? await checkTable(options, outputs, context)
      : await checkRelease(release, options, outputs, context);
  if (onlyChanges !== null) context.stderr(logLines(onlyChangesLines(onlyChanges)));
  if (verdict === 'unknown') return EXIT.unknown;
  return verdict === 'fail' && options.reportOnly !== true ? EXIT.blocked : EXIT.pass;
}

function usageFault(
  release: string | undefined,
  { all, current, since, only, wait, from }: CheckOptions,
): string | null {
  if (release === undefined && all !== true) return 'Expected a release, such as v1.4.0, or --all.';
  if (release !== undefined && all === true) return 'Expected a release or --all, not both.';
  if (current === true && all !== true) return '--current leaves some out of --all, which is not given.';
  if (since !== undefined && all === true) return '--since is for one release, not for --all.';
  if (only !== undefined && all === true) return '--only is for one release, not for --all.';
  if (wait === undefined) return null;
  if (all === true) return '--wait is for one release: of all of them some may never be whole.';
  return from === '-' ? '--wait reads again and again, which standard input cannot be.' : null;
}

async function checkRelease(
  release: string,
  options: CheckOptions,
  outputs: readonly ReportOutput[],
  context: CliContext,
): Promise<{ verdict: GateReport['verdict']; onlyChanges: OnlyChanges | null }> {
  const report = await waitForReport(release, options, context);
  writeOutputs(formsOfRelease(report), outputs, context);
  if (report.newest.length > 0) {
    say(context, `The newest releases are ${report.newest.join(', ')}.`);
  }
  return { verdict: report.said.verdict, onlyChanges: report.onlyChanges };
}

async function checkTable(
  options: CheckOptions,
  outputs: readonly ReportOutput[],
  context: CliContext,
): Promise<{ verdict: GateReport['verdict']; onlyChanges: OnlyChanges | null }> {
  const read = await readItemsOf(options, context);
  const report = reportTable(read, options.current === true, { ...options, now: options.now ?? context.now() });
  writeOutputs(formsOfTable(report), outputs, context);
  return { verdict: tableVerdict(report.said), onlyChanges: report.onlyChanges };
}

/**
 * Tells of a release, or of all of them, whatever the verdict.
 *
 * @throws ExitError as `check`
 */
export async function report(
  release: string | undefined,
  options: TellingOptions,
  context: CliContext,
): Promise<ExitCode> {
  return await check(release, { ...options, reportOnly: true }, context);
}

/**
 * Reads everything and judges one release.
 *
 * @throws ExitError as `check`
 */
export async function readReport(release: string, options: ReportOptions, context: CliContext): Promise<ReleaseReport> {
  const read = await readItemsOf(options, context);
  return reportRelease(read, release, { ...options, now: options.now ?? context.now() });
}

/** Reads and judges once, or again and again while only late fragments keep the release from passing. */
async function waitForReport(release: string, options: CheckOptions, context: CliContext): Promise<ReleaseReport> {
  const { patience, stop } = context;
  const startedAt = patience.elapsedMs();
  const leftMs = () => (options.wait ?? 0) - (patience.elapsedMs() - startedAt);
  let judged = await readReport(release, options, context);
  let told = '';
  while (leftMs() > 0) {
    const late = lateFragments(judged.whole);
    if (late === null) break;
    const words = lateWords(release, late.components);
    // Once for each change: a line every 15 seconds would bury the rest of the log.
    if (words !== told) say(context, `${words}; waiting for up to ${durationWords(leftMs())}`);
    told = words;
    await patience.pause(Math.min(LOOK_EVERY_MS, leftMs()), stop);
    if (stop.aborted) throw new ExitError(exitOfStop(stop), 'Stopped.');
    try {
      judged = await readReport(release, options, context);
    } catch (error) {
      // What could be read once can likely be read again: throttling passes.
      if (!(error instanceof ExitError) || error.exitCode !== EXIT.unknown || leftMs() <= 0) throw error;
      say(context, `Could not be read, trying again:  ${error.message.split('\n')[0] ?? ''}`);
    }
  }
  return judged;
}

function lateWords(release: string, components: readonly string[]): string {
  if (components.length === 0) return `There is no fragment of ${release} yet`;
  const more = components.length > MOST_NAMES ? ` and ${components.length - MOST_NAMES} more` : '';
  return `${release} still lacks ${components.slice(0, MOST_NAMES).join(', ')}${more}`;
}
