import type { Report } from './report.ts';

/** The environments in order, a group in place of those that it is of. */
export function stagesOf({ environments, groups = {} }: Pick<Report, 'environments' | 'groups'>): readonly string[] {
  return [...new Set(environments.map((name) => (Object.hasOwn(groups, name) ? (groups[name] ?? name) : name)))];
}
