import { Command, CommanderError } from 'commander';
import { addPublishCommands } from './commands/publish-commands.ts';
import { addReportCommands } from './commands/report-commands.ts';
import { Ending, EXIT, type ExitCode } from './context/exit-codes.ts';
import { logLines, printable } from './context/printable.ts';
import type { Surroundings } from './context/surroundings.ts';
import { exitOfStop } from './publish/write-entries.ts';

/** What a newcomer wants to type. */
const FIRST_STEPS = `
First steps:
  release-matrix table create --region eu-central-1
  release-matrix publish --release v1.4.0 --type backend --component api --image ghcr.io/acme/api:1.4.0
  release-matrix check v1.4.0
  release-matrix check v1.4.0 --from items.json      (a file instead of a table)
  release-matrix check --all                         (every release of the table)

Exit codes:
  0 pass   1 blocked   2 usage or invalid input   3 could not tell   4 publish conflict
`;

/**
 * Runs a command.
 *
 * @param words the command line without node and script
 * @returns what to exit with; never throws
 */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.pass;
  const program = commandLine(surroundings, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Whatever else went wrong on the way out, it was because somebody stopped it.
    if (surroundings.stop.aborted) return exitOfStop(surroundings.stop);
    if (error instanceof Ending) return end(error, surroundings);
    // Commander has said what is wrong already; asking for help is no fault.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    surroundings.stderr(logLines(['release-matrix failed; please report this.', ...words.split('\n').map(printable)]));
    return EXIT.unknown;
  }
}

/** Says why a run ends early. */
export function end(ending: Ending, { stderr }: Pick<Surroundings, 'stderr'>): ExitCode {
  stderr(logLines(ending.message.split('\n').map(printable)));
  return ending.exitCode;
}

/**
 * Every command, with its arguments and options.
 *
 * @param ended is told what a command ended with
 */
export function commandLine(surroundings: Surroundings, ended: (code: ExitCode) => void): Command {
  const program = new Command('release-matrix')
    .description('Publishes, gates and reports releases in a DynamoDB table of release fragments.')
    .addHelpText('after', FIRST_STEPS)
    .configureOutput({
      writeOut: surroundings.stdout,
      writeErr: surroundings.stderr,
      outputError: (text, write) => write(refusal(text)),
    })
    .exitOverride();
  addReportCommands(program, surroundings, async (work) => {
    ended(await orStopped(work, surroundings.stop));
  });
  addPublishCommands(program, surroundings, ended);
  return program;
}

/** What Commander says of bad usage: it repeats words of the command line as they are, and may suggest others below. */
function refusal(text: string): string {
  return logLines(
    text
      .trimEnd()
      .split(/\n(?=\(Did you mean )/)
      .map(printable),
  );
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
