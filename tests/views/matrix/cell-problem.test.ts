import { describe, expect, it } from 'vitest';
import type { Finding, FindingCode, Severity, Waived } from '../../../src/release/finding/finding.ts';
import { FINDING_CODES } from '../../../src/release/finding/severity.ts';
import { type CellProblem, KIND_OF_CODE, problemGlyph, problemOf } from '../../../src/views/matrix/cell-problem.ts';

const WAIVED: Waived = { reason: 'known', by: 'ops', expires: '2026-12-31', soon: false };

/** As much of a finding as its cell looks at. */
function finding(code: FindingCode, severity: Severity, waived: Waived | null = null): Finding {
  return { code, severity, waived, release: 'v1.4.0', component: 'k8s#api', environment: null, details: {} } as Finding;
}

describe('what is wrong with a cell', () => {
  it.each<[string, readonly Finding[], CellProblem | null]>([
    ['nothing', [], null],
    [
      'the weightiest, whatever its place',
      [finding('readiness-unknown', 'warning'), finding('not-ready', 'error'), finding('future-date', 'warning')],
      { kind: 'not-ready', severity: 'error' },
    ],
    [
      'of two that weigh the same, the one that says more of the part itself',
      [finding('future-date', 'error'), finding('not-ready', 'error'), finding('image-mismatch', 'error')],
      { kind: 'mismatched', severity: 'error' },
    ],
    [
      'what is not waived before what is, though it weighs less',
      [finding('image-mismatch', 'error', WAIVED), finding('scaled-to-zero', 'info')],
      { kind: 'not-ready', severity: 'info' },
    ],
    [
      'waived only where everything is',
      [finding('future-date', 'warning', WAIVED), finding('image-mismatch', 'error', WAIVED)],
      { kind: 'waived', severity: 'error' },
    ],
  ])('is %s', (_, findings, problem) => {
    expect(problemOf(findings)).toEqual(problem);
    expect(problemOf([...findings].reverse())).toEqual(problem);
  });

  it('has a sign for every code where it weighs anything, and none where it does not', () => {
    const glyphs = FINDING_CODES.map((code) => {
      const kind = KIND_OF_CODE[code];
      return (['error', 'warning', 'info'] as const).map((severity) => problemGlyph({ kind, severity }));
    });
    expect(glyphs.every(([error, warning, info]) => error && warning && info === null)).toBe(true);
  });
});
