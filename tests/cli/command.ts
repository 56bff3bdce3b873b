import { run } from '../../src/cli/run.ts';

/** What a run of the command line said and ended with. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line in this process, with nothing of this process' environment. */
export async function releaseMatrix(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const said = { stdout: '', stderr: '' };
  const exitCode = await run(words, {
    stdout: (text) => {
      said.stdout += text;
    },
    stderr: (text) => {
      said.stderr += text;
    },
    environment,
    now: () => '2026-11-20T12:00:00.000Z',
  });
  return { exitCode, ...said };
}
