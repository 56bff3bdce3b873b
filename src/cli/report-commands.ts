import { type Command, InvalidArgumentError, Option } from 'commander';
import { STAGES } from '../release/release.ts';
import { type CheckOptions, check, type ReportOptions, report } from './check.ts';
import { durationMs } from './duration.ts';
import {
  type CompareOptions,
  compare,
  type DeployedOptions,
  deployed,
  ESTATE_FORMATS,
  MANIFEST_FORMATS,
  type ManifestOptions,
  manifest,
} from './estate-commands.ts';
import type { ExitCode } from './exit-codes.ts';
import { collectOutput } from './reports/report-outputs.ts';
import type { Surroundings } from './surroundings.ts';
import { addTableOptions } from './table-options.ts';

/**
 * Adds the commands that read the table and tell of it.
 *
 * @param end is told what a command will end with
 */
export function addReportCommands(
  program: Command,
  surroundings: Surroundings,
  end: (work: Promise<ExitCode>) => Promise<void>,
): void {
  addReportOptions(program.command('check'))
    .description('the gate: findings and verdict of a release')
    .option('--wait <duration>', 'wait so long for fragments that are late, such as 10m', durationMs)
    .option('--report-only', 'tell the verdict, but end with 0 where it is fail')
    .action((release: string, options: CheckOptions) => end(check(release, options, surroundings)));

  addReportOptions(program.command('report'))
    .description('the same for people: never blocks')
    .action((release: string, options: ReportOptions) => end(report(release, options, surroundings)));

  addReadingOptions(program.command('compare'))
    .description('what changed between two of: a release, @prod (what runs there), prev (the stable before the other)')
    .argument('<a>', 'v1.3.0, @prod or prev')
    .argument('<b>', 'v1.4.0, @prod or prev')
    .addOption(estateFormat())
    .action((a: string, b: string, options: CompareOptions) => end(compare(a, b, options, surroundings)));

  addReadingOptions(program.command('manifest'))
    .description('what a release is made of, in one document')
    .argument('<release>', 'its tag, such as v1.4.0')
    .addOption(new Option('--format <format>', 'how it is written').choices(MANIFEST_FORMATS).default('json'))
    .action((release: string, options: ManifestOptions) => end(manifest(release, options, surroundings)));

  addReadingOptions(program.command('deployed'))
    .description('what runs where')
    .option('--environment <name>', 'this one only')
    .addOption(estateFormat())
    .action((options: DeployedOptions) => end(deployed(options, surroundings)));
}

function estateFormat(): Option {
  return new Option('--format <format>', 'what to print').choices(ESTATE_FORMATS).default('text');
}

function addReportOptions(command: Command): Command {
  return addReadingOptions(command)
    .argument('<release>', 'its tag, such as v1.4.0')
    .addOption(new Option('--as <stage>', 'judge by the severities of this stage').choices(STAGES))
    .option('--link <template>', 'address of a release on your dashboard, with {release}', linkTemplate)
    .option(
      '--format <format>',
      'text, json, markdown, junit, slack or github, here or into a file (json=report.json); may be repeated',
      collectOutput,
    );
}

/** What everything takes that reads items and judges them. */
function addReadingOptions(command: Command): Command {
  return addTableOptions(command)
    .option('--policy <file>', 'policy document; else the table’s policy item, else defaults')
    .option('--now <time>', 'fix the clock, ISO 8601 such as 2026-11-20T12:00:00Z', isoTime)
    .exitOverride();
}

function isoTime(value: string): string {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('Expected ISO 8601, such as 2026-11-20T12:00:00Z.');
  return new Date(time).toISOString();
}

/** Only http and https: what a person may be made to follow. */
function linkTemplate(value: string): string {
  const filled = value.replaceAll('{release}', 'v1.4.0');
  const url = /^https?:\/\/[^\s\\]+$/i.test(value) && URL.canParse(filled) ? new URL(filled) : null;
  if (url === null || url.username !== '' || url.password !== '') {
    throw new InvalidArgumentError(
      'Expected http:// or https://, such as https://releases.example/?release={release}.',
    );
  }
  return value;
}
