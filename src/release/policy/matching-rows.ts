import type { RosterRow } from './policy.ts';

/** Gives the rows of a roster that match a component, in the roster's order. */
export type MatchingRows = (component: string) => readonly RosterRow[];

const made = new WeakMap<readonly RosterRow[], MatchingRows>();

/**
 * The matcher of a roster. Each component is matched once, whatever number of releases is judged by it: a policy of
 * many wildcards over many releases would else take minutes.
 */
export function matchingRows(roster: readonly RosterRow[]): MatchingRows {
  const known = made.get(roster);
  if (known !== undefined) return known;
  const found = new Map<string, readonly RosterRow[]>();
  const byName = new Map<string, number[]>();
  const wildcards: number[] = [];
  for (const [at, { literal }] of roster.entries()) {
    if (literal === null) wildcards.push(at);
    else byName.set(literal, [...(byName.get(literal) ?? []), at]);
  }
  const match: MatchingRows = (component) => {
    const before = found.get(component);
    if (before !== undefined) return before;
    const globs = wildcards.filter((at) => roster[at]?.matches(component));
    const rows = [...globs, ...(byName.get(component) ?? [])].sort((a, b) => a - b).flatMap((at) => roster[at] ?? []);
    found.set(component, rows);
    return rows;
  };
  made.set(roster, match);
  return match;
}
