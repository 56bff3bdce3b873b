import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readAction } from './workflow-files.ts';

// A step as GitHub's runner runs it.
// Source: https://github.com/actions/runner/tree/main/src/Runner.Worker (Handlers, FileCommandManager.cs)

const REPOSITORY = resolve(import.meta.dirname, '../..');

export type Variables = Readonly<Record<string, string | undefined>>;

/** What a step said and left behind. */
export interface StepRan {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** The action as it is given away, its bundle made from the sources as they are now. */
export function builtAction() {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-action-'));
  execFileSync(process.execPath, ['scripts/build-cli.mjs', folder], { cwd: REPOSITORY });
  for (const name of ['action.yml', 'run.mjs']) {
    copyFileSync(join(REPOSITORY, 'action', name), join(folder, name));
  }
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

/**
 * Runs an action of JavaScript: its inputs are in the environment as the runner writes them, each that is declared, and
 * whatever else the step gives.
 *
 * @param work the folder it runs in
 * @param variables everything else in its environment
 */
export async function runAction(
  folder: string,
  inputs: Readonly<Record<string, string>>,
  work: string,
  variables: Variables = {},
): Promise<StepRan> {
  const { main, named } = startOf(folder, inputs);
  return await runStep(process.execPath, [join(folder, main)], work, { ...variables, ...named });
}

/** What an action of JavaScript starts with: the file, and its inputs by the names of variables. */
export function startOf(folder: string, inputs: Readonly<Record<string, string>>) {
  const { inputs: declared, runs } = readAction(join(folder, 'action.yml'));
  const all = {
    ...Object.fromEntries(Object.entries(declared).map(([name, one]) => [name, one.default ?? ''])),
    ...inputs,
  };
  const named = Object.entries(all).map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value]);
  return { main: runs.main, named: Object.fromEntries(named) as Record<string, string> };
}

/**
 * Runs the text of a step.
 *
 * @param shell as a step names it; undefined: bash as it is where none is named
 */
export async function runScript(
  text: string,
  shell: string | undefined,
  work: string,
  variables: Variables,
): Promise<StepRan> {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-step-'));
  const file = join(folder, 'script.sh');
  writeFileSync(file, text);
  try {
    // Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
    const words = shell === 'bash' ? 'bash --noprofile --norc -eo pipefail {0}' : (shell ?? 'bash -e {0}');
    const [program = '', ...rest] = words.split(' ').map((word) => word.replace('{0}', file));
    return await runStep(program, rest, work, variables);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function runStep(
  program: string,
  words: readonly string[],
  work: string,
  variables: Variables,
): Promise<StepRan> {
  const commands = mkdtempSync(join(tmpdir(), 'release-matrix-commands-'));
  const [output, summary] = [join(commands, 'output'), join(commands, 'summary')];
  mkdirSync(work, { recursive: true });
  for (const file of [output, summary]) writeFileSync(file, '');
  try {
    const env = { ...variables, GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary };
    return { ...(await ended(program, words, { cwd: work, env })), ...leftIn(output, summary) };
  } finally {
    rmSync(commands, { recursive: true });
  }
}

/** What a program said, and what it ended with. */
export async function ended(
  program: string,
  words: readonly string[],
  { cwd, env }: { readonly cwd?: string; readonly env: Variables },
) {
  const child = spawn(program, words, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  }
  const [status] = await once(child, 'close');
  return { status: status as number | null, ...said };
}

/** What a step left in the files of the runner. */
export function leftIn(output: string, summary: string) {
  return { outputs: outputsIn(readFileSync(output, 'utf8')), summary: readFileSync(summary, 'utf8') };
}

/** @throws Error where the runner would: a line that is no `name=value`, a text without its end */
function outputsIn(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let line = lines.shift(); line !== undefined; line = lines.shift()) {
    if (line === '') continue;
    const [equals, heredoc] = [line.indexOf('='), line.indexOf('<<')];
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) outputs[line.slice(0, equals)] = line.slice(equals + 1);
    else if (heredoc > 0) {
      const end = lines.indexOf(line.slice(heredoc + 2));
      if (end === -1) throw new Error(`Matching delimiter not found: ${line}`);
      outputs[line.slice(0, heredoc)] = lines
        .splice(0, end + 1)
        .slice(0, -1)
        .join('\n');
    } else throw new Error(`Invalid format: ${line}`);
  }
  return outputs;
}
