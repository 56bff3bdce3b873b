import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const REPOSITORY = resolve(import.meta.dirname, '../..');

/** What a process said and ended with. */
export interface Ended {
  /** -1 where a signal ended it. */
  readonly exitCode: number;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as it is given away, made from the sources as they are now: a process of it starts at once. */
export function builtProgram() {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-built-'));
  execFileSync(process.execPath, ['scripts/build-cli.mjs', folder], { cwd: REPOSITORY });
  const file = join(folder, 'release-matrix.mjs');
  return {
    file,
    /** Starts it in an empty folder, with nothing of our environment but the PATH, and with what is given. */
    start(
      words: readonly string[],
      environment: Readonly<Record<string, string>> = {},
    ): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
      const child = spawn(process.execPath, [file, ...words], {
        cwd: folder,
        env: { PATH: process.env.PATH, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr'] as const) {
        child[stream].setEncoding('utf8').on('data', (text) => {
          said[stream] += text;
        });
      }
      const ended = new Promise<Ended>((end, fail) => {
        child.on('error', fail);
        child.on('close', (exitCode, signal) => end({ exitCode: exitCode ?? -1, signal, ...said }));
      });
      return { child, ended };
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
