import { type Finding, findingName, isBlocking } from '../finding/finding.ts';
import type { Completeness, ReportRow } from '../report/report.ts';
import type { UnknownReason, Verdict } from '../report/verdict.ts';

/** What came to the table, or changed in it, or the end of a period, and made the verdict on a release another. */
export interface VerdictChange {
  /** Tag. */
  readonly release: string;
  /** When the first and the last of what made it so happened, ISO 8601 in UTC. */
  readonly from: string;
  readonly to: string;
  /** `none`: the release came then. `not-known`: so it was by then, and nobody knows since when. */
  readonly before: Verdict['result'] | 'none' | 'not-known';
  readonly after: Verdict['result'];
  readonly cause: VerdictCause;
}

/**
 * Findings that block since then, or do no more, in the order of the checks; why a verdict is unknown, or was; or how much
 * there is of a release that passes from the first.
 */
export type VerdictCause =
  | { readonly kind: 'blocks' | 'settled'; readonly findings: readonly Finding[] }
  | { readonly kind: 'open' | 'told'; readonly verdict: Verdict; readonly completeness: Completeness }
  | { readonly kind: 'whole'; readonly completeness: Completeness };

/** Something that happened, and what was said of a release before and after. */
export interface VerdictStep {
  /** Null: the release was not there. */
  readonly before: ReportRow | null | 'not-known';
  readonly after: ReportRow;
  readonly from: string;
  readonly to: string;
}

/** What follows within ten minutes is one with it: it flickers while it is rolled out. */
const FLICKER_MS = 10 * 60_000;

/**
 * Of one release what is told: what happens as it arrives is one, and what flickers.
 *
 * @param steps of one release, the earliest first, each beginning with what the one before ended with
 * @param graceMs so long a release arrives
 */
export function foldVerdicts(steps: readonly VerdictStep[], graceMs: number): VerdictChange[] {
  const folded: { -readonly [K in keyof VerdictStep]: VerdictStep[K] }[] = [];
  let arrivesUntil = Number.NEGATIVE_INFINITY;
  for (const step of steps) {
    const last = folded.at(-1);
    const time = Date.parse(step.from);
    if (last !== undefined && time <= arrivesUntil) {
      // Since then it is as it is told.
      if (isOtherwise(last.after, step.after)) last.to = step.to;
      last.after = step.after;
      continue;
    }
    const then = rowOf(step.before);
    if (then?.verdict.result === step.after.verdict.result) continue;
    if (last !== undefined && time - Date.parse(last.to) <= FLICKER_MS) {
      last.after = step.after;
      last.to = step.to;
      continue;
    }
    folded.push({ ...step });
    const arrives = step.before === null || (then === null && isPassing(step.after.verdict));
    if (arrives) arrivesUntil = time + graceMs;
  }
  return folded.flatMap(({ before, after, from, to }): VerdictChange[] => {
    const { verdict, release } = after;
    const then = rowOf(before);
    // What is still arriving has not been judged yet.
    if (then === null ? isPassing(verdict) : then.verdict.result === verdict.result) return [];
    const was = then?.verdict.result ?? (before === null ? 'none' : 'not-known');
    return [{ release: release.tag, from, to, before: was, after: verdict.result, cause: causeOf(then, after) }];
  });
}

function rowOf(before: VerdictStep['before']): ReportRow | null {
  return before === 'not-known' ? null : before;
}

/** Reasons that time alone ends. */
const PASSING: ReadonlySet<UnknownReason> = new Set(['arriving', 'evidence', 'no-fragments']);

function isPassing({ unknown }: Verdict): boolean {
  return unknown.some((reason) => PASSING.has(reason));
}

/** Whether something else is told of a release as it arrives. */
function isOtherwise(before: ReportRow, after: ReportRow): boolean {
  if (before.verdict.result !== after.verdict.result) return true;
  if (after.verdict.result === 'fail') return names(before).join('\n') !== names(after).join('\n');
  return before.completeness.present !== after.completeness.present;
}

function names(row: ReportRow): string[] {
  return blockingOf(row).map(findingName);
}

function blockingOf(row: ReportRow | null): readonly Finding[] {
  return row?.findings.filter(isBlocking) ?? [];
}

function causeOf(before: ReportRow | null, after: ReportRow): VerdictCause {
  const [then, now] = [blockingOf(before), blockingOf(after)];
  const without = (all: readonly Finding[], others: readonly Finding[]) => {
    const known = new Set(others.map(findingName));
    return all.filter((finding) => !known.has(findingName(finding)));
  };
  const [came, went] = [without(now, then), without(then, now)];
  if (came.length > 0) return { kind: 'blocks', findings: came };
  const { verdict, completeness } = after;
  if (verdict.result === 'unknown') return { kind: 'open', verdict, completeness };
  if (before === null) return { kind: 'whole', completeness };
  if (went.length > 0) return { kind: 'settled', findings: went };
  return { kind: 'told', verdict: before.verdict, completeness: before.completeness };
}
