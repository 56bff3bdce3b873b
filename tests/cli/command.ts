import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CliContext } from '../../src/cli/context/cli-context.ts';
import { run } from '../../src/cli/run.ts';

/** What a run of the command line said and ended with. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The context of a run in this process, with nothing of this process' environment: no git, no waiting. */
export function quietContext(environment: Readonly<Record<string, string>> = {}) {
  const said = { stdout: '', stderr: '' };
  let elapsed = 0;
  const context: CliContext = {
    stdout: (text) => {
      said.stdout += text;
    },
    stderr: (text) => {
      said.stderr += text;
    },
    environment,
    now: () => '2026-11-20T12:00:00.000Z',
    patience: {
      elapsedMs: () => elapsed,
      pause: async (ms) => {
        elapsed += ms;
      },
      random: () => 0.5,
    },
    newId: randomUUID,
    git: async () => null,
    filePage: () => {
      throw new Error('no test has asked for the page');
    },
    stop: new AbortController().signal,
    terminal: null,
  };
  return { said, context };
}

/** Runs the command line in this process. */
export async function releaseMatrix(
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  more: Partial<CliContext> = {},
): Promise<Ran> {
  const { said, context } = quietContext(environment);
  const [name, ...rest] = words;
  // What cannot be written is saved where nobody commits it, unless the test says where.
  const isUnsaid = name === 'publish' && rest.length > 0 && !rest.includes('--save');
  const save = ['--save', join(tmpdir(), `unpublished-${randomUUID()}.ndjson`)];
  const exitCode = await run(isUnsaid ? [name, ...save, ...rest] : words, { ...context, ...more });
  return { exitCode, ...said };
}

/** What was said on standard error but for the hint at a policy, which is about the whole table. */
export function withoutHint(stderr: string): string {
  return stderr.replace(/^\d+ of \d+ [^\n]+ to hold only what changed\. [^\n]+:\n {2}\{[^\n]+\}\n/m, '');
}
