import { readFileSync } from 'node:fs';

/** What a process that judges is given, as a file that MUTANTS_JOB names. */
export interface Job {
  /** Code by the absolute path of the file in whose place it is loaded. */
  readonly code: Readonly<Record<string, string>>;
  /** Ids of the mutants to be judged, in this order. */
  readonly mutants: readonly string[];
  /** The file of every mutant that is in the code, by its id. */
  readonly fileOf: Readonly<Record<string, string>>;
  /** So many may be noticed until the unchanged code is looked at again. */
  readonly noticedUntilCheck: number;
  /** To which what comes of it is added, a JSON text a line. */
  readonly output: string;
}

/** What a judging process says as it goes. */
export type Said =
  /** The unchanged code passes, also twice in one process, and these mutants are reached by the tests. */
  | { readonly said: 'begun'; readonly reached: readonly string[] }
  | { readonly said: 'next'; readonly id: string }
  /** @see noticedBy: the failed test or the fault; null: all tests passed */
  | { readonly said: 'judged'; readonly id: string; readonly noticedBy: string | null }
  /** The unchanged code still passes, so what was said since the last time holds. */
  | { readonly said: 'sound' }
  /** It does not: something that was changed has left traces in the process. */
  | { readonly said: 'unsound'; readonly why: string }
  | { readonly said: 'done' };

/** @throws Error outside of a mutation run */
export function readJob(): Job {
  const path = process.env.MUTANTS_JOB;
  if (path === undefined) throw new Error('MUTANTS_JOB names no job: this runs under `npm run mutants` alone.');
  return JSON.parse(readFileSync(path, 'utf8'));
}
