import type { Evidence } from '../release/item/evidence.ts';
import type { Fragment, RejectedItem } from '../release/item/fragment.ts';
import type { FragmentChange } from '../release/item/fragment-change.ts';
import type { KeyNames } from '../release/item/item.ts';
import type { Policy } from '../release/policy/policy.ts';
import type { PolicyDocument } from '../release/policy/policy-document.ts';
import type { PolicyInForce } from '../release/policy/policy-item.ts';
import type { DescribedTable } from '../store/table-keys.ts';
import type { Detection } from './change-detection.ts';

/** The whole table, as the query cache keeps it: read to its end, then brought up to date by what changed. */
export interface TableData {
  /** Fragments that did not change since the last reading are the same objects; where none did, so is the array. */
  readonly fragments: readonly Fragment[];
  /** How they differ from those of the reading before; absent: there is none. */
  readonly change?: FragmentChange;
  /** As `fragments`. */
  readonly evidence: readonly Evidence[];
  readonly rejected: readonly RejectedItem[];
  /** The same object as long as its document is the same. The fragments' environments are folded by its names. */
  readonly policy: PolicyInForce;
  /**
   * When it was last brought up to date, ISO 8601 in UTC; by AWS's clock where this machine's is off
   * (`table-clock.ts`).
   */
  readonly readAt: string;
  readonly keyNames: KeyNames;
  /** Who says what the keys are called. */
  readonly keysFrom: DescribedTable['keysFrom'];
  /** Capacity the last poll consumed, read units; null where the endpoint does not count them. */
  readonly readUnits: number | null;
  /** How long the last poll took, milliseconds. */
  readonly tookMs: number;
  /** Why the reading may not hold the whole table, as a sentence; null where it does. */
  readonly incomplete: string | null;
  /** Of a part of a table: as `ReportInput#judged`. */
  readonly judged?: ReadonlySet<string>;
  /** An earlier visit has read it, and the browser has kept it since: it never counts as current. */
  readonly earlier?: true;
  /** What is known of the credentials it was read with; null where the table wants none. */
  readonly access: TableAccess | null;
  /** What is known of its changes; null: nothing, so that the next reading is of the whole table. */
  readonly detection: Detection | null;
}

/** What has been read of the table so far, while the first reading is under way. */
export type TablePart = Pick<TableData, 'fragments' | 'policy'>;

/** What the screen says about the credentials in use. It never holds them. */
export interface TableAccess {
  readonly profile: string;
  /** `session`: narrowed to reading the one table. `profile`: the full rights of the profile. */
  readonly scope: 'session' | 'profile';
  /** Milliseconds by which this machine's clock is behind the local server's; negative: ahead. */
  readonly clockOffsetMs: number;
}

/** What the page is told of a reading: all but what was read. Plain data. */
export interface TableSummary
  extends Omit<TableData, 'fragments' | 'change' | 'evidence' | 'rejected' | 'policy' | 'detection' | 'judged'> {
  /** How many. */
  readonly fragments: number;
  readonly rejected: number;
  readonly policy: PolicySummary;
  readonly detection: DetectionSummary | null;
}

/** What is said of the policy in force. */
export interface PolicySummary extends Pick<PolicyInForce, 'source'>, Pick<Policy, 'faults'> {
  readonly rosterRows: number;
  readonly waivers: number;
  /** Views that it names. */
  readonly views: readonly SavedView[];
}

export type SavedView = NonNullable<PolicyDocument['views']>[number];

/** What is said of how changes are found, without the counters of the releases. */
export type DetectionSummary = Omit<Detection, 'counters' | 'countersAtWhole' | 'releasesReadAt'>;

export function summaryOf({
  fragments,
  change: _,
  evidence: __,
  rejected,
  policy,
  detection,
  judged: ___,
  ...told
}: TableData): TableSummary {
  return {
    ...told,
    fragments: fragments.length,
    rejected: rejected.length,
    policy: policySummary(policy),
    detection: detection === null ? null : detectionSummary(detection),
  };
}

export function policySummary({ policy, source }: PolicyInForce): PolicySummary {
  const { faults, roster, waivers, document } = policy;
  const views = document?.views ?? [];
  return { source, faults, rosterRows: roster.length, waivers: waivers.length, views };
}

function detectionSummary(detection: Detection): DetectionSummary {
  const { counters: _, countersAtWhole: __, releasesReadAt: ___, ...told } = detection;
  return told;
}
