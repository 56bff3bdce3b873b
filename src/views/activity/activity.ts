import type { KeptEvents } from '../../release/history/changes.ts';

/** What is kept of a table's past. */
export interface History extends KeptEvents {
  /** How many events had happened, those let go included, when all were marked as seen last. */
  readonly seen: number;
  /** The reading until which all was seen then, at first the first one: ISO 8601 in UTC. Absent: an older page kept it. */
  readonly seenAt?: string;
  /** Of the last reading that is in it, ISO 8601 in UTC. */
  readonly readAt: string;
}

/** What changed in the table, as far as it is known. */
export interface Activity extends History {
  /** Position among all events at which begins what this page has watched. */
  readonly watchedFrom: number;
  /** When an earlier visit read the table last, ISO 8601; null: this is the first visit. */
  readonly lastVisitAt: string | null;
  /** Why it is forgotten with the page, as a sentence; null where it is not. */
  readonly trouble: string | null;
}

/** So many components of a line are told. */
export const ITEMS_TOLD = 200;
