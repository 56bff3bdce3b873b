import { readFileSync } from 'node:fs';
import type { Logger } from '@stryker-mutator/api/logging';
import { commonTokens } from '@stryker-mutator/api/plugin';
import { createInstrumenter, type Instrumenter } from '@stryker-mutator/instrumenter';
import { createInjector } from 'typed-inject';

/** One small change of the code. */
export interface Mutant {
  /** The number by which the changed code knows it: good for one run of `mutate`. */
  readonly id: string;
  readonly file: string;
  /** Which of the changes of its file it is, from 0. */
  readonly place: number;
  /** From 1. */
  readonly line: number;
  /** The kind of change, as Stryker names it. */
  readonly kind: string;
  /** The line on which the change begins, without the blanks around it. */
  readonly on: string;
  readonly from: string;
  readonly to: string;
}

/** Files with all their changes in them, each behind a switch. */
export interface Mutated {
  readonly mutants: readonly Mutant[];
  /** By the path that was given. */
  readonly code: Readonly<Record<string, string>>;
}

/** @param files paths below the working folder */
export async function mutate(files: readonly string[]): Promise<Mutated> {
  const texts = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));
  const { files: changed, mutants } = await openInstrumenter().instrument(
    [...texts].map(([name, content]) => ({ name, content, mutate: true })),
    { ignorers: [], excludedMutations: [], plugins: null },
  );
  const places = new Map<string, number>();
  return {
    mutants: mutants
      .map(({ id, fileName, location: { start, end }, mutatorName, replacement }) => {
        const lines = (texts.get(fileName) ?? '').split('\n');
        const on = (lines[start.line] ?? '').trim();
        const place = places.get(fileName) ?? 0;
        places.set(fileName, place + 1);
        return {
          ...{ id, file: fileName, place, line: start.line + 1, kind: mutatorName, on },
          ...{ from: cut(lines, start, end), to: replacement },
        };
      })
      .filter((mutant) => !isProse(mutant)),
    code: Object.fromEntries(changed.map(({ name, content }) => [name, content])),
  };
}

function openInstrumenter(): Pick<Instrumenter, 'instrument'> {
  const silent = () => undefined;
  const isOff = () => false;
  const logger: Logger = {
    ...{ isTraceEnabled: isOff, isDebugEnabled: isOff, isInfoEnabled: isOff },
    ...{ isWarnEnabled: isOff, isErrorEnabled: isOff, isFatalEnabled: isOff },
    ...{ trace: silent, debug: silent, info: silent, warn: silent, error: silent, fatal: silent },
  };
  return createInjector().provideValue(commonTokens.logger, logger).injectFunction(createInstrumenter);
}

/** @returns what stands from one place to another, both counted from 0 */
function cut(lines: readonly string[], start: Place, end: Place): string {
  const cutLines = lines.slice(start.line, end.line + 1);
  const last = cutLines.length - 1;
  const upToEnd = cutLines.map((line, index) => (index === last ? line.slice(0, end.column) : line));
  return upToEnd.join('\n').slice(start.column);
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Sentences of these files are no prose: they are values of headers, which programs obey. */
const WITHOUT_PROSE = ['src/devserver/guard/security-headers.ts'];

/**
 * Texts for people are left as they are: whole messages are held by tests where they are promised, and a test of every
 * other word would only say the word again.
 */
function isProse({ kind, from, file }: Mutant): boolean {
  return kind === 'StringLiteral' && /\p{L}[’'`"),.:;]* [`'"‘“(]?[\p{L}$]/u.test(from) && !WITHOUT_PROSE.includes(file);
}
