import { createInterface } from 'node:readline';
import { type Command, InvalidArgumentError } from 'commander';
import type { CliContext } from '../cli/context/cli-context.ts';
import { type ExitCode, exitOfStop, usage } from '../cli/context/exit-codes.ts';
import { single } from '../cli/context/single-option.ts';
import { builtPage, NO_BUILD } from './built-page.ts';

/** Adds `ui`: the dashboard as it was built, behind the same guard as in development. */
export function addDashboard(program: Command, context: CliContext, ended: (code: ExitCode) => void): void {
  program
    .command('ui')
    .description(
      'serves the dashboard to this machine: your table, as .env and the environment name it, else a demo estate',
    )
    .addOption(single('--port <number>', 'the port to listen on (default: PORT, else 5179)', readPort))
    .option('--shared-machine', 'other people use this machine, too (SHARED_MACHINE=on)')
    .action(async ({ port, sharedMachine }: { port?: number; sharedMachine?: true }) => {
      ended(await serve(context, port, sharedMachine === true));
    });
}

/** Serves until somebody stops it. */
async function serve({ stop }: CliContext, port: number | undefined, sharedMachine: boolean): Promise<ExitCode> {
  const page = builtPage();
  if (page === null) throw usage(NO_BUILD);
  if (sharedMachine) process.env.SHARED_MACHINE = 'on';
  // Every other command does without them.
  const { serveBuilt } = await import('../devserver/serve-built.ts');
  const { openDemoTable } = await import('../demo/open-demo.ts');
  const server = await serveBuilt({
    page,
    root: process.cwd(),
    ...(port === undefined ? {} : { port }),
    openTable: (settings) => openDemoTable(settings),
  });
  const keys = createInterface({ input: process.stdin });
  keys.on('line', (line) => {
    if (line.trim() === 'u') server.print();
  });
  await new Promise<void>((stopped) => {
    if (stop.aborted) stopped();
    stop.addEventListener('abort', () => stopped(), { once: true });
  });
  keys.close();
  await server.close();
  return exitOfStop(stop);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d{4,5}$/.test(text) || port < 1024 || port > 65_535) {
    throw new InvalidArgumentError('Expected a number from 1024 to 65535.');
  }
  return port;
}
