import type { EvidenceLine } from '../evidence/judge-evidence.ts';
import type { Finding } from '../finding/finding.ts';
import type { Component } from '../item/component.ts';
import type { Evidence } from '../item/evidence.ts';
import type { Fragment, RejectedItem } from '../item/fragment.ts';
import type { FragmentChange } from '../item/fragment-change.ts';
import type { Release } from '../item/release.ts';
import type { Roster } from '../matrix/roster.ts';
import type { Freeze, Withdrawal } from '../policy/policy.ts';
import type { LineDue } from './line-due.ts';
import type { Verdict } from './verdict.ts';

/** What a report is made of. */
export interface ReportInput {
  readonly fragments: readonly Fragment[];
  /** The same array as before where none changed; absent: there is none. */
  readonly evidence?: readonly Evidence[];
  readonly rejected: readonly RejectedItem[];
  /** When the items were read, ISO 8601 in UTC. The only clock a report knows. */
  readonly readAt: string;
  /** How the fragments came out of earlier ones, for a report that is made out of an earlier one. */
  readonly change?: FragmentChange | undefined;
  /**
   * Tags of the releases that can be judged by what is here, where that is a part of a table (`enough-releases.ts`): of the
   * others nothing is said. Absent: all.
   */
  readonly judged?: ReadonlySet<string> | undefined;
}

/** Everything the product says about an estate. Plain data: it can be compared, sent and printed as it is. */
export interface Report {
  readonly readAt: string;
  /** In the matrix' column order. */
  readonly components: readonly Component[];
  /** Newest first. */
  readonly rows: readonly ReportRow[];
  readonly rejected: readonly RejectedItem[];
  /** Folded names of all environments that any fragment names, in order. */
  readonly environments: readonly string[];
  /** By environment the group that the policy puts it into. Absent where there are none. */
  readonly groups?: Readonly<Record<string, string>>;
  /** Those that the policy withdraws: nothing is said of what runs there. Absent where there are none. */
  readonly withdrawn?: readonly WithdrawnEnvironment[];
  /** How the lines that the policy says are due stand. Absent where there are none. */
  readonly due?: readonly LineDue[];
  /** What the policy freezes at the time of reading. Absent where that is nothing. */
  readonly frozen?: readonly Freeze[];
  readonly fragments: number;
}

export interface WithdrawnEnvironment extends Withdrawal {
  /** Folded. */
  readonly name: string;
}

export interface ReportRow {
  readonly release: Release;
  /** One per component of the report; null where the release neither has nor expects the component. */
  readonly cells: readonly (ReportCell | null)[];
  readonly completeness: Completeness;
  readonly findings: readonly Finding[];
  /** What was checked of it and signed, and what the policy asks for, which comes first. */
  readonly evidence: readonly EvidenceLine[];
  readonly verdict: Verdict;
  /** How many fragments it holds. */
  readonly fragments: number;
  /** Of its earliest and its latest fragment, ISO 8601; null where no fragment is dated. */
  readonly startedAt: string | null;
  readonly updatedAt: string | null;
  /** The release must not be used: nothing is measured against it. Absent where it may. */
  readonly withdrawn?: Withdrawal;
}

/** How much of its roster a release has. */
export interface Completeness {
  readonly roster: Roster['source'];
  readonly expected: number;
  /** Carried components count as present. */
  readonly present: number;
  /** Component ids, in column order. */
  readonly missing: readonly string[];
}

/**
 * What a release has of a component.
 *
 * - `new`: none of the releases that it is compared with has it;
 * - `changed` / `unchanged`: against the nearest of those that has it, by `classifyChange`: of a stable release the stable
 *   ones before it, of another those before it in its line, then the stable ones;
 * - `carried`: not tagged again, inherited from a stable release before as the policy says;
 * - `missing`: expected and not there; `arriving`: likewise, within the grace period;
 * - `left-out`: likewise, in a patch of a part, which is told once for the release;
 * - `renamed`: it came under another spelling, which has a cell of its own.
 */
export type CellState = 'new' | 'changed' | 'unchanged' | 'carried' | 'missing' | 'arriving' | 'left-out' | 'renamed';

export interface ReportCell {
  readonly state: CellState;
  /** The own version; several, joined, where the environments' entries differ; the state's word where there is none. */
  readonly text: string;
  /** In the environments' order. Empty where the release has nothing of its own. */
  readonly entries: readonly Fragment[];
  /** The tag of the release it is inherited from; null unless carried. */
  readonly carriedFrom: string | null;
  /** The roster expects it, by this or by its earlier name. False for a component that is new to the releases, or optional. */
  readonly expected: boolean;
  readonly findings: readonly Finding[];
}
