import type { Report } from '../report/report.ts';
import { deploymentsOf } from './deployments.ts';

/**
 * The releases that no later one has superseded: the newest stable one with its other spellings, what is newer than it,
 * and whatever some workload runs somewhere. Where there is no stable release nothing is superseded. What is withdrawn is
 * current only where it runs.
 *
 * @returns their tags
 */
export function currentReleases(report: Report): ReadonlySet<string> {
  const { rows } = report;
  const at = rows.findIndex(({ release, withdrawn }) => release.stage === 'stable' && withdrawn === undefined);
  const newest = rows[at]?.release.version;
  const current = new Set<string>();
  rows.forEach(({ release, withdrawn }, row) => {
    if (withdrawn !== undefined) return;
    if (at === -1 || row <= at || release.version === newest) current.add(release.tag);
  });
  for (const { kind, cells } of deploymentsOf(report).rows) {
    if (kind === 'running') for (const cell of cells) if (cell !== null) current.add(cell.release);
  }
  return current;
}
