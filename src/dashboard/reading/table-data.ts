import type { Fragment, RejectedItem } from '../../release/fragment.ts';
import type { KeyNames } from '../../release/item.ts';

/** One complete reading of the table, as the query cache keeps it. */
export interface TableData {
  /** Fragments that did not change since the last reading are the same objects. */
  readonly fragments: readonly Fragment[];
  readonly rejected: readonly RejectedItem[];
  /** When the reading was complete, ISO 8601 in UTC. */
  readonly readAt: string;
  readonly keyNames: KeyNames;
  /** Capacity the reading consumed, read units. */
  readonly readUnits: number;
  /** How long it took, milliseconds. */
  readonly tookMs: number;
  /** Why the reading may not hold the whole table; null where it does. */
  readonly incomplete: string | null;
}

/** Fragments that arrived or changed since they were last looked at, by `Fragment#id`. */
export type News = ReadonlyMap<string, 'new' | 'changed'>;
