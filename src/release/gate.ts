import type { Finding } from './finding.ts';
import { describeFinding } from './finding-words.ts';
import type { Fragment, RejectedItem } from './fragment.ts';
import type { Item } from './item.ts';
import type { Policy } from './policy.ts';
import { compareText, type Stage } from './release.ts';
import { buildRows, type Completeness, type ReportRow } from './report.ts';
import type { UnknownReason } from './verdict.ts';

/**
 * What the gate says of one release: the object that `check --format json` prints. Its form is a contract; a change of
 * meaning counts `schema` up.
 */
export interface GateReport {
  readonly schema: 1;
  readonly release: string;
  readonly stage: Stage;
  readonly evaluatedAs: Stage;
  readonly verdict: ReportRow['verdict']['result'];
  /** Why it cannot be told; empty for pass and fail. */
  readonly unknown: readonly UnknownReason[];
  readonly readAt: string;
  readonly completeness: Completeness;
  /** Types of which what is absent was not asked for, by name: a gate before the roll-out. */
  readonly notYet: readonly string[];
  readonly findings: readonly GateFinding[];
  /** How many fragments the release holds. */
  readonly fragments: number;
  /** `sha256:…` over the facts the verdict rests on: the items read, and the policy. */
  readonly digest: string;
}

export type GateFinding = Finding & { readonly message: string };

/** What the gate rests on. */
export interface GateInput {
  readonly fragments: readonly Fragment[];
  readonly rejected: readonly RejectedItem[];
  readonly readAt: string;
  readonly policy: Policy;
  /** Digest of the facts, `sha256:…`: made by the caller from `factsOf`, as hashing is the platform's. */
  readonly digest: string;
}

/**
 * Gates one release.
 *
 * @param evaluatedAs the stage whose severities count; null: its own
 * @param notYet types of which what is absent is not asked for: a gate before the roll-out
 */
export function gateRelease(
  input: GateInput,
  tag: string,
  evaluatedAs: Stage | null,
  notYet: ReadonlySet<string> = new Set(),
): GateReport {
  const [row] = buildRows(input, input.policy, tag, [evaluatedAs], notYet);
  if (row === undefined) throw new Error(`a release that was asked for has a row: ${tag}`);
  return gateRow(row, input.readAt, evaluatedAs, input.digest, notYet);
}

/** The gate's words on a row of a report that was built with the same `evaluatedAs` and `notYet`. */
export function gateRow(
  row: ReportRow,
  readAt: string,
  evaluatedAs: Stage | null,
  digest: string,
  notYet: ReadonlySet<string>,
): GateReport {
  return {
    schema: 1,
    release: row.release.tag,
    stage: row.release.stage,
    evaluatedAs: evaluatedAs ?? row.release.stage,
    verdict: row.verdict.result,
    unknown: row.verdict.unknown,
    readAt,
    completeness: row.completeness,
    notYet: [...notYet].sort(compareText),
    findings: row.findings.map((finding) => ({ ...finding, message: describeFinding(finding).title })),
    fragments: row.fragments,
    digest,
  };
}

/** The facts a verdict rests on, for a canonical digest: the items in the order of their keys, and the policy. */
export function factsOf(items: readonly { readonly id: string; readonly item: Item }[], policy: Policy): unknown {
  // Items without keys share an id; their text keeps their order fixed.
  const sorted = [...items].sort(
    (a, b) => compareText(a.id, b.id) || compareText(JSON.stringify(a.item), JSON.stringify(b.item)),
  );
  return { items: sorted.map(({ item }) => item), policy: policy.document };
}
