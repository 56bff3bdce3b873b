import { readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, posix } from 'node:path';
import { MAX_TEST_REPORT_BYTES, MAX_TEST_REPORTS } from '../../limits/limits.ts';
import type { TestCounts } from '../../release/item/evidence.ts';
import { type ExitError, messageOf, usage } from '../context/exit-codes.ts';
import { JunitFault, readJunit } from './junit.ts';

/** What all test reports say together. */
export interface TestRun {
  readonly result: 'pass' | 'fail';
  readonly counts: TestCounts;
  readonly files: number;
}

/**
 * Reads the test reports that some patterns name. Nothing passes for lack of a report, of a test, or of the end of a file.
 *
 * @param patterns files, or globs with `*`, `?` and `**`
 * @throws ExitError (usage) naming the pattern or the file
 */
export function readTestReports(patterns: readonly string[]): TestRun {
  const files = [...new Set(patterns.flatMap(filesOf))].sort();
  if (files.length > MAX_TEST_REPORTS) {
    throw refused(patterns.join(', '), `names ${files.length} files: expected ${MAX_TEST_REPORTS} at most.`);
  }
  let bytes = 0;
  const counts = { tests: 0, failures: 0, errors: 0, skipped: 0 };
  for (const file of files) {
    bytes += statSync(file).size;
    if (bytes > MAX_TEST_REPORT_BYTES) {
      throw refused(
        file,
        `is one too many: all reports together have more than ${MAX_TEST_REPORT_BYTES / 1024 ** 2} MiB.`,
      );
    }
    const said = readReport(file);
    counts.tests += said.tests;
    counts.failures += said.failures;
    counts.errors += said.errors;
    counts.skipped += said.skipped;
  }
  const where = files.length === 1 ? (files[0] ?? '') : `${files.length} files`;
  if (counts.tests === 0) throw refused(where, 'holds no tests, so it proves nothing.');
  if (counts.skipped >= counts.tests) throw refused(where, `held ${counts.tests} tests, all of them skipped.`);
  return { result: counts.failures + counts.errors === 0 ? 'pass' : 'fail', counts, files: files.length };
}

function readReport(file: string): TestCounts {
  try {
    const bytes = readFileSync(file);
    if (bytes.length === 0) throw new JunitFault('is empty');
    return readJunit(new TextDecoder(encodingOf(bytes)).decode(bytes));
  } catch (error) {
    throw refused(file, `${error instanceof JunitFault ? '' : 'cannot be read: '}${messageOf(error)}.`);
  }
}

/** By its first bytes; without a mark it is UTF-8. Nothing but names could be read wrongly otherwise, and none is kept. */
function encodingOf(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

/** The files of one pattern. Folders of packages and of git are looked into only where the pattern names them. */
function filesOf(pattern: string): string[] {
  const parts = pattern.replaceAll('\\', '/').split('/');
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  if (wild === -1) {
    const found = statSync(pattern, { throwIfNoEntry: false });
    if (found === undefined) throw refused(pattern, 'is not there.');
    if (!found.isFile()) throw refused(pattern, 'is not a file: expected one, or a glob such as reports/**/*.xml.');
    return [pattern];
  }
  const base = parts.slice(0, wild).join('/') || (isAbsolute(pattern) ? '/' : '.');
  // What ends in ** means the files there.
  const rest = parts.at(-1) === '**' ? [...parts.slice(wild), '*'] : parts.slice(wild);
  const matches = new RegExp(`^${rest.map(partPattern).join('/').replaceAll('(?:[^/]+/)*/', '(?:[^/]+/)*')}$`);
  const found = below(base, '', new Set(['node_modules', '.git'].filter((name) => !rest.includes(name))))
    .filter((path) => matches.test(path))
    .map((path) => join(base, path));
  if (found.length === 0) throw refused(pattern, `matches no file in ${process.cwd()}.`);
  return found;
}

/** @returns files below a folder, by their paths from there; links are not followed */
function below(base: string, path: string, leftOut: ReadonlySet<string>): string[] {
  let entries: ReturnType<typeof list>;
  try {
    entries = list(posix.join(base, path));
  } catch (error) {
    if (path === '') return []; // no such folder holds no file, which is told
    throw refused(posix.join(base, path), `cannot be looked into: ${messageOf(error)}.`);
  }
  return entries.flatMap((entry) => {
    const at = path === '' ? entry.name : `${path}/${entry.name}`;
    if (entry.isFile()) return [at];
    return entry.isDirectory() && !leftOut.has(entry.name) ? below(base, at, leftOut) : [];
  });
}

function list(folder: string) {
  return readdirSync(folder, { withFileTypes: true });
}

/** A part of a path between slashes; `**` stands for any number of them, none included. */
function partPattern(part: string): string {
  if (part === '**') return '(?:[^/]+/)*';
  return part
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
}

function refused(what: string, words: string): ExitError {
  return usage(`--junit: ${what} ${words}`);
}
