import type { Command, Option } from 'commander';
import type { CliContext } from '../context/cli-context.ts';
import { durationMs } from '../context/duration.ts';
import type { ExitCode } from '../context/exit-codes.ts';
import { among, single } from '../context/single-option.ts';
import { addReadingOptions, addReportOptions } from '../reports/report-options.ts';
import { type CheckOptions, check, report, type TellingOptions } from './check.ts';
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

/**
 * Adds the commands that read the table and tell of it.
 *
 * @param end is told what a command will end with
 */
export function addReportCommands(
  program: Command,
  context: CliContext,
  end: (work: Promise<ExitCode>) => Promise<void>,
): void {
  addReportOptions(program.command('check'))
    .description('the gate: findings and verdict of a release, or of all')
    .addOption(single('--wait <duration>', 'wait so long for fragments that are late, such as 10m', durationMs))
    .option('--report-only', 'tell the verdict, but end with 0 where it is fail')
    .action((release: string | undefined, options: CheckOptions) => end(check(release, options, context)));

  addReportOptions(program.command('report'))
    .description('the same for people: never blocks')
    .action((release: string | undefined, options: TellingOptions) => end(report(release, options, context)));

  addReadingOptions(program.command('compare'))
    .description('what changed between two of: a release, @prod (what runs there), prev (the stable before the other)')
    .argument('<a>', 'v1.3.0, @prod or prev')
    .argument('<b>', 'v1.4.0, @prod or prev')
    .addOption(estateFormat())
    .action((a: string, b: string, options: CompareOptions) => end(compare(a, b, options, context)));

  addReadingOptions(program.command('manifest'))
    .description('what a release is made of, in one document')
    .argument('<release>', 'its tag, such as v1.4.0')
    .addOption(among('--format <format>', 'how it is written', MANIFEST_FORMATS).default('json'))
    .action((release: string, options: ManifestOptions) => end(manifest(release, options, context)));

  addReadingOptions(program.command('deployed'))
    .description('what runs where')
    .addOption(single('--environment <name>', 'this one only'))
    .addOption(estateFormat())
    .action((options: DeployedOptions) => end(deployed(options, context)));
}

function estateFormat(): Option {
  return among('--format <format>', 'what to print', ESTATE_FORMATS).default('text');
}
