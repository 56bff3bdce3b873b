import type { Command } from 'commander';
import type { CliContext } from '../context/cli-context.ts';
import type { ExitCode } from '../context/exit-codes.ts';
import { among, single } from '../context/single-option.ts';
import { nowOption } from '../reports/report-options.ts';
import { addConnectionOptions, addTableOptions } from '../table/table-options.ts';
import { checkPolicy, type DiffPolicyOptions, diffPolicy, type ShowPolicyOptions, showPolicy } from './policy.ts';
import {
  type PutPolicyOptions,
  putPolicy,
  type WaiveOptions,
  type WithdrawOptions,
  waive,
  withdraw,
} from './policy-changes.ts';

/**
 * Adds the commands that read and write the policy of a table.
 *
 * @param end is told what a command ended with
 */
export function addPolicyCommands(program: Command, context: CliContext, end: (code: ExitCode) => void): void {
  const policy = program.command('policy').description('reads and changes the policy of the table').exitOverride();
  const format = () => among('--format <format>', 'what to print', ['text', 'json']);

  addConnectionOptions(policy.command('show'))
    .description('prints the policy, who wrote it, and the policies that it replaced')
    .addOption(single('--version <digest>', 'one of those that it replaced'))
    .addOption(format())
    .exitOverride()
    .action(async (options: ShowPolicyOptions) => end(await showPolicy(options, context)));

  policy
    .command('check')
    .description('checks a policy document, and lists every error in it')
    .argument('<file>', 'JSON; - for standard input')
    .exitOverride()
    .action((file: string) => end(checkPolicy(file, context)));

  addConnectionOptions(policy.command('put'))
    .description('replaces the policy; the last ten are kept')
    .argument('<file>', 'JSON; - for standard input')
    .addOption(
      single(
        '--if-unchanged <digest>',
        'only if this is the digest of the policy now, as show prints it; none: no policy yet',
      ),
    )
    .exitOverride()
    .action(async (file: string, options: PutPolicyOptions) => end(await putPolicy(file, options, context)));

  addTableOptions(policy.command('diff'))
    .description('which verdicts of the newest 20 releases it would change, and by which findings')
    .argument('<file>', 'JSON; - for standard input')
    .addOption(nowOption())
    .addOption(format())
    .exitOverride()
    .action(async (file: string, options: DiffPolicyOptions) => end(await diffPolicy(file, options, context)));

  addConnectionOptions(policy.command('waive'))
    .description('adds a waiver to the policy, or renews the one of the same finding')
    .argument('<code>', 'the finding, such as not-ready')
    .addOption(single('--release <tag or range>', 'the release that it is waived in').makeOptionMandatory())
    .addOption(single('--component <glob>', '<type>#<name>; default: all'))
    .addOption(single('--environment <name>', 'the environment; default: all'))
    .addOption(single('--until <date>', 'the last day, or a time with its zone').makeOptionMandatory())
    .addOption(single('--reason <words>', 'why it does not block').makeOptionMandatory())
    .addOption(byOption())
    .exitOverride()
    .action(async (code: string, options: WaiveOptions) => end(await waive(code, options, context)));

  addConnectionOptions(policy.command('withdraw'))
    .description('withdraws a release, a component or an environment')
    .addOption(single('--release <tag or range>', 'a release that must not be used'))
    .addOption(single('--component <glob>', 'a component that is retired, <type>#<name>'))
    .addOption(single('--releases <range>', 'of a component: the releases; default: all'))
    .addOption(single('--environment <name>', 'an environment that is gone'))
    .addOption(single('--reason <words>', 'why').makeOptionMandatory())
    .addOption(single('--date <date>', 'since when; default: today'))
    .addOption(byOption())
    .exitOverride()
    .action(async (options: WithdrawOptions) => end(await withdraw(options, context)));
}

function byOption() {
  return single('--by <name>', 'who decided it; default: the caller’s AWS identity');
}
