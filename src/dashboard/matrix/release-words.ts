import { SEVERITIES, type Severity } from '../../release/finding.ts';
import type { ReportRow } from '../../release/report.ts';

/** A severity's sign, always beside a colour: shapes are told apart where colours cannot be. */
export const SEVERITY_GLYPH = { error: '■', warning: '▲', info: '◌' } satisfies Record<Severity, string>;

const NOUNS = { error: 'error', warning: 'warning', info: 'note' } satisfies Record<Severity, string>;

/** How many findings of each severity a release has, the weightiest first, without those it has none of. */
export function countBySeverity({ findings }: Pick<ReportRow, 'findings'>): { severity: Severity; count: number }[] {
  return SEVERITIES.map((severity) => ({
    severity,
    count: findings.reduce((count, finding) => (finding.severity === severity ? count + 1 : count), 0),
  })).filter(({ count }) => count > 0);
}

/** "2 errors". */
export function countWords({ severity, count }: { severity: Severity; count: number }): string {
  return `${count} ${NOUNS[severity]}${count === 1 ? '' : 's'}`;
}

/**
 * A release's accessible name in the grid: "v1.4.0, stable, 20 of 21 components, 2 errors, 1 warning". Tests and screen
 * readers rely on its beginning. Its age is not in it: a name that changes would be read anew.
 */
export function releaseName(row: ReportRow): string {
  const { release, completeness } = row;
  const whole =
    completeness.roster === 'none' ? 'no roster' : `${completeness.present} of ${completeness.expected} components`;
  return [release.tag, release.stage, whole, ...countBySeverity(row).map(countWords)].join(', ');
}
