import { evidenceOf } from '../evidence/judge-evidence.ts';
import type { Check } from '../matrix/checked-release.ts';

/**
 * Evidence that the policy asks for at the stage judged as, and of which there is none, or too little. While the release
 * is younger than the grace period its pipelines may still be at it, so the finding only informs.
 */
export const evidenceMissing: Check<'evidence-missing'> = {
  scope: { asks: 'release', evidence: true, elsewhere: ['line'] },
  look: (checked) =>
    evidenceOf(checked)
      .filter(({ asked, state }) => asked && state === 'missing')
      .map(({ name, of, byPerson, minimum, have }) => ({
        component: of,
        environment: null,
        details: { name, of, byPerson, minimum, have, arriving: checked.arriving },
        ...(checked.arriving ? { awaited: true } : {}),
      })),
};
