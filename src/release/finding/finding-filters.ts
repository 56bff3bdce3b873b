import type { Finding, FindingCode, Severity } from './finding.ts';

/** What of the waived findings is shown, among the others. */
export const WAIVED_SHOWN = ['show', 'hide', 'only'] as const;
export type WaivedShown = (typeof WAIVED_SHOWN)[number];

/** Which findings are asked for, wherever they are. A list that is empty leaves nothing out. */
export interface FindingFilters {
  readonly severity: readonly Severity[];
  readonly code: readonly FindingCode[];
  readonly waived: WaivedShown;
}

/** Those that are asked for, in their order. */
export function filterFindings<T extends { readonly finding: Finding }>(
  all: readonly T[],
  { severity, code, waived }: FindingFilters,
): readonly T[] {
  if (severity.length === 0 && code.length === 0 && waived === 'show') return all;
  const severities = new Set(severity);
  const codes = new Set(code);
  return all.filter(({ finding }) => {
    if (severities.size > 0 && !severities.has(finding.severity)) return false;
    if (codes.size > 0 && !codes.has(finding.code)) return false;
    return waived === 'show' || (finding.waived !== null) === (waived === 'only');
  });
}
