/**
 * Environments: their order and the names they go by. Fragments name environments freely (`production`, `PRD`,
 * ` prod `); everything downstream compares folded names only.
 */
export interface EnvironmentNames {
  /** Folded names, from the earliest environment to the latest. Others follow, by name. */
  readonly order: readonly string[];
  /** Other spelling → folded name. Keys are lower case. */
  readonly aliases: ReadonlyMap<string, string>;
  /** Folded names of those that are out of use; none where absent. What is said of them is not read. */
  readonly withdrawn?: ReadonlySet<string>;
}

/** The order and the aliases where no policy says otherwise. */
export const DEFAULT_ENVIRONMENTS: EnvironmentNames = {
  order: ['dev', 'qa', 'staging', 'preprod', 'prod'],
  aliases: new Map([
    ['develop', 'dev'],
    ['development', 'dev'],
    ['test', 'qa'],
    ['testing', 'qa'],
    ['quality', 'qa'],
    ['stage', 'staging'],
    ['stg', 'staging'],
    ['pre-prod', 'preprod'],
    ['pre-production', 'preprod'],
    ['preproduction', 'preprod'],
    ['prd', 'prod'],
    ['production', 'prod'],
    ['live', 'prod'],
  ]),
};

/** `" PRODUCTION "` → `"prod"`. An unknown name stays itself, in lower case. */
export function foldEnvironment(name: string, names: EnvironmentNames): string {
  const plain = name.trim().toLowerCase();
  return names.aliases.get(plain) ?? plain;
}

/** Order of two folded names: as configured, then the others by name. */
export function compareEnvironments(a: string, b: string, names: EnvironmentNames): number {
  const [rankA, rankB] = [rank(a, names), rank(b, names)];
  if (rankA !== rankB) return rankA - rankB;
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(name: string, names: EnvironmentNames): number {
  const at = names.order.indexOf(name);
  return at === -1 ? names.order.length : at;
}
