import { type Command, InvalidArgumentError, type Option } from 'commander';
import { SEVERITIES } from '../../release/finding/finding.ts';
import { WAIVED_SHOWN } from '../../release/finding/finding-filters.ts';
import { FINDING_CODES } from '../../release/finding/severity.ts';
import type { WrittenTagForm } from '../../release/plan/tag-form.ts';
import type { CliContext } from '../context/cli-context.ts';
import { durationMs } from '../context/duration.ts';
import type { ExitCode } from '../context/exit-codes.ts';
import { formatOption } from '../context/outputs.ts';
import { among, repeated, single } from '../context/single-option.ts';
import { PLAN_FORMATS } from '../reports/plan-forms.ts';
import { addReadingOptions, addReportOptions, ownerOption, typesOption } from '../reports/report-options.ts';
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
import { FIND_FORMATS, type FindOptions, find } from './find.ts';
import { type FindingsOptions, findings } from './findings.ts';
import { NOTES_FORMATS, type NotesOptions, notes } from './notes.ts';
import { type PlanOptions, plan, readWrittenForm } from './plan.ts';

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
    .addOption(single('--wait <duration>', 'how long to wait for late fragments, such as 10m', durationMs))
    .option('--report-only', 'print the verdict, but exit with 0 if it is fail')
    .action((release: string | undefined, options: CheckOptions) => end(check(release, options, context)));

  addReportOptions(program.command('report'))
    .description('like check, for people to read: never blocks')
    .action((release: string | undefined, options: TellingOptions) => end(report(release, options, context)));

  addReadingOptions(program.command('compare'))
    .description(
      'what changed between two of: a release, @prod (what runs there), @prod{2026-11-15} (what ran there then), prev (the stable before the other)',
    )
    .argument('<a>', 'v1.3.0, @prod or prev')
    .argument('<b>', 'v1.4.0, @prod or prev')
    .addOption(ownerOption('only what they own'))
    .addOption(estateFormat())
    .action((a: string, b: string, options: CompareOptions) => end(compare(a, b, options, context)));

  addReadingOptions(program.command('find'))
    .description('which releases have a change, and where it runs')
    .argument(
      '<change>',
      'a commit, #123, acme/orders#123, PAY-812, a digest, an image, a version, orders@1.4.0, or its address',
    )
    .addOption(among('--format <format>', 'what to print', FIND_FORMATS).default('text'))
    .action((change: string, options: FindOptions) => end(find(change, options, context)));

  addReadingOptions(program.command('manifest'))
    .description('the contents of a release, in one document')
    .argument('<release>', 'its tag, such as v1.4.0')
    .addOption(among('--format <format>', 'how it is written', MANIFEST_FORMATS).default('json'))
    .action((release: string, options: ManifestOptions) => end(manifest(release, options, context)));

  addReadingOptions(program.command('notes'))
    .description('one release note over all repositories')
    .argument('<release>', 'its tag, such as v1.4.0')
    .addOption(
      single(
        '--since <release>',
        'since this one; prev: the candidate or release before; default: the stable release before',
      ),
    )
    .addOption(among('--format <format>', 'how it is written', NOTES_FORMATS).default('markdown'))
    .action((release: string, options: NotesOptions) => end(notes(release, options, context)));

  addReadingOptions(program.command('deployed'))
    .description('what runs where')
    .addOption(single('--environment <name>', 'this one only'))
    .addOption(single('--at <time>', 'what ran then: a time, or a date (its end, in UTC)'))
    .addOption(ownerOption('only what they own'))
    .addOption(estateFormat())
    .action((options: DeployedOptions) => end(deployed(options, context)));

  addReadingOptions(program.command('findings'))
    .description('what is found in all releases, and whose it is; never blocks')
    .option('--current', 'only of the newest stable release, newer ones, and what runs somewhere')
    .addOption(ownerOption('only of what they own now'))
    .addOption(repeated('--severity <severity>', 'only error, warning or info; may be repeated', oneOf(SEVERITIES)))
    .addOption(
      repeated('--code <code>', 'only these, such as missing-component; may be repeated', oneOf(FINDING_CODES)),
    )
    .addOption(among('--waived <which>', 'what to do with what is waived', WAIVED_SHOWN).default('show'))
    .addOption(estateFormat())
    .action((options: FindingsOptions) => end(findings(options, context)));

  addReadingOptions(program.command('plan'))
    .description('the remaining steps of a promotion or a roll-back; changes nothing')
    .argument('<release>', 'the release to promote, or to roll back to')
    .addOption(single('--to <stage>', 'what it becomes: stable, rc, beta, or a release of its line, v1.4.0'))
    .addOption(single('--environment <name>', 'the roll-back: the environment in which this release is to run'))
    .addOption(typesOption('--not-yet <types>', 'before the roll-out: do not expect components of these types'))
    .addOption(formatOption(PLAN_FORMATS))
    .addOption(
      single('--command <command>', 'for sh: the command of a step, with {repo}, {tag}, {commit}; or {image} …'),
    )
    .addOption(
      repeated('--tag-form <form>', 'for tags that cannot be derived, {component}@{version}; may be repeated', tagForm),
    )
    .addOption(single('--wait <duration>', 'for sh: how long each wave waits', waitText).default('30m'))
    .option('--force', 'print the steps although the release does not pass')
    .action((release: string, options: PlanOptions) => end(plan(release, options, context)));
}

function estateFormat(): Option {
  return among('--format <format>', 'what to print', ESTATE_FORMATS).default('text');
}

/** @throws InvalidArgumentError */
function oneOf(choices: readonly string[]): (value: string) => string {
  return (value) => {
    if (choices.includes(value)) return value;
    throw new InvalidArgumentError(`Allowed choices are ${choices.join(', ')}.`);
  };
}

/** Checked here, and handed on as it is written. @throws InvalidArgumentError */
function waitText(text: string): string {
  durationMs(text);
  return text;
}

/** @throws InvalidArgumentError */
function tagForm(text: string): WrittenTagForm {
  const read = readWrittenForm(text);
  if ('fault' in read) throw new InvalidArgumentError(read.fault);
  return read;
}
