import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Mutant } from './mutate.ts';

/**
 * What was noticed in runs before, so that one that was broken off, or follows a change, begins where the last one ended.
 * It holds as long as neither the changed file nor the test that noticed is another; what lies between them is not looked
 * at, so a run that is to be relied on is one with `--fresh`.
 */
export interface Kept {
  /** @returns the test file that noticed a mutant; null: none is known */
  noticedBy(mutant: Mutant): string | null;
  note(mutants: readonly Mutant[], judge: string): void;
}

/** What one file says, of a source its mutants' numbers and who noticed them. */
type Entries = Record<string, { readonly judge: string; readonly judgeText: string; readonly sourceText: string }>;

/** @param file where it is kept; it need not be there */
export function openKept(file: string): Kept {
  const read = (): Entries => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
  const entries = read();
  const texts = new Map<string, string>();
  const textOf = (path: string): string => {
    const known = texts.get(path) ?? (existsSync(path) ? digest(path) : '');
    texts.set(path, known);
    return known;
  };
  const keyOf = ({ file: source, place }: Mutant) => `${source}#${place}`;
  return {
    noticedBy(mutant) {
      const entry = entries[keyOf(mutant)];
      if (entry === undefined) return null;
      const isSame = entry.sourceText === textOf(mutant.file) && entry.judgeText === textOf(entry.judge);
      return isSame ? entry.judge : null;
    },
    note(mutants, judge) {
      if (mutants.length === 0) return;
      // Another run may have noted something in the meantime.
      Object.assign(entries, read());
      for (const mutant of mutants) {
        entries[keyOf(mutant)] = { judge, judgeText: textOf(judge), sourceText: textOf(mutant.file) };
      }
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(entries));
    },
  };
}

/** Below the working folder, where nothing is committed. */
export function keptFile(room: string): string {
  return join('.data', 'mutants', `${room}.json`);
}

function digest(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('base64');
}
