import { DEFAULT_ENVIRONMENTS, type EnvironmentNames, foldEnvironment } from '../item/environment.ts';

/** What of a policy document names environments, as it is written. */
export interface WrittenNames {
  readonly environments?:
    | {
        readonly order?: readonly string[] | undefined;
        readonly aliases?: Readonly<Record<string, string>> | undefined;
      }
    | undefined;
  readonly groups?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** The order, the aliases and the groups of a document that was found good. */
export function environmentNames(written: WrittenNames): EnvironmentNames {
  const named = withoutGroups(written);
  const groups = new Map<string, string>();
  for (const { group, members } of groupsOf(written, named)) {
    groups.set(group, group);
    for (const member of members) groups.set(member, group);
  }
  if (groups.size === 0) return named;
  // A group stands where its name does, else where the first of its members does.
  const order = [...new Set(named.order.map((name) => groups.get(name) ?? name))];
  return { ...named, order, groups };
}

export interface GroupFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** What is wrong with the groups of a document whose form is good. */
export function groupFaults(written: WrittenNames): readonly GroupFault[] {
  const named = withoutGroups(written);
  const groups = groupsOf(written, named);
  const faults: GroupFault[] = [];
  const seen = new Map<string, string>();
  for (const [at, { key, group, members }] of groups.entries()) {
    const path = ['groups', key];
    if (groups.slice(0, at).some((other) => other.group === group)) {
      faults.push({ path, message: `is the group ${group} once more` });
    }
    if (![group, ...members].some((name) => named.order.includes(name))) {
      const known = named.order.join(', ');
      faults.push({
        path,
        message: `has no place among the environments: expected one of ${known}, or a member that is one of them`,
      });
    }
    for (const [place, member] of members.entries()) {
      const other = seen.get(member) ?? group;
      if (other !== group)
        faults.push({ path: [...path, place], message: `${member} is in the group ${other} already` });
      else if (member !== group && groups.some((one) => one.group === member)) {
        faults.push({ path: [...path, place], message: `${member} is the name of another group` });
      }
      seen.set(member, other);
    }
  }
  return faults;
}

interface WrittenGroup {
  /** As it is written. */
  readonly key: string;
  /** Folded names. */
  readonly group: string;
  readonly members: readonly string[];
}

function groupsOf({ groups = {} }: WrittenNames, named: EnvironmentNames): readonly WrittenGroup[] {
  return Object.entries(groups).map(([key, members]) => ({
    key,
    group: foldEnvironment(key, named),
    members: members.map((member) => foldEnvironment(member, named)),
  }));
}

function withoutGroups({ environments: written }: WrittenNames): EnvironmentNames {
  const lower = (name: string) => name.trim().toLowerCase();
  const aliases = new Map(DEFAULT_ENVIRONMENTS.aliases);
  for (const [alias, name] of Object.entries(written?.aliases ?? {})) aliases.set(lower(alias), lower(name));
  const order = written?.order?.map(lower) ?? DEFAULT_ENVIRONMENTS.order;
  // A name that stands in the order means itself, even where the built-in aliases fold it: `live`, `stage`.
  for (const name of order) aliases.delete(name);
  // An alias of an alias is folded on: all spellings of one environment meet.
  return { order, aliases: new Map([...aliases].map(([alias, name]) => [alias, aliases.get(name) ?? name])) };
}
