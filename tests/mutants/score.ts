import type { Argued } from './argued.ts';
import type { Mutant } from './mutate.ts';
import type { Room } from './rooms.ts';

/** What came of the changes of a room. */
export interface Score {
  readonly room: string;
  /** Percent, of those that were noticed or argued. */
  readonly target: number;
  readonly changes: number;
  readonly noticed: number;
  readonly argued: number;
  /** Neither noticed nor argued, as `file:line`, kind and change. */
  readonly survivors: readonly string[];
  /** Those of the argued that were noticed, or are no longer there. */
  readonly argueNothing: readonly string[];
}

/**
 * @param noticedBy what noticed a mutant, by its id
 * @param argued of these files alone
 */
export function scoreOf(
  room: Pick<Room, 'name' | 'target'>,
  mutants: readonly Mutant[],
  noticedBy: ReadonlyMap<string, string>,
  argued: readonly Argued[],
): Score {
  const unnoticed = mutants.filter(({ id }) => !noticedBy.has(id));
  const keys = new Set(argued.flatMap((one) => one.changes.map((change) => keyOf(one, change))));
  const isArgued = (mutant: Mutant) => keys.has(keyOf(mutant, changeOf(mutant)));
  const left = new Set(unnoticed.map((mutant) => keyOf(mutant, changeOf(mutant))));
  return {
    room: room.name,
    target: room.target,
    changes: mutants.length,
    noticed: mutants.length - unnoticed.length,
    argued: unnoticed.filter(isArgued).length,
    survivors: unnoticed
      .filter((one) => !isArgued(one))
      .map((one) => `${one.file}:${one.line} ${one.kind}: ${changeOf(one)}`),
    argueNothing: argued.flatMap((one) =>
      one.changes.filter((change) => !left.has(keyOf(one, change))).map((change) => `${one.file} ${one.on}: ${change}`),
    ),
  };
}

/** @returns a change on one line: what stood there and what stands there now */
export function changeOf({ from, to }: Mutant): string {
  return `${onOneLine(from)} → ${onOneLine(to)}`;
}

function keyOf({ file, on }: { readonly file: string; readonly on: string }, change: string): string {
  return JSON.stringify([file, on, change]);
}

const LONGEST = 80;

function onOneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST)}…`;
}
