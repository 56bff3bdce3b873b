import { evidenceOf } from '../evidence/judge-evidence.ts';
import type { Check } from '../matrix/checked-release.ts';

/** Evidence that says that the release, or a component of it, failed or is rejected, whether or not it is asked for. */
export const evidenceFailed: Check<'evidence-failed'> = {
  scope: { asks: 'release', evidence: true, elsewhere: ['line'] },
  look: (checked) => {
    const present = new Set(checked.cells.map(({ component }) => component));
    const failed = evidenceOf(checked).filter(({ state }) => state === 'failed');
    return failed.map(({ name, of, said }) => ({
      // Of a component that the release does not have there is no cell.
      component: of !== null && present.has(of) ? of : null,
      environment: null,
      details: {
        name,
        of,
        failures: said
          .filter(({ result }) => result === 'fail')
          .map(({ release, by, at, counts, note, link }) => ({ release, by, at, counts, note, link })),
      },
    }));
  },
};
