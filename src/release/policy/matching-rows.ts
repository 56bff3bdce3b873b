/** A row of the policy that is about components. */
interface ComponentRow {
  /** The component it names, or null for a glob. */
  readonly literal: string | null;
  readonly matches: (component: string) => boolean;
}

/** Gives the rows of a list that match a component, in the list's order. */
export type MatchingRows<Row> = (component: string) => readonly Row[];

const made = new WeakMap<readonly ComponentRow[], MatchingRows<ComponentRow>>();

/**
 * The matcher of a list of rows. Each component is matched once, whatever number of releases is judged by it: a policy of
 * many wildcards over many releases would else take minutes.
 */
export function matchingRows<Row extends ComponentRow>(roster: readonly Row[]): MatchingRows<Row> {
  const known = made.get(roster);
  // What is known under a list was made of that very list.
  if (known !== undefined) return known as MatchingRows<Row>;
  const found = new Map<string, readonly Row[]>();
  const byName = new Map<string, number[]>();
  const wildcards: number[] = [];
  for (const [at, { literal }] of roster.entries()) {
    if (literal === null) wildcards.push(at);
    else byName.set(literal, [...(byName.get(literal) ?? []), at]);
  }
  const match: MatchingRows<Row> = (component) => {
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
