import type { ReportRow } from './report.ts';

/** Stable releases that lack most of what the ones before them have. */
export interface OnlyChanges {
  /** Stable releases whose roster is inferred, and how many of them lack more than half of it. */
  readonly releases: number;
  readonly lacking: number;
  /** All that lack it are patches. */
  readonly patches: boolean;
}

/** Of fewer releases nothing can be told. */
const FEWEST_RELEASES = 4;

/**
 * Whether a table seems to hold only what changed: each release the components that were tagged for it, and not those
 * that it took over as they were. Nobody can see in the data that this is meant; the policy can say it.
 *
 * @returns null where it does not seem so
 */
export function seemsToHoldOnlyChanges(report: {
  readonly rows: Iterable<Pick<ReportRow, 'release' | 'completeness'>>;
}): OnlyChanges | null {
  const lacking: boolean[] = [];
  let releases = 0;
  for (const { release, completeness } of report.rows) {
    if (release.stage !== 'stable' || completeness.roster !== 'inferred') continue;
    releases++;
    if (completeness.missing.length > completeness.expected / 2) lacking.push(!release.line?.endsWith('.0'));
  }
  if (releases < FEWEST_RELEASES || lacking.length <= releases / 2) return null;
  return { releases, lacking: lacking.length, patches: lacking.every((isPatch) => isPatch) };
}

/** What to say of it, and the policy document that says it is meant. */
export function onlyChangesWords({ releases, lacking, patches }: OnlyChanges): {
  readonly sentence: string;
  readonly policy: string;
} {
  const [of, what] = patches ? [', all of them patches,', 'patches seem'] : ['', 'this table seems'];
  return {
    sentence: `${lacking} of ${releases} stable releases${of} lack more than half of what the ones before have: ${what} to hold only what changed. If so, say it in the policy, and the rest is carried over:`,
    policy: patches
      ? '{ "patchReleases": "carried" }'
      : '{ "roster": [{ "component": "*", "expectation": "carried" }] }',
  };
}

/** The same in lines, for a log. */
export function onlyChangesLines(of: OnlyChanges): string[] {
  const { sentence, policy } = onlyChangesWords(of);
  return [sentence, `  ${policy}`];
}
