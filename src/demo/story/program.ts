import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { commitOf, type Job, type Train, tagOf } from './repositories.ts';
import type { Command } from './story.ts';

/** What a run of the program said and ended with. */
export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The command line as pipelines run it: one file, in a process of its own, on one table. */
export interface Program {
  /**
   * Asks the gate, or for a plan.
   *
   * @param words after `release-matrix`
   * @returns with it the command's own JSON, the text of it
   */
  ask(words: readonly string[]): Promise<Ran & { readonly json: string }>;
  /** Runs a command in a folder of its own. */
  run(command: Command): Promise<Ran>;
  /** Runs a pipeline's job in a folder of its own, with the environment that GitHub Actions gives it. */
  runJob(job: Job, train: Train, date: string): Promise<Ran>;
}

/**
 * @param file the bundled command line
 * @param endpoint of the table
 */
export function programOn(file: string, endpoint: string): Program {
  const table = ['--endpoint', endpoint];
  return {
    ask: (words) =>
      inFolder({}, async (cwd) => {
        const formats = ['--format', 'text', '--format', 'json=asked.json'];
        const said = await started(file, [...words, ...formats, ...table], cwd, {});
        return { ...said, json: readFileSync(join(cwd, 'asked.json'), 'utf8') };
      }),
    run: ({ by, words, files = {} }) =>
      inFolder(files, (cwd) => {
        // An emulator checks no signature, and knows who calls by the id of the key.
        const key = by === undefined ? {} : { AWS_ACCESS_KEY_ID: by, AWS_SECRET_ACCESS_KEY: 'none' };
        return started(file, [...words, ...table], cwd, key);
      }),
    runJob(job, train, date) {
      const commit = commitOf(job.repository, train);
      const event = { head_commit: { id: commit, timestamp: date } };
      return inFolder({ ...job.files, 'event.json': JSON.stringify(event) }, (cwd) =>
        started(file, [...job.words, ...table], cwd, {
          GITHUB_ACTIONS: 'true',
          GITHUB_REPOSITORY: job.repository,
          GITHUB_SHA: commit,
          GITHUB_REF_TYPE: 'tag',
          GITHUB_REF_NAME: tagOf(job, train),
          GITHUB_EVENT_PATH: join(cwd, 'event.json'),
          GITHUB_RUN_ID: '1',
        }),
      );
    },
  };
}

async function inFolder<T>(files: Readonly<Record<string, string>>, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'release-matrix-story-'));
  try {
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function started(
  file: string,
  words: readonly string[],
  cwd: string,
  environment: Record<string, string>,
): Promise<Ran> {
  return new Promise((end, fail) => {
    const child = spawn(process.execPath, [file, ...words], {
      cwd,
      // Nothing of whoever runs it: no profile, no region, no CI of their own.
      env: { PATH: process.env.PATH, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = { stdout: '', stderr: '' };
    for (const stream of ['stdout', 'stderr'] as const) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        said[stream] += text;
      });
    }
    child.on('error', fail);
    child.on('close', (exitCode) => end({ exitCode: exitCode ?? -1, ...said }));
  });
}
