/** What most names of a group have in common, which tells none of them from another. */
export interface SharedParts {
  /** How they begin: `@backstage/`; empty where they do not. */
  readonly scope: string;
  /** The word they begin with after it: `plugin-`; empty where they do not. */
  readonly start: string;
  /** The word they end with: `-controller`, `Dashboards`; empty where they do not. */
  readonly end: string;
}

/** Of one name: the words, too, that it begins with as its neighbour does, `plugin-auth-backend-module-`. */
export interface NameParts extends SharedParts {
  readonly before: string;
}

/** Of names of which nothing is known. */
export const NOTHING_SHARED: NameParts = { scope: '', start: '', end: '', before: '' };

/** Fewer have no custom of naming. */
const A_GROUP = 3;
const SCOPE = /^@[^/]+\/(?=.)/;
const FIRST_WORD = /^[^-_.]{4,}[-_.](?=.)/;
const LAST_WORD = /(?<=.)(?:[-_.][^-_.]{4,}|[A-Z][a-z]{3,})$/;

/** @param names of one group, each once */
export function sharedParts(names: readonly string[]): SharedParts {
  const scope = mostHave(names, SCOPE);
  const others = new Set(names.filter((name) => !name.startsWith(scope)));
  // Without it, two would have one name.
  const isNeeded = names.some((name) => name.startsWith(scope) && others.has(name.slice(scope.length)));
  const bare = names.map((name) => name.replace(SCOPE, ''));
  return { scope: isNeeded ? '' : scope, start: mostHave(bare, FIRST_WORD), end: mostHave(names, LAST_WORD) };
}

/** The words that a name begins with as one of its neighbours does, the scope left out. */
export function wordsBefore(name: string, neighbours: readonly (string | undefined)[]): string {
  const bare = name.replace(SCOPE, '');
  const alike = neighbours.map((of) => {
    const other = of?.replace(SCOPE, '') ?? '';
    let length = 0;
    while (length < bare.length && bare[length] === other[length]) length++;
    // Of what is the beginning of another, the last word is its own.
    return bare.slice(0, Math.min(length, bare.length - 1));
  });
  const longest = alike.reduce((most, one) => (one.length > most.length ? one : most), '');
  return longest.replace(/[^-_.]*$/, '');
}

/** What at least half of the names have by that pattern; empty: no such thing. */
function mostHave(names: readonly string[], pattern: RegExp): string {
  const counts = new Map<string, number>();
  for (const name of names) {
    const [part] = pattern.exec(name) ?? [];
    if (part !== undefined) counts.set(part, (counts.get(part) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most !== undefined && most[1] >= Math.max(A_GROUP, names.length / 2) ? most[0] : '';
}
