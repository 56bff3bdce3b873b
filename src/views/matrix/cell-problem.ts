import type { Finding, FindingCode, Severity } from '../../release/finding/finding.ts';

/** What is wrong with a cell, as the grid tells it apart. */
export const PROBLEM_KINDS = ['missing', 'mismatched', 'not-ready', 'unknown', 'remark'] as const;
export type ProblemKind = (typeof PROBLEM_KINDS)[number];

/**
 * What each finding says of the cell it is in:
 *
 * - `missing`: something that should be there is not;
 * - `mismatched`: what is there contradicts something else: another version, image, commit, policy or release;
 * - `not-ready`: it is there, and does not run as it should;
 * - `unknown`: nobody can tell, as what was published is not enough or cannot be read;
 * - `remark`: it may all be right; somebody should look at how it was named, dated or listed.
 */
export const KIND_OF_CODE = {
  'missing-component': 'missing',
  'partial-release': 'missing',
  'unexpected-component': 'remark',
  'invalid-fragment': 'unknown',
  'invalid-version': 'remark',
  'immature-version': 'mismatched',
  'version-regressed': 'mismatched',
  'version-mismatch': 'mismatched',
  'sibling-commit-mismatch': 'mismatched',
  'rebuilt-after-rc': 'mismatched',
  'stage-skipped': 'remark',
  'image-mismatch': 'mismatched',
  'not-ready': 'not-ready',
  'readiness-unknown': 'unknown',
  'scaled-to-zero': 'not-ready',
  'environment-split': 'mismatched',
  'partial-environment': 'missing',
  'environment-inversion': 'mismatched',
  'schema-policy-missing': 'unknown',
  'schema-policy-weakened': 'mismatched',
  'schema-breaking': 'mismatched',
  'chart-app-mismatch': 'mismatched',
  'near-duplicate-name': 'remark',
  'withdrawn-release': 'mismatched',
  frozen: 'remark',
  'evidence-missing': 'unknown',
  'evidence-failed': 'mismatched',
  'evidence-stale': 'unknown',
  'future-date': 'remark',
  'waiver-expired': 'remark',
} satisfies Record<FindingCode, ProblemKind>;

/** The worst of a cell's findings, as the cell shows it. */
export interface CellProblem {
  /** `waived`: there are findings, and each of them is waived. */
  readonly kind: ProblemKind | 'waived';
  /** Gives the colour; of `waived`, what it would weigh. */
  readonly severity: Severity;
}

const WEIGHT = { error: 2, warning: 1, info: 0 } satisfies Record<Severity, number>;

/**
 * What is wrong with a cell: the weightiest of its findings that are not waived and, among those that weigh the same,
 * the kind that comes first. Only where all are waived is the cell waived.
 */
export function problemOf(findings: readonly Finding[]): CellProblem | null {
  let worst: Finding | null = null;
  for (const finding of findings) if (worst === null || isWorse(finding, worst)) worst = finding;
  if (worst === null) return null;
  return { kind: worst.waived === null ? KIND_OF_CODE[worst.code] : 'waived', severity: worst.severity };
}

function isWorse(a: Finding, b: Finding): boolean {
  if ((a.waived === null) !== (b.waived === null)) return a.waived === null;
  if (a.severity !== b.severity) return WEIGHT[a.severity] > WEIGHT[b.severity];
  return PROBLEM_KINDS.indexOf(KIND_OF_CODE[a.code]) < PROBLEM_KINDS.indexOf(KIND_OF_CODE[b.code]);
}

/**
 * Signs of what is wrong with a part that is there, each a shape of its own. Mismatches have the sign of their
 * severity; of the others an error is told from a warning by the bar at its left.
 */
const GLYPHS = {
  missing: { error: '■', warning: '▲' },
  mismatched: { error: '■', warning: '▲' },
  'not-ready': { error: '◔', warning: '◔' },
  unknown: { error: '?', warning: '?' },
  remark: { error: '!', warning: '!' },
} satisfies Record<ProblemKind, Record<Exclude<Severity, 'info'>, string>>;

const WAIVED_GLYPH = '◇';
export const CARRIED_GLYPH = '⇡';
export const NEW_GLYPH = '+';
export const RENAMED_GLYPH = '⇢';
/** Of a part that need not be there yet. */
export const NOT_YET_GLYPH = '◌';
/** Of a part that should be there. */
export const MISSING_GLYPH = '✕';
/** Of a part whose version is the release's own. */
export const OWN_GLYPH = '●';

/** A problem's sign; null where it only informs, which is a mark in the corner and not a sign of its own. */
export function problemGlyph({ kind, severity }: CellProblem): string | null {
  if (kind === 'waived') return WAIVED_GLYPH;
  return severity === 'info' ? null : GLYPHS[kind][severity];
}
