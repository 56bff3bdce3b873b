import type { ReportRow } from './report.ts';

/** Stable releases that lack most of what the ones before them have. */
export interface OnlyChanges {
  /** Whether these are the patches alone, or all stable releases. */
  readonly patches: boolean;
  /** How many of them have an inferred roster, and how many of those lack more than half of it. */
  readonly releases: number;
  readonly lacking: number;
}

/** Of fewer releases nothing can be told. */
const FEWEST_RELEASES = 4;

/**
 * Whether a table seems to hold only what changed: each release the components that were tagged for it, and not those
 * that it took over as they were. Nobody can see in the data that this is meant; the policy can say it. Where most
 * releases that are no patches are whole, these are the patches alone: a policy for all would hide what others lack.
 *
 * @returns null where it does not seem so
 */
export function seemsToHoldOnlyChanges(report: {
  readonly rows: Iterable<Pick<ReportRow, 'release' | 'completeness'>>;
}): OnlyChanges | null {
  const rows = [...report.rows].filter(
    ({ release, completeness }) => release.stage === 'stable' && completeness.roster === 'inferred',
  );
  const lacksMost = ({ completeness: { missing, expected } }: (typeof rows)[number]) => missing.length > expected / 2;
  const count = (some: typeof rows) => ({ releases: some.length, lacking: some.filter(lacksMost).length });
  const mostLackIt = ({ releases, lacking }: ReturnType<typeof count>) => lacking > releases / 2;

  const all = count(rows);
  if (all.releases < FEWEST_RELEASES || !mostLackIt(all)) return null;
  const isPatch = ({ release }: (typeof rows)[number]) => !release.line?.endsWith('.0');
  return mostLackIt(count(rows.filter((row) => !isPatch(row))))
    ? { patches: false, ...all }
    : { patches: true, ...count(rows.filter(isPatch)) };
}

/** What to say of it, and the policy document that says it is meant. */
export function onlyChangesWords({ releases, lacking, patches }: OnlyChanges): {
  readonly sentence: string;
  readonly policy: string;
} {
  const [what, seems] = patches ? ['patches', 'patches seem'] : ['stable releases', 'this table seems'];
  return {
    sentence: `${lacking} of ${releases} ${what} lack more than half of what the releases before have: ${seems} to hold only what changed. If so, say it in the policy, and the rest is carried over:`,
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
