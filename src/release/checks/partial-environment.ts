import { compareEnvironments, groupOf } from '../item/environment.ts';
import { type Check, type CheckedRelease, environmentsOf, type PresentCell } from '../matrix/checked-release.ts';
import { type Estate, isBefore, LOOK_BACK, MUST_BE_IN } from '../matrix/estate.ts';
import { groupBy } from '../text/group-by.ts';

/**
 * An environment where some workload of the release runs while another one of it has no entry there, though it has run
 * there in the releases before. One finding per environment, with the workloads. What the release lacks altogether is
 * missing, and told once. A group of environments is one: what runs in any of them is there, and what is not is said of the
 * first of them in which something of the release runs.
 */
export const partialEnvironment: Check<'partial-environment'> = {
  scope: { asks: 'release', type: 'k8s', elsewhere: ['environments'] },
  look: (checked, cells) => {
    const { estate, arriving } = checked;
    const workloads = cells.filter(({ column }) => estate.running.has(column));
    const names = estate.policy.environments;
    const places = [...new Set(workloads.flatMap(environmentsOfCell))].sort((a, b) => compareEnvironments(a, b, names));
    return [...groupBy(places, (name) => groupOf(name, names))].flatMap(([group, [environment = group]]) => {
      const isThere = (cell: PresentCell) => environmentsOfCell(cell).some((name) => groupOf(name, names) === group);
      const absent = workloads.filter((cell) => !isThere(cell) && isDueIn(checked, cell, group));
      if (absent.length === 0) return [];
      const details = { running: workloads.filter(isThere).map(idOf), absent: absent.map(idOf), arriving };
      return [{ component: null, environment, details, ...(arriving ? { awaited: true } : {}) }];
    });
  },
};

function environmentsOfCell({ fragments }: PresentCell): string[] {
  return fragments.flatMap((fragment) => environmentsOf(fragment).flatMap((environment) => environment ?? []));
}

function idOf({ component }: PresentCell): string {
  return component;
}

function isDueIn(
  { estate, row, roster, notYet }: CheckedRelease,
  { column, component }: PresentCell,
  group: string,
): boolean {
  if (notYet.has('k8s') || roster.isOptional(component)) return false;
  const before = releasesBeforeIn(estate, row, group);
  const seen = before.filter((other) =>
    estate.matrix.entries[other]?.[column]?.some(({ environments }) =>
      environments.some((name) => groupOf(name, estate.policy.environments) === group),
    ),
  );
  return before.length > 0 && seen.length >= (before.length < LOOK_BACK ? before.length : MUST_BE_IN);
}

/** The last releases before one, of any stage, that have entries in an environment, or a group. */
function releasesBeforeIn(estate: Estate, row: number, group: string): number[] {
  const before: number[] = [];
  for (const other of estate.inEnvironment.get(group) ?? []) {
    if (other > row && !estate.withdrawn.has(other) && isBefore(estate, other, row)) before.push(other);
    if (before.length === LOOK_BACK) break;
  }
  return before;
}
