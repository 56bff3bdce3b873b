import { readFileSync } from 'node:fs';
import type { FindingCode, Severity } from '../../src/release/finding/finding.ts';
import type { Item } from '../../src/release/item/item.ts';
import type { Stage } from '../../src/release/item/release.ts';
import type { UnknownReason } from '../../src/release/report/verdict.ts';

/** A worked example of the checks: items, a release, a fixed time, and exactly what must be said. */
export interface Case {
  readonly name: string;
  readonly release: string;
  /** ISO 8601. */
  readonly now: string;
  readonly items: readonly Item[];
  readonly policy?: unknown;
  /** The stage it is evaluated as; its own where absent. */
  readonly as?: Stage;
  /** Types of which what is absent is not asked for. */
  readonly notYet?: readonly string[];
  readonly expect: {
    readonly verdict: 'pass' | 'fail' | 'unknown';
    /** Why it is unknown. */
    readonly unknown?: readonly UnknownReason[];
    readonly findings: readonly {
      readonly code: FindingCode;
      readonly severity: Severity;
      readonly component: string | null;
      readonly environment: string | null;
    }[];
    readonly completeness?: {
      readonly expected: number;
      readonly present: number;
      readonly missing: readonly string[];
      readonly roster: string;
    };
  };
}

/** The worked examples, and those from real estates and public reports: `tests/fixtures/checks*.json`. */
export const CASES: readonly Case[] = ['checks.json', 'checks-real.json'].flatMap((file) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8')),
);
