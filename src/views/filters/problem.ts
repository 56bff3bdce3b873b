import type { Finding } from '../../release/finding/finding.ts';

/**
 * Whether a finding is a problem, as "Only problems" means it: an error or a warning that is not waived. Notes are no
 * problems, or an alpha that is still coming together would be one all over; what is waived somebody has decided on.
 */
export function isProblem({ severity, waived }: Finding): boolean {
  return severity !== 'info' && waived === null;
}

/** Whether a cell with these findings is a problem in one of these environments; null: in any. */
export function hasProblem(findings: readonly Finding[], environments: ReadonlySet<string> | null): boolean {
  for (const finding of findings) {
    if (!isProblem(finding)) continue;
    // What is said for no environment is said for all of them.
    if (environments === null || finding.environment === null || environments.has(finding.environment)) return true;
  }
  return false;
}
