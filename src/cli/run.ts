import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { STAGES } from '../release/release.ts';
import { type CheckOptions, check } from './check.ts';
import { Ending, EXIT, type ExitCode } from './exit-codes.ts';
import { logLines, printable } from './printable.ts';
import { addPublishCommands } from './publish-commands.ts';
import type { Surroundings } from './surroundings.ts';
import { addTableOptions } from './table-options.ts';
import { exitOfStop } from './write-entries.ts';

/**
 * Runs a command.
 *
 * @param words the command line without node and script
 * @returns what to exit with; never throws
 */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.pass;
  const program = new Command('release-matrix')
    .description('Publishes, gates and reports releases in a DynamoDB table of release fragments.')
    .configureOutput({ writeOut: surroundings.stdout, writeErr: surroundings.stderr })
    .exitOverride();
  addTableOptions(program.command('check'))
    .description('the gate: findings and verdict of a release')
    .argument('<release>', 'its tag, such as v1.4.0')
    .option('--policy <file>', 'policy document; else the table’s policy item, else defaults')
    .addOption(new Option('--as <stage>', 'judge by the severities of this stage').choices(STAGES))
    .option('--now <time>', 'fix the clock, ISO 8601 such as 2026-11-20T12:00:00Z', isoTime)
    .addOption(new Option('--format <format>', 'what to print').choices(['text', 'json']).default('text'))
    .exitOverride()
    .action(async (release: string, options: CheckOptions) => {
      exitCode = await orStopped(check(release, options, surroundings), surroundings.stop);
    });
  addPublishCommands(program, surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Whatever else went wrong on the way out, it was because somebody stopped it.
    if (surroundings.stop.aborted) return exitOfStop(surroundings.stop);
    if (error instanceof Ending) {
      surroundings.stderr(logLines(error.message.split('\n').map(printable)));
      return error.exitCode;
    }
    // Commander has said what is wrong already; asking for help is no fault.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    surroundings.stderr(logLines(['release-matrix failed; please report this.', ...words.split('\n').map(printable)]));
    return EXIT.unknown;
  }
}

/** For a command that has nothing to bring in order when it is stopped. */
function orStopped<T>(work: Promise<T>, stop: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => reject(new Ending(exitOfStop(stop), 'Stopped.'));
    if (stop.aborted) end();
    stop.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', end));
  });
}

function isoTime(value: string): string {
  const time = /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('Expected ISO 8601, such as 2026-11-20T12:00:00Z.');
  return new Date(time).toISOString();
}
