/** The members of a list by name, in order; those without one are left out. */
export function groupBy<T>(list: readonly T[], nameOf: (of: T) => string | null): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const member of list) {
    const name = nameOf(member);
    if (name === null) continue;
    const group = groups.get(name);
    if (group) group.push(member);
    else groups.set(name, [member]);
  }
  return groups;
}
