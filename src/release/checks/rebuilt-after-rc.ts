import type { FindingDetails } from '../finding/finding.ts';
import { type Fragment, schemeOf } from '../item/fragment.ts';
import { compareText } from '../item/release.ts';
import { compareNumbers, readVersion } from '../item/version.ts';
import { type Check, sameCommit } from '../matrix/checked-release.ts';
import { candidatesOf, entriesAt } from '../matrix/estate.ts';

type Rebuilt = FindingDetails['rebuilt-after-rc']['components'][number];

/**
 * What of a stable release was built from another commit, or says another version, than in the newest candidate of its
 * line that has it: what ships is not what was tested. One finding per repository; components without one each have
 * their own. Workloads do not count, as each roll-out may be another commit of the manifests.
 */
export const rebuiltAfterRc: Check<'rebuilt-after-rc'> = {
  scope: { asks: 'release', elsewhere: ['line'] },
  look: ({ estate, row, release }, cells) => {
    if (release.stage !== 'stable') return [];
    const candidates = candidatesOf(estate, row);
    if (candidates.length === 0) return [];
    const groups = new Map<string, { repo: string | null; components: Rebuilt[] }>();
    for (const { component, column, type, fragments } of cells) {
      const ships = fragments[0];
      if (ships === undefined || type === 'k8s') continue;
      const candidate = candidates.find((rc) => estate.matrix.entries[rc]?.[column] != null);
      const tested = candidate === undefined ? undefined : entriesAt(estate, candidate, column)[0];
      const difference = tested === undefined ? null : differenceOf(ships, tested);
      if (difference === null) continue;
      const repo = ships.fields.repo ?? null;
      const name = repo === null ? `component ${component}` : `repo ${repo}`;
      const group = groups.get(name) ?? { repo, components: [] };
      group.components.push({ component, rc: tested?.release ?? '', ...difference });
      groups.set(name, group);
    }
    return [...groups.values()].map(({ repo, components }) => {
      const sorted = components.sort((a, b) => compareText(a.component, b.component));
      return { component: sorted[0]?.component ?? null, environment: null, details: { repo, components: sorted } };
    });
  },
};

function differenceOf(ships: Fragment, tested: Fragment): Pick<Rebuilt, 'what' | 'tested' | 'ships'> | null {
  const { commit } = ships.fields;
  const testedCommit = tested.fields.commit;
  if (commit !== undefined && testedCommit !== undefined && !sameCommit(commit, testedCommit)) {
    return { what: 'commit', tested: testedCommit, ships: commit };
  }
  if (ships.versionField === null || tested.versionField === null) return null;
  const [now, then] = [
    readVersion(ships.ownVersion, schemeOf(ships)),
    readVersion(tested.ownVersion, schemeOf(tested)),
  ];
  if (now === null || then === null || compareNumbers(now, then) === 0) return null;
  return { what: 'version', tested: tested.ownVersion, ships: ships.ownVersion };
}
