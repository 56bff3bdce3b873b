import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as setTimeoutPromise } from 'node:timers/promises';
import { promisify } from 'node:util';
import { settleProfilePaths } from '../aws/profile-files.ts';
import { MAX_GIT_OUTPUT_BYTES, MAX_STOP_MS } from '../limits/limits.ts';
import { runAction } from './action.ts';
import type { CliContext } from './context/cli-context.ts';
import { EXIT, usage } from './context/exit-codes.ts';
import { type AddCommands, run } from './run.ts';

// The only file of the command line that touches the process.

const EXIT_OF_SIGNAL = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

/**
 * Runs what the words of this process ask for, with its environment, streams and signals, and sets what it exits with.
 *
 * @param addMore adds commands besides those of the table
 * @param filePage as `CliContext#filePage`
 */
export async function runProcess(addMore?: AddCommands, filePage: CliContext['filePage'] = noFilePage): Promise<void> {
  settleProfilePaths(process.env);
  // The SDK announces which Node it will want some day on the standard error of every run.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

  // A crash is never 1, the code of a blocked release.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack ?? error.message}\n`);
    process.exit(EXIT.unknown);
  });
  // A reader that has seen enough (`| head`) closes the pipe; that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? EXIT.pass);
    throw error;
  });

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const end = () => process.exit(EXIT_OF_SIGNAL[signal]);
      // Whoever asks twice does not want to wait.
      if (stop.signal.aborted) end();
      stop.abort(signal);
      setTimeout(end, MAX_STOP_MS);
    });
  }

  const git = promisify(execFile);
  const context: CliContext = {
    stdout: (text) => process.stdout.write(text),
    stderr: (text) => process.stderr.write(text),
    environment: process.env,
    now: () => new Date().toISOString(),
    patience: {
      elapsedMs: () => performance.now(),
      pause: (ms, signal) => setTimeoutPromise(ms, undefined, { signal }).catch(() => {}),
      random: Math.random,
    },
    newId: randomUUID,
    git: (words) =>
      git('git', words, { timeout: 10_000, maxBuffer: MAX_GIT_OUTPUT_BYTES }).then(
        ({ stdout }) => stdout.trim(),
        () => null,
      ),
    filePage,
    stop: stop.signal,
    terminal: process.stderr.isTTY ? process.stderr : null,
  };
  const words = process.argv.slice(2);
  // For action/run.mjs alone, and so in no help: what is asked for stands in the inputs of the GitHub Action.
  const exitCode = await (words.join() === 'action' ? runAction(context) : run(words, context, addMore));
  // A call that was broken off may keep its socket, and with it the process.
  if (stop.signal.aborted) process.exit(exitCode);
  process.exitCode = exitCode;
}

/** The one bundled file is all that the GitHub Action has. */
export function noFilePage(): never {
  throw usage(
    '--format html: the page is not in this program, but in the package: npx release-matrix report v1.4.0 --format html=v1.4.0.html',
  );
}
