import { appendFileSync } from 'node:fs';
import { type File, type Suite, startTests, type Task, type Test, type VitestRunner } from '@vitest/runner';
import { TestRunner, vi } from 'vitest';

import { readJob, type Said } from './job.ts';

/** The part of Stryker's switches that is read and set here. */
interface Switches {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount: number;
  hitLimit: number;
  mutantCoverage: { static: Reached; perTest: Record<string, Reached> };
}
type Reached = Record<string, number>;

/** A change that is met more often than this makes a loop that does not end. */
const MOST_HITS = 100_000;

const switches: Switches = { hitCount: 0, hitLimit: MOST_HITS, mutantCoverage: { static: {}, perTest: {} } };
Object.assign(globalThis, { __stryker__: switches });

/** However quick a test is: the machine may be busy with something else. */
const LEAST_LIMIT_MS = 4_000;

const job = readJob();

function say(said: Said): void {
  appendFileSync(job.output, `${JSON.stringify(said)}\n`);
}

/**
 * Runs a test file unchanged, and then once for each mutant that it reaches, in the same process: what takes long is to
 * start one and to load the packages. Our own files are loaded anew each time, so that what is computed while they load
 * is changed, too; a run ends with its first failed test.
 */
export default class Judge extends TestRunner {
  override onBeforeTryTask(test: Test): void {
    switches.currentTestId = test.id;
    super.onBeforeTryTask(test);
  }

  override onAfterRunTask(test: Test): void {
    switches.currentTestId = undefined;
    super.onAfterRunTask(test);
  }

  override async onAfterRunFiles(): Promise<void> {
    super.onAfterRunFiles();
    const file = this.#file;
    if (file === undefined) throw new Error('No test file was collected.');
    const { static: atLoad, perTest } = structuredClone(switches.mutantCoverage);
    this.#slowestMs = Math.max(...durations(file));
    const fault = failure(file) ?? (await this.#judge(file.filepath, null, () => true));
    if (fault !== null) return say({ said: 'unsound', why: fault });
    const inTests = new Set(Object.values(perTest).flatMap(Object.keys));
    // What is computed while a file loads matters to the tests that use the file, not to all that import it by the way.
    const used = new Set([...inTests].map((id) => job.fileOf[id]));
    const reached = job.mutants.filter(
      (id) => inTests.has(id) || (Object.hasOwn(atLoad, id) && used.has(job.fileOf[id])),
    );
    say({ said: 'begun', reached });

    let noticed = 0;
    const isSound = async (): Promise<boolean> => {
      const why = await this.#judge(file.filepath, null, () => true);
      say(why === null ? { said: 'sound' } : { said: 'unsound', why });
      noticed = 0;
      return why === null;
    };
    for (const id of reached) {
      say({ said: 'next', id });
      const reaches = (test: Test) => Object.hasOwn(atLoad, id) || Object.hasOwn(perTest[test.id] ?? {}, id);
      const noticedBy = await this.#judge(file.filepath, id, reaches);
      say({ said: 'judged', id, noticedBy });
      if (noticedBy !== null) noticed += 1;
      // What still runs after its time is up may disturb those that come next.
      const isLeft = noticedBy !== null && /timed out in/i.test(noticedBy);
      if ((isLeft || noticed >= job.noticedUntilCheck) && !(await isSound())) return;
    }
    if (await isSound()) say({ said: 'done' });
  }

  /** Of the tests, on unchanged code. */
  #slowestMs = Number.POSITIVE_INFINITY;
  /** Milliseconds after which a test of changed code is taken for one that does not end. */
  get limitMs(): number {
    return Math.min(Math.max(LEAST_LIMIT_MS, 4 * this.#slowestMs), this.config.testTimeout);
  }

  #file: File | undefined;
  override onCollectStart(file: File): void {
    this.#file = file;
    super.onCollectStart(file);
  }

  /** @returns the failed test or the fault; null: all passed */
  async #judge(path: string, id: string | null, isAsked: (test: Test) => boolean): Promise<string | null> {
    const env = { ...process.env };
    const faults: string[] = [];
    const onFault = (error: unknown) => faults.push(`unhandled: ${error instanceof Error ? error.message : error}`);
    process.on('uncaughtException', onFault);
    process.on('unhandledRejection', onFault);
    vi.resetModules();
    Object.assign(switches, { activeMutant: id ?? '', hitCount: 0 });
    try {
      const [file] = await startTests([path], quiet(this, isAsked));
      if (file === undefined) return 'no file was collected';
      await new Promise((resolve) => setImmediate(resolve));
      return failure(file) ?? faults[0] ?? null;
    } finally {
      switches.activeMutant = '';
      vi.useRealTimers();
      vi.unstubAllGlobals();
      vi.restoreAllMocks();
      process.env = env;
      process.off('uncaughtException', onFault);
      process.off('unhandledRejection', onFault);
    }
  }
}

/** A runner as the given one that tells nobody of what it does, asks some tests only and stops at the first failure. */
function quiet(runner: Judge, isAsked: (test: Test) => boolean): VitestRunner {
  let hasFailed = false;
  const { limitMs } = runner;
  return Object.assign(Object.create(runner), {
    config: { ...runner.config, testTimeout: limitMs, hookTimeout: limitMs },
    onTaskUpdate: undefined,
    onCollectStart: TestRunner.prototype.onCollectStart,
    onCollected: undefined,
    onBeforeRunFiles: (files: File[]) => {
      for (const file of files) skip(file, isAsked);
    },
    onAfterRunFiles: TestRunner.prototype.onAfterRunFiles,
    onBeforeRunTask(test: Test) {
      if (hasFailed) test.mode = 'skip';
      return TestRunner.prototype.onBeforeRunTask.call(runner, test);
    },
    onAfterRunTask(test: Test) {
      hasFailed ||= test.result?.state === 'fail';
      switches.currentTestId = undefined;
    },
  });
}

/** Skips tests that are not asked, and suites of which none is. @returns whether all of the suite is skipped */
function skip(suite: Suite, isAsked: (test: Test) => boolean): boolean {
  const skipped = suite.tasks.map((task) => {
    if (task.type === 'suite') return skip(task, isAsked);
    if (!isAsked(task)) task.mode = 'skip';
    return task.mode === 'skip';
  });
  if (skipped.every(Boolean) && !('filepath' in suite)) suite.mode = 'skip';
  return skipped.every(Boolean);
}

function durations(suite: Suite): readonly number[] {
  return suite.tasks.flatMap((task) => (task.type === 'suite' ? durations(task) : [task.result?.duration ?? 0]));
}

/** @returns the first test, hook or file that failed, with its fault */
function failure(task: Task): string | null {
  const below = task.type === 'suite' ? task.tasks.map(failure).find((found) => found !== null) : undefined;
  if (below !== undefined) return below;
  if (task.result?.state !== 'fail') return null;
  return `${task.name}: ${task.result.errors?.[0]?.message.split('\n')[0] ?? 'failed'}`;
}
