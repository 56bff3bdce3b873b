import { compareEnvironments } from '../item/environment.ts';
import { type Estate, isBefore, LOOK_BACK, MUST_BE_IN } from '../matrix/estate.ts';
import { type Check, environmentsOf, type PresentCell, type ReleaseView } from '../matrix/release-view.ts';

/**
 * An environment where some workload of the release runs while another one of it has no entry there, though it has run
 * there in the releases before. One finding per environment, with the workloads. What the release lacks altogether is
 * missing, and told once.
 */
export const partialEnvironment: Check<'partial-environment'> = {
  scope: { asks: 'release', type: 'k8s', elsewhere: ['environments'] },
  look: (view, cells) => {
    const { estate, arriving } = view;
    const workloads = cells.filter(({ column }) => estate.running.has(column));
    const places = new Set(workloads.flatMap(environmentsOfCell));
    return [...places]
      .sort((a, b) => compareEnvironments(a, b, estate.policy.environments))
      .flatMap((environment) => {
        const isThere = (cell: PresentCell) => environmentsOfCell(cell).includes(environment);
        const absent = workloads.filter((cell) => !isThere(cell) && isDueIn(view, cell, environment));
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
  { estate, row, roster, notYet }: ReleaseView,
  { column, component }: PresentCell,
  place: string,
): boolean {
  if (notYet.has('k8s') || roster.isOptional(component)) return false;
  const before = releasesBeforeIn(estate, row, place);
  const seen = before.filter((other) =>
    estate.matrix.entries[other]?.[column]?.some(({ environments }) => environments.includes(place)),
  );
  return before.length > 0 && seen.length >= (before.length < LOOK_BACK ? before.length : MUST_BE_IN);
}

/** The last releases before one, of any stage, that have entries in an environment. */
function releasesBeforeIn(estate: Estate, row: number, environment: string): number[] {
  const before: number[] = [];
  for (const other of estate.inEnvironment.get(environment) ?? []) {
    if (other > row && !estate.withdrawn.has(other) && isBefore(estate, other, row)) before.push(other);
    if (before.length === LOOK_BACK) break;
  }
  return before;
}
