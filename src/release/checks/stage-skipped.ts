import type { Check } from '../matrix/checked-release.ts';

/** A stable release whose line has an alpha or a beta, and no release candidate. */
export const stageSkipped: Check<'stage-skipped'> = {
  scope: { asks: 'release', elsewhere: ['line'] },
  look: ({ estate, release }) => {
    if (release.stage !== 'stable' || release.line === null) return [];
    const line = (estate.lines.get(release.line) ?? []).flatMap((row) => estate.matrix.releases[row] ?? []);
    if (line.some(({ stage }) => stage === 'rc')) return [];
    const seen = line.filter(({ stage }) => stage === 'alpha' || stage === 'beta').map(({ tag }) => tag);
    return seen.length === 0 ? [] : [{ component: null, environment: null, details: { seen } }];
  },
};
