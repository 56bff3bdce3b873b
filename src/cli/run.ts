import { Command, CommanderError } from 'commander';
import { addEvidenceCommands } from './commands/evidence-commands.ts';
import { addPolicyCommands } from './commands/policy-commands.ts';
import { addPublishCommands } from './commands/publish-commands.ts';
import { addReportCommands } from './commands/report-commands.ts';
import type { CliContext } from './context/cli-context.ts';
import { EXIT, type ExitCode, ExitError, exitOfStop } from './context/exit-codes.ts';
import { logLines, printable } from './context/printable.ts';

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

/** Adds commands to the program; each tells `ended` what it ended with. */
export type AddCommands = (program: Command, context: CliContext, ended: (code: ExitCode) => void) => void;

/**
 * Runs a command.
 *
 * @param words the command line without node and script
 * @param addMore adds commands besides those of the table
 * @returns what to exit with; never throws
 */
export async function run(words: readonly string[], context: CliContext, addMore?: AddCommands): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.pass;
  const ended = (code: ExitCode): void => {
    exitCode = code;
  };
  const program = commandLine(context, ended);
  addMore?.(program, context, ended);
  try {
    await program.parseAsync(words, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Whatever else went wrong on the way out, it was because somebody stopped it.
    if (context.stop.aborted) return exitOfStop(context.stop);
    if (error instanceof ExitError) return end(error, context);
    // Commander has said what is wrong already; asking for help is no fault.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.pass : EXIT.usage;
    const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
    context.stderr(logLines(['release-matrix failed; please report this.', ...words.split('\n').map(printable)]));
    return EXIT.unknown;
  }
}

/** Says why a run ends early. */
export function end(ending: ExitError, { stderr }: Pick<CliContext, 'stderr'>): ExitCode {
  stderr(logLines(ending.message.split('\n').map(printable)));
  return ending.exitCode;
}

/**
 * Every command, with its arguments and options.
 *
 * @param ended is told what a command ended with
 */
export function commandLine(context: CliContext, ended: (code: ExitCode) => void): Command {
  const program = new Command('release-matrix')
    .description('Publishes, gates and reports releases in a DynamoDB table of release fragments.')
    .addHelpText('after', FIRST_STEPS)
    .configureOutput({
      writeOut: context.stdout,
      writeErr: context.stderr,
      outputError: (text, write) => write(refusal(text)),
    })
    .exitOverride();
  addReportCommands(program, context, async (work) => {
    ended(await orStopped(work, context.stop));
  });
  addPublishCommands(program, context, ended);
  addEvidenceCommands(program, context, ended);
  addPolicyCommands(program, context, ended);
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
    const end = () => reject(new ExitError(exitOfStop(stop), 'Stopped.'));
    if (stop.aborted) end();
    stop.addEventListener('abort', end, { once: true });
    work.then(resolve, reject).finally(() => stop.removeEventListener('abort', end));
  });
}
