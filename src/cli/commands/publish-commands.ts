import type { Command } from 'commander';
import type { CliContext } from '../context/cli-context.ts';
import type { ExitCode } from '../context/exit-codes.ts';
import { formatOption, WRITE_FORMATS } from '../context/outputs.ts';
import { among, single } from '../context/single-option.ts';
import { addPublishOptions, type PublishOptions } from '../publish/publish-options.ts';
import { addJudgingOptions } from '../reports/report-options.ts';
import { addConnectionOptions, type ConnectionOptions } from '../table/table-options.ts';
import { exportItems } from './export.ts';
import { type ImportOptions, importItems } from './import.ts';
import { type NotifyOptions, notify } from './notify.ts';
import { publish } from './publish.ts';
import { createTable, type DescribeTableOptions, describeReleaseTable } from './table.ts';

/**
 * Adds the commands that write the table, or all of it elsewhere.
 *
 * @param end is told what a command ended with
 */
export function addPublishCommands(program: Command, context: CliContext, end: (code: ExitCode) => void): void {
  addPublishOptions(program.command('publish'))
    .description('writes one or many fragments, idempotently')
    .exitOverride()
    .action(async (options: PublishOptions) => end(await publish(options, context)));

  addConnectionOptions(program.command('import'))
    .description('writes the items or fragments of a file, each unless another is there')
    .argument(
      '<file>',
      'JSON array, NDJSON, or what `aws dynamodb scan` prints or an export to S3 holds; - for standard input',
    )
    .option('--replace', 'replace other content; what is replaced is kept in the item')
    .addOption(single('--save <file>', 'where items that could not be written are kept (not-imported.ndjson)'))
    .addOption(formatOption(WRITE_FORMATS))
    .exitOverride()
    .action(async (file: string, options: ImportOptions) => end(await importItems(file, options, context)));

  addConnectionOptions(program.command('export'))
    .description('writes all items of the table to a file')
    .argument('<file>', '.json: an array; anything else: one item per line; - for standard output')
    .exitOverride()
    .action(async (file: string, options: ConnectionOptions) => end(await exportItems(file, options, context)));

  addJudgingOptions(program.command('notify').argument('<release>', 'its tag, such as v1.4.0'))
    .description('posts to Slack when the verdict, or what blocks, has changed')
    .addOption(single('--webhook-file <file>', 'a file with the address of the webhook; else RELEASE_MATRIX_WEBHOOK'))
    .option('--dry-run', 'print the message without posting or remembering it')
    .action(async (release: string, options: NotifyOptions) => end(await notify(release, options, context)));

  const table = program.command('table').description('creates or describes the table').exitOverride();
  addConnectionOptions(table.command('create'))
    .description('creates the table as documented, and waits until it is ready')
    .exitOverride()
    .action(async (options: ConnectionOptions) => end(await createTable(options, context)));
  addConnectionOptions(table.command('describe'))
    .description('keys, size, status, and the policy in force')
    .addOption(among('--format <format>', 'what to print', ['text', 'json']))
    .exitOverride()
    .action(async (options: DescribeTableOptions) => end(await describeReleaseTable(options, context)));
}
