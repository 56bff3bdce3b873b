import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Job, Said } from './job.ts';
import type { Mutated } from './mutate.ts';

/** A process that says nothing for so long does not come back (milliseconds): a loop without end that counts nothing. */
const SILENCE_MS = 60_000;
const LOOK_EVERY_MS = 500;
/** Until the unchanged code is looked at again. */
const NOTICED_UNTIL_CHECK = 40;

/**
 * Has one test file judge mutants, in as many processes as it takes.
 *
 * @param changed all that the room's sources have been changed into
 * @param mutants ids of those to be judged
 * @returns what noticed a mutant, by its id; those that are not in it were not noticed by this file
 * @throws Error where the test file does not pass on unchanged code
 */
export async function runJudge(
  testFile: string,
  changed: Mutated,
  mutants: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { code } = changed;
  const fileOf = Object.fromEntries(changed.mutants.map(({ id, file }) => [id, file]));
  const noticed = new Map<string, string>();
  let left = [...mutants];
  let noticedUntilCheck = NOTICED_UNTIL_CHECK;
  while (left.length > 0) {
    const { said, output } = await runProcess(testFile, code, { mutants: left, fileOf, noticedUntilCheck });
    const round = readRound(said);
    if (round === null) throw new Error(`${testFile} does not pass on unchanged code:\n${whyNot(said) ?? output}`);
    for (const [id, by] of round.judged) if (by !== null) noticed.set(id, by);
    // What a process did not survive is noticed; but what came before it may be to blame, so it gets a process of its own.
    const { fatal } = round;
    if (fatal !== null && round.isAlone) noticed.set(fatal, 'the process ended or hung');
    const done = new Set([...round.judged.keys(), ...(fatal !== null && round.isAlone ? [fatal] : [])]);
    left = round.reached.filter((id) => !done.has(id));
    if (fatal !== null && !round.isAlone) left = [fatal, ...left.filter((id) => id !== fatal)];
    if (round.isUnsound) noticedUntilCheck = Math.max(1, Math.floor(noticedUntilCheck / 4));
    if (round.isUnsound && noticedUntilCheck === 1 && round.unsure.size === 1) {
      // Alone in a fresh process: what it left behind says nothing against it.
      for (const [id, by] of round.unsure) if (by !== null) noticed.set(id, by);
      left = left.filter((id) => !round.unsure.has(id));
    }
  }
  return noticed;
}

interface Round {
  readonly reached: readonly string[];
  /** What noticed a mutant, null for nothing, by its id: those of which the process was sound all along. */
  readonly judged: ReadonlyMap<string, string | null>;
  /** Those since the process was last seen to be sound. */
  readonly unsure: ReadonlyMap<string, string | null>;
  readonly isUnsound: boolean;
  /** In which the process ended or hung. */
  readonly fatal: string | null;
  /** Whether it was the first of its process. */
  readonly isAlone: boolean;
}

/** @returns null where the unchanged code does not pass */
function readRound(said: readonly Said[]): Round | null {
  const [first] = said;
  if (first?.said !== 'begun') return null;
  const judged = new Map<string, string | null>();
  const unsure = new Map<string, string | null>();
  let isUnsound = false;
  let running: string | null = null;
  for (const one of said) {
    if (one.said === 'next') running = one.id;
    if (one.said === 'judged') unsure.set(one.id, one.noticedBy);
    if (one.said === 'judged') running = null;
    if (one.said === 'unsound') isUnsound = true;
    if (one.said === 'sound') {
      for (const [id, by] of unsure) judged.set(id, by);
      unsure.clear();
    }
  }
  return {
    reached: first.reached,
    judged,
    unsure,
    isUnsound,
    fatal: running,
    isAlone: judged.size + unsure.size === 0,
  };
}

function whyNot(said: readonly Said[]): string | null {
  return said.flatMap((one) => (one.said === 'unsound' ? [one.why] : [])).at(-1) ?? null;
}

async function runProcess(
  testFile: string,
  code: Readonly<Record<string, string>>,
  job: Pick<Job, 'mutants' | 'fileOf' | 'noticedUntilCheck'>,
): Promise<{ readonly said: readonly Said[]; readonly output: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-mutants-'));
  const output = join(folder, 'said.jsonl');
  const changed = Object.fromEntries(Object.entries(code).map(([file, text]) => [resolve(file), text]));
  writeFileSync(join(folder, 'job.json'), JSON.stringify({ ...job, code: changed, output } satisfies Job));
  const program = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'tests/mutants/vitest.config.ts', testFile],
    {
      // A group of its own, so that what it has started ends with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, MUTANTS_JOB: join(folder, 'job.json'), NO_COLOR: '1' },
    },
  );
  let printed = '';
  const keep = (part: Buffer) => {
    printed = `${printed}${part}`.slice(-20_000);
  };
  program.stdout.on('data', keep);
  program.stderr.on('data', keep);
  let [size, changedAt] = [0, performance.now()];
  const look = setInterval(() => {
    const sizeNow = existsSync(output) ? statSync(output).size : 0;
    if (sizeNow !== size) [size, changedAt] = [sizeNow, performance.now()];
    if (performance.now() - changedAt > SILENCE_MS && program.pid !== undefined) process.kill(-program.pid, 'SIGKILL');
  }, LOOK_EVERY_MS);
  try {
    await once(program, 'exit');
    const text = existsSync(output) ? readFileSync(output, 'utf8') : '';
    // The last line may be cut off where the process was ended.
    const lines = text.split('\n').slice(0, -1);
    return { said: lines.map((line): Said => JSON.parse(line)), output: printed };
  } finally {
    clearInterval(look);
    rmSync(folder, { recursive: true, force: true });
  }
}
