import type { Fragment } from '../item/fragment.ts';
import { isObservedLater } from '../matrix/places.ts';
import type { Report } from '../report/report.ts';
import { placesInRow, type RowPlace } from '../report/row-places.ts';
import { onceFor } from '../text/once-for.ts';

/**
 * The releases that no later one has superseded: the newest stable one with its other spellings, what is newer than it,
 * and whatever some workload runs somewhere. Where there is no stable release nothing is superseded. What is withdrawn is
 * current only where it runs.
 *
 * @returns their tags
 */
export const currentReleases: (report: Report) => ReadonlySet<string> = onceFor(findCurrent);

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
function runningIn({ rows, environments }: Report): readonly Fragment[] {
  return environments.flatMap((environment) => {
    const running = new Map<number, Fragment>();
    for (const row of rows) {
      const { columns, entries } = placesInRow(row).get(environment) ?? NOTHING;
      for (const [at, entry] of entries.entries()) {
        const column = columns[at] ?? -1;
        const before = running.get(column);
        const isLater = before === undefined || isObservedLater(entry, before);
        if (entry.type === 'k8s' && isLater) running.set(column, entry);
      }
    }
    return [...running.values()];
  });
}

const NOTHING: RowPlace = { columns: [], entries: [] };
