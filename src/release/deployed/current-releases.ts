import type { Fragment } from '../item/fragment.ts';
import { isObservedLater } from '../matrix/places.ts';
import type { Report } from '../report/report.ts';

/**
 * The releases that no later one has superseded: the newest stable one with its other spellings, what is newer than it,
 * and whatever some workload runs somewhere. Where there is no stable release nothing is superseded. What is withdrawn is
 * current only where it runs.
 *
 * @returns their tags
 */
export function currentReleases(report: Report): ReadonlySet<string> {
  const known = made.get(report);
  if (known !== undefined) return known;
  const current = findCurrent(report);
  made.set(report, current);
  return current;
}

/** The matrix is told with every filter, and says each time how much is wrong with them. */
const made = new WeakMap<Report, ReadonlySet<string>>();

function findCurrent(report: Report): Set<string> {
  const { rows } = report;
  const at = rows.findIndex(({ release, withdrawn }) => release.stage === 'stable' && withdrawn === undefined);
  const newest = rows[at]?.release.version;
  const current = new Set<string>();
  rows.forEach(({ release, withdrawn }, row) => {
    if (withdrawn !== undefined) return;
    if (at === -1 || row <= at || release.version === newest) current.add(release.tag);
  });
  for (const { release } of runningIn(report)) current.add(release);
  return current;
}

/** What runs of each workload in each environment: the entry that was observed last, of the same time the higher. */
function runningIn({ rows, components, environments }: Report): Iterable<Fragment> {
  const running = new Map<string, Fragment>();
  for (const { cells } of rows) {
    for (const [column, cell] of cells.entries()) {
      if (cell === null || components[column]?.type !== 'k8s') continue;
      for (const entry of cell.entries) {
        for (const environment of entry.environments) {
          const place = `${column} ${environment}`;
          const before = running.get(place);
          if (environments.includes(environment) && (before === undefined || isObservedLater(entry, before))) {
            running.set(place, entry);
          }
        }
      }
    }
  }
  return running.values();
}
