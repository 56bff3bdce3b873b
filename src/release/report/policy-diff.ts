import { type Finding, findingName } from '../finding/finding.ts';
import { type Weight, weightOf } from '../finding/weights.ts';
import type { Report, ReportRow } from './report.ts';
import type { Verdict } from './verdict.ts';

/** What another policy would make of the newest releases. */
export interface PolicyDiff {
  /** How many releases were looked at. */
  readonly looked: number;
  /** Those of which the verdict would be another, newest first. */
  readonly changed: readonly ChangedVerdict[];
  /** Of the others, how many would have other findings. */
  readonly otherFindings: number;
}

export interface ChangedVerdict {
  readonly release: string;
  readonly before: Verdict['result'];
  readonly after: Verdict['result'];
  /** What is found otherwise; empty where it is the reasons for not knowing that differ. */
  readonly findings: readonly ChangedFinding[];
}

/** A finding that comes, goes, or weighs otherwise. Null: it is not there. */
export interface ChangedFinding {
  readonly before: Finding | null;
  readonly after: Finding | null;
}

/**
 * What becomes of the newest releases by another policy.
 *
 * @param before the report by the one in force
 * @param after the report on the same items by the other
 * @param most how many releases are looked at
 */
export function policyDiff(before: Report, after: Report, most: number): PolicyDiff {
  const then = new Map(before.rows.map((row) => [row.release.tag, row]));
  const pairs = after.rows
    .filter(({ fragments }) => fragments > 0)
    .slice(0, most)
    .map((row) => ({ row, was: then.get(row.release.tag), findings: changedFindings(then.get(row.release.tag), row) }));
  const changed = pairs.flatMap(({ row, was, findings }): ChangedVerdict[] => {
    const [result, old] = [row.verdict.result, was?.verdict.result ?? 'unknown'];
    return result === old ? [] : [{ release: row.release.tag, before: old, after: result, findings }];
  });
  const tags = new Set(changed.map(({ release }) => release));
  return {
    looked: pairs.length,
    changed,
    otherFindings: pairs.filter(({ row, findings }) => !tags.has(row.release.tag) && findings.length > 0).length,
  };
}

function changedFindings(was: ReportRow | undefined, row: ReportRow): ChangedFinding[] {
  const before = byName(was?.findings ?? []);
  const after = byName(row.findings);
  return [...new Set([...after.keys(), ...before.keys()])].flatMap((name) => {
    const [now = null, then = null] = [after.get(name), before.get(name)];
    return weighs(now) === weighs(then) ? [] : [{ before: then, after: now }];
  });
}

/** Of several of one place the last stands for all. */
function byName(findings: readonly Finding[]): Map<string, Finding> {
  return new Map(findings.map((finding) => [findingName(finding), finding]));
}

/** What it weighs; null: it is not there. */
function weighs(finding: Finding | null): Weight | null {
  return finding && weightOf(finding);
}
