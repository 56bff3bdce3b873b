import { evidenceOf } from '../evidence/judge-evidence.ts';
import type { Check } from '../matrix/checked-release.ts';

/** Evidence that the policy asks for, and that was given of other content than the release has now. */
export const evidenceStale: Check<'evidence-stale'> = {
  scope: { asks: 'release', evidence: true, elsewhere: ['line'] },
  look: (checked) =>
    evidenceOf(checked).flatMap(({ asked, state, name, of, byPerson, minimum, have, said }) => {
      const newest = said.find(({ differences }) => differences.length > 0);
      if (!asked || state !== 'stale' || newest === undefined) return [];
      const { release, by, at, differences } = newest;
      return [
        {
          component: of,
          environment: null,
          details: { name, of, byPerson, minimum, have, release, by, at, differences },
        },
      ];
    }),
};
