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
  /**
   * The groups, by the folded name of each member, in the members' order; an environment that is called like a group is of
   * it. None where absent. In `order` a group stands for its members.
   */
  readonly groups?: ReadonlyMap<string, string>;
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

/** The group that an environment is of, by folded names; of none it is one by itself. */
export function groupOf(name: string, { groups }: EnvironmentNames): string {
  return groups?.get(name) ?? name;
}

/** Order of two folded names: as configured, then the others by name; within a group as that lists them. */
export function compareEnvironments(a: string, b: string, names: EnvironmentNames): number {
  const [groupA, groupB] = [groupOf(a, names), groupOf(b, names)];
  if (groupA === groupB) return memberRank(a, names) - memberRank(b, names) || compareText(a, b);
  return rank(groupA, names) - rank(groupB, names) || compareText(groupA, groupB);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rank(group: string, { order }: EnvironmentNames): number {
  const at = order.indexOf(group);
  return at === -1 ? order.length : at;
}

function memberRank(name: string, { groups }: EnvironmentNames): number {
  return groups === undefined ? 0 : [...groups.keys()].indexOf(name);
}
